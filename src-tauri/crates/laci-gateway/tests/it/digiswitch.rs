//! Digiswitch against its document: each request byte by byte, and each of its sample answers field by field.

use laci_core::{Lang, Rupiah};
use laci_gateway::provider::{self, Purpose};
use laci_gateway::{
    BillAmount, BillOutcome, BillRetry, BillStep, Effect, HttpMethod, Redactor, Reply, Request,
};
use serde_json::Value;
use serde_json::value::RawValue;

use crate::digiswitch_world::*;
use crate::world::*;

const PAY: &str = include_str!("../fixtures/digiswitch/request.json");
const PAY_SAMSAT: &str = include_str!("../fixtures/digiswitch/request_samsat.json");
/// What the document writes for every signature.
const PLACEHOLDER: &str = "740b00a1b8784e028cc8078edf66d12b";
/// MD5 of the sample's user name, the tests' key, and `ref1`, `pricelist`, `depo`, `deposit`, the sample's number.
const SIGN_REF1: &str = "685a72fb611b8f785c63070705190c11";
const SIGN_LIST: &str = "98ec09dac3d119d35db855ce90f0cd5e";
const SIGN_DEPO: &str = "9f576880ca64a87dfcdc879355a01503";
const SIGN_DEPOSIT: &str = "25552a04c5a9eebb4104eac473f05bea";
const SIGN_NUMBER: &str = "4d875919a599b3cfdd10f40455528e18";

const SAMPLES: [&str; 12] = [
    include_str!("../fixtures/digiswitch/response_pln.json"),
    include_str!("../fixtures/digiswitch/response_pdam.json"),
    include_str!("../fixtures/digiswitch/response_hp.json"),
    include_str!("../fixtures/digiswitch/response_internet.json"),
    include_str!("../fixtures/digiswitch/response_bpjs.json"),
    include_str!("../fixtures/digiswitch/response_multifinance.json"),
    include_str!("../fixtures/digiswitch/response_pbb.json"),
    include_str!("../fixtures/digiswitch/response_pgas.json"),
    include_str!("../fixtures/digiswitch/response_tv.json"),
    include_str!("../fixtures/digiswitch/response_plnnontaglis.json"),
    include_str!("../fixtures/digiswitch/response_emoney.json"),
    include_str!("../fixtures/digiswitch/response_samsat.json"),
];

/// A sample request as it travels: without blanks between its fields, signed.
fn on_the_wire(sample: &str) -> String {
    let lines: String = sample.lines().map(str::trim).collect();
    lines.replace("\": \"", "\":\"").replace(PLACEHOLDER, SIGN_REF1)
}

#[test]
fn the_payments_requests_are_the_documents() {
    let gateway = digiswitch(&[]);
    let biller = gateway.biller().unwrap();
    let samsat = bill_ask("samsat", "9658548523568703,0212502110170100", "ref1");
    for (ask, sample) in [(pln(), PAY), (samsat, PAY_SAMSAT)] {
        let request = biller.pay(&ask);
        assert_eq!(request.method, HttpMethod::Post);
        assert_eq!(
            gateway.base().join(&request.target),
            "https://nobutopup.api.digiswitch.id/v1/user/api/transaction"
        );
        assert!(request.headers.is_empty(), "the document names none");
        assert_eq!(body(&request), on_the_wire(sample));
    }
}

#[test]
fn the_other_steps_have_their_command_and_topup_has_none() {
    let gateway = digiswitch(&[]);
    let biller = gateway.biller().unwrap();
    let head =
        r#""username":"your-username","code":"pln","customer_no":"530000000001","ref_id":"ref1""#;
    let sign = format!(r#""sign":"{SIGN_REF1}"}}"#);
    let mut ask = pln();
    let sent = |step, ask: &_| body(&biller.bill(step, ask));
    assert_eq!(sent(BillStep::Inquire, &ask), format!(r#"{{"command":"inq-pasca",{head},{sign}"#));
    assert_eq!(
        sent(BillStep::Status, &ask),
        format!(r#"{{"command":"status-pasca",{head},{sign}"#)
    );
    assert_eq!(sent(BillStep::Topup, &ask), format!("{{{head},{sign}"));
    for (name, text) in [("year", "2026"), ("amount", "20000"), ("max_price", "11000")] {
        ask.extra.insert(name.into(), text.into());
    }
    let extra = r#""year":2026,"amount":20000"#;
    assert_eq!(
        sent(BillStep::Inquire, &ask),
        format!(r#"{{"command":"inq-pasca",{head},{extra},{sign}"#)
    );
    assert_eq!(sent(BillStep::Topup, &ask), format!(r#"{{{head},"max_price":11000,{sign}"#));
    assert_eq!(
        sent(BillStep::Pay, &ask),
        on_the_wire(PAY),
        "what a step does not have is not sent"
    );
    let odd = bill_ask("p\"ln", "0110014601\\", "ref1");
    let read: Value = serde_json::from_str(&sent(BillStep::Pay, &odd)).expect("still one object");
    assert_eq!((&read["code"], &read["customer_no"]), (&"p\"ln".into(), &"0110014601\\".into()));
}

#[test]
fn testing_travels_with_what_forms_or_spends_and_with_nothing_else() {
    let gateway = digiswitch(&[("testing", "true")]);
    let biller = gateway.biller().unwrap();
    let before_sign = format!(r#""ref_id":"ref1","testing":true,"sign":"{SIGN_REF1}"}}"#);
    for step in STEPS {
        let sent = body(&biller.bill(step, &pln()));
        assert_eq!(sent.ends_with(&before_sign), step != BillStep::Status, "{step:?}: {sent}");
    }
    for (name, pairs) in [("balance", vec![]), ("price_list", vec![("command", "pasca")])] {
        assert!(!body(&call(&gateway, name, &pairs)).contains("testing"), "{name}");
    }
}

#[test]
fn the_tables_calls_are_the_papers() {
    let gateway = digiswitch(&[]);
    let user = r#""username":"your-username""#;
    let bill = [("code", "pln"), ("customer_no", "530000000001"), ("ref_id", "ref1")];
    let ticket = [("amount", "200000"), ("bank", "BCA"), ("owner_name", "Toko \"Maju\"")];
    for (name, pairs, path, sent) in [
        ("pay", bill.to_vec(), "/transaction", on_the_wire(PAY)),
        (
            "price_list",
            vec![("command", "prepaid")],
            "/price-list",
            format!(r#"{{"command":"prepaid",{user},"sign":"{SIGN_LIST}"}}"#),
        ),
        (
            "price_list",
            vec![("code", "pln"), ("command", "pasca")],
            "/price-list",
            format!(r#"{{"command":"pasca",{user},"code":"pln","sign":"{SIGN_LIST}"}}"#),
        ),
        (
            "balance",
            vec![],
            "/cek-saldo",
            format!(r#"{{"cmd":"deposit",{user},"sign":"{SIGN_DEPO}"}}"#),
        ),
        (
            "deposit",
            ticket.to_vec(),
            "/deposit",
            format!(
                r#"{{{user},"amount":200000,"bank":"BCA","owner_name":"Toko \"Maju\"","sign":"{SIGN_DEPO}"}}"#
            ),
        ),
        (
            "pln_check",
            vec![("customer_no", "530000000001")],
            "/inquiry-pln",
            format!(r#"{{{user},"customer_no":"530000000001","sign":"{SIGN_NUMBER}"}}"#),
        ),
    ] {
        let request = call(&gateway, name, &pairs);
        assert_eq!((request.method, request.target.as_str()), (HttpMethod::Post, path), "{name}");
        assert_eq!(body(&request), sent, "{name}");
    }
    for (name, step) in
        [("inquiry", BillStep::Inquire), ("status", BillStep::Status), ("topup", BillStep::Topup)]
    {
        let typed = gateway.biller().unwrap().bill(step, &pln());
        assert_eq!(call(&gateway, name, &bill), typed, "{name}: one builder for both");
    }
}

#[test]
fn what_the_papers_leave_open_can_be_set() {
    let moved = digiswitch(&[
        ("deposit_sign", "deposit"),
        ("path.balance", "/saldo"),
        ("path.status", "/cek-status"),
    ]);
    let ticket = [("amount", "1"), ("bank", "BCA"), ("owner_name", "A")];
    assert!(body(&call(&moved, "deposit", &ticket)).contains(SIGN_DEPOSIT));
    let balance = call(&moved, "balance", &[]);
    assert!(body(&balance).contains(SIGN_DEPO), "the balance keeps its own word");
    assert_eq!(balance.target, "/saldo");
    assert_eq!(moved.biller().unwrap().bill_status(&pln()).target, "/cek-status");
    assert_eq!(moved.biller().unwrap().pay(&pln()).target, "/transaction");
}

#[test]
fn the_kind_pays_bills_and_has_a_pace_of_its_own() {
    let kind = provider::kind("digiswitch").unwrap();
    assert_eq!((kind.name, kind.purpose), ("Digiswitch", Purpose::PaysBills));
    let codes: Vec<&str> = provider::kinds().iter().map(|kind| kind.code).collect();
    assert_eq!(codes.last(), Some(&"digiswitch"));
    let gateway = digiswitch(&[]);
    assert!(gateway.collector().is_none() && kropay(&[]).biller().is_none());
    let common = gateway.common();
    assert_eq!(
        (common.min_recheck_ms, common.timeout_ms, common.connect_timeout_ms),
        (60_000, 90_000, 10_000)
    );
    assert_eq!(kropay(&[]).common().min_recheck_ms, 4_000, "others keep the common one");
    assert_eq!(digiswitch(&[("min_recheck_ms", "0")]).common().min_recheck_ms, 0);
    let names: Vec<&str> = kind.all_options().map(|field| field.name).collect();
    assert_eq!(names.iter().filter(|name| **name == "min_recheck_ms").count(), 1, "{names:?}");
    assert!(names.contains(&"zone") && names.contains(&"username"), "{names:?}");
    let effects: Vec<(&str, Effect)> =
        kind.operations.iter().map(|one| (one.name, one.effect)).collect();
    assert_eq!(
        effects,
        [
            ("inquiry", Effect::Change),
            ("pay", Effect::Spend),
            ("status", Effect::Look),
            ("topup", Effect::Spend),
            ("price_list", Effect::Look),
            ("balance", Effect::Look),
            ("deposit", Effect::Spend),
            ("pln_check", Effect::Look),
        ]
    );
    let mut nameless = settings_of("", &[]);
    nameless.options.remove("username");
    let error = laci_gateway::Gateway::new(&nameless, &secrets()).unwrap_err();
    assert_eq!(error.code(), "option_invalid");
}

#[test]
fn the_signature_is_cut_out_like_the_key_and_shown_by_no_debug() {
    let gateway = digiswitch(&[]);
    let request: Request = gateway.biller().unwrap().pay(&pln());
    let shown = format!("{gateway:?} {request:?}");
    assert!(!shown.contains(SIGN_REF1) && !shown.contains("kenari"), "{shown}");
    let sent = body(&request);
    assert!(!sent.contains("kenari"), "the key itself never travels");
    assert_eq!(Redactor::new(&secrets()).text(KEY), "***");
}

#[test]
fn every_sample_is_a_success_and_nothing_of_it_is_lost() {
    for sample in SAMPLES {
        let json: Value = serde_json::from_str(sample).unwrap();
        let data = &json["data"];
        let text = |name: &str| data[name].as_str().unwrap().to_owned();
        let money = |name: &str| {
            let amount = u32::try_from(data[name].as_u64()?).unwrap();
            Some(BillAmount::Rupiah(Rupiah::from_u32(amount)))
        };
        let ask = bill_ask(&text("code"), &text("customer_no"), &text("ref_id"));
        for step in STEPS {
            let seen = seen(read(step, &ask, &reply(200, sample)));
            assert_eq!((seen.outcome, seen.review), (BillOutcome::Success, None), "{sample}");
            assert_eq!((seen.rc.as_deref(), seen.formed), (Some("00"), true));
            assert_eq!((seen.status.as_str(), seen.retry), ("Sukses", BillRetry::Done));
            assert_eq!(seen.message.as_deref(), Some("Transaksi Sukses"));
            assert_eq!(seen.meaning.map(|said| said.text(Lang::Id)), Some("Berhasil."));
            assert_eq!((seen.name, seen.code), (Some(text("name")), Some(text("code"))));
            assert_eq!(seen.sn, Some(text("sn")).filter(|sn| !sn.is_empty()));
            assert_eq!((seen.price, seen.selling_price), (money("price"), money("selling_price")));
            assert_eq!((seen.admin, seen.balance), (money("admin"), money("balance")));
            assert_eq!(seen.base_commission, money("base_commission"));
            let desc = seen.desc.expect("kept");
            assert!(sample.contains(&desc), "byte by byte");
            assert_eq!(serde_json::from_str::<Value>(&desc).unwrap(), data["desc"]);
        }
        let known = [
            "ref_id",
            "customer_no",
            "name",
            "code",
            "admin",
            "message",
            "status",
            "sn",
            "rc",
            "balance",
            "price",
            "selling_price",
            "desc",
            "base_commission",
        ];
        for name in data.as_object().unwrap().keys() {
            assert!(known.contains(&name.as_str()), "{name} is read by nobody");
        }
    }
}

#[test]
fn amounts_are_exact_or_kept_as_they_came() {
    let with = |from: &str, to: &str| {
        assert!(SAMPLES[0].contains(from), "the sample holds {from}");
        let ask = bill_ask("pln", "530000000001", "ref-pasca4");
        seen(read(BillStep::Pay, &ask, &reply(200, &SAMPLES[0].replace(from, to))))
    };
    let whole = |amount| Some(BillAmount::Rupiah(Rupiah::from_u32(amount)));
    let odd = |text: &str| Some(BillAmount::Odd(text.to_owned()));
    let balance =
        |lexeme: &str| with("\"balance\": 100000", &format!("\"balance\":{lexeme}")).balance;
    assert_eq!(balance("100000.0"), whole(100_000));
    assert_eq!(balance("\"100000.00\""), whole(100_000));
    assert_eq!(balance("100000.5"), odd("100000.5"), "nothing is rounded");
    assert_eq!(balance("-500"), odd("-500"));
    assert_eq!(balance("1e5"), odd("1e5"));
    assert_eq!(balance("null"), None);
    assert_eq!(balance("9007199254740993"), odd("9007199254740993"), "beyond what is safe");
    let price = with("\"price\": 10000,", "\"price\": \"10.000\",").price;
    assert_eq!(price, odd("\"10.000\""));
    assert_eq!(price.unwrap().rupiah(), None, "ten thousand or ten");
}

#[test]
fn other_names_and_odd_types_are_read() {
    let text = r#"{"data":{"ref_id":"ref1","customer_no":530000000001,"customer_name":"A","buyer_sku_code":"pln",
        "status":"Sukses","rc":0,"buyer_last_saldo":1.0,"sn":null,"desc":{},"extra":[{"status":"Gagal"}]}}"#;
    let reply = Reply { status: 200, body: text.into(), ..Reply::default() };
    let seen = seen(read(BillStep::Pay, &pln(), &reply));
    assert_eq!((seen.outcome, seen.rc.as_deref()), (BillOutcome::Success, Some("00")));
    assert_eq!((seen.name.as_deref(), seen.code.as_deref()), (Some("A"), Some("pln")));
    assert_eq!(seen.balance, Some(BillAmount::Rupiah(Rupiah::from_u32(1))));
    assert_eq!((seen.sn, seen.price, seen.message), (None, None, None));
    assert_eq!(seen.desc.as_deref(), Some("{}"));
    let raw: Box<RawValue> = serde_json::from_str(&seen.desc.unwrap()).unwrap();
    assert_eq!(raw.get(), "{}");
}
