//! A gateway's calls beside payments, as the screens and the command line see them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something of the gateway's that can be sold with a payment: a file, a page, a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct ChoiceView {
    pub id: String,
    pub name: String,
}

/// What can be chosen for the create's own fields, by their names.
#[derive(Clone, Debug, Default, Serialize, TS)]
#[ts(export)]
pub struct ChargeChoices {
    pub fields: BTreeMap<String, Vec<ChoiceView>>,
}

#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct OrdersAsk {
    /// The provider's word; none is all.
    pub status: Option<String>,
    pub search: Option<String>,
    /// How many to pass over.
    pub offset: u32,
}

/// An order of a gateway's shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct OrderView {
    pub number: String,
    /// The provider's word: `pending`, `waiting_payment`, `paid`, `processing`, `completed`, `cancelled`, or a new one.
    pub status: String,
    pub customer: String,
    pub phone: String,
    /// Rupiah.
    pub total: Option<i64>,
    /// As the provider wrote it.
    pub at: Option<String>,
    pub items: Vec<OrderItem>,
    /// Whatever else the provider says of it, by its own names.
    pub rest: BTreeMap<String, String>,
    /// By the document's rules, as far as its word is known.
    pub may_complete: bool,
    pub may_cancel: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct OrderItem {
    pub name: String,
    pub quantity: Option<i64>,
    pub amount: Option<i64>,
}

#[derive(Clone, Debug, Serialize, TS)]
#[ts(export)]
pub struct OrdersView {
    /// The gateway whose shop it is; none where no gateway has one.
    pub gateway: Option<String>,
    pub orders: Vec<OrderView>,
    /// Whether there may be more after these.
    pub more: bool,
}

#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct OrderNumber {
    pub number: String,
}

#[derive(Clone, Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
#[ts(export)]
pub struct OrderEnd {
    pub number: String,
    /// Whether the customer is told by WhatsApp.
    pub notify: bool,
}
