//! Walking the chain: every row in its place, every hash over the bytes and the hash before it.

use laci_core::{Body, Entry, Hash};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use crate::log::rows;
use crate::log::tip::clock_rises;
use crate::sql::{Fault, int, seq};

/// How a row is not what it must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Break {
    /// The row with this number is not there.
    Gap,
    /// The bytes, the hash or the order are not those that were written.
    Link,
    /// The bytes are no entry, or they name another place than the row's.
    Entry,
    /// The hybrid clock goes back.
    Clock,
    /// The first entry is not the one that names the ledger, or such a one stands elsewhere.
    Genesis,
}

/// What the walk finds at one place.
pub(crate) enum Step<'a> {
    Sound(&'a Entry),
    Broken(u64, Break),
}

/// Walks from `from` (at least 1) to the end in order. `visit` answers whether to go on.
pub(crate) fn walk(
    conn: &Connection,
    from: u64,
    visit: &mut dyn FnMut(Step<'_>) -> Result<bool, Fault>,
) -> Result<(), Fault> {
    let mut place = Place { next: from.max(1), previous: Some(Hash::GENESIS), clock: None };
    if from > 1 {
        place.previous = rows::hash_at(conn, from - 1)?;
        if place.previous.is_none() && !visit(Step::Broken(from - 1, Break::Gap))? {
            return Ok(());
        }
    }
    let mut statement =
        conn.prepare_cached("SELECT seq, entry, hash FROM log WHERE seq >= ?1 ORDER BY seq")?;
    let mut found = statement.query([int(place.next)])?;
    while let Some(row) = found.next()? {
        let at = seq(row, "seq")?;
        if at != place.next {
            if !visit(Step::Broken(place.next, Break::Gap))? {
                return Ok(());
            }
            // What comes after a gap cannot be judged against what is missing.
            place = Place { next: at, previous: None, clock: None };
        }
        let (step, hash) = place.judge(row)?;
        let go_on = match step {
            Ok(entry) => {
                place.clock = Some((entry.clock_ms, entry.clock_n));
                visit(Step::Sound(&entry))?
            }
            Err(broken) => visit(Step::Broken(at, broken))?,
        };
        if !go_on {
            return Ok(());
        }
        place.next = at.saturating_add(1);
        place.previous = hash;
    }
    Ok(())
}

struct Place {
    next: u64,
    previous: Option<Hash>,
    clock: Option<(i64, u32)>,
}

impl Place {
    /// The entry, or what is wrong with the row; beside it the hash that the next row is judged against.
    fn judge(&self, row: &Row<'_>) -> Result<(Result<Entry, Break>, Option<Hash>), Fault> {
        // Flipped bytes may change a value's type or its text encoding, so the raw bytes are read.
        let bytes = raw(row.get_ref("entry")?);
        let stored = raw(row.get_ref("hash")?).and_then(|b| b.try_into().ok()).map(Hash);
        let (Some(bytes), Some(hash)) = (bytes, stored) else {
            return Ok((Err(Break::Link), None));
        };
        if self.previous.is_some_and(|previous| Hash::chained(previous, bytes) != hash) {
            return Ok((Err(Break::Link), Some(hash)));
        }
        let entry = std::str::from_utf8(bytes).ok().and_then(|text| Entry::decode(text).ok());
        Ok((self.fits(entry), Some(hash)))
    }

    fn fits(&self, entry: Option<Entry>) -> Result<Entry, Break> {
        let entry = entry.filter(|entry| entry.seq == self.next).ok_or(Break::Entry)?;
        if matches!(entry.body, Body::LedgerCreated { .. }) != (entry.seq == 1) {
            return Err(Break::Genesis);
        }
        match self.clock {
            Some(earlier) if !clock_rises(earlier, &entry) => Err(Break::Clock),
            Some(_) | None => Ok(entry),
        }
    }
}

fn raw(value: ValueRef<'_>) -> Option<&[u8]> {
    match value {
        ValueRef::Text(bytes) | ValueRef::Blob(bytes) => Some(bytes),
        ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => None,
    }
}
