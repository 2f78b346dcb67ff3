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

#[derive(Clone, Debug)]
pub(crate) struct App {
    book: Arc<Mutex<Book>>,
    pub(crate) api_key: Arc<str>,
    pub(crate) duplicates: Duplicates,
    pub(crate) stop: Stop,
}

impl App {
    pub(crate) fn new(book: Book, api_key: &str, duplicates: Duplicates, stop: Stop) -> Self {
        Self { book: Arc::new(Mutex::new(book)), api_key: api_key.into(), duplicates, stop }
    }

    pub(crate) fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
