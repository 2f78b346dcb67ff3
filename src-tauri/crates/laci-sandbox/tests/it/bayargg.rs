//! Bayar.gg's bills, from its document: create, check and list, in both shapes.

use laci_sandbox::{Fault, MERCHANT, NMID, Operation, Sandbox, SandboxOptions, Shape};
use serde_json::{Value, json};

use crate::http::*;

const API: &str = "/bayargg/api";

pub(crate) async fn plugin() -> Sandbox {
    let options = SandboxOptions { bayargg_shape: Shape::Plugin, ..SandboxOptions::default() };
    Sandbox::start(options).await.unwrap()
}

pub(crate) fn key() -> String {
    format!("X-API-Key: {KEY}\r\n")
}

/// `call` is the file's name with its query.
pub(crate) async fn get(sandbox: &Sandbox, call: &str) -> Reply {
    let call = call.replacen('?', ".php?", 1);
    let call = if call.contains(".php") { call } else { format!("{call}.php") };
    ask(sandbox, &format!("GET {API}/{call}"), &key(), "").await
}

pub(crate) async fn post(sandbox: &Sandbox, call: &str, body: &Value) -> Reply {
    let headers = format!("{}Content-Type: application/json\r\n", key());
    ask(sandbox, &format!("POST {API}/{call}.php"), &headers, &body.to_string()).await
}

/// A bill of this description and method, and its invoice.
pub(crate) async fn invoice(sandbox: &Sandbox, description: &str, method: &str) -> String {
    let body = json!({
        "amount": 10_000,
        "description": description,
        "payment_method": method,
        "customer_name": "Budi",
    });
    let answer = post(sandbox, "create-payment", &body).await.json();
    let bill = if answer["data"].is_object() { &answer["data"] } else { &answer["payment"] };
    bill["invoice_id"].as_str().unwrap_or_else(|| panic!("a bill: {answer}")).to_owned()
}

pub(crate) fn fields(object: &Value) -> Vec<&str> {
    let mut fields: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    fields.sort_unstable();
    fields
}

#[tokio::test]
async fn the_documents_own_create_makes_a_bill_with_the_documents_fields() {
    let sandbox = sandbox().await;
    let body = json!({
        "amount": 50_000,
        "description": "Pembayaran Produk A",
        "payment_method": "gopay_qris",
    });
    let reply = post(&sandbox, "create-payment", &body).await;
    let answer = reply.json();
    assert_eq!((reply.status, &answer["success"]), (200, &true.into()));
    assert_eq!(fields(&answer), ["payment", "payment_url", "success"]);
    let bill = &answer["payment"];
    let documents = [
        "amount",
        "expires_at",
        "final_amount",
        "invoice_id",
        "payment_method",
        "status",
        "unique_code",
    ];
    assert_eq!(fields(bill), documents);
    assert_eq!(
        (&bill["status"], &bill["payment_method"]),
        (&"pending".into(), &"gopay_qris".into())
    );
    let total = bill["final_amount"].as_u64().unwrap();
    assert_eq!(total, 50_000 + bill["unique_code"].as_u64().unwrap());
    let invoice = bill["invoice_id"].as_str().unwrap();
    assert!(invoice.starts_with("PAY-admin-20"), "as the document's is: {invoice}");
    let page = format!("{}/bayar/{invoice}", sandbox.url());
    assert_eq!(answer["payment_url"], page, "the page of this server, where one pays");
    assert_eq!(sandbox.bill(invoice).unwrap().merchant_ref, "Pembayaran Produk A");
    assert_eq!(sandbox.creates("Pembayaran Produk A"), 1);

    let open = get(&sandbox, &format!("check-payment?invoice={invoice}")).await.json();
    assert_eq!((&open["success"], &open["status"]), (&true.into(), &"pending".into()));
    assert_eq!((&open["invoice_id"], &open["final_amount"]), (&invoice.into(), &total.into()));
    sandbox.pay(invoice).unwrap();
    let paid = get(&sandbox, &format!("check-payment?invoice={invoice}")).await.json();
    assert_eq!(paid["status"], "paid");
    assert!(paid["paid_reff_num"].as_str().unwrap().starts_with("TRX"), "{paid}");
}

#[tokio::test]
async fn the_plugins_shape_has_the_qr_and_everything_in_data() {
    let sandbox = plugin().await;
    let own = invoice(&sandbox, "R", "qris_user").await;
    let listed = get(&sandbox, "list-payments?search=R").await.json();
    let row = &listed["payments"][0];
    let total = row["final_amount"].as_u64().unwrap();
    let read = |name: &str| laci_qris::parse(row[name].as_str().unwrap()).expect("a sound QRIS");
    let (dynamic, plain) = (read("qris_dynamic_string"), read("qris_string"));
    assert_eq!((dynamic.amount(), dynamic.nmid()), (Some(total), Some(NMID)));
    assert_eq!((plain.amount(), plain.merchant()), (None, MERCHANT));
    assert_eq!(row["payment_method_label"], "BRI QRIS");
    let seen = get(&sandbox, &format!("check-payment?invoice={own}")).await.json();
    assert_eq!(
        (fields(&seen), &seen["data"]["status"]),
        (vec!["data", "success"], &"pending".into())
    );
    let ovo = json!({"amount": 1_000, "payment_method": "ovo"});
    let bill = post(&sandbox, "create-payment", &ovo).await.json();
    assert!(bill["data"]["payment_url"].is_string() && bill["data"]["qris_string"].is_null());
}

#[tokio::test]
async fn the_key_travels_in_its_header_only() {
    let sandbox = sandbox().await;
    let path = format!("GET {API}/get-payment-methods.php");
    assert_eq!(ask(&sandbox, &path, &key(), "").await.status, 200);
    let query = format!("{path}?apiKey={KEY}");
    for (line, headers) in
        [(&path, ""), (&path, "X-API-Key: salah\r\n"), (&query, ""), (&query, key().as_str())]
    {
        let refused = ask(&sandbox, line, headers, "").await;
        assert_eq!((refused.status, &refused.json()["success"]), (401, &false.into()), "{line}");
        assert!(refused.json()["error"].as_str().unwrap().contains("API Key"));
    }
}

#[tokio::test]
async fn every_rule_of_the_document_is_held() {
    let sandbox = sandbox().await;
    for (body, status) in [
        (json!({}), 400),
        (json!({"amount": "10000"}), 400),
        (json!({"amount": 999}), 400),
        (json!({"amount": 10_000.5}), 400),
        (json!({"amount": 500_001}), 400),
        (json!({"amount": 500_001, "payment_method": "qris_bayar_gg"}), 400),
        (json!({"amount": 100_000_001, "payment_method": "qris_user"}), 400),
        (json!({"amount": 1_000, "payment_method": "tunai"}), 400),
        (json!({"amount": 1_000, "callback_url": "http://toko.example"}), 400),
        (json!({"amount": 1_000, "payment_url": "http://toko.example"}), 400),
        (json!({"amount": 1_000, "use_qris_converter": "true"}), 400),
        (json!({"amount": 1_000, "file_id": 13}), 404),
        (json!({"amount": 1_000, "content_id": "21"}), 404),
    ] {
        let reply = post(&sandbox, "create-payment", &body).await;
        assert_eq!((reply.status, &reply.json()["success"]), (status, &false.into()), "{body}");
        assert!(reply.json()["error"].is_string(), "{body}");
    }
    assert!(sandbox.bills().is_empty(), "no refusal made a bill");
    let whole = json!({
        "amount": 500_001,
        "payment_method": "qris_livin",
        "use_qris_converter": true,
        "file_id": 11,
        "content_id": 21,
        "product_image_id": 31,
        "payment_url": "https://www.bayar.gg/pay",
    });
    let made = post(&sandbox, "create-payment", &whole).await;
    assert_eq!((made.status, &made.json()["qris_converter"]), (200, &true.into()), "{}", made.body);
    assert_eq!(get(&sandbox, "check-payment").await.status, 400);
    let named = sandbox.bills()[0].reference.clone();
    let wrong = get(&sandbox, &format!("check-payment?invoice_id={named}")).await;
    assert_eq!((wrong.status, &wrong.json()["error"]), (404, &"Payment not found".into()));
    assert_eq!(get(&sandbox, "check-payment?invoice=PAY-admin-1").await.status, 404);
    let line = format!("GET {API}/create-payment.php");
    assert_eq!(ask(&sandbox, &line, &key(), "").await.status, 405);
    let gone = get(&sandbox, "accounts-connect").await;
    assert_eq!((gone.status, gone.body.contains("<html>")), (404, true), "no such file");
}

#[tokio::test]
async fn the_list_has_every_filter_and_pages() {
    let sandbox = sandbox().await;
    for at in 0..5 {
        invoice(&sandbox, &format!("Jual POS#R-{at}"), "qris").await;
    }
    let ovo = invoice(&sandbox, "Jual POS#LAIN", "ovo").await;
    sandbox.pay(&ovo).unwrap();
    bill(&sandbox, "KROPAY").await;
    let sandbox = &sandbox;
    let total = async |query: &str| {
        let listed = get(sandbox, &format!("list-payments?{query}")).await;
        assert_eq!(listed.status, 200, "{query}: {}", listed.body);
        listed.json()["pagination"]["total"].as_u64().unwrap()
    };
    for (query, expected) in [
        ("", 6),
        ("search=pos%23r-3", 1),
        ("search=budi", 6),
        ("search=KROPAY", 0),
        ("status=paid", 1),
        ("status=pending", 5),
        ("payment_method=ovo", 1),
        ("paid_via=ovo", 1),
        ("paid_via=qris", 0),
        ("start_date=2020-01-01", 6),
        ("start_date=2999-01-01", 0),
        ("end_date=2020-01-01", 0),
        ("search=jual&status=pending&payment_method=qris&start_date=2020-01-01", 5),
    ] {
        assert_eq!(total(query).await, expected, "{query}");
    }
    assert_eq!(total(&format!("search={}", ovo.to_lowercase())).await, 1, "an invoice");
    let second = get(sandbox, "list-payments?limit=4&page=2").await.json();
    assert_eq!(second["data"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&second["pagination"]["total_pages"], &second["pagination"]["page"]),
        (&2.into(), &2.into())
    );
    let first = get(sandbox, "list-payments?limit=1").await.json();
    assert_eq!(first["data"][0]["invoice_id"], ovo, "the newest first");
    assert_eq!(
        (&first["data"][0]["paid_via"], &first["data"][0]["description"]),
        (&"ovo".into(), &"Jual POS#LAIN".into())
    );
    for bad in ["limit=101", "limit=x", "page=-1", "start_date=1-2-2026", "status=lunas"] {
        assert_eq!(get(sandbox, &format!("list-payments?{bad}")).await.status, 400, "{bad}");
    }
}

#[tokio::test]
async fn faults_reach_the_bill_in_each_shape_and_each_row() {
    for sandbox in [sandbox().await, plugin().await] {
        let own = invoice(&sandbox, "R", "qris").await;
        for fault in [Fault::UnknownWord, Fault::OtherReference] {
            sandbox.set_fault(Operation::Status, fault, 1);
            let seen = get(&sandbox, &format!("check-payment?invoice={own}")).await.json();
            let seen = if seen["data"].is_object() { &seen["data"] } else { &seen };
            sandbox.set_fault(Operation::Call, fault, 1);
            let listed = get(&sandbox, "list-payments").await.json();
            let rows = listed["data"].as_array().or(listed["payments"].as_array()).unwrap();
            for bill in [seen, &rows[0]] {
                let odd = bill["status"] == "diproses" || bill["invoice_id"] != own.as_str();
                assert!(odd, "{fault:?}: {bill}");
            }
        }
    }
}
