//! Between SQLite's values and the till's: errors sorted by what they mean, columns read with their checks.
//! Deliberately absent: any statement.

use std::str::FromStr;

use laci_core::{Rupiah, UnixMs};
use rusqlite::{ErrorCode, Row};
use serde::de::DeserializeOwned;

use crate::copy_error::CopyError;
use crate::error::{LedgerError, OpenError};
use crate::export_error::ExportError;

/// An error inside this crate: SQLite's own, or one that has its meaning already.
#[derive(Debug)]
pub(crate) enum Fault {
    Sql(rusqlite::Error),
    Ledger(LedgerError),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

impl From<LedgerError> for Fault {
    fn from(error: LedgerError) -> Self {
        Self::Ledger(error)
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self::Ledger(error.into())
    }
}

impl From<Fault> for LedgerError {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::Ledger(error) => error,
            Fault::Sql(error) => meaning(&error),
        }
    }
}

impl From<Fault> for CopyError {
    fn from(fault: Fault) -> Self {
        if let Fault::Sql(error) = &fault
            && error.sqlite_error_code() == Some(ErrorCode::NotADatabase)
        {
            return Self::NotSound(OpenError::NotALedger);
        }
        LedgerError::from(fault).into()
    }
}

impl From<Fault> for ExportError {
    fn from(fault: Fault) -> Self {
        LedgerError::from(fault).into()
    }
}

impl From<Fault> for OpenError {
    fn from(fault: Fault) -> Self {
        if let Fault::Sql(error) = &fault
            && error.sqlite_error_code() == Some(ErrorCode::NotADatabase)
        {
            return Self::NotALedger;
        }
        LedgerError::from(fault).into()
    }
}

fn meaning(error: &rusqlite::Error) -> LedgerError {
    let detail = error.to_string();
    if is_unreadable(error) {
        return LedgerError::Corrupt { detail };
    }
    // The index beside the WAL could not grow: opening a ledger on a full disk.
    let no_room_to_open = error
        .sqlite_error()
        .is_some_and(|told| told.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
    if no_room_to_open {
        return LedgerError::DiskFull;
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => LedgerError::DiskFull,
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => LedgerError::Busy,
        // The guard allows every statement of the till's own, so what it refuses names what the till never made: a
        // schema that is damaged.
        Some(
            ErrorCode::DatabaseCorrupt
            | ErrorCode::NotADatabase
            // A damaged header or row can claim sizes that nothing holds; a till needs next to none.
            | ErrorCode::OutOfMemory
            | ErrorCode::TooBig
            // SQLITE_ERROR: a statement and the schema do not fit. The till's own fit its own tables.
            | ErrorCode::Unknown
            | ErrorCode::AuthorizationForStatementDenied,
        ) => LedgerError::Corrupt { detail },
        Some(ErrorCode::ConstraintViolation) => LedgerError::Contradiction { detail },
        Some(_) | None => LedgerError::Io { detail },
    }
}

/// A value of another type than the one that was stored, or a table that lacks what the till's statements name.
fn is_unreadable(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::Utf8Error(..)
            | rusqlite::Error::SqlInputError { .. }
    )
}

/// SQLite's integers are signed; a sequence number never comes near their end.
pub(crate) fn int(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}

pub(crate) fn seq(row: &Row<'_>, column: &str) -> Result<u64, Fault> {
    let value: i64 = row.get(column)?;
    u64::try_from(value).map_err(|_| bad(column))
}

pub(crate) fn seq_opt(row: &Row<'_>, column: &str) -> Result<Option<u64>, Fault> {
    let value: Option<i64> = row.get(column)?;
    value.map(|value| u64::try_from(value).map_err(|_| bad(column))).transpose()
}

pub(crate) fn moment(row: &Row<'_>, column: &str) -> Result<UnixMs, Fault> {
    Ok(UnixMs(row.get(column)?))
}

pub(crate) fn moment_opt(row: &Row<'_>, column: &str) -> Result<Option<UnixMs>, Fault> {
    let value: Option<i64> = row.get(column)?;
    Ok(value.map(UnixMs))
}

pub(crate) fn money(row: &Row<'_>, column: &str) -> Result<Rupiah, Fault> {
    Rupiah::new(row.get(column)?).map_err(|_| bad(column))
}

/// A text column in its type's own spelling.
pub(crate) fn parsed<T: FromStr>(row: &Row<'_>, column: &str) -> Result<T, Fault> {
    row.get_ref(column)?.as_str().ok().and_then(|text| text.parse().ok()).ok_or_else(|| bad(column))
}

pub(crate) fn parsed_opt<T: FromStr>(row: &Row<'_>, column: &str) -> Result<Option<T>, Fault> {
    match row.get::<_, Option<String>>(column)? {
        None => Ok(None),
        Some(text) => text.parse().map(Some).map_err(|_| bad(column)),
    }
}

pub(crate) fn json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<T, Fault> {
    let text = row.get_ref(column)?.as_str().map_err(|_| bad(column))?;
    serde_json::from_str(text).map_err(|_| bad(column))
}

pub(crate) fn to_json<T: serde::Serialize>(value: &T) -> Result<String, Fault> {
    serde_json::to_string(value)
        .map_err(|error| LedgerError::contradiction(error.to_string()).into())
}

/// A value in a projection that this version never writes.
pub(crate) fn bad(column: &str) -> Fault {
    LedgerError::corrupt(format!("a value in column {column} is not readable")).into()
}
