//! Bills and top-ups by `gateway call`: what spends the deposit leaves once, is written down first, and is never sent again
//! by the same name while it may have worked.

use laci_sandbox::{Fault, Operation, Sandbox};
use laci_tests::laci::{Answer, PIN, Shop};

use crate::cli_world::{add, sandbox};

async fn world() -> (Sandbox, Shop) {
    let sandbox = sandbox().await;
    let shop = Shop::set_up();
    add(&shop, &sandbox, "digiswitch", &["timeout_ms=700"]);
    (sandbox, shop)
}

/// PLN's test number that is paid at once.
const SOUND: [&str; 2] = ["code=pln", "customer_no=530000000001"];

fn call(shop: &Shop, operation: &str, params: &[&str]) -> Answer {
    let mut asked = vec!["gateway", "call", "digiswitch", operation];
    for param in params {
        asked.extend(["--param", param]);
    }
    shop.laci(&asked).end()
}

fn of(reference: &str) -> Vec<String> {
    let named = format!("ref_id={reference}");
    SOUND.iter().map(|text| (*text).to_owned()).chain([named]).collect()
}

fn bill(shop: &Shop, operation: &str, reference: &str) -> Answer {
    let params = of(reference);
    call(shop, operation, &params.iter().map(String::as_str).collect::<Vec<_>>())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bill_is_inquired_paid_once_and_looked_at() {
    let (sandbox, shop) = world().await;
    let before = sandbox.balance();
    let inquired = bill(&shop, "inquiry", "REF-1").done();
    assert_eq!(inquired["answer"]["data"]["rc"], "00", "{inquired}");
    assert_eq!(sandbox.balance(), before, "an inquiry moves nothing");
    let paid = bill(&shop, "pay", "REF-1").done();
    assert_eq!(
        (&paid["outcome"], &paid["answer"]["data"]["status"]),
        (&"done".into(), &"Sukses".into())
    );
    let price = paid["answer"]["data"]["price"].as_u64().unwrap();
    assert_eq!(sandbox.balance(), before - price);
    bill(&shop, "pay", "REF-1").refused(3, "already_sent");
    assert_eq!((sandbox.pays("REF-1"), sandbox.balance()), (1, before - price), "nothing left");
    let status = bill(&shop, "status", "REF-1").done();
    assert_eq!(status["answer"]["data"]["status"], "Sukses");
    for (operation, params) in [
        ("price_list", &["command=pasca"][..]),
        ("balance", &[]),
        ("deposit", &["amount=200000", "bank=BCA", "owner_name=Toko"]),
    ] {
        let done = call(&shop, operation, params).done();
        assert!(
            done["answer"]["data"].is_object() || done["answer"]["data"].is_array(),
            "{operation}: {done}"
        );
    }
    let entries = shop.entries();
    assert_eq!(
        entries.get("gateway_call"),
        Some(&6),
        "inquiry, pay and deposit, each with its end"
    );
    shop.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_have_been_paid_is_never_paid_again() {
    let (sandbox, shop) = world().await;
    for (nth, fault) in [
        Fault::CommitThenHang,
        Fault::CommitThenReset,
        Fault::CommitThenError,
        Fault::Truncated,
        Fault::Html,
        Fault::ResetFirst,
    ]
    .into_iter()
    .enumerate()
    {
        let reference = format!("REF-{nth}");
        bill(&shop, "inquiry", &reference).done();
        sandbox.set_fault(Operation::Pay, fault, 1);
        let answer = bill(&shop, "pay", &reference);
        assert_eq!(answer.exit, Some(4), "{fault:?}: money may have moved: {}", answer.stdout);
        assert_eq!(sandbox.pays(&reference), 1, "{fault:?}: sent once");
        bill(&shop, "pay", &reference).refused(3, "already_sent");
        assert_eq!(sandbox.pays(&reference), 1, "{fault:?}");
    }
    shop.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_before_the_answer_leaves_it_written_down() {
    let (sandbox, shop) = world().await;
    bill(&shop, "inquiry", "REF-K").done();
    let params = of("REF-K");
    let mut asked = vec!["gateway", "call", "digiswitch", "pay"];
    for param in &params {
        asked.extend(["--param", param]);
    }
    let killed = shop.laci(&asked).killed_at("call.sending").end();
    assert_eq!(killed.exit, None, "{killed:?}");
    assert_eq!(sandbox.pays("REF-K"), 0, "killed before its first byte");
    // Nobody can know that it was before its first byte: a look says what it came to.
    bill(&shop, "pay", "REF-K").refused(3, "already_sent");
    shop.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_definite_no_lets_the_same_be_asked_again_and_pins_guard_the_deposit() {
    let (sandbox, shop) = world().await;
    let short = call(&shop, "topup", &["code=xld10", "customer_no=087800001232", "ref_id=REF-T"]);
    short.refused(5, "refused");
    assert_eq!(sandbox.pays("REF-T"), 1);
    let params = ["gateway", "call", "digiswitch", "deposit", "--param", "amount=200000"];
    shop.laci(&params).without("LACI_PIN").end().refused(3, "pin_required");
    shop.laci(&params)
        .without("LACI_PIN")
        .line(&format!("pin={PIN}"))
        .end()
        .refused(3, "param_missing");
    let feed = shop.laci(&["feed"]).end().done();
    assert!(feed.to_string().contains("gateway_called"), "the owner sees it: {feed}");
}
