//! The one way to write: begin, let the work decide and append, commit, and tell honestly how it went.

use rusqlite::{Connection, ErrorCode, Transaction, TransactionBehavior};

use crate::change::{Changes, Committed, Head, Moment, Op};
use crate::error::{LedgerError, TransactError};
use crate::fault;
use crate::ledger::shared::Shared;
use crate::ledger::tx::Tx;
use crate::ledger::writer::{Settled, Writer};
use crate::log::tip::Tip;
use crate::sql::Fault;
use crate::view::View;

/// What was done inside, before anyone knows whether it is durable.
struct Done<T> {
    value: T,
    changes: Changes,
    tip: Tip,
    committed: Result<(), rusqlite::Error>,
}

pub(crate) fn transact<T, E: From<LedgerError>>(
    shared: &Shared,
    op: Op,
    moment: Moment,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
) -> Result<Committed<T>, TransactError<E>> {
    let mut writer = shared.writer();
    let (conn, before) = writer.ready(&shared.readers).map_err(TransactError::NotSaved)?;
    let view = View { conn, header: &shared.header };
    let Done { value, changes, tip, committed } = run(view, conn, before, op, moment, work)?;
    match committed {
        Ok(()) => writer.tip = tip,
        Err(error) => settle(shared, &mut writer, before.head, tip.head, error)?,
    }
    let head = tip.head;
    shared.set_head(head);
    drop(writer);
    fault::point_of("commit.after", op.as_str());
    Ok(Committed { value, op, changes, head })
}

/// Everything up to the answer of COMMIT. Whatever ends it early rolls back: an error, a panic of the work, or a
/// failure that the work did not pass on.
fn run<'a, T, E>(
    view: View<'a>,
    conn: &'a Connection,
    tip: Tip,
    op: Op,
    moment: Moment,
    work: impl FnOnce(&mut Tx<'a>) -> Result<T, E>,
) -> Result<Done<T>, TransactError<E>> {
    let not_saved = |error: rusqlite::Error| TransactError::NotSaved(Fault::from(error).into());
    let sql =
        Transaction::new_unchecked(conn, TransactionBehavior::Immediate).map_err(not_saved)?;
    let mut tx = Tx::new(view, tip, moment);
    let value = work(&mut tx).map_err(TransactError::Work)?;
    if let Some(error) = tx.failed {
        return Err(TransactError::NotSaved(error));
    }
    fault::point_of("commit.before", op.as_str());
    let committed = sql.commit();
    Ok(Done { value, changes: tx.changes, tip: tx.tip, committed })
}

/// A COMMIT that answers with an error may have happened. A full disk is the exception: the frame that commits is
/// the last one written, and it did not fit.
fn settle<E>(
    shared: &Shared,
    writer: &mut Writer,
    before: Head,
    last: Head,
    error: rusqlite::Error,
) -> Result<(), TransactError<E>> {
    if error.sqlite_error_code() == Some(ErrorCode::DiskFull) {
        return Err(TransactError::NotSaved(LedgerError::DiskFull));
    }
    tracing::error!(%error, seq = last.seq, "a commit answered with an error; looking whether it is there");
    let answer = LedgerError::from(Fault::from(error));
    match writer.settle(&shared.readers, last) {
        // Without an entry there is nothing to look for, and nothing that could be done twice.
        Ok(Settled::Saved) if last != before => Ok(()),
        Ok(Settled::Saved | Settled::NotSaved) => Err(TransactError::NotSaved(answer)),
        Err(second) => {
            let detail = format!("{answer}; then {second}");
            Err(TransactError::Unknown(LedgerError::OutcomeUnknown { detail }))
        }
    }
}
