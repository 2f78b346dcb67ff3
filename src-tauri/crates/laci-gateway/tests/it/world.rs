//! What the tests share: configured gateways, questions, and a transport that plays prepared answers.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use laci_core::{GatewayName, GatewaySettings, Rupiah, UnixMs, Zone};
use laci_gateway::{
    CreateAsk, Gateway, OnWire, OurRef, Reply, Secrets, Sending, StatusAsk, Transport,
    TransportError,
};

/// Marked, so that a leak is found by searching for `kenari`.
pub(crate) const KEY: &str = "kunci-kenari-4f1c";
pub(crate) const OUR_REF: &str = "ORDER-12345";
pub(crate) const REFERENCE: &str = "PG-20260529A1B2";

pub(crate) fn name() -> GatewayName {
    GatewayName::new("kropay").unwrap()
}

pub(crate) fn settings(base_url: &str, options: &[(&str, &str)]) -> GatewaySettings {
    GatewaySettings {
        name: name(),
        kind: "kropay".into(),
        base_url: base_url.into(),
        options: options.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect(),
        key_hint: "4f1c".into(),
    }
}

pub(crate) fn secrets() -> Secrets {
    Secrets::default().with("api_key", KEY)
}

pub(crate) fn kropay(options: &[(&str, &str)]) -> Gateway {
    Gateway::new(&settings("", options), &secrets()).unwrap()
}

/// Paydigital's sample bill.
pub(crate) const INVOICE: &str = "PYG20231201123456";

/// With the sample's shop, and `options` beside it.
pub(crate) fn paydigital_settings(base_url: &str, options: &[(&str, &str)]) -> GatewaySettings {
    let mut settings = settings(base_url, options);
    settings.name = GatewayName::new("paydigital").unwrap();
    settings.kind = "paydigital".into();
    settings.options.entry("store_id".into()).or_insert_with(|| "1".into());
    settings
}

pub(crate) fn paydigital(options: &[(&str, &str)]) -> Gateway {
    Gateway::new(&paydigital_settings("", options), &secrets()).unwrap()
}

pub(crate) fn invoice_ask() -> StatusAsk {
    StatusAsk { gateway_id: INVOICE.into(), ..status_ask() }
}

/// Ten minutes before the sample bill's end, in Jakarta.
pub(crate) fn now() -> UnixMs {
    UnixMs::from_naive("2026-05-30 15:20:00", Zone::Wib).unwrap()
}

pub(crate) fn create_ask(amount: u32) -> CreateAsk {
    CreateAsk {
        our_ref: OurRef::new(OUR_REF).unwrap(),
        amount: Rupiah::from_u32(amount),
        description: "Penjualan A01-0001".into(),
        customer_name: None,
        items: Vec::new(),
        since: now(),
        now: now(),
        method: None,
        extra: Default::default(),
    }
}

pub(crate) fn status_ask() -> StatusAsk {
    StatusAsk {
        gateway_id: REFERENCE.into(),
        our_ref: OurRef::new(OUR_REF).unwrap(),
        total: Rupiah::from_u32(10_000),
        since: now(),
        now: now(),
    }
}

pub(crate) fn reply(status: u16, body: &str) -> Reply {
    Reply { status, body: body.as_bytes().to_vec(), ..Reply::default() }
}

/// Plays its answers in order and keeps what was sent; without an answer left it repeats the last one.
pub(crate) struct Played {
    answers: Mutex<VecDeque<Result<Reply, TransportError>>>,
    pub(crate) sent: Mutex<Vec<OnWire>>,
}

impl Played {
    pub(crate) fn new(answers: Vec<Result<Reply, TransportError>>) -> Arc<Self> {
        Arc::new(Self { answers: Mutex::new(answers.into()), sent: Mutex::default() })
    }

    pub(crate) fn calls(&self) -> usize {
        self.sent.lock().unwrap().len()
    }
}

impl Transport for Played {
    fn send(&self, request: OnWire) -> Sending<'_> {
        self.sent.lock().unwrap().push(request);
        let mut answers = self.answers.lock().unwrap();
        let answer = if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() };
        Box::pin(std::future::ready(answer.expect("an answer was prepared")))
    }
}
