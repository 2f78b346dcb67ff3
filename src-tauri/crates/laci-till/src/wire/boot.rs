//! Start, first run, preferences and the status strip.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{DoorView, Notice};

/// Where the window begins.
#[derive(Clone, Debug, Serialize, TS)]
#[serde(tag = "stage", rename_all = "snake_case")]
#[ts(export)]
pub enum Stage {
    /// No shop yet. `needs_passphrase`: this computer has no keyring, so the first run asks for a passphrase.
    /// `lost`: the folder was in use, and its ledger is gone.
    FirstRun { needs_passphrase: bool, lost: bool },
    /// The secrets lie in an encrypted file and wait for the passphrase. Selling works; gateways do not.
    Ready { secrets_locked: bool },
    /// A ledger that came from another computer, or lost its secrets: its PIN can never be checked again, so the owner
    /// sets a new one.
    NewPin { needs_passphrase: bool },
    /// The ledger cannot be opened. `recover`: its file is damaged, cut or too old, and a backup can take its place.
    Refused { notice: Notice, recover: bool },
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct Boot {
    pub stage: Stage,
    pub shop: Option<ShopView>,
    pub practice: bool,
    /// The customer's page of the practice gateway.
    pub practice_url: Option<String>,
    pub own_qris: Option<OwnQrisView>,
    /// The largest amount of one payment, in rupiah.
    pub max_amount: i64,
    pub has_pin: bool,
    pub prefs: Prefs,
    pub door: DoorView,
    pub version: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct ShopView {
    pub name: String,
    #[serde(default)]
    pub address: String,
    #[serde(default)]
    pub phone: String,
    /// `WIB`, `WITA` or `WIT`.
    pub zone: String,
    /// `HH:MM`.
    pub cut_off: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct OwnQrisView {
    pub merchant: String,
    /// The NMID, or the PAN of a sticker that has none.
    pub nmid: String,
}

/// A QRIS to read: its text, or a picture of it (base64 of a PNG, JPEG, WebP or GIF). Exactly one of the two.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct QrisRead {
    pub text: Option<String>,
    pub image_base64: Option<String>,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct QrisView {
    pub payload: String,
    /// `static` or `dynamic`.
    pub kind: String,
    pub merchant: String,
    pub city: String,
    pub postal: Option<String>,
    pub nmid: Option<String>,
    pub acquirer: Option<String>,
    /// `UMI`, `UKE`, `UME`, `UBE`, `URE`, ...
    pub criteria: Option<String>,
    pub amount: Option<i64>,
    pub warnings: Vec<Notice>,
    /// The symbol as SVG.
    pub svg: String,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct SetupFinish {
    pub shop: ShopView,
    pub own_qris: Option<String>,
    /// Six digits.
    pub pin: String,
    /// Only where there is no keyring.
    pub passphrase: Option<String>,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct OwnQrisSet {
    pub payload: String,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct LimitSet {
    /// The largest amount of one payment, in rupiah.
    pub max_amount: i64,
}

#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct SecretsUnlock {
    pub passphrase: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum LangPref {
    #[default]
    Id,
    En,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ThemePref {
    /// As the system says.
    #[default]
    Auto,
    Light,
    Dark,
}

/// How the window looks and sounds on this computer; no part of the books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct Prefs {
    pub lang: LangPref,
    pub theme: ThemePref,
    /// 100, 112 or 125 percent.
    pub text_size: u16,
    /// 0 to 100.
    pub volume: u8,
    /// Locks the window after so many minutes without a touch, where people sign in; 0 never does.
    #[serde(default = "usual_lock")]
    pub lock_minutes: u16,
}

fn usual_lock() -> u16 {
    5
}

impl Default for Prefs {
    fn default() -> Self {
        Self {
            lang: LangPref::Id,
            theme: ThemePref::Auto,
            text_size: 100,
            volume: 80,
            lock_minutes: usual_lock(),
        }
    }
}

/// Whether something outside answers. `Ready` only when proven within the last 60 seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Light {
    Ready,
    Slow,
    Down,
    Unknown,
}

/// The status strip at the foot of every screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct Strip {
    pub internet: Light,
    pub gateways: Vec<StripGateway>,
    /// Effects owed to the outside that are not done.
    pub unsent: u32,
    /// Age of the oldest of them, in milliseconds.
    pub unsent_oldest_ms: Option<i64>,
    /// Payments that are still open, by kind.
    pub waiting: u32,
    pub late: u32,
    pub unverified: u32,
    /// What a person should see to while selling goes on: `disk_low`, `backup_missing`; or `disk_full`: no new sales.
    pub warnings: Vec<Notice>,
    /// The open shift's number.
    pub shift: Option<u32>,
    /// Who sits at the till; whose shift it is, where nobody signs in.
    pub cashier: Option<String>,
    pub register: String,
    pub next_number: String,
    pub now: i64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct StripGateway {
    pub name: String,
    pub title: String,
    pub light: Light,
    /// No customer pays through it.
    pub pays_bills: bool,
}
