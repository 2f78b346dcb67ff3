//! Telling how far an export is, and asking whether to go on.

use crate::export_error::ExportError;
use crate::projection::replay::Progress;

const ROWS_PER_REPORT: u64 = 256;

pub(crate) struct Watch<'a, 'p> {
    progress: &'a mut Progress<'p>,
    done: u64,
    of: u64,
}

impl<'a, 'p> Watch<'a, 'p> {
    pub(crate) fn begin(progress: &'a mut Progress<'p>, of: u64) -> Result<Self, ExportError> {
        let mut watch = Self { progress, done: 0, of };
        watch.report()?;
        Ok(watch)
    }

    /// One row more is written.
    pub(crate) fn row(&mut self) -> Result<(), ExportError> {
        self.done += 1;
        if self.done.is_multiple_of(ROWS_PER_REPORT) || self.done == self.of {
            self.report()?;
        }
        Ok(())
    }

    fn report(&mut self) -> Result<(), ExportError> {
        if (self.progress)(self.done, self.of) { Ok(()) } else { Err(ExportError::Cancelled) }
    }
}
