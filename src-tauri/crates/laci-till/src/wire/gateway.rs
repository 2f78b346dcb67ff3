//! Gateways as the settings screen sees them. Keys go in and never come out.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Light, Notice};

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct GatewayField {
    /// The option's or secret's name, as on the command line.
    pub name: String,
    pub secret: bool,
    pub required: bool,
    /// What holds when it is left empty.
    pub default: Option<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct GatewayKind {
    pub kind: String,
    pub title: String,
    pub base_url: String,
    pub minimum: i64,
    pub maximum: Option<i64>,
    pub methods: Vec<String>,
    pub fields: Vec<GatewayField>,
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
    pub minimum: i64,
    pub maximum: Option<i64>,
    pub methods: Vec<String>,
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
