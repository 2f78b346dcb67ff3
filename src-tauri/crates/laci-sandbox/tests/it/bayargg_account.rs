//! Bayar.gg's other calls: account, statistics, products, converter, WhatsApp store.

use laci_sandbox::{MERCHANT, NMID, practice_sticker};
use serde_json::{Value, json};

use crate::bayargg::*;
use crate::http::*;

#[tokio::test]
async fn methods_and_account_tell_of_a_subscription() {
    let sandbox = sandbox().await;
    let methods = get(&sandbox, "get-payment-methods").await.json();
    assert_eq!(methods["user_status"]["has_active_subscription"], true);
    let house = &methods["payment_methods"][0];
    assert_eq!((&house["code"], &house["max_amount"]), (&"qris".into(), &500_000.into()));
    let account = get(&sandbox, "get-account-status").await.json();
    assert_eq!(account["data"]["account"]["store_name"], MERCHANT);
    assert_eq!(account["data"]["statistics"]["total_payments"], 0);
}

#[tokio::test]
async fn statistics_are_counted_from_the_book() {
    let sandbox = sandbox().await;
    let paid = invoice(&sandbox, "A", "ovo").await;
    let ended = invoice(&sandbox, "B", "qris").await;
    invoice(&sandbox, "C", "qris").await;
    bill(&sandbox, "KROPAY").await;
    let total = sandbox.pay(&paid).unwrap().total_amount;
    sandbox.expire(&ended).unwrap();
    for period in
        ["", "?period=all", "?period=today", "?period=week", "?period=month", "?period=year"]
    {
        let data = get(&sandbox, &format!("get-statistics{period}")).await.json()["data"].clone();
        assert_eq!((&data["total_payments"], &data["total_revenue"]), (&3.into(), &total.into()));
        let states = json!({"pending": 1, "paid": 1, "expired": 1, "cancelled": 0});
        assert_eq!(data["by_status"], states, "{period}");
        let methods = json!({"ovo": {"count": 1, "total_amount": total}});
        assert_eq!(data["by_method"], methods, "{period}");
    }
    let none = get(&sandbox, "get-statistics?start_date=2020-01-01&end_date=2020-12-31").await;
    assert_eq!(none.json()["data"]["total_payments"], 0);
    assert_eq!(get(&sandbox, "get-statistics?period=decade").await.status, 400);
}

#[tokio::test]
async fn products_are_listed_and_the_inactive_ones_on_demand() {
    let sandbox = sandbox().await;
    for (call, active, all) in
        [("list-files", 2, 3), ("list-contents", 1, 2), ("list-images", 2, 3)]
    {
        for (query, expected) in
            [("", active), ("?active_only=true", active), ("?active_only=false", all)]
        {
            let listed = get(&sandbox, &format!("{call}{query}")).await.json();
            assert_eq!(listed["data"].as_array().unwrap().len(), expected, "{call}{query}");
        }
        assert_eq!(get(&sandbox, &format!("{call}?active_only=ya")).await.status, 400);
    }
}

#[tokio::test]
async fn the_converter_takes_text_and_pictures_that_it_can_read() {
    let sandbox = sandbox().await;
    let sticker = practice_sticker();
    for source in ["qris", "image"] {
        let text = if source == "qris" { sticker.as_str() } else { "iVBORw0KGgoAAAA" };
        let body = json!({"nominal": 25_000, source: text});
        let answer = post(&sandbox, "qris-convert", &body).await.json();
        let made = laci_qris::parse(answer["data"]["converted_qris"].as_str().unwrap()).unwrap();
        assert_eq!((made.amount(), made.nmid()), (Some(25_000), Some(NMID)), "{source}");
        assert!(answer["data"]["qr_image_url"].is_string());
    }
    for body in [
        json!({"qris": sticker}),
        json!({"nominal": 0, "qris": sticker}),
        json!({"nominal": 1_000}),
        json!({"nominal": 1_000, "qris": "0002"}),
        json!({"nominal": 1_000, "image": "/9j/4AAQ"}),
        json!({"nominal": 1_000, "image_url": "https://toko.example/a.png"}),
        json!({"nominal": 1_000, "qris": sticker, "image": "iVBORw0KGgo"}),
    ] {
        let reply = post(&sandbox, "qris-convert", &body).await;
        assert_eq!((reply.status, &reply.json()["success"]), (400, &false.into()), "{body}");
    }
    let form = format!("{}Content-Type: multipart/form-data; boundary=abc\r\n", key());
    let line = "POST /bayargg/api/qris-convert.php";
    let part = |name: &str, bytes: &str| {
        format!("--abc\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{bytes}\r\n")
    };
    let jpeg = format!("{}{}--abc--\r\n", part("nominal", "5000"), part("image", "JFIF"));
    for body in [jpeg.as_str(), "--abc--\r\n", "x"] {
        assert_eq!(ask(&sandbox, line, &form, body).await.status, 400, "{body}");
    }
}

#[tokio::test]
async fn a_qris_is_read_in_the_documents_way_and_in_the_newer_one() {
    let (document, plugin) = (sandbox().await, plugin().await);
    let text = practice_sticker();
    let escaped = text.replace(' ', "%20");
    for sandbox in [&document, &plugin] {
        let said = get(sandbox, &format!("qris-info?qris={escaped}")).await.json();
        assert_eq!(
            (&said["data"]["nmid"], &said["data"]["type"]),
            (&NMID.into(), &"static".into())
        );
        assert_eq!(get(sandbox, "qris-info?qris=0002").await.status, 400);
        assert_eq!(get(sandbox, "qris-info").await.status, 400);
    }
    let body = json!({"qris": text});
    assert_eq!(post(&document, "qris-info", &body).await.status, 405, "the document has a GET");
    assert_eq!(post(&plugin, "qris-info", &body).await.json()["data"]["merchant_name"], MERCHANT);
}

#[tokio::test]
async fn orders_are_listed_found_and_ended_by_the_documents_rules() {
    let sandbox = sandbox().await;
    let sandbox = &sandbox;
    let orders = async |query: &str| {
        let listed = get(sandbox, &format!("wa-store-orders{query}")).await.json();
        let rows = listed["orders"].as_array().unwrap_or_else(|| panic!("{query}: {listed}"));
        let number = |row: &Value| row["order_number"].as_str().unwrap().to_owned();
        (listed["total"].as_u64().unwrap(), rows.iter().map(number).collect::<Vec<_>>())
    };
    assert_eq!(orders("").await.0, 5);
    assert_eq!(orders("?search=rahim").await.0, 2);
    assert_eq!(orders("?search=081200000003").await.1, ["WA260330-E5F6"]);
    assert_eq!(orders("?search=pay-wa-20260329").await.0, 2);
    assert_eq!(orders("?status=paid&limit=10").await.1, ["WA260329-A1B2"]);
    assert_eq!(orders("?limit=2&offset=4").await, (5, vec!["WA260331-J9K0".to_owned()]));
    for bad in ["?limit=101", "?status=dikirim", "?offset=-1"] {
        assert_eq!(get(sandbox, &format!("wa-store-orders{bad}")).await.status, 400, "{bad}");
    }
    let one = get(sandbox, "wa-store-orders?order_number=WA260329-A1B2").await.json();
    assert_eq!(
        (&one["order"]["status"], &one["order"]["customer_name"]),
        (&"paid".into(), &"Rahim".into())
    );
    assert_eq!(get(sandbox, "wa-store-orders?order_number=WA0").await.status, 404);

    let end = async |body: Value| post(sandbox, "wa-store-complete", &body).await;
    let sample = json!({"order_number": "WA260329-A1B2", "status": "completed", "notify": true});
    let ended = end(sample).await.json();
    assert_eq!(
        (&ended["order"]["status"], &ended["notified"]),
        (&"completed".into(), &true.into())
    );
    let quiet = end(json!({"order_number": "WA260330-E5F6", "notify": false})).await.json();
    assert_eq!(
        (&quiet["order"]["status"], &quiet["notified"]),
        (&"completed".into(), &false.into())
    );
    for (body, status) in [
        (json!({"order_number": "WA260329-A1B2", "status": "cancelled"}), 400),
        (json!({"order_number": "WA260329-C3D4"}), 400),
        (json!({"order_number": "WA260329-C3D4", "status": "paid"}), 400),
        (json!({"order_number": "WA260329-C3D4", "notify": "ya"}), 400),
        (json!({"order_number": "WA0"}), 404),
        (json!({"status": "completed"}), 400),
    ] {
        assert_eq!(end(body.clone()).await.status, status, "{body}");
    }
    let cancelled = json!({"order_number": "WA260329-C3D4", "status": "cancelled"});
    assert_eq!(end(cancelled).await.status, 200);
    assert_eq!(orders("?status=completed").await.0, 3, "remembered");
    sandbox.reset();
    assert_eq!((orders("?status=completed").await.0, orders("?status=cancelled").await.0), (1, 0));
}
