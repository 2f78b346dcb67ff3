//! A payment attempt as the window, the customer's window and the command line see it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{LangPref, Notice, ThemePref};

#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct LineInput {
    pub name: String,
    pub quantity: u32,
    /// Rupiah.
    pub unit_price: i64,
}

/// How to collect.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case", deny_unknown_fields)]
#[ts(export)]
pub enum Via {
    /// The first gateway that can; the shop's own QRIS when none answers.
    Auto,
    OwnQris,
    Gateway {
        name: String,
        method: Option<String>,
        /// Fields of the provider's create that only it knows, by its own names.
        #[serde(default)]
        extra: BTreeMap<String, String>,
    },
    /// The same once the gateway can be reached: the customer pays later by its link.
    Later {
        name: String,
        method: Option<String>,
        #[serde(default)]
        extra: BTreeMap<String, String>,
    },
}

#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct PaymentStart {
    pub lines: Vec<LineInput>,
    pub via: Via,
    /// Made by the window for each cart: the same one never makes a second sale (a double F9 is one payment).
    pub order: String,
}

#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct CashAsk {
    pub lines: Vec<LineInput>,
}

/// What a cart costs in notes and coins, in rupiah.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CashOffer {
    pub price: i64,
    /// What rounding to whole coins adds to the price, signed.
    pub rounding: i64,
    pub due: i64,
    /// What a customer will likely hand over: the exact amount first, at most six.
    pub quick: Vec<i64>,
    /// Values of notes and coins, the largest first, of which change is made.
    pub pieces: Vec<i64>,
}

/// A sale paid in notes and coins, in rupiah.
#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct CashPay {
    pub lines: Vec<LineInput>,
    /// What the customer gave.
    pub tendered: i64,
    /// The cart's own id, as in `payment_start`.
    pub order: String,
}

#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct PaymentId {
    pub id: String,
}

#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct PaymentConfirm {
    pub id: String,
    pub reason: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum PresentmentView {
    Qris {
        payload: String,
        /// The symbol as SVG, quiet zone included.
        svg: String,
        merchant: String,
        nmid: Option<String>,
        terminal: Option<String>,
    },
    Link {
        url: String,
        svg: String,
    },
    Transfer {
        account: String,
        amount: i64,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct EvidenceView {
    /// `till`, `create`, `poll`, `person`, `webhook`, `relay`, `statement`.
    pub source: String,
    pub state: String,
    pub at: i64,
    pub amount: Option<i64>,
    pub gateway_id: Option<String>,
    pub paid_at: Option<i64>,
    pub review: Option<Notice>,
    pub reason: Option<String>,
}

/// Notes and coins, in rupiah.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CashView {
    pub tendered: i64,
    /// What rounding to whole coins added to the price, signed.
    pub rounding: i64,
    pub change: i64,
}

/// A message with what a customer needs to pay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct MessageView {
    pub text: String,
    /// Opens WhatsApp with the text.
    pub whatsapp: String,
    /// The same as a symbol, for the shop's phone; none where it is too long for one.
    pub svg: Option<String>,
}

/// A payment that was put off until its gateway can be reached.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct LaterView {
    /// Its bill is not made yet.
    pub waiting: bool,
    /// While it can be paid.
    pub message: Option<MessageView>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct PaymentView {
    pub id: String,
    pub sale_id: String,
    pub sale_number: String,
    /// `planned`, `submitting`, `unknown`, `rejected`, `pending`, `unverified`, `failed`, `expired`, `cancelled`,
    /// `confirmed`, `paid`.
    pub state: String,
    /// `late`, `over`, `under`, `duplicate`, `reversed`, `needs_review`.
    pub flags: Vec<String>,
    /// The sale's price in rupiah.
    pub amount: i64,
    /// What was added to the price, signed.
    pub unique_code: i64,
    /// What the customer pays, in rupiah.
    pub total: i64,
    pub received: i64,
    pub own_qris: bool,
    /// Present when it was paid in notes and coins.
    pub cash: Option<CashView>,
    /// The gateway's name as the shop calls it.
    pub gateway: Option<String>,
    pub gateway_title: Option<String>,
    pub gateway_id: Option<String>,
    /// Nothing stands here when nothing may be shown.
    pub presentment: Option<PresentmentView>,
    /// Present when the customer pays later by link.
    pub later: Option<LaterView>,
    pub started_at: i64,
    pub expires_at: Option<i64>,
    pub paid_at: Option<i64>,
    /// When the gateway was last asked.
    pub checked_at: Option<i64>,
    /// What the cashier must know: why no QR is shown, why the last check failed, why the own QRIS was used.
    pub notices: Vec<Notice>,
    pub evidence: Vec<EvidenceView>,
}

/// What the customer's window shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "screen", rename_all = "snake_case")]
#[ts(export)]
pub enum CustomerView {
    Idle { shop: String, zone: String, lang: LangPref, theme: ThemePref },
    Pay { shop: String, zone: String, lang: LangPref, theme: ThemePref, payment: Box<PaymentView> },
    Paid { shop: String, zone: String, lang: LangPref, theme: ThemePref, payment: Box<PaymentView> },
}

/// Events that Rust pushes to the windows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
#[ts(export)]
pub enum Push {
    PaymentChanged {
        payment: Box<PaymentView>,
    },
    StripChanged,
    CustomerChanged,
    /// Somebody signed in, or the window was locked, or people changed.
    DoorChanged,
    Sound {
        sound: Sound,
        amount: i64,
    },
    /// How far the one long piece of work is: parts done, of all. Told a few times a second.
    Progress {
        done: i64,
        of: i64,
    },
    /// Another ledger stands in the place of the one that was shown: everything is read anew.
    BootChanged,
    /// The cashier closes the window while `on_offer` QRs can be paid.
    CloseAsked {
        on_offer: u32,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Sound {
    /// Two rising notes.
    Paid,
    /// Two falling notes: too little or twice.
    Odd,
    /// One low note.
    Late,
}
