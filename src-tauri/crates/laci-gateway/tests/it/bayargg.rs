//! Bayar.gg's settings and its create's request: the document's samples byte for byte, and what is always beside them.

use laci_core::{Lang, Rupiah};
use laci_gateway::{CreateAsk, CreateRetry, Gateway, Given, check_fields};
use laci_sandbox::{NMID, practice_sticker};

use crate::bayargg_world::*;
use crate::world::*;

const SAMPLES: [(&str, &str); 3] = [
    ("gopay_qris", include_str!("../fixtures/bayargg/create_request_gopay_qris.json")),
    ("qris_user", include_str!("../fixtures/bayargg/create_request_qris_user.json")),
    ("ovo", include_str!("../fixtures/bayargg/create_request_ovo.json")),
];
const URL: &str = "POST https://www.bayar.gg/api/create-payment.php";
const PAYMENT_URL: &str = r#","payment_url":"https://www.bayar.gg/pay"}"#;

fn sent(options: &[(&str, &str)], ask: &CreateAsk) -> String {
    let gateway = bayargg(options);
    let request = gateway.collector().unwrap().create(ask);
    assert_eq!(line(&gateway, &request), URL);
    body(&request)
}

/// `name` as the one extra field.
fn with_extra(name: &str, value: &str) -> CreateAsk {
    let mut ask = CreateAsk { description: String::new(), ..create_ask(1_000) };
    ask.extra.insert(name.into(), value.into());
    ask
}

#[test]
fn the_create_requests_are_the_documents_with_our_reference_and_the_page() {
    let sticker = practice_sticker();
    let own = [("own_qris.gopay_qris", sticker.as_str()), ("own_qris.qris_user", &sticker)];
    for (method, sample) in SAMPLES {
        let ask = CreateAsk {
            description: "Pembayaran Produk A".into(),
            method: Some(method.into()),
            ..create_ask(50_000)
        };
        // The sample as one line, as a machine writes it.
        let tight: String = sample.lines().map(str::trim).collect();
        let tight = tight.replace("\": ", "\":").replace("Produk A", "Produk A POS#ORDER-12345");
        let expected = tight.replace('}', PAYMENT_URL);
        assert_eq!(sent(&own, &ask), expected, "{method}");
    }
}

#[test]
fn every_field_stands_in_the_documents_order() {
    let mut ask = create_ask(10_000);
    ask.customer_name = Some(" Budi \"B\" ".into());
    for (name, value) in [
        ("payment_url", "https://toko.example/bayar"),
        ("use_qris_converter", "true"),
        ("product_image_id", "31"),
        ("content_id", "+21"),
        ("file_id", "011"),
        ("redirect_url", "https://toko.example/terima-kasih"),
        ("callback_url", "https://toko.example/hook"),
        ("customer_phone", "08123456789"),
        ("customer_email", "budi@toko.example"),
    ] {
        ask.extra.insert(name.into(), value.into());
    }
    let create = bayargg(&[]).kind().operation("create").unwrap();
    let given = Given::from(&ask.extra).with("amount", "10000");
    assert_eq!(check_fields(create.fields, &given), Ok(()));
    let expected = r#"{"amount":10000,"description":"Penjualan A01-0001 POS#ORDER-12345","customer_name":"Budi \"B\"","customer_email":"budi@toko.example","customer_phone":"08123456789","callback_url":"https://toko.example/hook","redirect_url":"https://toko.example/terima-kasih","file_id":11,"content_id":21,"product_image_id":31,"payment_method":"qris","use_qris_converter":true,"payment_url":"https://toko.example/bayar"}"#;
    assert_eq!(sent(&[], &ask), expected);
    for (name, bad) in [
        ("callback_url", "http://toko.example/hook"),
        ("file_id", "x"),
        ("file_id", "0"),
        ("use_qris_converter", "ya"),
        ("amount", "999"),
        ("expired_in", "900"),
    ] {
        assert!(check_fields(create.fields, &given.clone().with(name, bad)).is_err(), "{name}");
    }
}

#[test]
fn our_reference_is_never_cut_off_and_no_text_can_add_a_field() {
    let description = |text: &str| {
        let ask = CreateAsk { description: text.into(), ..create_ask(1_000) };
        let sent: serde_json::Value = serde_json::from_str(&sent(&[], &ask)).expect("one object");
        assert_eq!((&sent["amount"], sent.get("paid")), (&1_000.into(), None));
        sent["description"].as_str().unwrap().to_owned()
    };
    assert_eq!(description(""), "POS#ORDER-12345");
    assert_eq!(description(" \n"), "POS#ORDER-12345");
    assert_eq!(description("a\",\"paid\":1"), "a\",\"paid\":1 POS#ORDER-12345");
    let long = description(&"é".repeat(5_000));
    assert!(long.ends_with("é POS#ORDER-12345") && long.len() < 300, "{long}");
    let ask = CreateAsk { customer_name: Some("  ".into()), ..create_ask(1_000) };
    assert!(!sent(&[], &ask).contains("customer_name"));
    let named = with_extra("customer_name", "Sari");
    assert!(sent(&[], &named).contains(r#""customer_name":"Sari""#));
    let other = CreateAsk { customer_name: Some("Budi".into()), ..named };
    assert!(sent(&[], &other).contains(r#""customer_name":"Budi""#), "the sale's own name");
    for name in ["amount", "description"] {
        let expected = sent(&[], &CreateAsk { description: String::new(), ..create_ask(1_000) });
        assert_eq!(sent(&[], &with_extra(name, "5")), expected, "{name} is the sale's");
    }
}

#[test]
fn the_method_is_always_named_and_the_first_that_is_given_holds() {
    let method = |options: &[(&str, &str)], ask: &CreateAsk| {
        let sent: serde_json::Value = serde_json::from_str(&sent(options, ask)).unwrap();
        sent["payment_method"].as_str().unwrap().to_owned()
    };
    let asked = CreateAsk { method: Some("ovo".into()), ..with_extra("payment_method", "qris_x") };
    assert_eq!(method(&[("method", "qris_user")], &asked), "ovo");
    let extra = CreateAsk { method: None, ..asked };
    assert_eq!(method(&[("method", "qris_user")], &extra), "qris_x");
    assert_eq!(method(&[("method", "qris_user")], &create_ask(1_000)), "qris_user");
    assert_eq!(method(&[], &create_ask(1_000)), "qris");
}

#[test]
fn the_converter_is_asked_for_where_the_customer_would_have_to_type_the_amount() {
    let sticker = practice_sticker();
    let converter = |options: &[(&str, &str)], method: &str, extra: Option<&str>| {
        let mut ask = CreateAsk { method: Some(method.into()), ..create_ask(1_000) };
        ask.extra.extend(extra.map(|text| ("use_qris_converter".to_owned(), text.to_owned())));
        let sent: serde_json::Value = serde_json::from_str(&sent(options, &ask)).unwrap();
        sent.get("use_qris_converter").map(|wanted| wanted.as_bool().unwrap())
    };
    for method in ["qris", "qris_bayar_gg", "ovo"] {
        assert_eq!(converter(&[], method, None), None, "{method}");
    }
    for method in ["qris_user", "gopay_qris", "qris_livin"] {
        assert_eq!(converter(&[], method, None), Some(true), "{method}");
        assert_eq!(converter(&[], method, Some("false")), Some(false), "{method}");
        let off = [("use_qris_converter", "false")];
        assert_eq!(converter(&off, method, None), Some(false), "{method}");
        assert_eq!(converter(&off, method, Some("true")), Some(true), "{method}");
        let own = format!("own_qris.{method}");
        assert_eq!(converter(&[(&own, &sticker)], method, None), None, "{method}");
    }
}

#[test]
fn the_default_method_comes_first_and_every_one_has_a_label() {
    let offered = |options: &[(&str, &str)]| {
        let methods = bayargg(options).collector().unwrap().methods();
        methods.iter().map(|one| format!("{}={}", one.code, one.label)).collect::<Vec<_>>()
    };
    let all = ["qris=QRIS Bayar.gg", "qris_user=QRIS BRI", "gopay_qris=QRIS GoPay", "ovo=OVO"];
    assert_eq!(offered(&[]), all);
    assert_eq!(offered(&[("method", "ovo"), ("methods", "qris,ovo")]), [all[3], all[0]]);
    let newer = [("method", "qris_livin"), ("methods", "qris_bayar_gg,ovo,ovo")];
    assert_eq!(offered(&newer), ["qris_livin=qris_livin", "qris_bayar_gg=qris_bayar_gg", all[3]]);
}

#[test]
fn limits_are_the_documents_and_a_create_is_looked_up_before_another() {
    let gateway = bayargg(&[("method", "qris_user")]);
    let collector = gateway.collector().unwrap();
    let most = |method| collector.limits(method).maximum.map(Rupiah::get);
    assert_eq!(collector.limits(Some("qris")).minimum, Rupiah::from_u32(1_000));
    assert_eq!((most(None), most(Some("ovo")), most(Some("qris_livin"))), (None, None, None));
    assert_eq!((most(Some("qris")), most(Some("qris_bayar_gg"))), (Some(500_000), Some(500_000)));
    let house = bayargg(&[]);
    assert!(!house.collector().unwrap().limits(None).hold(Rupiah::from_u32(500_001)));
    assert_eq!(collector.create_retry(), CreateRetry::AfterLookUp);
}

#[test]
fn a_sticker_says_whose_qr_a_method_must_show() {
    let sticker = practice_sticker();
    let gateway = bayargg(&[("own_qris.qris_livin", &sticker), ("method", "qris_livin")]);
    let collector = gateway.collector().unwrap();
    assert_eq!(collector.expected_nmid(None).as_deref(), Some(NMID));
    assert_eq!(collector.expected_nmid(Some("qris_livin")).as_deref(), Some(NMID));
    assert_eq!(collector.expected_nmid(Some("qris")), None);
}

#[test]
fn wrong_settings_are_refused_before_anything_is_sent() {
    let sticker = practice_sticker();
    let error = |base: &str, options: &[(&str, &str)]| {
        Gateway::new(&bayargg_settings(base, options), &secrets()).unwrap_err()
    };
    let code = |name: &str, value: &str| error("", &[(name, value)]).code();
    let changed = format!("{}0", &sticker[..sticker.len() - 1]);
    let dynamic = sticker.replacen("010211", "010212", 1);
    for name in ["own_qris.qris", "own_qris.qris_user", "own_qris.gopay_qris", "own_qris.lain_2"] {
        bayargg(&[(name, &sticker)]);
        for bad in ["", "QRIS", &changed, &dynamic] {
            assert_eq!(code(name, bad), "option_invalid", "{name} {bad}");
        }
    }
    for name in ["own_qris.", "own_qris.a b", "own_qris.QRIS", "own_qris", "own_qrisx"] {
        assert_eq!(code(name, &sticker), "option_unknown", "{name}");
    }
    let unknown = error("", &[("metod", "qris")]).sentence(Lang::Id);
    for known in ["payment_url", "own_qris.gopay_qris", "own_qris.*", "path.wa_complete", "zone"] {
        assert!(unknown.contains(known), "{unknown}");
    }
    assert_eq!(code("method", "qris,ovo"), "option_invalid");
    assert_eq!(code("methods", "QRIS"), "option_invalid");
    assert_eq!(code("payment_url", "http://www.bayar.gg/pay"), "option_invalid");
    assert_eq!(code("ovo_number", "0812-3456"), "option_invalid");
    assert_eq!(code("use_qris_converter", "ya"), "option_invalid");
    assert_eq!(error("http://www.bayar.gg/api", &[]).code(), "url_insecure");
    let secret = bayargg_secrets().with("webhook", "12345678");
    let refused = Gateway::new(&bayargg_settings("", &[]), &secret).unwrap_err();
    assert_eq!(refused.code(), "secret_unknown");
    Gateway::new(&bayargg_settings("", &[]), &secrets()).expect("the webhook's secret is optional");
}

#[test]
fn no_key_in_any_debug_text_or_unmarked_place() {
    let gateway = bayargg(&[("own_qris.qris", &practice_sticker())]);
    let collector = gateway.collector().unwrap();
    let mut requests = vec![
        collector.create(&create_ask(1_000)),
        collector.status(&pay_status_ask()),
        collector.find(&create_ask(1_000)).unwrap(),
        gateway.provider().check(),
    ];
    for operation in gateway.kind().operations {
        requests.push(gateway.provider().call(operation, &Given::default()));
    }
    for request in &requests {
        line(&gateway, request);
        let text = request.content.as_ref().map(|content| content.bytes.to_vec());
        let text = String::from_utf8_lossy(&text.unwrap_or_default()).into_owned();
        assert!(!text.contains("kenari") && !request.target.contains("kenari"), "{request:?}");
    }
    let shown = format!("{gateway:?} {requests:?} {:?}", bayargg_secrets());
    assert!(!shown.contains("kenari"), "{shown}");
    let redacted = gateway.redactor().text(&format!("{KEY} {WEBHOOK_SECRET}"));
    assert_eq!(redacted, "*** ***", "the webhook's secret as well");
}
