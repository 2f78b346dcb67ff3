//! The Midtrans middleware's calls, from its document.

use laci_sandbox::{APP_CODE, Fault, Operation, Sandbox};
use serde_json::Value;

use crate::http::*;

const ITEMS: &str = r#"{"order_id":"INV-2025-001","amount":150000,"customer_details":{"first_name":"Budi","last_name":"Santoso","email":"budi@example.com","phone":"08123456789"},"item_details":[{"id":"VPS-01","price":150000,"quantity":1,"name":"Cloud VPS Basic"}]}"#;

fn keys() -> String {
    format!("X-App-Code: {APP_CODE}\r\nX-Api-Key: {KEY}\r\nContent-Type: application/json\r\n")
}

async fn charge(sandbox: &Sandbox, body: &str) -> Reply {
    ask(sandbox, "POST /midtrans/charge", &keys(), body).await
}

async fn look(sandbox: &Sandbox, order_id: &str) -> Value {
    let reply = ask(sandbox, &format!("GET /midtrans/status/{order_id}"), &keys(), "").await;
    assert_eq!(reply.status, 200, "HTTP says only that Midtrans was asked: {}", reply.body);
    reply.json()
}

fn fields(object: &Value) -> Vec<&str> {
    object.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn the_documents_own_charge_makes_a_page_and_its_order_is_known_once_it_is_paid() {
    let sandbox = sandbox().await;
    let reply = charge(&sandbox, ITEMS).await;
    assert_eq!(reply.status, 201);
    let made = reply.json();
    assert_eq!(fields(&made), ["redirect_url", "token"]);
    let token = made["token"].as_str().unwrap();
    let url = format!("https://app.sandbox.midtrans.com/snap/v4/redirection/{token}");
    assert_eq!((made["redirect_url"].as_str(), token.len()), (Some(url.as_str()), 36));
    let bill = sandbox.bill("INV-2025-001").expect("by the merchant's own name");
    assert_eq!((bill.amount, bill.total_amount), (150_000, 150_000), "no code is added");

    let open = look(&sandbox, "INV-2025-001").await;
    assert_eq!(fields(&open), ["id", "status_code", "status_message"]);
    assert_eq!(open["status_code"], "404");
    assert_eq!(look(&sandbox, "INV-NONE").await["status_code"], "404", "the same for any other");
    sandbox.pay("INV-2025-001").unwrap();
    let paid = look(&sandbox, "INV-2025-001").await;
    for (name, value) in [
        ("transaction_status", "settlement"),
        ("fraud_status", "accept"),
        ("status_code", "200"),
        ("status_message", "Success, transaction is found"),
        ("order_id", "INV-2025-001"),
        ("gross_amount", "150000.00"),
    ] {
        assert_eq!(paid[name], value, "{name}");
    }
    assert_eq!(paid["settlement_time"].as_str().unwrap().len(), 19, "naive");
    assert_eq!(sandbox.bill("INV-2025-001").unwrap().polls, 2);
    sandbox.reverse("INV-2025-001").unwrap();
    assert_eq!(look(&sandbox, "INV-2025-001").await["transaction_status"], "refund");
}

#[tokio::test]
async fn every_end_has_midtrans_word() {
    let sandbox = sandbox().await;
    for (event, word) in [("expire", "expire"), ("fail", "failure"), ("cancel", "cancel")] {
        charge(&sandbox, &format!(r#"{{"order_id":"{event}","amount":1}}"#)).await;
        ask(&sandbox, &format!("POST /sandbox/bills/{event}/{event}"), "", "").await;
        assert_eq!(look(&sandbox, event).await["transaction_status"], word);
    }
    sandbox.pay_late("expire").unwrap();
    assert_eq!(look(&sandbox, "expire").await["transaction_status"], "settlement");
}

#[tokio::test]
async fn every_rule_is_held() {
    let sandbox = sandbox().await;
    let long = format!(r#"{{"order_id":"{}","amount":1}}"#, "a".repeat(51));
    for body in [
        "",
        r#"{"amount":1}"#,
        r#"{"order_id":"","amount":1}"#,
        r#"{"order_id":"a b","amount":1}"#,
        r#"{"order_id":"R"}"#,
        r#"{"order_id":"R","amount":0}"#,
        r#"{"order_id":"R","amount":"1000"}"#,
        r#"{"order_id":"R","amount":1000.5}"#,
        r#"{"order_id":"R","amount":100000001}"#,
        r#"{"order_id":"R","amount":1,"item_details":{}}"#,
        r#"{"order_id":"R","amount":1,"item_details":[{"price":1,"quantity":1}]}"#,
        &ITEMS.replace("\"price\":150000", "\"price\":149999"),
        &ITEMS.replace("\"quantity\":1", "\"quantity\":9223372036854775807"),
        &ITEMS.replace("Cloud VPS Basic", &"x".repeat(51)),
        &long,
    ] {
        assert_eq!(charge(&sandbox, body).await.status, 400, "{body}");
    }
    let right = keys();
    for wrong in
        [right.replace(APP_CODE, "lain"), right.replace(KEY, "salah"), right.replace("X-A", "Y-A")]
    {
        let refused = ask(&sandbox, "POST /midtrans/charge", &wrong, ITEMS).await;
        assert_eq!((refused.status, &refused.json()["error"]), (401, &"Unauthorized".into()));
        assert_eq!(ask(&sandbox, "GET /midtrans/status/R", &wrong, "").await.status, 401);
    }
    assert!(sandbox.bills().is_empty(), "no refusal made an order");
    for (line, status) in [("GET /midtrans/charge", 405), ("GET /midtrans/v2", 404)] {
        let page = ask(&sandbox, line, &right, "").await;
        assert_eq!((page.status, page.body.starts_with("<!doctype html>")), (status, true));
    }
}

#[tokio::test]
async fn a_used_order_id_is_refused_and_its_page_is_not_had_again() {
    let sandbox = sandbox().await;
    assert_eq!(charge(&sandbox, ITEMS).await.status, 201);
    let again = charge(&sandbox, ITEMS).await;
    assert_eq!(again.status, 400);
    let said = "transaction_details.order_id sudah digunakan";
    assert_eq!(again.json()["error_messages"][0], said);
    assert_eq!((sandbox.creates("INV-2025-001"), sandbox.bills().len()), (2, 1));
}

#[tokio::test]
async fn gateways_know_only_their_own_bills_and_share_faults_and_pages() {
    let sandbox = sandbox().await;
    assert_eq!(sandbox.base_url("midtrans"), Some(format!("{}/midtrans", sandbox.url())));
    let theirs = bill(&sandbox, "R").await;
    charge(&sandbox, ITEMS).await;
    assert_eq!(look(&sandbox, &theirs).await["status_code"], "404");
    assert_eq!(status(&sandbox, "INV-2025-001").await.status, 404);
    assert_eq!(ask(&sandbox, "POST /bayar/INV-2025-001", "", "").await.status, 303);
    assert_eq!(look(&sandbox, "INV-2025-001").await["transaction_status"], "settlement");
    sandbox.set_fault(Operation::Status, Fault::UnknownWord, 1);
    assert_eq!(look(&sandbox, "INV-2025-001").await["transaction_status"], "diproses");
    sandbox.set_fault(Operation::Status, Fault::OtherReference, 1);
    assert_eq!(look(&sandbox, "INV-2025-001").await["order_id"], "PESANAN-ORANG-LAIN");
    sandbox.set_fault(Operation::Status, Fault::AmountStrings, 1);
    assert_eq!(look(&sandbox, "INV-2025-001").await["gross_amount"], "150000.00");
}
