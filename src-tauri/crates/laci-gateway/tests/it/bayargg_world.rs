//! What Bayar.gg's tests share: its settings, its sample bill, and what is said of it.

use laci_core::{GatewayName, GatewaySettings, UnixMs, Zone};
use laci_gateway::{
    CreateAnswer, CreateAsk, Gateway, HeaderText, HttpMethod, Request, Secrets, StatusAsk,
};

use crate::world::*;

pub(crate) const CREATED: &str =
    include_str!("../fixtures/bayargg/create_response_gopay_qris.json");
/// The sample's bill.
pub(crate) const PAY: &str = "PAY-admin-1234567890-ABC123";
pub(crate) const PAGE: &str = "https://www.bayar.gg/pay?invoice=PAY-admin-1234567890-ABC123";
/// Marked as the key is.
pub(crate) const WEBHOOK_SECRET: &str = "whsec_kenari-77aa";

pub(crate) fn bayargg_settings(base_url: &str, options: &[(&str, &str)]) -> GatewaySettings {
    let mut settings = settings(base_url, options);
    settings.name = GatewayName::new("bayargg").unwrap();
    settings.kind = "bayargg".into();
    settings
}

pub(crate) fn bayargg_secrets() -> Secrets {
    secrets().with("webhook_secret", WEBHOOK_SECRET)
}

pub(crate) fn bayargg(options: &[(&str, &str)]) -> Gateway {
    Gateway::new(&bayargg_settings("", options), &bayargg_secrets()).unwrap()
}

/// For the sample's price, by its method, half an hour before its end.
pub(crate) fn pay_ask() -> CreateAsk {
    CreateAsk {
        since: UnixMs::from_naive("2026-02-15 12:00:00", Zone::Wib).unwrap(),
        now: UnixMs::from_naive("2026-02-15 12:00:00", Zone::Wib).unwrap(),
        method: Some("gopay_qris".into()),
        ..create_ask(50_000)
    }
}

pub(crate) fn pay_status_ask() -> StatusAsk {
    StatusAsk { gateway_id: PAY.into(), ..status_ask() }
}

pub(crate) fn body(request: &Request) -> String {
    let content = request.content.as_ref().expect("a body");
    assert_eq!(content.media_type, "application/json");
    String::from_utf8(content.bytes.to_vec()).unwrap()
}

/// Method and whole URL, after a look at the one header that the document names.
pub(crate) fn line(gateway: &Gateway, request: &Request) -> String {
    let [header] = request.headers.as_slice() else { panic!("one header: {request:?}") };
    assert_eq!(header.name, "X-API-Key");
    let HeaderText::Sensitive(secret) = &header.value else { panic!("marked, so never printed") };
    assert_eq!(secret.expose(), KEY);
    let method = match request.method {
        HttpMethod::Get => "GET",
        HttpMethod::Post => "POST",
    };
    format!("{method} {}", gateway.base().join(&request.target))
}

pub(crate) fn doubt(answer: CreateAnswer) -> &'static str {
    let CreateAnswer::Unknown(uncertain) = answer else { panic!("not unknown: {answer:?}") };
    uncertain.why.code()
}
