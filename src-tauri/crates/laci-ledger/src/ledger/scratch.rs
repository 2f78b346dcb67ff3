//! A throw-away database that the log is replayed into, gone when it is dropped.

use std::path::PathBuf;

use rusqlite::Connection;

use crate::file::folder::remove_database;
use crate::file::{connect, schema};
use crate::projection;
use crate::sql::Fault;

#[derive(Debug)]
pub(crate) struct Scratch {
    path: PathBuf,
    conn: Option<Connection>,
}

impl Scratch {
    /// An empty file with all tables, in one open transaction, since nothing in it needs to outlive a crash.
    pub(crate) fn new(path: PathBuf) -> Result<Self, Fault> {
        remove_database(&path)?;
        let conn = connect::replay(&path)?;
        schema::migrate(&conn)?;
        projection::create_all(&conn)?;
        conn.execute_batch("BEGIN")?;
        Ok(Self { path, conn: Some(conn) })
    }

    pub(crate) fn conn(&self) -> Result<&Connection, Fault> {
        self.conn.as_ref().ok_or(Fault::Sql(rusqlite::Error::InvalidQuery))
    }

    /// Writes the file out and closes it, so that it can be attached.
    pub(crate) fn finish(&mut self) -> Result<&std::path::Path, Fault> {
        if let Some(conn) = self.conn.take() {
            conn.execute_batch("COMMIT")?;
        }
        Ok(&self.path)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        self.conn = None;
        if let Err(error) = remove_database(&self.path) {
            tracing::warn!(%error, "a replayed file was left behind");
        }
    }
}
