//! Every call of Bayar.gg's table: what is sent, byte for byte, what may be given, and what the answers mean.

use laci_gateway::{
    BodyForm, CallAnswer, Effect, FieldFault, Given, HttpMethod, Operation, RefusedKind, Request,
    Value, check_fields,
};

use crate::bayargg_world::*;
use crate::world::*;

const COMPLETE: &str = include_str!("../fixtures/bayargg/wa_store_complete_request.json");
const API: &str = "https://www.bayar.gg/api";

fn operation(name: &str) -> &'static Operation {
    bayargg(&[]).kind().operation(name).expect("it is in the table")
}

fn given(pairs: &[(&str, &str)]) -> Given {
    pairs.iter().fold(Given::default(), |all, (name, text)| all.with(name, text))
}

fn request(name: &str, given: &Given) -> Request {
    let operation = operation(name);
    assert_eq!(check_fields(operation.fields, given), Ok(()), "{name}");
    bayargg(&[]).provider().call(operation, given)
}

fn sent(name: &str, pairs: &[(&str, &str)]) -> String {
    let request = request(name, &given(pairs));
    let line = line(&bayargg(&[]), &request);
    match request.content {
        Some(_) => format!("{} {}", line.replace(API, ""), body(&request)),
        None => line.replace(API, ""),
    }
}

fn fault(name: &str, pairs: &[(&str, &str)]) -> FieldFault {
    check_fields(operation(name).fields, &given(pairs)).expect_err(name)
}

#[test]
fn looks_are_the_documents() {
    for (name, pairs, expected) in [
        ("status", &[("invoice", "PAY-1")][..], "GET /check-payment.php?invoice=PAY-1"),
        ("list_payments", &[], "GET /list-payments.php"),
        (
            "list_payments",
            &[
                ("limit", "100"),
                ("page", "2"),
                ("end_date", "2026-02-28"),
                ("start_date", "2026-02-01"),
                ("paid_via", "ovo"),
                ("payment_method", "gopay_qris"),
                ("status", "paid"),
                ("search", "Budi & Sari"),
            ],
            "GET /list-payments.php?search=Budi%20%26%20Sari&status=paid&payment_method=gopay_qris&paid_via=ovo&start_date=2026-02-01&end_date=2026-02-28&page=2&limit=100",
        ),
        ("payment_methods", &[], "GET /get-payment-methods.php"),
        ("account_status", &[], "GET /get-account-status.php"),
        ("statistics", &[("period", "month")], "GET /get-statistics.php?period=month"),
        (
            "statistics",
            &[("start_date", "2026-01-01"), ("end_date", "2026-01-31")],
            "GET /get-statistics.php?start_date=2026-01-01&end_date=2026-01-31",
        ),
        ("list_files", &[], "GET /list-files.php"),
        ("list_contents", &[("active_only", "false")], "GET /list-contents.php?active_only=false"),
        ("list_images", &[("active_only", "true")], "GET /list-images.php?active_only=true"),
        ("qris_info", &[("qris", "0002")], r#"POST /qris-info.php {"qris":"0002"}"#),
        ("qris_info_get", &[("qris", "0002 A")], "GET /qris-info.php?qris=0002%20A"),
        // The document's two examples.
        (
            "wa_orders",
            &[("status", "paid"), ("limit", "10")],
            "GET /wa-store-orders.php?status=paid&limit=10",
        ),
        ("wa_orders", &[("search", "Rahim")], "GET /wa-store-orders.php?search=Rahim"),
        (
            "wa_orders",
            &[("order_number", "WA260329-A1B2"), ("offset", "0")],
            "GET /wa-store-orders.php?order_number=WA260329-A1B2&offset=0",
        ),
    ] {
        assert_eq!(sent(name, pairs), expected);
        assert_eq!(operation(name).effect, Effect::Look, "{name}");
    }
}

#[test]
fn ending_an_order_is_the_documents_sample() {
    let tight: String = COMPLETE.lines().map(str::trim).collect();
    let expected = format!("POST /wa-store-complete.php {}", tight.replace("\": ", "\":"));
    let sample = [("order_number", "WA260329-A1B2"), ("status", "completed"), ("notify", "true")];
    assert_eq!(sent("wa_complete", &sample), expected);
    assert_eq!(sent("wa_complete", &sample[..1]), expected, "the document's defaults");
    let quiet = [("order_number", "X"), ("status", "cancelled"), ("notify", "false")];
    assert_eq!(
        sent("wa_complete", &quiet),
        r#"POST /wa-store-complete.php {"order_number":"X","status":"cancelled","notify":false}"#
    );
    let operation = operation("wa_complete");
    assert_eq!((operation.effect, operation.body), (Effect::Change, BodyForm::Json));
    let missing = FieldFault::Missing { name: "order_number" };
    assert_eq!(fault("wa_complete", &[]), missing);
    fault("wa_complete", &[("order_number", "X"), ("status", "paid")]);
}

#[test]
fn a_converter_takes_exactly_one_source() {
    let convert =
        |name: &str, text: &str| sent("qris_convert", &[("nominal", "5000"), (name, text)]);
    let url = "POST /qris-convert.php";
    assert_eq!(convert("qris", "0002"), format!(r#"{url} {{"nominal":5000,"qris":"0002"}}"#));
    assert_eq!(
        convert("image_base64", "iVBORw0KGgo="),
        format!(r#"{url} {{"nominal":5000,"image":"iVBORw0KGgo="}}"#),
        "the document's name on the wire"
    );
    assert_eq!(
        convert("image_url", "https://toko.example/a.png"),
        format!(r#"{url} {{"nominal":5000,"image_url":"https://toko.example/a.png"}}"#)
    );
    let allowed = "qris | image | image_base64 | image_url".to_owned();
    let one = FieldFault::Invalid { name: "qris", allowed };
    assert_eq!(fault("qris_convert", &[("nominal", "5000")]), one);
    let two = [("nominal", "5000"), ("qris", "0002"), ("image_base64", "x")];
    assert_eq!(fault("qris_convert", &two), one);
    assert_eq!(fault("qris_convert", &[("qris", "0002")]), FieldFault::Missing { name: "nominal" });
    fault("qris_convert", &[("nominal", "5000"), ("image", "not a file")]);
    fault("qris_convert", &[("nominal", "5000"), ("image_url", "http://toko.example/a.png")]);
}

#[test]
fn a_picture_goes_as_the_documents_form() {
    let mut given = given(&[("nominal", "5000")]);
    let bytes = b"\x89PNG\r\n\x1a\nlaci-".to_vec();
    given.0.insert("image".into(), Value::File { name: "stiker \"a\".png".into(), bytes });
    let request = request("qris_convert", &given);
    assert_eq!(line(&bayargg(&[]), &request), format!("POST {API}/qris-convert.php"));
    let content = request.content.unwrap();
    let media = content.media_type.as_ref();
    let boundary = media.strip_prefix("multipart/form-data; boundary=").expect("a form");
    let mut expected = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"nominal\"\r\n\r\n5000\r\n--{boundary}\r\n\
         Content-Disposition: form-data; name=\"image\"; filename=\"stiker__a_.png\"\r\nContent-Type: image/png\r\n\r\n"
    )
    .into_bytes();
    expected.extend_from_slice(b"\x89PNG\r\n\x1a\nlaci-");
    expected.extend_from_slice(format!("\r\n--{boundary}--\r\n").as_bytes());
    assert_eq!(content.bytes.to_vec(), expected);
}

#[test]
fn what_the_document_does_not_allow_is_not_sent() {
    for (name, field, bad) in [
        ("list_payments", "status", "lunas"),
        ("list_payments", "limit", "101"),
        ("list_payments", "limit", "0"),
        ("list_payments", "start_date", "28-02-2026"),
        ("list_payments", "payment_method", "QRIS"),
        ("list_payments", "apiKey", "x"),
        ("statistics", "period", "decade"),
        ("list_files", "active_only", "1"),
        ("wa_orders", "limit", "101"),
        ("wa_orders", "status", "shipped"),
        ("wa_orders", "offset", "-1"),
        ("account_status", "user", "x"),
    ] {
        fault(name, &[(field, bad)]);
    }
    assert_eq!(fault("qris_info", &[]), FieldFault::Missing { name: "qris" });
    assert_eq!(operation("qris_info").on_405, Some("qris_info_get"));
}

#[test]
fn every_call_has_its_path_and_none_takes_bank_passwords() {
    for operation in bayargg(&[]).kind().operations {
        let name = format!("path.{}", operation.name);
        let moved = bayargg(&[(&name, "/v2/lain.php")]);
        let request = moved.provider().call(operation, &Given::default());
        assert!(request.target.starts_with("/v2/lain.php"), "{name}: {}", request.target);
        assert!(operation.path.ends_with(".php") && !operation.path.contains("connect"));
        let posts = matches!(operation.method, HttpMethod::Post);
        assert_eq!(posts, operation.body != BodyForm::Query, "{name}");
    }
    assert_eq!(bayargg(&[]).kind().operations.len(), 14);
}

#[test]
fn an_answer_is_done_only_when_nothing_says_otherwise() {
    let gateway = bayargg(&[]);
    let read = |status, body: &str| {
        gateway.provider().read_call(
            operation("statistics"),
            &Given::default(),
            &reply(status, body),
        )
    };
    assert_eq!(read(200, r#"{"success":true,"data":{}}"#), CallAnswer::Done);
    let failed_bill = r#"{"success":true,"invoice_id":"PAY-1","status":"failed"}"#;
    assert_eq!(read(200, failed_bill), CallAnswer::Done, "a failed payment was looked up");
    let refused = |status| match read(status, r#"{"success":false,"error":"Tidak bisa"}"#) {
        CallAnswer::Refused(refused) if refused.message == "Tidak bisa" => refused.kind,
        other @ (CallAnswer::Done
        | CallAnswer::Pending
        | CallAnswer::Unknown(_)
        | CallAnswer::Refused(_)) => panic!("{status}: {other:?}"),
    };
    assert_eq!(refused(200), RefusedKind::Other);
    assert_eq!(refused(400), RefusedKind::Request);
    assert_eq!((refused(401), refused(403)), (RefusedKind::Key, RefusedKind::Key));
    assert_eq!((refused(402), refused(404)), (RefusedKind::Other, RefusedKind::Other));
    assert_eq!(refused(405), RefusedKind::Address);
    for (status, body, code) in [
        (500, r#"{"success":true}"#, "server_error"),
        (429, "{}", "rate_limited"),
        (200, "<html>maintenance</html>", "not_json_maintenance"),
        (200, r#"{"success":true"#, "not_json"),
        (404, "<html>404</html>", "api_changed"),
    ] {
        let CallAnswer::Unknown(why) = read(status, body) else { panic!("{status} {body}") };
        assert_eq!(why.code(), code);
    }
}
