//! Every verb with every role: what a PIN opens, and what none does.

use laci_tests::laci::Shop;

const SARI: &str = "246810";
const DEWI: &str = "135791";

/// An address at which nothing answers.
const NOBODY: &str = "http://127.0.0.1:9";

/// A verb, and the lowest role whose PIN alone opens it; none where it needs no PIN.
type Case = (&'static [&'static str], Option<&'static str>);

/// Each with arguments that the rules behind the gate refuse or that change nothing, so that nothing depends on order.
const VERBS: [Case; 65] = [
    (&["init", "--shop", "Lain"], None),
    (&["qris", "inspect", "x"], None),
    (&["qris", "dynamic", "x", "--amount", "1"], None),
    (&["qris", "own", "x"], Some("owner")),
    (&["gateway", "kinds"], None),
    (&["gateway", "list"], None),
    (&["gateway", "add", "kropay", "--name", "Z!"], Some("owner")),
    (&["gateway", "check", "tidak-ada"], None),
    (&["gateway", "remove", "tidak-ada"], Some("owner")),
    (&["gateway", "ops", "tidak-ada"], None),
    (&["gateway", "call", "tidak-ada", "status"], None),
    (&["gateway", "call", "ppob", "deposit"], Some("owner")),
    (&["gateway", "call", "bayar", "wa_complete"], Some("supervisor")),
    (&["wa", "orders"], None),
    (&["wa", "complete", "X"], None),
    (&["wa", "complete", "X", "--status", "cancelled"], Some("supervisor")),
    (&["charge", "--amount", "0", "--own-qris"], None),
    (&["charge", "--amount", "0", "--cash", "0"], None),
    (&["payment", "list"], None),
    (&["payment", "show", "x"], None),
    (&["payment", "check", "x"], None),
    (&["payment", "cancel", "x"], None),
    (&["payment", "confirm", "x", "--reason", "y"], Some("owner")),
    (&["payment", "resolve", "x", "--action", "abandon"], Some("owner")),
    (&["bill", "products", "--gateway", "tidak-ada"], None),
    (&["bill", "inquire", "--gateway", "x", "--code", "x", "--customer-no", "1"], None),
    (&["bill", "pay", "x"], None),
    (&["bill", "check", "x"], None),
    (&["bill", "show", "x"], None),
    (&["bill", "list"], None),
    (&["bill", "resolve", "x", "--action", "paid"], Some("owner")),
    (&["bill", "refund", "x", "--reason", "y"], Some("owner")),
    (&["sync"], None),
    (&["receipt", "A01-9999"], None),
    (&["receipt", "A01-9999", "--copy"], None),
    (&["shift", "open", "--float", "-1"], None),
    (&["shift", "close", "--counted", "-1"], None),
    (&["shift", "x"], Some("supervisor")),
    (&["shift", "z"], None),
    (&["shift", "list"], None),
    (&["shift", "in", "--amount", "0", "--reason", "x"], None),
    (&["shift", "out", "--amount", "0", "--reason", "x"], Some("supervisor")),
    (&["shift", "setor", "--amount", "0", "--reason", "x"], Some("supervisor")),
    (&["shift", "drawer", "--reason", " "], Some("supervisor")),
    (&["report", "--date", "x"], None),
    (&["people", "list"], None),
    (&["people", "add", "--name", ""], Some("owner")),
    (&["people", "remove", "tidak-ada"], Some("owner")),
    (&["feed"], None),
    (&["ledger", "rebuild"], Some("owner")),
    (&["ledger", "export", "."], Some("owner")),
    (&["ledger", "restore", "tidak-ada"], Some("owner")),
    (&["ledger", "backup", "/tidak/ada/berkas"], None),
    (&["ledger", "verify"], None),
    (&["ledger", "stats"], None),
    (&["people", "pin", "Sari"], Some("owner")),
    (&["qris", "draw", "x", "--out", "x.svg"], None),
    (&["sync", "--until-idle", "1"], None),
    (&["inbox", "list"], None),
    (&["inbox", "match", "x", "y"], Some("owner")),
    (&["inbox", "dismiss", "x", "--reason", "y"], Some("owner")),
    (&["statement", "import", "tidak-ada"], Some("owner")),
    (&["statement", "import", "tidak-ada", "--preview"], Some("owner")),
    (&["relay", "token"], Some("owner")),
    (&["listen", "--address", "x"], Some("owner")),
];

#[test]
fn every_verb_asks_for_the_pin_that_its_act_needs() {
    let shop = Shop::set_up();
    for (name, role, pin) in [("Sari", "cashier", SARI), ("Dewi", "supervisor", DEWI)] {
        let add = ["people", "add", "--name", name, "--role", role];
        shop.laci(&add).line(&format!("new_pin={pin}")).end().done();
    }
    shop.add_kind("digiswitch", "ppob", NOBODY, &["username=u"], laci_tests::laci::KEY);
    shop.add_kind("bayargg", "bayar", NOBODY, &[], laci_tests::laci::KEY);
    let ranks = ["cashier", "supervisor", "owner"];
    let rank = |role: &str| ranks.iter().position(|known| *known == role).unwrap();
    for (asked, least) in VERBS {
        // Where no secret can be opened no PIN can be looked at either, so this also shows which verbs look.
        let bare = code(&shop.laci(asked).without("LACI_PIN").end().json()["error"]);
        match least {
            Some(_) => assert_eq!(bare, "pin_required", "{asked:?} without a PIN"),
            None => assert!(!bare.starts_with("pin_"), "{asked:?} needs none, and said {bare}"),
        }
        let Some(least) = least else { continue };
        for (name, role, pin) in [
            ("Sari", "cashier", SARI),
            ("Dewi", "supervisor", DEWI),
            ("Pemilik", "owner", laci_tests::laci::PIN),
        ] {
            let verb = shop.laci(asked).without("LACI_PIN");
            let verb = verb.line(&format!("person={name}")).line(&format!("pin={pin}"));
            let said = code(&verb.line("new_pin=1").end().json()["error"]);
            let through = rank(role) >= rank(least);
            assert_eq!(said != "pin_required", through, "{asked:?} by {name} said {said}");
        }
    }
}

fn code(error: &serde_json::Value) -> String {
    error["code"].as_str().unwrap_or("done").to_owned()
}
