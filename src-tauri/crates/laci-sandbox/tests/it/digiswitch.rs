//! Digiswitch's calls, from its document and from Digiflazz's papers.

use laci_sandbox::{Fault, Operation, Sandbox, SandboxOptions, USERNAME};
use md5::{Digest, Md5};
use serde_json::{Value, json};

use crate::http::*;

fn sign(text: &str) -> String {
    let hash = Md5::digest(format!("{USERNAME}{KEY}{text}"));
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

async fn post(sandbox: &Sandbox, path: &str, signed: &str, mut body: Value) -> Reply {
    body["username"] = USERNAME.into();
    body["sign"] = sign(signed).into();
    raw(sandbox, path, &body.to_string()).await
}

async fn raw(sandbox: &Sandbox, path: &str, body: &str) -> Reply {
    let line = format!("POST /digiswitch/v1/user/api/{path}");
    ask(sandbox, &line, "Content-Type: application/json\r\n", body).await
}

/// A purchase's step; its HTTP status, code and data.
async fn step(
    sandbox: &Sandbox,
    command: &str,
    (code, number, ref_id): (&str, &str, &str),
) -> (u16, String, Value) {
    let mut body = json!({"code": code, "customer_no": number, "ref_id": ref_id});
    if !command.is_empty() {
        body["command"] = command.into();
    }
    if code == "emoney" {
        body["amount"] = 20_000.into();
    }
    let reply = post(sandbox, "transaction", ref_id, body).await;
    let data = reply.json()["data"].clone();
    (reply.status, data["rc"].as_str().unwrap().to_owned(), data)
}

async fn rc(sandbox: &Sandbox, command: &str, what: (&str, &str, &str)) -> String {
    step(sandbox, command, what).await.1
}

/// By product: a number that is paid, and what its sample answer says; then those that fail at the inquiry, at the
/// payment, and that are open until they are paid or fail.
const CASES: [(&str, [&str; 5], u64, u64); 12] = [
    (
        "pln",
        ["530000000001", "530000000003", "530000000006", "630000000001", "630000000006"],
        10_000,
        11_000,
    ),
    ("pdam", ["1013226", "1013227", "1013230", "2013226", "2013230"], 11_500, 12_500),
    (
        "hp",
        ["081234554320", "081234554321", "081234554324", "081244554320", "081244554324"],
        11_000,
        12_500,
    ),
    (
        "internet",
        ["6391601001", "6391601002", "6391601005", "7391601001", "7391601005"],
        22_500,
        24_500,
    ),
    (
        "bpjs",
        ["8801234560001", "8801234560002", "8801234560005", "9801234560001", "9801234560005"],
        24_700,
        25_000,
    ),
    (
        "multifinance",
        ["6391601201", "6391601202", "6391601205", "7391601201", "7391601205"],
        24_700,
        25_000,
    ),
    (
        "cimahi",
        [
            "329801092375999991",
            "329801092375999992",
            "329801092375999995",
            "429801092375999991",
            "429801092375999995",
        ],
        99_500,
        100_000,
    ),
    (
        "pgas",
        ["0110014601", "0110014603", "0110014605", "1110014601", "1110014605"],
        99_500,
        100_000,
    ),
    (
        "tv",
        ["127246500101", "127246500102", "127246500105", "227246500101", "227246500105"],
        99_500,
        100_000,
    ),
    (
        "plnnontaglist",
        ["3225030005921", "3225030005922", "3225030005923", "4225030005921", "4225030005923"],
        99_500,
        100_000,
    ),
    (
        "emoney",
        ["082100000001", "082100000002", "082100000003", "082110000001", "082110000003"],
        99_500,
        100_000,
    ),
    (
        "samsat",
        [
            "9658548523568701,0212502110170100",
            "9658548523568702,0212502110170100",
            "9658548523568705,0212502110170100",
            "0658548523568701,0212502110170100",
            "0658548523568705,0212502110170100",
        ],
        99_500,
        100_000,
    ),
];

#[tokio::test]
async fn every_test_number_goes_its_way() {
    let options = SandboxOptions { deposit: 2_000_000, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    for (code, numbers, price, selling_price) in CASES {
        let what = |at: usize| (code, numbers[at], numbers[at].split(',').next().unwrap());
        let before = sandbox.balance();
        let (status, _, owed) = step(&sandbox, "inq-pasca", what(0)).await;
        assert_eq!(
            (status, &owed["status"], &owed["sn"]),
            (200, &"Sukses".into(), &"".into()),
            "{code}"
        );
        assert_eq!(
            (&owed["price"], &owed["selling_price"]),
            (&price.into(), &selling_price.into()),
            "{code}"
        );
        assert_eq!(sandbox.balance(), before, "{code}: nothing was paid yet");
        let (status, _, paid) = step(&sandbox, "pay-pasca", what(0)).await;
        assert_eq!((status, &paid["desc"]), (200, &owed["desc"]), "{code}");
        assert_eq!(sandbox.balance(), before - price, "{code}");
        let (status, none, _) = step(&sandbox, "inq-pasca", what(1)).await;
        assert_eq!((status, none.as_str()), (400, "60"), "{code}");
        assert_eq!(rc(&sandbox, "inq-pasca", what(2)).await, "00", "{code}");
        let (status, failed, few) = step(&sandbox, "pay-pasca", what(2)).await;
        assert_eq!((status, failed.as_str(), few.get("price")), (400, "02", None), "{code}");
        for (at, end) in [(3, "00"), (4, "02")] {
            assert_eq!(rc(&sandbox, "inq-pasca", what(at)).await, "00", "{code}");
            let looks = ["pay-pasca", "status-pasca", "status-pasca", "status-pasca"];
            for (command, expected) in looks.into_iter().zip(["03", "03", end, end]) {
                assert_eq!(rc(&sandbox, command, what(at)).await, expected, "{code} {command}");
            }
        }
        assert_eq!(sandbox.balance(), before - 2 * price, "{code}: what failed came back");
    }
}

#[tokio::test]
async fn credit_is_bought_without_an_inquiry_and_the_same_again_is_a_look() {
    let sandbox = sandbox().await;
    let (paid, failed) = (("xld10", "087800001230", "R1"), ("xld10", "087800001232", "R2"));
    for _ in 0..3 {
        assert_eq!(rc(&sandbox, "", paid).await, "00");
    }
    assert_eq!(rc(&sandbox, "", failed).await, "02");
    assert_eq!((sandbox.balance(), sandbox.pays("R1")), (1_000_000 - 10_250, 3));
    for (number, end) in [("087800001233", "00"), ("087800001234", "02")] {
        for expected in ["03", "03", end] {
            assert_eq!(rc(&sandbox, "", ("xld10", number, number)).await, expected);
        }
    }
    assert_eq!(sandbox.balance(), 1_000_000 - 2 * 10_250);
    assert_eq!(rc(&sandbox, "", ("xld10", "087800001232", "R1")).await, "49");
    assert_eq!(rc(&sandbox, "", ("pln", "530000000001", "R3")).await, "43", "a bill is no credit");
}

#[tokio::test]
async fn every_rule_is_held_and_what_is_turned_down_takes_nothing() {
    let options = SandboxOptions { deposit: 15_000, ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let bill = ("pln", "530000000001", "R1");
    assert_eq!(rc(&sandbox, "pay-pasca", bill).await, "40", "not inquired");
    assert_eq!(rc(&sandbox, "status-pasca", bill).await, "50");
    assert_eq!(rc(&sandbox, "inq-pasca", bill).await, "00");
    assert_eq!(rc(&sandbox, "inq-pasca", bill).await, "00", "asked again");
    assert_eq!(rc(&sandbox, "status-pasca", bill).await, "50", "inquired is not paid");
    assert_eq!(rc(&sandbox, "inq-pasca", ("pln", "530000000002", "R1")).await, "49");
    assert_eq!(rc(&sandbox, "pay-pasca", ("pln", "530000000002", "R1")).await, "40");
    assert_eq!(rc(&sandbox, "inq-pasca", ("nada", "1", "R2")).await, "43");
    assert_eq!(rc(&sandbox, "inq-pasca", ("pln", "1", "R2")).await, "54");
    assert_eq!(rc(&sandbox, "beli", bill).await, "40");
    assert_eq!((sandbox.balance(), sandbox.pays("R1")), (15_000, 2));
    for _ in 0..2 {
        assert_eq!(rc(&sandbox, "pay-pasca", bill).await, "00");
    }
    assert_eq!(sandbox.balance(), 5_000, "once");
    assert_eq!(rc(&sandbox, "status-pasca", ("pdam", "1013226", "R1")).await, "50");
    let second = ("pln", "530000000002", "R3");
    assert_eq!(rc(&sandbox, "inq-pasca", second).await, "00");
    assert_eq!(rc(&sandbox, "pay-pasca", second).await, "44");
    let base = json!({"command": "inq-pasca", "code": "pln", "customer_no": "530000000001", "ref_id": "R4"});
    let mut odd = base.clone();
    odd["testing"] = "true".into();
    assert_eq!(post(&sandbox, "transaction", "R4", odd).await.json()["data"]["rc"], "40");
    let forged = post(&sandbox, "transaction", "R5", base.clone()).await.json();
    assert_eq!((&forged["data"]["rc"], &forged["data"]["ref_id"]), (&"41".into(), &"R4".into()));
    let mut stranger = base;
    stranger["username"] = "orang-lain".into();
    stranger["sign"] = sign("R4").into();
    let stranger = raw(&sandbox, "transaction", &stranger.to_string()).await;
    assert_eq!(stranger.json()["data"]["rc"], "42");
    assert_eq!(raw(&sandbox, "transaction", "bukan json").await.json()["data"]["rc"], "40");
    sandbox.know_address(false);
    assert_eq!(rc(&sandbox, "inq-pasca", bill).await, "45");
    sandbox.reset();
    assert_eq!((sandbox.balance(), sandbox.pays("R1")), (15_000, 0));
    assert_eq!(rc(&sandbox, "inq-pasca", bill).await, "00", "known again");
    let get = "GET /digiswitch/v1/user/api/transaction";
    assert_eq!(ask(&sandbox, get, "", "").await.status, 405);
}

#[tokio::test]
async fn lists_balance_ticket_and_names_are_answered() {
    let sandbox = sandbox().await;
    let list = |body: Value| async { post(&sandbox, "price-list", "pricelist", body).await.json() };
    let one = list(json!({"command": "pasca", "code": "pln"})).await;
    assert_eq!((&one["data"][0]["code"], &one["data"][1]), (&"pln".into(), &Value::Null));
    assert_eq!(one["data"][0]["price"], 10_000);
    assert_eq!(list(json!({"command": "prepaid"})).await["data"][0]["code"], "xld10");
    assert_eq!(list(json!({"command": "pasca"})).await["data"]["rc"], "83", "once in a while");
    assert_eq!(list(json!({"command": "prepaid", "code": "nada"})).await["data"], json!([]));
    assert_eq!(list(json!({"command": "semua"})).await["data"]["rc"], "40");
    let balance = post(&sandbox, "cek-saldo", "depo", json!({"cmd": "deposit"})).await;
    assert_eq!(balance.json(), json!({"data": {"deposit": 1_000_000}}));
    let asked = json!({"amount": 200_000, "bank": "BCA", "owner_name": "Toko"});
    let ticket = post(&sandbox, "deposit", "depo", asked.clone()).await.json();
    assert_eq!((&ticket["data"]["rc"], &ticket["data"]["amount"]), (&"00".into(), &200_222.into()));
    let other_word = post(&sandbox, "deposit", "deposit", asked).await.json();
    assert_eq!(other_word["data"]["rc"], "41", "a white label's word");
    assert_eq!(
        (sandbox.balance(), sandbox.calls("deposit")),
        (1_000_000, 2),
        "a ticket is no money"
    );
    let number = json!({"customer_no": "530000000001"});
    let known = post(&sandbox, "inquiry-pln", "530000000001", number).await.json();
    assert_eq!(known["data"]["name"], "NAMA PELANGGAN PERTAMA");
    let unknown = post(&sandbox, "inquiry-pln", "12", json!({"customer_no": "12"})).await.json();
    assert_eq!(unknown["data"]["rc"], "54");
}

#[tokio::test]
async fn faults_wait_for_their_own_call_and_dropped_payments_are_counted() {
    let sandbox = sandbox().await;
    let bill = ("pln", "530000000001", "R1");
    let base = format!("{}/digiswitch/v1/user/api", sandbox.url());
    assert_eq!(sandbox.base_url("digiswitch"), Some(base));
    let plan = r#"{"operation":"pay","fault":{"kind":"unknown_word"}}"#;
    assert_eq!(ask(&sandbox, "POST /sandbox/faults", "", plan).await.status, 200);
    sandbox.set_fault(Operation::Status, Fault::OtherReference, 1);
    assert_eq!(rc(&sandbox, "inq-pasca", bill).await, "00");
    let odd = step(&sandbox, "pay-pasca", bill).await.2;
    assert_eq!((&odd["status"], &odd["ref_id"]), (&"diproses".into(), &"R1".into()));
    let other = step(&sandbox, "status-pasca", bill).await.2;
    assert_eq!(other["ref_id"], "PESANAN-ORANG-LAIN");
    sandbox.set_fault(Operation::Pay, Fault::Html, 1);
    let what = json!({"command": "pay-pasca", "code": "pln", "customer_no": "1", "ref_id": "R2"});
    let page = post(&sandbox, "transaction", "R2", what).await;
    assert!(page.body.starts_with("<!doctype html>"), "{}", page.body);
    assert_eq!((sandbox.pays("R2"), sandbox.pays("R1"), sandbox.calls("pay")), (1, 1, 2));
    assert_eq!(sandbox.balance(), 990_000, "the first one only");
    assert!(sandbox.bills().is_empty(), "no bill that a customer pays by QR");
}
