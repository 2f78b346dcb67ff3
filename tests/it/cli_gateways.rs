//! Every documented call of every provider by verbs, over the played gateways.

use laci_sandbox::{Fault, Operation, practice_sticker};
use laci_tests::laci::Shop;
use serde_json::Value;

use crate::cli_world::{KINDS, add, payload, sandbox};

fn call(shop: &Shop, name: &str, operation: &str, params: &[&str]) -> laci_tests::laci::Answer {
    let mut asked = vec!["gateway", "call", name, operation];
    for param in params {
        asked.extend(["--param", param]);
    }
    shop.laci(&asked).end()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_gateway_is_added_listed_and_checked() {
    let sandbox = sandbox().await;
    let shop = Shop::set_up();
    for (kind, _) in KINDS {
        add(&shop, &sandbox, kind, &[]);
        let checked = shop.laci(&["gateway", "check", kind]).end().done();
        assert_eq!(checked["ok"], true, "{kind}: {checked}");
        assert_eq!(checked["gateways"][0]["health"]["state"], "ready", "{kind}: {checked}");
        let listed = shop.locked(&["gateway", "ops", kind]).end().done();
        let names: Vec<&str> = listed["operations"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["name"].as_str().unwrap())
            .collect();
        assert!(names.contains(&"status") && !names.is_empty(), "{kind}: {names:?}");
    }
    let listed = shop.laci(&["gateway", "list"]).end().done();
    let gateways = listed["gateways"].as_array().unwrap();
    assert_eq!(gateways.len(), 5);
    let bayargg = gateways.iter().find(|one| one["name"] == "bayargg").unwrap();
    assert_eq!(bayargg["methods"], serde_json::json!(["qris", "qris_user", "gopay_qris", "ovo"]));
    assert_eq!(bayargg["limits"]["by_method"]["qris"]["maximum"], 500_000);
    assert_eq!(bayargg["limits"]["by_method"]["ovo"]["maximum"], Value::Null);
    assert!(gateways.iter().all(|one| one["plain_http"] == true), "the played ones are on http");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_collects_in_its_own_way() {
    let sandbox = sandbox().await;
    let shop = Shop::set_up();
    for (kind, _) in KINDS {
        add(&shop, &sandbox, kind, &[]);
    }
    for (kind, wanted) in
        [("paydigital", "qris"), ("bayargg", "link"), ("kropay", "qris"), ("midtrans", "link")]
    {
        let asked = ["charge", "--amount", "50000", "--gateway", kind];
        let payment = shop.laci(&asked).end().payment();
        assert_eq!(payment["presentment"]["kind"], wanted, "{kind}: {payment}");
        let bill = sandbox.bills().into_iter().next().expect("a bill");
        sandbox.pay(&bill.reference).expect("it is there");
        let id = payment["id"].as_str().unwrap();
        let paid = shop.laci(&["payment", "check", id]).end().payment();
        assert_eq!(paid["state"], "paid", "{kind}: {paid}");
    }
    let ppob = shop.laci(&["charge", "--amount", "50000", "--gateway", "digiswitch"]).end();
    ppob.refused(3, "gateway_pays_bills");
    let report = shop.locked(&["report"]).end().done();
    assert_eq!(report["totals"]["turnover"], 200_000, "{report}");
    shop.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn bayargg_by_its_settings_shows_a_qr_or_a_number() {
    let sandbox = sandbox().await;
    let shop = Shop::set_up();
    let sticker = format!("own_qris.gopay_qris={}", practice_sticker());
    add(&shop, &sandbox, "bayargg", &[&sticker, "ovo_number=081200000099"]);
    let charge = |method: &str, amount: &str| {
        let asked = ["charge", "--amount", amount, "--gateway", "bayargg", "--method", method];
        shop.laci(&asked).end()
    };
    let qris = charge("gopay_qris", "50000").payment();
    let total = qris["total"].as_i64().unwrap();
    let shown = laci_qris::parse(payload(&qris)).expect("a sound QR");
    assert_eq!(shown.amount(), Some(u64::try_from(total).unwrap()), "{qris}");
    assert_eq!(shown.nmid(), Some(laci_sandbox::NMID), "the shop's own sticker");
    let ovo = charge("ovo", "750000").payment();
    assert_eq!(ovo["presentment"]["kind"], "transfer", "{ovo}");
    assert_eq!(ovo["presentment"]["account"], "081200000099");
    assert_eq!(ovo["presentment"]["amount"], ovo["total"], "exactly the total");
    let bills = sandbox.bills().len();
    charge("qris", "500001").refused(3, "amount_above_maximum");
    charge("shopeepay", "50000").refused(3, "method_unknown");
    assert_eq!(sandbox.bills().len(), bills, "nothing was asked");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_create_with_the_providers_own_fields_is_a_sale_like_any_other() {
    let sandbox = sandbox().await;
    let shop = Shop::set_up();
    for kind in ["bayargg", "midtrans", "kropay"] {
        add(&shop, &sandbox, kind, &[]);
    }
    let items = r#"item_details=[{"id":"K1","price":20000,"quantity":2,"name":"Kopi"}]"#;
    for (kind, params) in [
        (
            "bayargg",
            &[
                "amount=40000",
                "customer_email=budi@contoh.id",
                "file_id=11",
                "payment_method=gopay_qris",
            ][..],
        ),
        ("midtrans", &["amount=40000", "first_name=Budi", "phone=081200000001", items]),
        ("kropay", &["amount=40000", "expired_in=600", "customer_name=Budi"]),
    ] {
        let done = call(&shop, kind, "create", params).done();
        assert_eq!(done["payment"]["state"], "pending", "{kind}: {done}");
        assert_ne!(done["answer"], Value::Null, "{kind}: the provider's own words: {done}");
        let id = done["payment"]["id"].as_str().unwrap();
        let listed = shop.payments();
        assert!(listed.iter().any(|one| one["id"] == id), "{kind}: it is in the books");
    }
    let short = r#"item_details=[{"id":"K1","price":20000,"quantity":1,"name":"Kopi"}]"#;
    call(&shop, "midtrans", "create", &["amount=40000", short]).refused(3, "param_invalid");
    call(&shop, "kropay", "create", &["amount=40000", "expired_in=5"]).refused(3, "param_invalid");
    call(&shop, "kropay", "create", &["amount=40000", "file_id=5"]).refused(3, "param_unknown");
    call(&shop, "kropay", "create", &["expired_in=600"]).refused(3, "param_missing");
    assert_eq!(sandbox.bills().len(), 3, "refused before anything was sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn bayarggs_lists_statistics_and_converter() {
    let sandbox = sandbox().await;
    let shop = Shop::set_up();
    add(&shop, &sandbox, "bayargg", &[]);
    shop.laci(&["charge", "--amount", "50000", "--gateway", "bayargg"]).end().payment();
    let bill = sandbox.bills().remove(0);
    let status = call(&shop, "bayargg", "status", &[&format!("invoice={}", bill.reference)]).done();
    assert!(status["answer"].to_string().contains(&bill.reference), "{status}");
    let paged =
        call(&shop, "bayargg", "list_payments", &["status=pending", "page=1", "limit=1"]).done();
    assert!(paged["answer"].to_string().contains(&bill.reference), "{paged}");
    for (operation, params) in [
        ("payment_methods", &[][..]),
        ("account_status", &[]),
        ("statistics", &["period=month"]),
        ("list_files", &["active_only=true"]),
        ("list_contents", &[]),
        ("list_images", &[]),
        ("wa_orders", &["status=paid"]),
    ] {
        let done = call(&shop, "bayargg", operation, params).done();
        assert_eq!(
            (&done["outcome"], &done["http_status"]),
            (&"done".into(), &200.into()),
            "{operation}"
        );
        assert!(done["answer"].is_object(), "{operation}: {done}");
    }
    let sticker = format!("qris={}", practice_sticker());
    let made = call(&shop, "bayargg", "qris_convert", &["nominal=12345", &sticker]).done();
    let text = made["answer"].to_string();
    assert!(text.contains("540512345"), "the amount is in the code: {text}");
    call(&shop, "bayargg", "qris_info", &[&sticker]).done();
    let picture = shop.path().join("stiker.png");
    let draw = ["qris", "draw", &practice_sticker(), "--out", picture.to_str().unwrap()];
    shop.locked(&draw).end().done();
    let file = format!("image={}", picture.display());
    let asked =
        ["gateway", "call", "bayargg", "qris_convert", "--param", "nominal=12345", "--file", &file];
    let uploaded = shop.laci(&asked).end().done();
    assert!(uploaded["answer"].to_string().contains("540512345"), "{uploaded}");
    call(&shop, "bayargg", "qris_convert", &["nominal=12345"]).refused(3, "param_invalid");
    call(&shop, "bayargg", "statistics", &["period=decade"]).refused(3, "param_invalid");
    call(&shop, "bayargg", "sejarah", &[]).refused(3, "operation_unknown");
    call(&shop, "lain", "statistics", &[]).refused(3, "gateway_unknown");
}

#[tokio::test(flavor = "multi_thread")]
async fn orders_of_the_whatsapp_store() {
    let sandbox = sandbox().await;
    let shop = Shop::set_up();
    shop.laci(&["wa", "orders"]).end().refused(3, "no_order_gateway");
    add(&shop, &sandbox, "bayargg", &[]);
    let orders = |more: &[&str]| {
        let asked: Vec<&str> = ["wa", "orders"].iter().chain(more).copied().collect();
        let done = shop.laci(&asked).end().done();
        done["orders"].as_array().unwrap().clone()
    };
    let all = orders(&[]);
    assert!(all.len() >= 5, "{all:?}");
    let first = all.iter().find(|one| one["number"] == "WA260329-A1B2").expect("the sample");
    assert_eq!((&first["status"], &first["total"]), (&"paid".into(), &45_000.into()), "{first}");
    let found = orders(&["--search", "Rahim"]);
    assert!(!found.is_empty() && found.len() < all.len(), "{found:?}");
    assert!(found.iter().all(|one| one["customer"] == "Rahim"), "{found:?}");
    assert!(orders(&["--status", "paid"]).iter().all(|one| one["status"] == "paid"));
    let ended = shop.laci(&["wa", "complete", "WA260329-A1B2", "--no-notify"]).end().done();
    assert_eq!(ended["orders"][0]["status"], "completed", "{ended}");
    let again = ["wa", "complete", "WA260329-A1B2", "--status", "cancelled"];
    shop.laci(&again).end().refused(5, "request_refused");
    shop.laci(&["wa", "complete", "WA-TIDAK-ADA"]).end().refused(5, "refused");
    assert_eq!(shop.entries().get("gateway_call"), Some(&6), "each is written down, with its end");
    sandbox.set_fault(Operation::Call, Fault::CommitThenReset, 1);
    let waiting = ["wa", "complete", "WA260329-C3D4", "--status", "cancelled"];
    shop.laci(&waiting).end().refused(4, "connection_cut");
    assert_eq!(orders(&["--search", "WA260329-C3D4"])[0]["status"], "cancelled", "it was done");
    shop.must_be_whole();
}
