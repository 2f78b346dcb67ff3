//! `charge --later`: recorded without internet, made by `sync` once the gateway answers, ready to be sent.

use laci_sandbox::{Fault, Operation};
use laci_tests::laci::{KEY, Shop};

use crate::cli_world::{add, sandbox};

/// Nobody listens there.
const AWAY: &str = "http://127.0.0.1:9";

#[tokio::test(flavor = "multi_thread")]
async fn a_sale_without_internet_is_paid_later_by_link() {
    let sandbox = sandbox().await;
    let shop = Shop::set_up();
    shop.add_kind("bayargg", "bayargg", AWAY, &[], KEY);
    let charge =
        ["charge", "--amount", "50000", "--gateway", "bayargg", "--later", "--order", "P-1"];
    let put_off = shop.laci(&charge).end().payment();
    assert_eq!(
        (&put_off["state"], &put_off["later"]["waiting"]),
        (&"planned".into(), &true.into())
    );
    assert_eq!(put_off["notices"][0]["code"], "waiting_for_internet", "{put_off}");
    assert_eq!(shop.laci(&charge).end().payment()["id"], put_off["id"], "one order is one payment");
    let synced = shop.laci(&["sync"]).end().done();
    assert_eq!((&synced["sent"], &synced["unsent"]), (&0.into(), &1.into()), "{synced}");
    assert_eq!(synced["problems"], serde_json::json!(["unreachable"]));

    add(&shop, &sandbox, "bayargg", &[]);
    let id = put_off["id"].as_str().unwrap();
    // By a person's word; `sync` would wait out its back-off.
    let ready = shop.laci(&["payment", "check", id]).end().payment();
    assert_eq!((&ready["state"], &ready["later"]["waiting"]), (&"pending".into(), &false.into()));
    let message = &ready["later"]["message"];
    let link = ready["presentment"]["url"].as_str().unwrap();
    assert!(message["text"].as_str().unwrap().contains(link), "{message}");
    assert!(message["whatsapp"].as_str().unwrap().starts_with("https://wa.me/?text="), "{message}");
    let items = shop.locked(&["feed"]).end().done();
    let kinds: Vec<&str> =
        items["items"].as_array().unwrap().iter().filter_map(|one| one["kind"].as_str()).collect();
    assert!(kinds.contains(&"link_ready"), "{items}");
    assert_eq!(sandbox.creates_with(id), 1);

    sandbox.pay(ready["gateway_id"].as_str().unwrap()).unwrap();
    assert_eq!(shop.laci(&["payment", "check", id]).end().payment()["state"], "paid");
    shop.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn with_internet_sync_sends_it_at_once_and_a_cancelled_one_never() {
    let sandbox = sandbox().await;
    let shop = Shop::set_up();
    add(&shop, &sandbox, "kropay", &[]);
    let charge = ["charge", "--amount", "50000", "--gateway", "kropay", "--later"];
    let back = shop.laci(&charge).end().payment();
    let cancelled = shop.locked(&["payment", "cancel", back["id"].as_str().unwrap()]).end();
    assert_eq!(cancelled.payment()["state"], "cancelled");
    let put_off = shop.laci(&charge).end().payment();
    assert!(sandbox.bills().is_empty(), "never inside the charge");
    let synced = shop.laci(&["sync"]).end().done();
    assert_eq!((&synced["sent"], &synced["unsent"]), (&1.into(), &0.into()), "{synced}");
    assert_eq!(sandbox.bills().len(), 1);
    assert_eq!(sandbox.creates_with(put_off["id"].as_str().unwrap()), 1);
    assert_eq!(shop.laci(&["charge", "--amount", "1000", "--auto", "--later"]).end().exit, Some(2));

    let refused = shop.laci(&charge).end().payment();
    sandbox.set_fault(Operation::Create, Fault::Status { status: 422 }, 1);
    shop.laci(&["sync"]).end().done();
    let told = shop.locked(&["payment", "show", refused["id"].as_str().unwrap()]).end().payment();
    assert_eq!(told["state"], "rejected", "{told}");
    shop.must_be_whole();
}
