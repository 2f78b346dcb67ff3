//! The people of the shop, their PINs, and the recovery codes. A ledger that knew only the owner's PIN has one person.

use laci_core::{Body, Entry, Hash, PeopleChange, Person, PersonId, Role};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::LedgerError;
use crate::log::blob;
use crate::projection::kind::{Projection, Table};
use crate::sql::{Fault, bad, int, json, parsed, to_json};

pub(crate) const PROJECTION: Projection = Projection {
    name: "people",
    version: 1,
    create: "
CREATE TABLE person (
  id TEXT PRIMARY KEY,
  added_seq INTEGER NOT NULL UNIQUE,
  role TEXT NOT NULL,
  name BLOB,
  pin BLOB,
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;
CREATE TABLE recovery (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  hash BLOB NOT NULL,
  used TEXT NOT NULL
) STRICT;
",
    tables: &[Table { name: "person", key: "id" }, Table { name: "recovery", key: "only" }],
    apply,
};

/// Somebody who works, or worked, at the till.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    pub id: PersonId,
    pub role: Role,
    /// None for an owner who was never given one, and after the name was erased.
    pub name: Option<String>,
    /// Names the PIN's record in the side table.
    pub pin: Option<Hash>,
    pub removed: bool,
}

/// The recovery codes that were made last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// Names their hashes in the side table.
    pub hash: Hash,
    /// The places of those that opened already.
    pub used: Vec<u32>,
}

fn apply(conn: &Connection, entry: &Entry) -> Result<(), Fault> {
    match &entry.body {
        Body::OwnerPinSet { hash } => {
            conn.prepare_cached(
                "INSERT INTO person (id, added_seq, role, name, pin) VALUES (?1, ?2, 'owner', NULL, ?3)
                 ON CONFLICT (id) DO UPDATE SET pin = excluded.pin",
            )?
            .execute(params![PersonId::OWNER.to_string(), int(entry.seq), hash.0])?;
            Ok(())
        }
        Body::People { change } => change_people(conn, entry.seq, change),
        Body::LedgerCreated { .. }
        | Body::ShopSet { .. }
        | Body::LimitsSet { .. }
        | Body::OwnQrisSet { .. }
        | Body::GatewaySet { .. }
        | Body::GatewayRemoved { .. }
        | Body::GatewayPinned { .. }
        | Body::GatewayCall { .. }
        | Body::SaleRecorded { .. }
        | Body::SaleVoided { .. }
        | Body::AttemptStarted { .. }
        | Body::EvidenceAdded { .. }
        | Body::SaleCovered { .. }
        | Body::OutboxSending { .. }
        | Body::OutboxEnded { .. }
        | Body::Bill { .. }
        | Body::BookRulesSet { .. }
        | Body::Shift { .. }
        | Body::SaleRefunded { .. }
        | Body::ReceiptCopied { .. }
        | Body::Inbox { .. }
        | Body::LedgerRestored { .. } => Ok(()),
    }
}

fn change_people(conn: &Connection, seq: u64, change: &PeopleChange) -> Result<(), Fault> {
    match change {
        PeopleChange::Set { person } => set(conn, seq, person),
        PeopleChange::Removed { id } => {
            let sql = "UPDATE person SET removed = 1, pin = NULL WHERE id = ?1 AND removed = 0";
            one(conn.prepare_cached(sql)?.execute([id.to_string()])?, *id)
        }
        PeopleChange::PinSet { id, hash } => {
            let sql = "UPDATE person SET pin = ?2 WHERE id = ?1 AND removed = 0";
            one(conn.prepare_cached(sql)?.execute(params![id.to_string(), hash.0])?, *id)
        }
        PeopleChange::PinCleared { id } => {
            let sql = "UPDATE person SET pin = NULL WHERE id = ?1 AND pin IS NOT NULL";
            one(conn.prepare_cached(sql)?.execute([id.to_string()])?, *id)
        }
        PeopleChange::RecoverySet { hash } => {
            conn.prepare_cached(
                "INSERT INTO recovery (only, hash, used) VALUES (1, ?1, '[]')
                 ON CONFLICT (only) DO UPDATE SET hash = excluded.hash, used = '[]'",
            )?
            .execute([hash.0])?;
            Ok(())
        }
        PeopleChange::RecoveryUsed { place } => use_code(conn, *place),
        PeopleChange::PinFailed { .. }
        | PeopleChange::SignedIn { .. }
        | PeopleChange::RecoveryFailed
        | PeopleChange::DoorUnguarded => Ok(()),
    }
}

fn set(conn: &Connection, seq: u64, person: &Person) -> Result<(), Fault> {
    conn.prepare_cached(
        "INSERT INTO person (id, added_seq, role, name) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (id) DO UPDATE SET role = excluded.role, name = excluded.name",
    )?
    .execute(params![person.id.to_string(), int(seq), person.role.as_str(), person.name.0])?;
    Ok(())
}

fn use_code(conn: &Connection, place: u32) -> Result<(), Fault> {
    let mut used = recovery(conn)?.map(|recovery| recovery.used).unwrap_or_default();
    if used.contains(&place) {
        return Err(LedgerError::contradiction("a recovery code opens once").into());
    }
    used.push(place);
    let changed = conn.execute("UPDATE recovery SET used = ?1", [to_json(&used)?])?;
    if changed == 1 { Ok(()) } else { Err(LedgerError::contradiction("no recovery codes").into()) }
}

fn one(changed: usize, id: PersonId) -> Result<(), Fault> {
    if changed == 1 {
        return Ok(());
    }
    Err(LedgerError::contradiction(format!("nobody is called {id}")).into())
}

/// Everybody in the order in which they were added, whoever left included.
pub(crate) fn all(conn: &Connection) -> Result<Vec<PersonRow>, Fault> {
    let sql = "SELECT * FROM person ORDER BY added_seq";
    conn.prepare_cached(sql)?.query_and_then([], |row| person(conn, row))?.collect()
}

pub(crate) fn recovery(conn: &Connection) -> Result<Option<Recovery>, Fault> {
    let sql = "SELECT hash, used FROM recovery";
    let read = |row: &Row<'_>| -> Result<Recovery, Fault> {
        Ok(Recovery { hash: Hash(row.get("hash")?), used: json(row, "used")? })
    };
    conn.prepare_cached(sql)?.query_and_then([], read)?.next().transpose()
}

fn person(conn: &Connection, row: &Row<'_>) -> Result<PersonRow, Fault> {
    let hash = |column| -> Result<Option<Hash>, Fault> {
        Ok(row.get::<_, Option<[u8; 32]>>(column)?.map(Hash))
    };
    let name = hash("name")?.map(|name| blob::get(conn, name)).transpose()?.flatten();
    let role: String = row.get("role")?;
    Ok(PersonRow {
        id: parsed(row, "id")?,
        role: Role::from_word(&role).ok_or_else(|| bad("role"))?,
        name: name.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        pin: hash("pin")?,
        removed: row.get("removed")?,
    })
}

/// Whether anybody has a PIN: from then on acts are guarded.
pub(crate) fn has_pin(conn: &Connection) -> Result<bool, Fault> {
    let sql = "SELECT 1 FROM person WHERE pin IS NOT NULL LIMIT 1";
    Ok(conn.prepare_cached(sql)?.query_row([], |_| Ok(())).optional()?.is_some())
}
