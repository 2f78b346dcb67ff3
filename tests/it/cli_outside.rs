//! Money told over real sockets: a phone and callbacks reach the program, and nothing that is forged, large, slow, old or
//! repeated changes money.

use crate::cli_world::{add, own_payment, sandbox};
use laci_tests::laci::{Running, Shop, wait_until};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

/// The program that listens, and where.
struct Ear {
    running: Option<Running>,
    address: String,
}

impl Ear {
    fn of(shop: &Shop) -> Self {
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let address = format!("127.0.0.1:{port}");
        let running = Some(shop.laci(&["listen", "--address", &address]).start());
        wait_until("it listens", || TcpStream::connect(&address).is_ok());
        wait_until("it answers verbs", || shop.data().join("laci.sock").exists());
        Self { running, address }
    }

    /// What was answered, until the other side closed.
    fn said(&self, words: &[u8]) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        // Whoever is cut off reads what was said before.
        let _ = stream.write_all(words);
        let mut said = Vec::new();
        let _ = stream.read_to_end(&mut said);
        String::from_utf8_lossy(&said).into_owned()
    }

    fn post(&self, path: &str, headers: &str, body: &str) -> u16 {
        let length = body.len();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: x\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
        );
        let said = self.said(request.as_bytes());
        said.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_default()
    }

    fn relay(&self, token: &str, body: &Value) -> u16 {
        let bearer = format!("Authorization: Bearer {token}\r\n");
        self.post("/relay", &bearer, &body.to_string())
    }
}

impl Drop for Ear {
    fn drop(&mut self) {
        if let Some(running) = self.running.take() {
            running.kill();
        }
    }
}

// The phone's own clock, beside the till's.
#[expect(clippy::disallowed_methods)]
fn now_ms() -> u128 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_millis()
}

fn came(payment: &Value) -> Value {
    let text = format!("Pembayaran Rp {} diterima", payment["total"]);
    let at = i64::try_from(now_ms()).unwrap();
    json!({ "at": at, "text": text, "app": "merchant" })
}

fn state(shop: &Shop, payment: &Value) -> String {
    let shown = shop.laci(&["payment", "show", payment["id"].as_str().unwrap()]).end().payment();
    shown["state"].as_str().unwrap().to_owned()
}

fn token(shop: &Shop) -> String {
    let made = shop.laci(&["relay", "token"]).end().done();
    assert_eq!(made["address"], "http://127.0.0.1:8787/relay");
    made["token"].as_str().unwrap().to_owned()
}

#[test]
fn a_phone_turns_an_offline_sale_paid_and_its_token_lies_nowhere() {
    let shop = Shop::set_up();
    let token = token(&shop);
    let ear = Ear::of(&shop);
    let payment = own_payment(&shop, "50000");
    let notice = came(&payment);
    for bearer in ["", "x", &token[1..]] {
        assert_eq!(ear.relay(bearer, &notice), 401, "{bearer}");
    }
    assert_eq!(state(&shop, &payment), "unverified");
    for _ in 0..3 {
        assert_eq!(ear.relay(&token, &notice), 200);
    }
    assert_eq!(state(&shop, &payment), "paid");
    wait_until("its receipt is printed", || !shop.receipts().is_empty());
    assert_eq!(shop.entries()["sale_covered"], 1);
    let command = std::fs::read(format!("/proc/{}/cmdline", ear.running.as_ref().unwrap().id()));
    assert!(!String::from_utf8_lossy(&command.unwrap()).contains(&token));
    drop(ear);
    for path in laci_tests::laci::Files::of(shop.path()).names() {
        let Ok(bytes) = std::fs::read(shop.path().join(&path)) else { continue };
        let held = bytes.windows(token.len()).any(|part| part == token.as_bytes());
        assert!(!held, "{path} holds the token");
    }
    shop.must_be_whole();
}

#[tokio::test(flavor = "multi_thread")]
async fn callbacks_move_no_money_by_themselves() {
    let sandbox = sandbox().await;
    let shop = Shop::with_gateway(&sandbox.url());
    add(&shop, &sandbox, "bayargg", &[]);
    let bill = shop.laci(&["charge", "--amount", "20000", "--gateway", "kropay"]).end().payment();
    let reference = bill["gateway_id"].as_str().unwrap().to_owned();
    let ear = Ear::of(&shop);
    let told = json!({ "reference": reference, "status": "paid", "total_amount": bill["total"] });
    ear.post("/callback/kropay", "", &told.to_string());
    assert_ne!(state(&shop, &bill), "paid", "a callback's word alone");
    let forged = json!({ "invoice_id": "PAY-1", "status": "paid", "final_amount": 20_000 });
    let signed = "X-Webhook-Signature: 00\r\nX-Webhook-Timestamp: 1795000000\r\n";
    assert_eq!(ear.post("/callback/bayargg", signed, &forged.to_string()), 401);
    assert_eq!(ear.post("/callback/lain", "", "{}"), 404);
    sandbox.pay(&reference).unwrap();
    let end = Instant::now() + Duration::from_secs(30);
    while ear.post("/callback/kropay", "", &told.to_string()) != 200 {
        assert!(Instant::now() < end, "the gateway's own status says it");
        std::thread::sleep(Duration::from_millis(500));
    }
    assert_eq!(state(&shop, &bill), "paid");
    let covered = shop.entries();
    for _ in 0..3 {
        assert_eq!(ear.post("/callback/kropay", "", &told.to_string()), 200);
    }
    assert_eq!(shop.entries()["evidence_added"], covered["evidence_added"]);
    assert_eq!(covered["sale_covered"], 1);
}

#[test]
fn what_is_too_large_or_too_slow_is_cut_and_selling_goes_on() {
    let shop = Shop::set_up();
    let token = token(&shop);
    let ear = Ear::of(&shop);
    let payment = own_payment(&shop, "50000");
    let mut large = came(&payment);
    large["title"] = "x".repeat(70_000).into();
    assert!([0, 413].contains(&ear.relay(&token, &large)));
    let begun = Instant::now();
    let slow = format!(
        "POST /relay HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Length: 9\r\n\r\n{{"
    );
    let said = ear.said(slow.as_bytes());
    assert!(!said.starts_with("HTTP/1.1 2"), "{said}");
    assert!(begun.elapsed() < Duration::from_secs(9), "{:?}", begun.elapsed());
    let crowd: Vec<_> = (0..40).map(|_| TcpStream::connect(&ear.address).unwrap()).collect();
    assert_eq!(state(&shop, &payment), "unverified");
    own_payment(&shop, "12000");
    drop(crowd);
    wait_until("places come back", || ear.relay(&token, &came(&payment)) == 200);
    assert_eq!(state(&shop, &payment), "paid");
}

#[test]
fn an_inbox_is_seen_matched_and_dismissed_by_verbs() {
    let shop = Shop::set_up();
    let payment = own_payment(&shop, "50000");
    let file = shop.path().join("mutasi.csv");
    std::fs::write(&file, "Hari,Masuk\n2026-11-01,50.000\n2026-11-01,77.000\n").unwrap();
    let import = |more: &[&str]| {
        let mut asked = vec!["statement", "import", file.to_str().unwrap()];
        asked.extend(more);
        shop.laci(&asked).end()
    };
    import(&[]).refused(3, "statement_columns");
    import(&["--map", "date=Hari"]).refused(3, "statement_columns");
    let map = ["--map", "date=Hari,amount=2"];
    let look = import(&[map[0], map[1], "--preview"]).done();
    assert_eq!(look["statement"]["rows"][0]["fate"], "inbox");
    let done = import(&map).done();
    assert_eq!(done["statement"]["inbox"], 2);
    assert_eq!(import(&[]).done()["statement"]["before"], 2, "and the columns are known now");
    let list = shop.laci(&["inbox", "list"]).end().done();
    assert_eq!((&list["waiting"], &list["amount"]), (&2.into(), &127_000.into()));
    let items = list["items"].as_array().unwrap();
    let id = |amount: i64| {
        let item = items.iter().find(|item| item["amount"] == amount).unwrap();
        item["id"].as_str().unwrap().to_owned()
    };
    let number = payment["sale_number"].as_str().unwrap();
    let paid = shop.laci(&["inbox", "match", &id(50_000), number]).end().payment();
    assert_eq!((&paid["id"], &paid["state"]), (&payment["id"], &"paid".into()));
    shop.laci(&["inbox", "match", &id(77_000), number]).end().refused(3, "sale_covered");
    let dismiss = ["inbox", "dismiss", &id(77_000), "--reason", "bukan penjualan"];
    assert_eq!(shop.laci(&dismiss).end().done()["waiting"], 0);
    shop.must_be_whole();
}

#[test]
fn nothing_listens_unless_it_is_asked_to() {
    let shop = Shop::set_up();
    shop.laci(&["listen", "--address", "x"]).end().refused(3, "listen_address");
    shop.laci(&["listen"]).without("LACI_PIN").end().refused(3, "pin_required");
    let ear = Ear::of(&shop);
    shop.laci(&["listen", "--address", "127.0.0.1:0"]).end().refused(3, "listen_in_window");
    drop(ear);
}
