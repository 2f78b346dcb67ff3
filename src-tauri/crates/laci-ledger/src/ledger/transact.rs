//! The one way to write: begin, let the work decide and append, commit, and tell honestly how it went.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::change::{Changes, Committed, Head, Moment, Op};
use crate::error::{LedgerError, TransactError};
use crate::fault;
use crate::file::ballast;
use crate::ledger::room::{self, Source};
use crate::ledger::shared::Shared;
use crate::ledger::tx::{Tx, Written, write_again};
use crate::ledger::writer::{Settled, Writer};
use crate::log::tip::Tip;
use crate::sql::Fault;
use crate::view::View;

/// What was done inside, before anyone knows whether it is durable.
struct Done<T> {
    value: T,
    changes: Changes,
    tip: Tip,
    written: Vec<Written>,
    committed: Result<(), rusqlite::Error>,
}

pub(crate) fn transact<T, E: From<LedgerError>>(
    shared: &Shared,
    op: Op,
    moment: Moment,
    work: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
) -> Result<Committed<T>, TransactError<E>> {
    let mut writer = shared.writer();
    let before = begun(shared, &mut writer, op).map_err(TransactError::NotSaved)?;
    let conn = writer.conn().ok_or(TransactError::NotSaved(LedgerError::Busy))?;
    let view = View { conn, header: &shared.header };
    let sql = open_transaction(shared, conn, op).map_err(TransactError::NotSaved)?;
    let done = run(view, sql, before, op, moment, work);
    if matches!(done, Err(TransactError::NotSaved(LedgerError::DiskFull))) && !op.begins() {
        // The work was cut short, so it cannot be written again from here. The caller's next try finds room.
        room::gain(shared, conn, Source::Ballast);
    }
    let Done { value, changes, tip, written, mut committed } = done?;
    for source in room::sources(op.begins()) {
        if !committed.as_ref().is_err_and(room::is_full) {
            break;
        }
        if room::gain(shared, conn, *source) {
            committed = again(conn, before.head, tip.head, &written);
        }
    }
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

/// The end of the log, once it is certain that the writer is open and that the disk has room for such an operation.
fn begun(shared: &Shared, writer: &mut Writer, op: Op) -> Result<Tip, LedgerError> {
    let mut ready = writer.ready(&shared.readers).map(|(_, tip)| tip);
    if ready == Err(LedgerError::DiskFull) && ballast::release(&shared.folder) {
        shared.ask_for_ballast();
        ready = writer.ready(&shared.readers).map(|(_, tip)| tip);
    }
    let tip = ready?;
    if let Some(conn) = writer.conn() {
        room::before(shared, conn, op)?;
    }
    Ok(tip)
}

fn open_transaction<'c>(
    shared: &Shared,
    conn: &'c Connection,
    op: Op,
) -> Result<Transaction<'c>, LedgerError> {
    let begin = || {
        Transaction::new_unchecked(conn, TransactionBehavior::Immediate)
            .map_err(|error| LedgerError::from(Fault::from(error)))
    };
    let mut opened = begin();
    for source in room::sources(op.begins()) {
        // The index beside the WAL may have to grow before anything can be written.
        if matches!(opened, Err(LedgerError::DiskFull)) && room::gain(shared, conn, *source) {
            opened = begin();
        }
    }
    opened
}

/// Everything up to the answer of COMMIT. Whatever ends it early rolls back: an error, a panic of the work, or a
/// failure that the work did not pass on.
fn run<'a, T, E>(
    view: View<'a>,
    sql: Transaction<'a>,
    tip: Tip,
    op: Op,
    moment: Moment,
    work: impl FnOnce(&mut Tx<'a>) -> Result<T, E>,
) -> Result<Done<T>, TransactError<E>> {
    let mut tx = Tx::new(view, tip, moment);
    let worked = work(&mut tx);
    // The disk's answer before the work's own words about it.
    if tx.failed == Some(LedgerError::DiskFull) {
        return Err(TransactError::NotSaved(LedgerError::DiskFull));
    }
    let value = worked.map_err(TransactError::Work)?;
    if let Some(error) = tx.failed {
        return Err(TransactError::NotSaved(error));
    }
    fault::point_of("commit.before", op.as_str());
    let committed = sql.commit();
    let Tx { changes, tip, written, .. } = tx;
    Ok(Done { value, changes, tip, written, committed })
}

/// The same entries and bodies once more, after a COMMIT that found no room.
fn again(
    conn: &Connection,
    before: Head,
    last: Head,
    written: &[Written],
) -> Result<(), rusqlite::Error> {
    let sql = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    match write_again(conn, before, written) {
        Ok(head) if head == last => {
            fault::point("commit.again");
            sql.commit()
        }
        Err(Fault::Sql(error)) => Err(error),
        // It says what it said before, or it is not written.
        Ok(_) | Err(Fault::Ledger(_)) => Err(rusqlite::Error::InvalidQuery),
    }
}

/// A COMMIT that answers with an error may have happened. A full disk is the exception (see [`room::is_full`]).
fn settle<E>(
    shared: &Shared,
    writer: &mut Writer,
    before: Head,
    last: Head,
    error: rusqlite::Error,
) -> Result<(), TransactError<E>> {
    if room::is_full(&error) {
        return Err(TransactError::NotSaved(LedgerError::DiskFull));
    }
    tracing::error!(%error, seq = last.seq, "a commit answered with an error; looking whether it is there");
    let answer = LedgerError::from(Fault::from(error));
    let mut looked = writer.settle(&shared.readers, last);
    if matches!(looked, Err(LedgerError::DiskFull)) && ballast::release(&shared.folder) {
        // Opening the file again takes room too, and knowing is worth the ballast.
        shared.ask_for_ballast();
        looked = writer.settle(&shared.readers, last);
    }
    match looked {
        // Without an entry there is nothing to look for, and nothing that could be done twice.
        Ok(Settled::Saved) if last != before => Ok(()),
        Ok(Settled::Saved | Settled::NotSaved) => Err(TransactError::NotSaved(answer)),
        Err(second) => {
            let detail = format!("{answer}; then {second}");
            Err(TransactError::Unknown(LedgerError::OutcomeUnknown { detail }))
        }
    }
}
