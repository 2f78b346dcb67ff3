//! What shows that it is Kropay who answers, and that the bill is ours.

use laci_gateway::{CheckAnswer, CreateAnswer, Doubt, HttpMethod, StatusAnswer};

use crate::world::*;

const CREATED: &str = include_str!("../fixtures/kropay/create_response.json");
const STATUS: &str = include_str!("../fixtures/kropay/status_response.json");

fn create(status: u16, body: &str) -> CreateAnswer {
    kropay(&[]).collector().unwrap().read_create(&create_ask(10_000), &reply(status, body))
}

fn kept(status: u16, body: &str) -> Option<String> {
    let answer = create(status, body);
    let CreateAnswer::Unknown(uncertain) = answer else { panic!("{body}: {answer:?}") };
    uncertain.gateway_id
}

#[test]
fn an_answer_with_neither_our_reference_nor_our_price_names_no_bill_of_ours() {
    let nameless = CREATED.replace("\"merchant_ref\"", "\"no\"");
    let CreateAnswer::Created(_) = create(200, &nameless) else {
        panic!("by its price it is ours")
    };
    let other =
        nameless.replace("\"amount\": 10000", "\"amount\": 50000").replace("10020", "50020");
    assert_eq!(create(200, &other), CreateAnswer::unknown(Doubt::AmountMismatch));
    let neither = nameless.replace("\"amount\"", "\"harga\"");
    let why = Doubt::Incomplete { field: "merchant_ref" };
    assert_eq!(create(200, &neither), CreateAnswer::unknown(why), "and none is shown");
    let unread = nameless.replace("\"amount\": 10000", "\"amount\": \"10.000\"");
    assert_eq!(create(200, &unread), CreateAnswer::unknown(Doubt::AmountMismatch));

    let ours = Some(REFERENCE.to_owned());
    let dear = CREATED.replace("\"amount\": 10000", "\"amount\": 50000");
    assert_eq!(kept(200, &dear), ours, "our reference, whatever its price");
    assert_eq!(kept(200, &nameless.replace("10020", "9999")), ours, "our price");
    for status in [422, 500] {
        assert_eq!(kept(status, CREATED), ours, "{status}");
        assert_eq!(kept(status, &nameless), ours, "{status}");
        assert_eq!(kept(status, &other), None, "{status}");
        let theirs = CREATED.replace(OUR_REF, "ORDER-99999");
        assert_eq!(kept(status, &theirs), None, "{status}: another's");
    }
}

#[test]
fn the_check_asks_for_a_bill_that_is_not_there() {
    let gateway = kropay(&[]);
    let request = gateway.provider().check();
    assert_eq!(
        (request.method, request.target.as_str()),
        (HttpMethod::Get, "/api/v1/payment/status/LACI-CHECK")
    );
    let read = |status, body: &str| gateway.provider().read_check(&reply(status, body));
    for (status, body) in [
        (404, r#"{"success":false}"#),
        (404, r#"{"message":"No query results for model [Transaction] LACI-CHECK"}"#),
        (200, r#"{"success":false,"message":"Transaksi tidak ditemukan."}"#),
        (200, STATUS),
        (200, r#"{"reference":"LACI-CHECK","status":"expired"}"#),
    ] {
        assert_eq!(read(status, body), CheckAnswer::Ready, "{status} {body}");
    }
    for (status, body) in [
        (401, r#"{"success":false}"#),
        (403, "{}"),
        (200, r#"{"success":false,"message":"API Key tidak ditemukan"}"#),
        (404, r#"{"success":false,"message":"API Key tidak ditemukan"}"#),
    ] {
        assert_eq!(read(status, body), CheckAnswer::KeyRefused, "{status} {body}");
    }
    let route = r#"{"message":"The route api/v1/payment/status/LACI-CHECK could not be found."}"#;
    for (status, body, why) in [
        (500, "{}", Doubt::ServerError { status: 500 }),
        (404, "<h1>404</h1>", Doubt::ApiChanged { status: 404 }),
        (404, route, Doubt::ApiChanged { status: 404 }),
        (404, "{}", Doubt::ApiChanged { status: 404 }),
        (
            404,
            r#"{"success":false,"message":"Endpoint not found"}"#,
            Doubt::ApiChanged { status: 404 },
        ),
        (
            200,
            r#"{"success":false,"message":"Ada masalah"}"#,
            Doubt::Incomplete { field: "success" },
        ),
        (200, r#"{"success":false}"#, Doubt::Incomplete { field: "success" }),
        (200, "{}", Doubt::Incomplete { field: "reference" }),
        (
            200,
            r#"{"status":"ok","message":"API is running"}"#,
            Doubt::Incomplete { field: "reference" },
        ),
    ] {
        assert_eq!(read(status, body), CheckAnswer::Unreadable(why), "{status} {body}");
    }
}

#[test]
fn a_call_that_is_not_there_is_no_bill_that_is_not_there() {
    let status =
        |body: &str| kropay(&[]).collector().unwrap().read_status(&status_ask(), &reply(404, body));
    for said in [
        "The route api/v2/x could not be found.",
        "Endpoint tidak ditemukan",
        "The requested URL was not found on the server.",
    ] {
        let changed = StatusAnswer::Unreadable(Doubt::ApiChanged { status: 404 });
        assert_eq!(status(&format!(r#"{{"message":"{said}"}}"#)), changed, "{said}");
        let second = format!(r#"{{"message":"Gagal","error":"{said}"}}"#);
        assert_eq!(status(&second), changed, "{said}");
        let owned = format!(r#"{{"success":false,"error":"{said}"}}"#);
        assert_eq!(status(&owned), changed, "{said}");
    }
    for said in ["Transaksi tidak ditemukan.", "Not found", ""] {
        let body = format!(r#"{{"success":false,"message":"{said}"}}"#);
        assert_eq!(status(&body), StatusAnswer::NotFound, "{said}");
    }
}
