//! Paydigital's calls, from its document.

use laci_sandbox::{Fault, MERCHANT, NMID, Operation, STORE_ID, Sandbox};
use serde_json::Value;

use crate::http::*;

const FORM: &str = "Content-Type: application/x-www-form-urlencoded\r\n";
const CREATE: &str = "POST /paydigital/api/create_payment.php";

fn bearer() -> String {
    format!("Authorization: Bearer {KEY}\r\n")
}

async fn order(sandbox: &Sandbox, body: &str) -> Reply {
    ask(sandbox, CREATE, &format!("{}{FORM}", bearer()), body).await
}

async fn look(sandbox: &Sandbox, invoice: &str) -> Reply {
    let line = format!("GET /paydigital/api/payment.php?invoice={invoice}");
    ask(sandbox, &line, &bearer(), "").await
}

/// A bill of Rp 10.000 and its invoice.
async fn invoice(sandbox: &Sandbox) -> String {
    let reply = order(sandbox, "store_id=1&amount=10000&description=R").await;
    reply.json()["data"]["invoice"].as_str().unwrap().to_owned()
}

fn fields(object: &Value) -> Vec<&str> {
    let mut fields: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    fields
}

#[tokio::test]
async fn the_documents_own_create_makes_a_bill_with_the_documents_fields() {
    let sandbox = sandbox().await;
    let curl = "store_id=1&amount=10000&description=Pembelian+Produk+A&customer_name=John%20Doe";
    let reply = order(&sandbox, curl).await;
    assert_eq!((reply.status, STORE_ID), (200, 1));
    let (answer, bill) = (reply.json(), &reply.json()["data"]);
    assert_eq!((fields(&answer), &answer["status"]), (vec!["data", "status"], &"success".into()));
    assert_eq!(
        fields(bill),
        [
            "amount",
            "expired_at",
            "invoice",
            "payment_url",
            "qr_content",
            "qr_url",
            "total_amount",
            "unique_code"
        ]
    );
    let total = bill["total_amount"].as_u64().unwrap();
    assert_eq!(total, 10_000 + bill["unique_code"].as_u64().unwrap());
    let qris = laci_qris::parse(bill["qr_content"].as_str().unwrap()).expect("a sound QRIS");
    assert_eq!((qris.amount(), qris.merchant(), qris.nmid()), (Some(total), MERCHANT, Some(NMID)));
    assert_eq!(bill["expired_at"].as_str().unwrap().len(), 19, "naive, as in the document");
    let invoice = bill["invoice"].as_str().unwrap();
    assert_eq!((&invoice[..5], invoice.len()), ("PYG20", 17), "as the document's is: {invoice}");
    assert_eq!(sandbox.bill(invoice).unwrap().merchant_ref, "Pembelian Produk A");

    let open = look(&sandbox, invoice).await.json();
    assert_eq!(
        fields(&open["data"]),
        [
            "amount",
            "customer_name",
            "invoice",
            "paid_at",
            "status",
            "store_name",
            "total_amount",
            "unique_code"
        ]
    );
    assert_eq!((&open["status"], &open["data"]["status"]), (&"success".into(), &"pending".into()));
    assert_eq!(
        (&open["data"]["customer_name"], &open["data"]["paid_at"]),
        (&"John Doe".into(), &Value::Null)
    );
    sandbox.pay(invoice).unwrap();
    let paid = look(&sandbox, invoice).await.json();
    assert_eq!((&paid["status"], &paid["data"]["status"]), (&"success".into(), &"paid".into()));
    assert_eq!(paid["data"]["paid_at"].as_str().unwrap().len(), 19);
    assert_eq!(sandbox.bill(invoice).unwrap().polls, 2);
}

#[tokio::test]
async fn the_key_travels_in_the_header_or_in_the_form_and_never_in_the_query() {
    let sandbox = sandbox().await;
    let keyed = format!("api_key={KEY}&store_id=1&amount=10000&description=R");
    let made = ask(&sandbox, CREATE, FORM, &keyed).await;
    assert_eq!(made.status, 200, "{}", made.body);
    let invoice = made.json()["data"]["invoice"].as_str().unwrap().to_owned();
    let path = "/paydigital/api/payment.php";
    let form = format!("api_key={KEY}&invoice={invoice}");
    assert_eq!(ask(&sandbox, &format!("POST {path}"), FORM, &form).await.status, 200);
    let mixed = format!("POST {path}?invoice={invoice}");
    assert_eq!(ask(&sandbox, &mixed, &bearer(), "").await.status, 200);
    let query = format!("GET {path}?invoice={invoice}&api_key={KEY}");
    assert_eq!(ask(&sandbox, &query, "", "").await.status, 401);
    let json = "Content-Type: application/json\r\n";
    assert_eq!(ask(&sandbox, CREATE, json, &keyed).await.status, 401, "not a form");
    let wrong = format!("Authorization: Bearer salah\r\n{FORM}");
    let refused = ask(&sandbox, CREATE, &wrong, &keyed).await;
    assert_eq!((refused.status, &refused.json()["status"]), (401, &"error".into()));
    assert_eq!(sandbox.bills().len(), 1);
}

#[tokio::test]
async fn every_rule_of_the_document_is_held() {
    let sandbox = sandbox().await;
    for (body, status) in [
        ("", 400),
        ("amount=10000", 400),
        ("store_id=toko&amount=10000", 400),
        ("store_id=2&amount=10000", 404),
        ("store_id=1", 400),
        ("store_id=1&amount=999", 400),
        ("store_id=1&amount=10000.5", 400),
        ("store_id=1&amount=100000001", 400),
    ] {
        let reply = order(&sandbox, body).await;
        assert_eq!((reply.status, &reply.json()["status"]), (status, &"error".into()), "{body}");
        assert!(reply.json()["message"].is_string(), "{body}");
    }
    assert!(sandbox.bills().is_empty(), "no refusal made a bill");
    assert_eq!(look(&sandbox, "").await.status, 400);
    assert_eq!(look(&sandbox, "PYG20231201123456").await.status, 404);
    let get = CREATE.replace("POST", "GET");
    assert_eq!(ask(&sandbox, &get, &bearer(), "").await.status, 405);
    let gone = ask(&sandbox, "POST /paydigital/api/createqris", &bearer(), "{}").await;
    assert_eq!(gone.status, 404);
    assert!(gone.body.contains("<html>"), "the web server's own page: {}", gone.body);
}

#[tokio::test]
async fn the_same_description_twice_is_two_bills() {
    let sandbox = sandbox().await;
    let (first, second) = (invoice(&sandbox).await, invoice(&sandbox).await);
    assert_ne!(first, second);
    assert_eq!((sandbox.creates("R"), sandbox.bills().len()), (2, 2));
}

#[tokio::test]
async fn book_faults_and_pages_are_shared_and_gateways_know_only_their_own_bills() {
    let sandbox = sandbox().await;
    assert_eq!(sandbox.base_url("kropay"), Some(sandbox.url()));
    assert_eq!(sandbox.base_url("paydigital"), Some(format!("{}/paydigital/api", sandbox.url())));
    assert_eq!(sandbox.base_url("gopay"), None);
    let (theirs, own) = (bill(&sandbox, "R").await, invoice(&sandbox).await);
    assert_eq!(look(&sandbox, &theirs).await.status, 404);
    assert_eq!(status(&sandbox, &own).await.status, 404);
    let list = ask(&sandbox, "GET /", "", "").await;
    assert!(list.body.contains(&theirs) && list.body.contains(&own), "one list");
    assert_eq!(ask(&sandbox, &format!("POST /bayar/{own}"), "", "").await.status, 303);
    assert_eq!(look(&sandbox, &own).await.json()["data"]["status"], "paid");
    sandbox.set_fault(Operation::Status, Fault::UnknownWord, 1);
    let odd = look(&sandbox, &own).await.json();
    assert_eq!((&odd["status"], &odd["data"]["status"]), (&"success".into(), &"diproses".into()));
    sandbox.set_fault(Operation::Status, Fault::OtherReference, 1);
    let other = look(&sandbox, &own).await.json();
    assert_eq!(other["data"]["invoice"], "PYG20260101999999");
    assert_eq!(other["data"].get("merchant_ref"), None, "only its own names");
    sandbox.set_fault(Operation::Create, Fault::ErrorWith200, 1);
    let failed = order(&sandbox, "store_id=1&amount=10000").await;
    assert_eq!((failed.status, &failed.json()["status"]), (200, &"error".into()));
}
