//! Words and fields that several answers have.

use serde_json::{Map, Value, json};

use crate::book::{Bill, BillState};
use crate::clock;
use crate::qris::practice_sticker;

/// The methods of the document and of the newer pages, with their labels.
pub(super) const METHODS: [(&str, &str); 6] = [
    ("qris", "QRIS"),
    ("qris_bayar_gg", "QRIS Bayar.gg"),
    ("qris_user", "BRI QRIS"),
    ("gopay_qris", "GoPay QRIS"),
    ("qris_livin", "Livin QRIS"),
    ("ovo", "OVO"),
];
/// The provider's own merchant: the most that one payment may be, in rupiah.
pub(super) const HOUSE_MAXIMUM: u64 = 500_000;

pub(super) fn is_house(method: &str) -> bool {
    matches!(method, "qris" | "qris_bayar_gg")
}

pub(super) fn label(method: &str) -> &'static str {
    METHODS.iter().find(|(code, _)| *code == method).map_or("", |(_, label)| label)
}

/// The document has the first four; the others are the book's own.
pub(super) fn word(state: BillState) -> &'static str {
    match state {
        BillState::Pending => "pending",
        BillState::Success => "paid",
        BillState::Expired => "expired",
        BillState::Cancelled => "cancelled",
        BillState::Failed => "failed",
        BillState::Reversed => "reversed",
    }
}

/// The document's page is the provider's; here it is the customer's page of this server.
pub(super) fn page(bill: &Bill, host: &str) -> String {
    format!("http://{host}/bayar/{}", bill.reference)
}

/// The document's fields of a bill.
pub(super) fn bill(bill: &Bill) -> Map<String, Value> {
    let fields = [
        ("invoice_id", json!(bill.reference)),
        ("amount", json!(bill.order.amount)),
        ("unique_code", json!(bill.unique_code)),
        ("final_amount", json!(bill.total())),
        ("payment_method", json!(bill.order.method)),
        ("status", json!(word(bill.state))),
        ("expires_at", json!(bill.expires_at())),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// What the plugin reads beside them. OVO has no QR.
pub(super) fn with_qris(fields: &mut Map<String, Value>, bill: &Bill) {
    fields.insert("payment_method_label".to_owned(), json!(label(&bill.order.method)));
    if bill.order.method != "ovo" {
        fields.insert("qris_string".to_owned(), json!(practice_sticker()));
        fields.insert("qris_dynamic_string".to_owned(), json!(bill.payload));
    }
}

/// `2026-05-30`, in Jakarta.
pub(super) fn date(at_s: i64) -> String {
    clock::naive(at_s).chars().take(10).collect()
}
