//! What every handler shares.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::book::Book;
use crate::line::Stop;

/// What a second create with the same `merchant_ref` is answered with; the document does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duplicates {
    /// The bill that was made first.
    SameBill,
    /// 422, and the first bill cannot be had again.
    Error,
}

/// In which of the two shapes that are about Bayar.gg answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// As its document: a bill in `payment` with its page beside it, and no QR.
    #[default]
    Document,
    /// As its plugin and its newer pages: everything in `data`, with the QR.
    Plugin,
}

#[derive(Clone, Debug)]
pub(crate) struct App {
    book: Arc<Mutex<Book>>,
    pub(crate) api_key: Arc<str>,
    pub(crate) duplicates: Duplicates,
    pub(crate) stop: Stop,
    pub(crate) bayargg_shape: Shape,
}

impl App {
    pub(crate) fn new(book: Book, api_key: &str, duplicates: Duplicates, stop: Stop) -> Self {
        let (book, bayargg_shape) = (Arc::new(Mutex::new(book)), Shape::default());
        Self { book, api_key: api_key.into(), duplicates, stop, bayargg_shape }
    }

    pub(crate) fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
