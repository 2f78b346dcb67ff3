//! The document's calls.

use laci_sandbox::{
    Duplicates, Fault, MERCHANT, NMID, Operation, Sandbox, SandboxOptions, StartError,
};

use crate::http::*;

#[tokio::test]
async fn a_bill_has_the_documents_fields_and_its_qr_is_sound() {
    let sandbox = sandbox().await;
    let reply = create(&sandbox, r#"{"merchant_ref":"R1","amount":10000,"expired_in":900}"#).await;
    assert_eq!(reply.status, 201);
    let bill = reply.json();
    let mut fields: Vec<&str> = bill.as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(
        fields,
        [
            "amount",
            "expired_at",
            "fee",
            "merchant_ref",
            "qris_image",
            "qris_string",
            "reference",
            "status",
            "success",
            "total_amount",
            "unique_code"
        ]
    );
    let total = bill["total_amount"].as_u64().unwrap();
    assert_eq!(total, 10_000 + bill["unique_code"].as_u64().unwrap());
    let qris = laci_qris::parse(bill["qris_string"].as_str().unwrap()).expect("a sound QRIS");
    assert_eq!((qris.amount(), qris.merchant(), qris.nmid()), (Some(total), MERCHANT, Some(NMID)));
    assert_eq!(bill["expired_at"].as_str().unwrap().len(), 19, "naive, as in the document");

    let reference = bill["reference"].as_str().unwrap();
    let open = status(&sandbox, reference).await.json();
    assert_eq!((&open["status"], &open["paid_at"]), (&"pending".into(), &serde_json::Value::Null));
    sandbox.pay(reference).unwrap();
    let paid = status(&sandbox, reference).await.json();
    assert_eq!((&paid["status"], &paid["total_amount"]), (&"success".into(), &total.into()));
    assert_eq!(paid["paid_at"].as_str().unwrap().len(), 19);
    assert_eq!(sandbox.bill(reference).unwrap().polls, 2);
}

#[tokio::test]
async fn every_rule_of_the_document_is_held() {
    let sandbox = sandbox().await;
    for (body, field) in [
        ("", "merchant_ref"),
        (r#"{"amount":10000}"#, "merchant_ref"),
        (r#"{"merchant_ref":" ","amount":10000}"#, "merchant_ref"),
        (r#"{"merchant_ref":"R"}"#, "amount"),
        (r#"{"merchant_ref":"R","amount":999}"#, "amount"),
        (r#"{"merchant_ref":"R","amount":"10000"}"#, "amount"),
        (r#"{"merchant_ref":"R","amount":1000.5}"#, "amount"),
        (r#"{"merchant_ref":"R","amount":10000,"expired_in":299}"#, "expired_in"),
    ] {
        let reply = create(&sandbox, body).await;
        assert_eq!(reply.status, 422, "{body}");
        assert!(reply.json()["errors"][field].is_array(), "{body}");
    }
    assert!(sandbox.bills().is_empty(), "no refusal made a bill");
    let unknown = status(&sandbox, "PG-NONE").await;
    assert_eq!((unknown.status, &unknown.json()["success"]), (404, &false.into()));
    let keyless = ask(&sandbox, "POST /api/v1/payment/create", "X-API-KEY: salah\r\n", "{}").await;
    assert_eq!(keyless.status, 401);
    assert_eq!(ask(&sandbox, "GET /api/v1/payment/create", "", "").await.status, 405);
    assert_eq!(ask(&sandbox, "GET /api/v2/x", "", "").await.status, 404);
}

#[tokio::test]
async fn a_used_reference_gives_the_same_bill_or_an_error() {
    let same = sandbox().await;
    assert_eq!(bill(&same, "R").await, bill(&same, "R").await);
    assert_eq!((same.creates("R"), same.bills().len()), (2, 1), "two calls, one bill");
    let other_amount = create(&same, r#"{"merchant_ref":"R","amount":20000}"#).await;
    assert_eq!(other_amount.status, 422, "never another bill under the same reference");

    let options = SandboxOptions { duplicates: Duplicates::Error, ..SandboxOptions::default() };
    let strict = Sandbox::start(options).await.unwrap();
    bill(&strict, "R").await;
    let again = create(&strict, r#"{"merchant_ref":"R","amount":10000}"#).await;
    assert_eq!(again.status, 422);
    assert_eq!((strict.creates("R"), strict.bills().len()), (2, 1));
}

#[tokio::test]
async fn control_calls_do_what_the_handle_does() {
    let sandbox = sandbox().await;
    let reference = bill(&sandbox, "R").await;
    let paid = ask(&sandbox, &format!("POST /sandbox/bills/{reference}/pay"), "", "").await.json();
    assert_eq!(paid["status"], "success");
    let plan = r#"{"operation":"status","fault":{"kind":"status","status":502},"times":2}"#;
    assert_eq!(ask(&sandbox, "POST /sandbox/faults", "", plan).await.status, 200);
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(status(&sandbox, &reference).await.status);
    }
    assert_eq!(statuses, [502, 502, 200], "for two calls");
    let all = ask(&sandbox, "GET /sandbox/bills", "", "").await.json();
    assert_eq!((&all["bills"][0]["polls"], &all["creates"]["R"]), (&1.into(), &1.into()));
    let typo = r#"{"operation":"status","fault":{"kind":"stats"}}"#;
    assert_eq!(ask(&sandbox, "POST /sandbox/faults", "", typo).await.status, 422);
    assert_eq!(ask(&sandbox, "POST /sandbox/bills/PG-NONE/pay", "", "").await.status, 404);
    assert_eq!(
        ask(&sandbox, &format!("POST /sandbox/bills/{reference}/steal"), "", "").await.status,
        404
    );
    ask(&sandbox, "POST /sandbox/reset", "", "").await;
    assert!(sandbox.bills().is_empty());
}

#[tokio::test]
async fn a_create_that_is_dropped_is_still_counted() {
    let sandbox = sandbox().await;
    sandbox.set_fault(Operation::Create, Fault::Html, 1);
    let reply = create(&sandbox, r#"{"merchant_ref":"R","amount":10000}"#).await;
    assert_eq!((reply.status, sandbox.creates("R")), (200, 1));
    assert!(sandbox.bills().is_empty(), "a page is no bill");
}

#[tokio::test]
async fn other_machines_are_kept_out_and_stopping_frees_the_port() {
    let open = SandboxOptions { listen: "0.0.0.0:0".parse().unwrap(), ..SandboxOptions::default() };
    assert!(matches!(Sandbox::start(open).await, Err(StartError::NotLoopback(_))));
    let sandbox = sandbox().await;
    let listen = sandbox.address();
    let taken = SandboxOptions { listen, ..SandboxOptions::default() };
    assert!(matches!(Sandbox::start(taken.clone()).await, Err(StartError::Listen(_))));
    sandbox.stop().await;
    Sandbox::start(taken).await.expect("the port is free again").stop().await;
}

#[tokio::test]
async fn the_echo_shows_the_right_key_in_phps_writing_and_does_nothing() {
    let api_key = "kunci/latihan/a".to_owned();
    let options = SandboxOptions { api_key, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let fault: Fault = serde_json::from_str(r#"{"kind":"echo"}"#).unwrap();
    assert_eq!(fault, Fault::Echo);
    sandbox.set_fault(Operation::Create, fault, 1);
    let reply = create(&sandbox, r#"{"merchant_ref":"R","amount":10000}"#).await;
    assert_eq!(reply.status, 401);
    assert!(reply.body.contains(r"kunci\/latihan\/a"), "{}", reply.body);
    assert_eq!(reply.json()["success"], false, "in the gateway's own JSON");
    assert!(sandbox.bills().is_empty());
}
