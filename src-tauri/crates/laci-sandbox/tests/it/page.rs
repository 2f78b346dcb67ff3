//! The customer's pages.

use crate::http::*;

#[tokio::test]
async fn the_customer_finds_the_bill_and_pays_with_one_button() {
    let sandbox = sandbox().await;
    let empty = ask(&sandbox, "GET /", "", "").await;
    assert!(empty.body.contains("Belum ada tagihan"), "{}", empty.body);
    let reference = bill(&sandbox, "R").await;
    let list = ask(&sandbox, "GET /", "", "").await;
    assert!(list.body.contains(&format!("href=\"/bayar/{reference}\"")));
    assert!(list.body.contains("http-equiv=\"refresh\""), "the list reloads by itself");
    let path = format!("/bayar/{reference}");
    let page = ask(&sandbox, &format!("GET {path}"), "", "").await;
    assert!(
        page.body.contains("Latihan, bukan uang sungguhan") && page.body.contains("TOKO LATIHAN")
    );
    assert_eq!(page.body.matches("<button").count(), 1);
    let policy = "content-security-policy: default-src 'none'";
    assert!(page.head.contains(policy), "{}", page.head);
    let image = ask(&sandbox, &format!("GET /api/v1/qris/{reference}.svg"), "", "").await;
    assert!(image.body.starts_with("<svg"), "the picture needs no key");
    let paid = ask(&sandbox, &format!("POST {path}"), "", "").await;
    assert_eq!(paid.status, 303, "so that a reload pays nothing");
    assert!(
        ask(&sandbox, &format!("GET {path}"), "", "").await.body.contains("Pembayaran berhasil")
    );
    assert_eq!(sandbox.bill(&reference).unwrap().status.as_str(), "success");
}

#[tokio::test]
async fn an_expired_bill_can_be_paid_late_and_a_missing_one_is_said_to_be() {
    let sandbox = sandbox().await;
    let reference = bill(&sandbox, "R").await;
    sandbox.expire(&reference).unwrap();
    let page = ask(&sandbox, &format!("GET /bayar/{reference}"), "", "").await;
    assert!(page.body.contains("Bayar terlambat"));
    let none = ask(&sandbox, "GET /bayar/PG-NONE", "", "").await;
    assert_eq!(none.status, 404);
    assert!(none.body.contains("Tagihan tidak ada"));
    assert_eq!(ask(&sandbox, "POST /bayar/PG-NONE", "", "").await.status, 404);
}

#[tokio::test]
async fn names_are_text_and_never_markup() {
    let sandbox = sandbox().await;
    let body = r#"{"merchant_ref":"R","amount":10000,"customer_name":"<script>alert(1)</script>"}"#;
    let reference = create(&sandbox, body).await.json()["reference"].as_str().unwrap().to_owned();
    let page = ask(&sandbox, &format!("GET /bayar/{reference}"), "", "").await;
    assert!(page.body.contains("&lt;script&gt;alert(1)"), "{}", page.body);
    assert!(!page.body.contains("<script"), "no page has a script");
}
