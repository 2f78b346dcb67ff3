//! The program's own log for support: warnings go to standard error and to `laci.log` in the data folder. Keys are
//! cut out before anything gets here (laci-gateway's executor).

use std::fs::{File, OpenOptions};
use std::path::Path;
use std::sync::Arc;

use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt;
use tracing_subscriber::prelude::*;

/// A file beyond this is begun anew at the next start; one older one is kept.
const MAX_BYTES: u64 = 1024 * 1024;

/// Logs to standard error, and to the folder's file where it exists already.
pub(crate) fn start(folder: &Path) {
    let file = folder.is_dir().then(|| open(folder)).flatten();
    let to_file = file.map(|file| fmt::layer().with_ansi(false).with_writer(Arc::new(file)));
    let to_stderr = fmt::layer().with_ansi(false).with_writer(std::io::stderr);
    // A second start in one process (tests) keeps the first one's subscriber.
    let _ = tracing_subscriber::registry()
        .with(LevelFilter::WARN)
        .with(to_stderr)
        .with(to_file)
        .try_init();
}

fn open(folder: &Path) -> Option<File> {
    let path = folder.join("laci.log");
    if path.metadata().is_ok_and(|meta| meta.len() > MAX_BYTES) {
        // If it cannot be moved it just grows on.
        let _ = std::fs::rename(&path, folder.join("laci.old.log"));
    }
    OpenOptions::new().create(true).append(true).open(path).ok()
}
