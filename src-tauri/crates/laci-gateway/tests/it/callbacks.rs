//! What providers send by themselves: whose bill it is about and who said so, and nothing about money.

use laci_core::{GatewayName, GatewaySettings, UnixMs};
use laci_gateway::{CallbackHeaders, Gateway, Hint, Secrets, Trust};

use crate::bayargg_world::{PAY, bayargg_settings};
use crate::world::*;

const PAID: &str = include_str!("../fixtures/bayargg/webhook_payment_paid.json");
const KROPAY_PAID: &str = include_str!("../fixtures/kropay/webhook_paid.json");
/// Of the sample, with the secret `whsec_test`.
const SIGNATURE: &str = "185b6b1b09f3846e32172020aff7a211c2392357912e6ca159bbb2681376324b";
const TIMESTAMP: &str = "1705312530";
const NOW: UnixMs = UnixMs(1_705_312_530_000);

fn bayargg(secret: Option<&str>) -> Gateway {
    let mut keys = secrets();
    if let Some(secret) = secret {
        keys = keys.with("webhook_secret", secret);
    }
    Gateway::new(&bayargg_settings("", &[]), &keys).unwrap()
}

fn headers(signature: &str) -> CallbackHeaders {
    [
        ("x-webhook-event", "payment.paid"),
        ("x-webhook-signature", signature),
        ("X-Webhook-Timestamp", TIMESTAMP),
        ("X-Invoice-ID", PAY),
    ]
    .into_iter()
    .collect()
}

fn read(headers: &CallbackHeaders, body: &str, now: UnixMs) -> Option<Hint> {
    bayargg(Some("whsec_test")).provider().read_callback(headers, body.as_bytes(), now)
}

fn hint(trust: Trust) -> Option<Hint> {
    Some(Hint { gateway_id: PAY.to_owned(), trust })
}

#[test]
fn a_signed_callback_names_its_bill() {
    assert_eq!(read(&headers(SIGNATURE), PAID, NOW), hint(Trust::Signed));
    let prefixed = format!("sha256={SIGNATURE}");
    assert_eq!(read(&headers(&prefixed), PAID, NOW), hint(Trust::Signed));
    for away in [-300_000, 300_000] {
        assert_eq!(read(&headers(SIGNATURE), PAID, NOW.plus_ms(away)), hint(Trust::Signed));
    }
    for away in [-300_001, 300_001, 86_400_000] {
        assert_eq!(
            read(&headers(SIGNATURE), PAID, NOW.plus_ms(away)),
            hint(Trust::Stale),
            "{away}"
        );
    }
}

#[test]
fn a_forged_one_is_nothing() {
    for (from, to) in [
        ("\"final_amount\": 50123", "\"final_amount\": 50123.00"),
        ("\"final_amount\": 50123", "\"final_amount\": 5"),
        ("\"status\": \"paid\"", "\"status\": \"expired\""),
        ("ABC123", "ABC124"),
        ("\"final_amount\": 50123", "\"final_amount\": -50123"),
        ("\"final_amount\": 50123,", ""),
    ] {
        assert!(PAID.contains(from), "{from}");
        assert_eq!(read(&headers(SIGNATURE), &PAID.replace(from, to), NOW), None, "{to}");
    }
    let none = CallbackHeaders::default();
    assert_eq!(read(&none, PAID, NOW), None);
    assert_eq!(read(&headers(""), PAID, NOW), None);
    assert_eq!(read(&headers(&SIGNATURE.replace('1', "2")), PAID, NOW), None);
    for body in ["", "{", "[]", "null", "{}"] {
        assert_eq!(read(&headers(SIGNATURE), body, NOW), None, "{body}");
    }
    let other = [
        ("x-webhook-signature", SIGNATURE),
        ("x-webhook-timestamp", TIMESTAMP),
        ("x-invoice-id", "PAY-other"),
    ];
    assert_eq!(read(&other.into_iter().collect(), PAID, NOW), None, "two names for one bill");
    let twice = [
        ("x-webhook-signature", SIGNATURE),
        ("X-Webhook-Signature", "00"),
        ("x-webhook-timestamp", TIMESTAMP),
    ];
    assert_eq!(read(&twice.into_iter().collect(), PAID, NOW), None, "two signatures");
}

#[test]
fn an_amount_in_quotes_is_signed_as_it_is_written() {
    let quoted = PAID.replace("\"final_amount\": 50123", "\"final_amount\": \"50123\"");
    assert_eq!(read(&headers(SIGNATURE), &quoted, NOW), hint(Trust::Signed));
}

#[test]
fn without_its_secret_nothing_is_heard() {
    let provider = bayargg(None);
    let heard = provider.provider().read_callback(&headers(SIGNATURE), PAID.as_bytes(), NOW);
    assert_eq!(heard, None);
    let empty = secrets().with("webhook_secret", "");
    assert!(
        Gateway::new(&bayargg_settings("", &[]), &empty).is_err(),
        "anybody could sign with it"
    );
}

#[test]
fn kropays_is_a_bills_name_from_anybody() {
    let read = |body: &str| {
        kropay(&[]).provider().read_callback(&CallbackHeaders::default(), body.as_bytes(), NOW)
    };
    let hint = Hint { gateway_id: "PG-20260529A1B2".to_owned(), trust: Trust::Unsigned };
    assert_eq!(read(KROPAY_PAID), Some(hint));
    for body in ["", "{}", r#"{"reference":""}"#, r#"{"reference":".."}"#, "[1]", "reference=PG-1"]
    {
        assert_eq!(read(body), None, "{body}");
    }
}

#[test]
fn a_provider_without_a_callback_hears_none() {
    let mut settings: GatewaySettings = settings("", &[("app_code", "laci")]);
    settings.kind = "midtrans".into();
    settings.name = GatewayName::new("midtrans").unwrap();
    let keys: Secrets = secrets();
    if let Ok(gateway) = Gateway::new(&settings, &keys) {
        let heard = gateway.provider().read_callback(&headers(SIGNATURE), PAID.as_bytes(), NOW);
        assert_eq!(heard, None);
    }
}
