//! Customers' bills by verbs: paid once, over kills, double presses and a restore.

use laci_sandbox::Sandbox;
use laci_tests::laci::{Answer, PIN, Shop};
use serde_json::Value;

use crate::cli_world::{add, sandbox};

/// PLN's test numbers: paid at once; pending, then paid.
const PAID: &str = "530000000001";
const LATER: &str = "630000000001";

async fn world() -> (Sandbox, Shop) {
    let sandbox = sandbox().await;
    let shop = Shop::set_up();
    add(&shop, &sandbox, "digiswitch", &["timeout_ms=3000", "min_recheck_ms=0"]);
    (sandbox, shop)
}

fn inquire(shop: &Shop, number: &str) -> Value {
    let asked = ["--gateway", "digiswitch", "--code", "pln", "--customer-no", number];
    bill(&shop.laci(&[&["bill", "inquire"][..], &asked].concat()).end())
}

/// The bill, which an open end tells as an error that holds it.
fn bill(answer: &Answer) -> Value {
    let said = answer.json();
    let found = if said["error"].is_null() { &said["bill"] } else { &said["error"]["bill"] };
    assert!(found.is_object(), "no bill: {said}");
    found.clone()
}

fn id(bill: &Value) -> &str {
    bill["id"].as_str().expect("an id")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bill_is_inquired_paid_once_and_listed() {
    let (sandbox, shop) = world().await;
    assert!(!shop.laci(&["bill", "products"]).end().done().to_string().is_empty());
    let deposit = sandbox.balance();
    let asked = inquire(&shop, PAID);
    assert_eq!((&asked["state"], sandbox.balance()), (&"inquired".into(), deposit));
    let paid = bill(&shop.laci(&["bill", "pay", id(&asked)]).end());
    assert_eq!(paid["state"], "success", "{paid}");
    let again = bill(&shop.laci(&["bill", "pay", id(&asked)]).end());
    assert_eq!(again["state"], "success");
    let reference = asked["ref_id"].as_str().expect("a reference");
    assert_eq!((again["ref_id"].as_str(), sandbox.pays(reference)), (Some(reference), 1));
    let second = inquire(&shop, PAID);
    shop.laci(&["bill", "pay", id(&second)]).end().refused(3, "bill_second_pay");
    for field in ["customer_no", "name", "price", "admin", "selling_price", "fee", "detail"] {
        assert!(!paid[field].is_null(), "{field}: {paid}");
    }
    let listed = shop.laci(&["bill", "list"]).end().done();
    assert_eq!(listed["bills"].as_array().map(Vec::len), Some(2), "{listed}");
    shop.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_before_the_answer_is_written_down_pays_nothing_twice() {
    let (sandbox, shop) = world().await;
    for (point, number) in [("bill.sending", PAID), ("bill.answered", LATER)] {
        let asked = inquire(&shop, number);
        shop.laci(&["bill", "pay", id(&asked)]).killed_at(point).end();
        let reference = asked["ref_id"].as_str().expect("a reference");
        let sent = sandbox.pays(reference);
        let again = bill(&shop.laci(&["bill", "pay", id(&asked)]).end());
        assert_eq!(sandbox.pays(reference), sent, "{point}: nothing is sent by itself: {again}");
        let looked = bill(&shop.laci(&["bill", "check", id(&asked)]).end());
        assert!(looked["state"] != "inquired", "{point}: {looked}");
        assert!(sandbox.pays(reference) <= 1, "{point}");
    }
    shop.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_somebody_answers_for_a_payment() {
    let (sandbox, shop) = world().await;
    let before = inquire(&shop, PAID);
    let copy = tempfile::tempdir().expect("a folder");
    let file = copy.path().join("buku.laci");
    shop.laci(&["ledger", "backup", file.to_str().expect("a path")]).end().done();
    let lost = inquire(&shop, LATER);
    bill(&shop.laci(&["bill", "pay", id(&lost)]).end());
    shop.laci(&["ledger", "restore", file.to_str().expect("a path")]).end().done();

    let deposit = sandbox.balance();
    let old = shop.laci(&["bill", "pay", id(&before)]).without("LACI_PIN").end();
    old.refused(3, "bill_inquire_again");
    let asked = inquire(&shop, LATER);
    let pay = || shop.laci(&["bill", "pay", id(&asked)]).without("LACI_PIN");
    pay().end().refused(3, "pin_required");
    assert_eq!(sandbox.balance(), deposit, "nothing left");
    // The owner has looked in the provider's dashboard, and says so with the PIN.
    bill(&pay().line("person=Pemilik").line(&format!("pin={PIN}")).end());
    shop.must_be_whole();
}
