//! What the tests of the command line share: the played gateway, and sales that were paid.

use laci_sandbox::{Sandbox, SandboxOptions};
use laci_tests::laci::{Files, Shop};
use serde_json::Value;
use std::sync::OnceLock;

pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxOptions::default()).await.expect("a free port")
}

/// Every kind of gateway, with the options that it needs.
pub(crate) const KINDS: [(&str, &[&str]); 5] = [
    ("paydigital", &["store_id=1"]),
    ("bayargg", &[]),
    ("kropay", &[]),
    ("midtrans", &["app_code=laci-latihan"]),
    ("digiswitch", &["username=laci-latihan"]),
];

/// Adds a played gateway of this kind under its own name.
pub(crate) fn add(shop: &Shop, sandbox: &Sandbox, kind: &str, more: &[&str]) {
    let own = KINDS.iter().find(|(name, _)| *name == kind).expect("a kind").1;
    let options: Vec<&str> = own.iter().chain(more).copied().collect();
    let url = sandbox.base_url(kind).expect("it is played");
    shop.add_kind(kind, kind, &url, &options, laci_tests::laci::KEY);
}

/// A sale paid through the gateway `kropay`.
pub(crate) fn paid_sale(shop: &Shop, sandbox: &Sandbox, amount: &str) -> Value {
    let payment = shop.laci(&["charge", "--amount", amount, "--gateway", "kropay"]).end().payment();
    sandbox.pay(payment["gateway_id"].as_str().expect("a bill")).expect("the bill is there");
    let id = payment["id"].as_str().expect("an id");
    let paid = shop.laci(&["payment", "check", id]).end().payment();
    assert_eq!(paid["state"], "paid", "{paid}");
    paid
}

/// A payment on the shop's own QRIS, which needs no secret.
pub(crate) fn own_payment(shop: &Shop, amount: &str) -> Value {
    shop.locked(&["charge", "--amount", amount, "--own-qris"]).end().payment()
}

/// The value of a root tag of a payload.
pub(crate) fn tag(payload: &str, wanted: &str) -> Option<String> {
    let mut rest = payload;
    while rest.len() > 4 {
        let length: usize = rest[2..4].parse().expect("a length");
        if &rest[..2] == wanted {
            return Some(rest[4..4 + length].to_owned());
        }
        rest = &rest[4 + length..];
    }
    None
}

/// The payload that a payment shows.
pub(crate) fn payload(payment: &Value) -> &str {
    payment["presentment"]["payload"].as_str().expect("a QR is shown")
}

/// A shop with three paid sales: a log worth tampering with. No gateway and no network is needed.
pub(crate) fn shop_with_history() -> Shop {
    static FIRST: OnceLock<Files> = OnceLock::new();
    let first = FIRST.get_or_init(|| Files::of(make_history().path()));
    let shop = Shop::empty();
    first.put(shop.path());
    shop
}

fn make_history() -> Shop {
    let shop = Shop::set_up();
    for amount in ["11000", "12000", "13000"] {
        let payment = own_payment(&shop, amount);
        let id = payment["id"].as_str().expect("an id");
        let confirm = ["payment", "confirm", id, "--reason", "dilihat di ponsel"];
        assert_eq!(shop.laci(&confirm).end().payment()["state"], "confirmed");
    }
    shop
}
