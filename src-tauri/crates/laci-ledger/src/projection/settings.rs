//! What the owner set: the shop, its own QRIS, limits, how the books count, gateways in the order they were added.

use std::collections::BTreeMap;

use laci_core::{
    Body, BookRules, Entry, GatewayName, GatewaySettings, Limits, OwnQris, PinnedMerchant, Shop,
    UnixMs,
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::error::LedgerError;
use crate::projection::kind::{Projection, Table};
use crate::sql::{Fault, bad, int, json, to_json};

pub(crate) const PROJECTION: Projection = Projection {
    name: "settings",
    version: 4,
    create: "
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE gateway (
  name TEXT PRIMARY KEY,
  added_seq INTEGER NOT NULL UNIQUE,
  settings TEXT NOT NULL
) STRICT;
CREATE TABLE gateway_pin (
  gateway TEXT NOT NULL REFERENCES gateway (name),
  method TEXT NOT NULL,
  pin TEXT NOT NULL,
  PRIMARY KEY (gateway, method)
) STRICT, WITHOUT ROWID;
",
    tables: &[
        Table { name: "setting", key: "name" },
        Table { name: "gateway", key: "name" },
        Table { name: "gateway_pin", key: "gateway, method" },
    ],
    apply,
};

const EPOCH: &str = "epoch";
const RESTORED_AT: &str = "restored_at";

/// Everything that is set, in one piece.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    pub shop: Option<Shop>,
    pub limits: Limits,
    pub own_qris: Option<OwnQris>,
    pub rules: BookRules,
    /// In the order in which they were first added.
    pub gateways: Vec<GatewaySettings>,
    /// By gateway and its way to pay; an empty one where it has one merchant.
    pub pins: BTreeMap<(GatewayName, String), PinnedMerchant>,
}

impl Settings {
    /// The merchant that QRs of this way to pay must name.
    pub fn pin_of(&self, gateway: &GatewayName, method: Option<&str>) -> Option<&PinnedMerchant> {
        self.pins.get(&(gateway.clone(), method.unwrap_or_default().to_owned()))
    }
}

fn apply(conn: &Connection, entry: &Entry) -> Result<(), Fault> {
    match &entry.body {
        Body::ShopSet { shop } => set(conn, "shop", shop),
        Body::LimitsSet { limits } => set(conn, "limits", limits),
        Body::OwnQrisSet { own_qris } => set(conn, "own_qris", own_qris),
        Body::BookRulesSet { rules } => set(conn, "book_rules", rules),
        Body::GatewaySet { gateway } => add_gateway(conn, entry.seq, gateway),
        Body::GatewayRemoved { name } => {
            let sql = "DELETE FROM gateway_pin WHERE gateway = ?1";
            conn.prepare_cached(sql)?.execute([name.as_str()])?;
            let sql = "DELETE FROM gateway WHERE name = ?1";
            one(conn.prepare_cached(sql)?.execute([name.as_str()])?, name)
        }
        Body::GatewayPinned { name, method, pin } => {
            // Selected from the gateways, so that one that is not there is found out.
            let sql = "INSERT INTO gateway_pin (gateway, method, pin)
                       SELECT name, ?2, ?3 FROM gateway WHERE name = ?1
                       ON CONFLICT (gateway, method) DO UPDATE SET pin = excluded.pin";
            let method = method.as_deref().unwrap_or_default();
            let values = params![name.as_str(), method, to_json(pin)?];
            one(conn.prepare_cached(sql)?.execute(values)?, name)
        }
        Body::LedgerRestored { epoch, .. } => {
            set(conn, EPOCH, epoch)?;
            set(conn, RESTORED_AT, &entry.at)
        }
        Body::LedgerCreated { .. }
        | Body::GatewayCall { .. }
        | Body::OwnerPinSet { .. }
        | Body::Bill { .. }
        | Body::People { .. }
        | Body::Shift { .. }
        | Body::SaleRefunded { .. }
        | Body::SaleRecorded { .. }
        | Body::SaleVoided { .. }
        | Body::AttemptStarted { .. }
        | Body::EvidenceAdded { .. }
        | Body::SaleCovered { .. }
        | Body::OutboxSending { .. }
        | Body::OutboxEnded { .. }
        | Body::ReceiptCopied { .. }
        | Body::Inbox { .. } => Ok(()),
    }
}

fn set<T: serde::Serialize>(conn: &Connection, name: &str, value: &T) -> Result<(), Fault> {
    conn.prepare_cached(
        "INSERT INTO setting (name, value) VALUES (?1, ?2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )?
    .execute(params![name, to_json(value)?])?;
    Ok(())
}

/// A gateway that is set again keeps its place and its pinned merchant.
fn add_gateway(conn: &Connection, seq: u64, gateway: &GatewaySettings) -> Result<(), Fault> {
    conn.prepare_cached(
        "INSERT INTO gateway (name, added_seq, settings) VALUES (?1, ?2, ?3)
         ON CONFLICT (name) DO UPDATE SET settings = excluded.settings",
    )?
    .execute(params![gateway.name.as_str(), int(seq), to_json(gateway)?])?;
    Ok(())
}

fn one(changed: usize, name: &GatewayName) -> Result<(), Fault> {
    if changed == 1 {
        return Ok(());
    }
    Err(LedgerError::contradiction(format!("no gateway is called {name}")).into())
}

pub(crate) fn all(conn: &Connection) -> Result<Settings, Fault> {
    let mut settings = Settings {
        shop: get(conn, "shop")?,
        limits: get(conn, "limits")?.unwrap_or_default(),
        own_qris: get(conn, "own_qris")?,
        rules: book_rules(conn)?,
        ..Settings::default()
    };
    let mut statement = conn.prepare_cached("SELECT settings FROM gateway ORDER BY added_seq")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        settings.gateways.push(json(row, "settings")?);
    }
    settings.pins = pins(conn)?;
    Ok(settings)
}

fn pins(conn: &Connection) -> Result<BTreeMap<(GatewayName, String), PinnedMerchant>, Fault> {
    let sql = "SELECT gateway, method, pin FROM gateway_pin";
    let pin = |row: &Row<'_>| {
        let name: String = row.get("gateway")?;
        let name = GatewayName::new(&name).map_err(|_| bad("gateway"))?;
        Ok(((name, row.get("method")?), json(row, "pin")?))
    };
    conn.prepare_cached(sql)?.query_and_then([], pin)?.collect()
}

pub(crate) fn book_rules(conn: &Connection) -> Result<BookRules, Fault> {
    Ok(get(conn, "book_rules")?.unwrap_or_default())
}

pub(crate) fn shop(conn: &Connection) -> Result<Option<Shop>, Fault> {
    get(conn, "shop")
}

/// The epoch since the last restore; none in a ledger that was never restored.
pub(crate) fn epoch(conn: &Connection) -> Result<Option<u16>, Fault> {
    get(conn, EPOCH)
}

/// When the ledger was restored last.
pub(crate) fn restored_at(conn: &Connection) -> Result<Option<UnixMs>, Fault> {
    get(conn, RESTORED_AT)
}

fn get<T: serde::de::DeserializeOwned>(conn: &Connection, name: &str) -> Result<Option<T>, Fault> {
    let sql = "SELECT value FROM setting WHERE name = ?1";
    let text: Option<String> =
        conn.prepare_cached(sql)?.query_row([name], |row| row.get(0)).optional()?;
    text.map(|text| serde_json::from_str(&text).map_err(|_| bad(name))).transpose()
}
