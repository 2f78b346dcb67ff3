//! Gateways as the settings screen sees them. Keys go in and never come out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::field::{GatewayField, OperationView};
use super::{Light, Notice};

/// A way to pay that a gateway offers, with what one payment may be, in rupiah.
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct MethodView {
    pub code: String,
    pub label: String,
    pub minimum: i64,
    pub maximum: Option<i64>,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct GatewayKind {
    pub kind: String,
    pub title: String,
    pub base_url: String,
    /// It pays bills out of the shop's deposit; no customer pays through it.
    pub pays_bills: bool,
    pub minimum: i64,
    pub maximum: Option<i64>,
    pub methods: Vec<String>,
    pub fields: Vec<GatewayField>,
    /// Every call that its document has.
    pub operations: Vec<OperationView>,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct GatewayView {
    pub name: String,
    pub kind: String,
    pub title: String,
    pub base_url: String,
    pub options: BTreeMap<String, String>,
    /// The last four characters of the key.
    pub key_hint: String,
    pub light: Light,
    pub latency_ms: Option<u32>,
    pub last_ok_at: Option<i64>,
    pub problem: Option<Notice>,
    /// The merchant that its QRs must name, once one was seen.
    pub pinned: Option<String>,
    pub pays_bills: bool,
    /// The key travels unencrypted, inside this machine or the shop's own network.
    pub plain_http: bool,
    pub minimum: i64,
    pub maximum: Option<i64>,
    /// The default one first.
    pub methods: Vec<MethodView>,
    /// It has a shop of its own, whose orders can be seen here.
    pub has_orders: bool,
    /// Fields of its create that only it knows.
    pub extra: Vec<GatewayField>,
}

#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct GatewayAdd {
    pub kind: String,
    pub name: String,
    pub base_url: Option<String>,
    pub options: BTreeMap<String, String>,
    pub secrets: BTreeMap<String, String>,
}

#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct GatewayAsk {
    pub name: String,
}

#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct GatewayRemove {
    pub name: String,
}

/// One line of "uji sambungan".
#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct CheckStep {
    /// `address`, `key`, `clock`.
    pub code: String,
    pub ok: bool,
    pub message: String,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct GatewayCheck {
    pub ok: bool,
    pub at: i64,
    pub latency_ms: Option<u32>,
    pub steps: Vec<CheckStep>,
}
