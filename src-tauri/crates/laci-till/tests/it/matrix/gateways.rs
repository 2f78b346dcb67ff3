//! The collecting gateways, each at the played server, and what its contract allows.

use std::collections::BTreeMap;

use laci_sandbox::{Sandbox, SandboxOptions};
use laci_till::wire::{GatewayAdd, PaymentView, PresentmentView, Via};
use laci_till::{By, PRACTICE_KEY};

use crate::world::{Counter, charge};

/// Long enough for loopback, short enough to wait for in tests.
const TIMEOUT_MS: &str = "400";
pub(super) const PRICE: i64 = 25_000;

pub(super) struct Collecting {
    pub(super) kind: &'static str,
    /// Beside the kind's own: what makes it show a transfer, or the shop's own sticker.
    options: &'static [(&'static str, &'static str)],
    /// The shop's own sticker for this method.
    sticker_of: Option<&'static str>,
    /// Creates that may leave for one payment, the contract's retry included.
    pub(super) most_creates: u32,
}

pub(super) const COLLECTING: [Collecting; 6] = [
    Collecting {
        kind: "paydigital",
        options: &[("store_id", "1")],
        sticker_of: None,
        most_creates: 1,
    },
    Collecting { kind: "bayargg", options: &[], sticker_of: None, most_creates: 1 },
    Collecting { kind: "kropay", options: &[], sticker_of: None, most_creates: 2 },
    Collecting {
        kind: "midtrans",
        options: &[("app_code", laci_sandbox::APP_CODE)],
        sticker_of: None,
        most_creates: 2,
    },
    Collecting {
        kind: "bayargg",
        options: &[("method", "ovo"), ("ovo_number", "081200000099")],
        sticker_of: None,
        most_creates: 1,
    },
    Collecting {
        kind: "bayargg",
        options: &[("method", "gopay_qris")],
        sticker_of: Some("own_qris.gopay_qris"),
        most_creates: 1,
    },
];

/// A shop with one gateway for each case, since a pause is a gateway's own.
pub(super) struct World {
    pub(super) counter: Counter,
    pub(super) sandbox: Sandbox,
    made: u32,
}

impl World {
    pub(super) async fn start() -> Self {
        let options =
            SandboxOptions { api_key: PRACTICE_KEY.to_owned(), ..SandboxOptions::default() };
        let sandbox = Sandbox::start(options).await.expect("a free port");
        Self { counter: Counter::open(), sandbox, made: 0 }
    }

    /// Adds a new gateway of the kind and answers its name.
    pub(super) fn gateway(&mut self, kind: &str, own: &[(&str, &str)]) -> String {
        self.made += 1;
        let name = format!("{kind}-{}", self.made);
        self.set(&name, kind, own);
        name
    }

    /// The kind's one gateway, set up anew.
    pub(super) fn again(&self, gateway: &Collecting) -> String {
        self.set(gateway.kind, gateway.kind, gateway.options);
        gateway.kind.to_owned()
    }

    fn set(&self, name: &str, kind: &str, own: &[(&str, &str)]) {
        let common = [("min_recheck_ms", "0"), ("timeout_ms", TIMEOUT_MS)];
        let options = common.iter().chain(own);
        let gateway = GatewayAdd {
            kind: kind.to_owned(),
            name: name.to_owned(),
            base_url: self.sandbox.base_url(kind),
            options: options.map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect(),
            secrets: [("api_key".to_owned(), PRACTICE_KEY.to_owned())].into(),
        };
        self.counter.till.gateway_add(By::counter(), &gateway).expect("a gateway");
    }

    pub(super) fn collecting(&mut self, gateway: &Collecting) -> String {
        let sticker = laci_sandbox::practice_sticker();
        let own = gateway.sticker_of.map(|name| (name, sticker.as_str()));
        let options: Vec<(&str, &str)> = gateway.options.iter().copied().chain(own).collect();
        self.gateway(gateway.kind, &options)
    }

    pub(super) async fn charge(&self, name: &str) -> PaymentView {
        let via = Via::Gateway { name: name.to_owned(), method: None, extra: BTreeMap::new() };
        let asked = charge(PRICE, via, None);
        self.counter.till.payment_start(By::counter(), asked).await.expect("a payment")
    }

    pub(super) async fn check(&self, payment: &PaymentView) -> PaymentView {
        self.counter.till.payment_check(payment.id.parse().unwrap()).await.expect("a look")
    }

    /// How often the gateway was asked for this payment's bill.
    pub(super) fn creates(&self, payment: &PaymentView) -> u32 {
        self.sandbox.creates_with(&payment.id)
    }

    /// The bills that the gateway made for this payment.
    pub(super) fn bills(&self, payment: &PaymentView) -> Vec<laci_sandbox::BillView> {
        let all = self.sandbox.bills().into_iter();
        all.filter(|bill| bill.merchant_ref.contains(&payment.id)).collect()
    }

    pub(super) fn must_be_whole(&self) {
        let verdict = self.counter.till.ledger().verify(&mut |_, _| true).expect("a verdict");
        assert!(verdict.ok, "{:?}", verdict.problems);
    }
}

/// A payment in one line, without its picture.
pub(super) fn line(payment: &PaymentView) -> String {
    let shown = payment.presentment.as_ref().map(|shown| match shown {
        PresentmentView::Qris { .. } => "qris",
        PresentmentView::Link { .. } => "link",
        PresentmentView::Transfer { .. } => "transfer",
    });
    let notices: Vec<&str> = payment.notices.iter().map(|notice| notice.code.as_str()).collect();
    let reasons: Vec<_> =
        payment.evidence.iter().map(|piece| (&piece.state, &piece.reason)).collect();
    let PaymentView { state, flags, gateway_id, total, received, .. } = payment;
    format!("{state} {flags:?} {gateway_id:?} {total} {received} {shown:?} {notices:?} {reasons:?}")
}

pub(super) fn is_covered(payment: &PaymentView) -> bool {
    matches!(payment.state.as_str(), "paid" | "confirmed")
}
