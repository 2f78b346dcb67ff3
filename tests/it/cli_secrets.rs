//! A secret stands nowhere in plain text: not in the data folder, a log, an answer, an error or the process list.

use base64::Engine;
use laci_sandbox::{Fault, Operation, Sandbox, SandboxOptions};
use laci_tests::laci::{Answer, Files, PIN, Shop, wait_until};

use crate::cli_world::KINDS;

const CANARY: &str = "kenari-3f9c1b7e-rahasia-gateway";
const PASSPHRASE: &str = "frasa burung kenari kuning";

/// A secret, and the forms in which it could stand somewhere.
fn forms(secret: &str) -> Vec<String> {
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let base64 = base64::engine::general_purpose::STANDARD_NO_PAD.encode(secret);
    let reversed: String = secret.chars().rev().collect();
    vec![secret.to_owned(), hex, base64, reversed]
}

fn must_not_hold(place: &str, bytes: &[u8]) {
    let holds = |form: &str| bytes.windows(form.len()).any(|window| window == form.as_bytes());
    for secret in [CANARY, PASSPHRASE] {
        for form in forms(secret) {
            assert!(!holds(&form), "{place} holds '{form}'");
        }
    }
    for around in [format!("\"{PIN}\""), format!("={PIN}"), format!(" {PIN} ")] {
        assert!(!holds(&around), "{place} holds the PIN");
    }
}

fn must_be_silent(answer: &Answer) {
    must_not_hold(&format!("the answer to {}", answer.asked), answer.stdout.as_bytes());
    must_not_hold(&format!("stderr of {}", answer.asked), answer.stderr.as_bytes());
}

fn shop_of_the_canary(sandbox: &Sandbox) -> Shop {
    let shop = Shop::empty();
    let pin = format!("pin={PIN}");
    let answers = [
        shop.laci(&["init", "--shop", "Toko Kenari", "--owner-pin"])
            .variable("LACI_PASSPHRASE", PASSPHRASE)
            .line(&pin)
            .end(),
        shop.laci(&[
            "gateway",
            "add",
            "kropay",
            "--name",
            "kropay",
            "--base-url",
            &sandbox.url(),
            "--option",
            "min_recheck_ms=0",
            "--secrets",
        ])
        .variable("LACI_PASSPHRASE", PASSPHRASE)
        .without("LACI_PIN")
        .line(&format!("api_key={CANARY}"))
        .line(&pin)
        .end(),
    ];
    for answer in &answers {
        answer.done();
        must_be_silent(answer);
    }
    shop
}

#[tokio::test(flavor = "multi_thread")]
async fn the_canary_is_seen_nowhere() {
    let options = SandboxOptions { api_key: CANARY.to_owned(), ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let shop = shop_of_the_canary(&sandbox);
    let verb = |asked: &[&str]| shop.laci(asked).variable("LACI_PASSPHRASE", PASSPHRASE);
    let asked = ["charge", "--amount", "10000", "--gateway", "kropay"];
    verb(&asked).end().done();
    for fault in [Fault::Html, Fault::Status { status: 401 }, Fault::Notice, Fault::RedirectAway] {
        sandbox.set_fault(Operation::Create, fault, 1);
        must_be_silent(&verb(&asked).end());
    }
    for other in [
        &["gateway", "list"][..],
        &["gateway", "check", "kropay"],
        &["payment", "list"],
        &["sync"],
        &["ledger", "verify"],
        &["ledger", "stats"],
        &["gateway", "list", "--secrets"],
    ] {
        must_be_silent(&verb(other).end());
    }
    let waits: Vec<&str> = asked.into_iter().chain(["--wait", "60"]).collect();
    let bills = sandbox.bills().len();
    let running = verb(&waits).start();
    wait_until("it waits", || sandbox.bills().len() > bills && sandbox.bills()[0].polls > 0);
    let command_line = std::fs::read(format!("/proc/{}/cmdline", running.id())).unwrap();
    assert!(command_line.starts_with(b"/"), "the process list is readable");
    must_not_hold("the process list", &command_line);
    must_be_silent(&running.kill());
    let files = Files::of(shop.path());
    for wanted in ["laci.db", "secrets.json", "laci.log"] {
        assert!(
            files.names().iter().any(|name| name == wanted),
            "{wanted} is there to be searched"
        );
    }
    for (path, bytes) in &files.0 {
        must_not_hold(&path.display().to_string(), bytes);
    }
}

/// The same over every kind of gateway and every call of its table, with the faults that answer with what was sent.
#[tokio::test(flavor = "multi_thread")]
async fn no_gateways_canary_is_seen_anywhere() {
    let options = SandboxOptions { api_key: CANARY.to_owned(), ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let shop = shop_of_the_canary(&sandbox);
    let pin = format!("pin={PIN}");
    let verb = |asked: &[&str]| shop.laci(asked).variable("LACI_PASSPHRASE", PASSPHRASE);
    for (kind, own) in KINDS {
        let url = sandbox.base_url(kind).expect("it is played");
        let mut asked = vec!["gateway", "add", kind, "--name", kind, "--base-url", &url];
        for option in own.iter().chain(&["min_recheck_ms=0"]) {
            asked.extend(["--option", option]);
        }
        asked.push("--secrets");
        let add = verb(&asked).without("LACI_PIN").line(&format!("api_key={CANARY}"));
        // Another secret of the same gateway, where its document has one.
        let hook = format!("webhook_secret={CANARY}");
        let add = if kind == "bayargg" { add.line(&hook) } else { add };
        let added = add.line(&pin).end();
        added.done();
        must_be_silent(&added);
        must_be_silent(&verb(&["gateway", "check", kind]).end());
        let listed = verb(&["gateway", "ops", kind]).end();
        must_be_silent(&listed);
        for operation in listed.done()["operations"].as_array().unwrap() {
            let name = operation["name"].as_str().unwrap();
            for fault in [None, Some(Fault::Echo)] {
                for place in [Operation::Create, Operation::Status, Operation::Call, Operation::Pay]
                {
                    fault.iter().for_each(|fault| {
                        sandbox.set_fault(place, *fault, 1);
                    });
                }
                must_be_silent(&verb(&call_of(kind, name, operation)).end());
                sandbox.clear_faults();
            }
        }
    }
    for (path, bytes) in &Files::of(shop.path()).0 {
        must_not_hold(&path.display().to_string(), bytes);
    }
}

/// A call with a value in each required field.
fn call_of<'a>(kind: &'a str, name: &'a str, operation: &serde_json::Value) -> Vec<&'a str> {
    let mut asked = vec!["gateway", "call", kind, name];
    for field in operation["fields"].as_array().unwrap() {
        let param = match field["name"].as_str().unwrap() {
            "amount" => "amount=50000",
            "code" => "code=pln",
            "customer_no" => "customer_no=530000000001",
            "ref_id" => "ref_id=REF-KENARI",
            "invoice" => "invoice=X",
            "reference" => "reference=X",
            "order_id" => "order_id=X",
            "order_number" => "order_number=WA260329-A1B2",
            "command" => "command=pasca",
            "nominal" => "nominal=1000",
            "bank" => "bank=BCA",
            "owner_name" => "owner_name=Toko",
            _ => continue,
        };
        if field["required"] == true {
            asked.extend(["--param", param]);
        }
    }
    asked
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_passphrase_no_key_can_be_used() {
    let options = SandboxOptions { api_key: CANARY.to_owned(), ..SandboxOptions::default() };
    let sandbox = Sandbox::start(options).await.unwrap();
    let shop = shop_of_the_canary(&sandbox);
    let asked = ["charge", "--amount", "10000", "--gateway", "kropay"];
    let wrong = shop.laci(&asked).variable("LACI_PASSPHRASE", "frasa yang salah").end();
    wrong.refused(3, "secrets_locked");
    shop.laci(&asked).without("LACI_PASSPHRASE").end().refused(3, "secrets_locked");
    let verify = shop.laci(&["ledger", "verify"]).variable("LACI_PASSPHRASE", "frasa yang salah");
    verify.end().done();
    assert!(sandbox.bills().is_empty(), "nothing was asked");
    shop.laci(&["payment", "list"]).without("LACI_PASSPHRASE").end().done();
    let empty = Shop::empty();
    let init = ["init", "--shop", "Toko", "--owner-pin"];
    let pin = format!("pin={PIN}");
    empty.laci(&init).without("LACI_PASSPHRASE").line(&pin).end().refused(3, "passphrase_required");
    let short = empty.laci(&init).variable("LACI_PASSPHRASE", "pendek").line(&pin).end();
    short.refused(3, "passphrase_short");
    empty.laci(&init).line(&pin).end().done();
}

/// The shop's own QRIS needs no secret, so nothing that is wrong with the secrets may stop a sale.
#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_wrong_with_the_secrets_the_own_qris_works() {
    let sandbox = Sandbox::start(SandboxOptions::default()).await.unwrap();
    let shop = Shop::with_gateway(&sandbox.url());
    let own = ["charge", "--amount", "10000", "--own-qris"];
    let auto = ["charge", "--amount", "10000", "--auto"];
    for asked in [&own[..], &auto] {
        let wrong = shop.laci(asked).variable("LACI_PASSPHRASE", "frasa yang salah").end();
        assert_eq!(wrong.payment()["state"], "unverified", "{asked:?}");
    }
    let sealed = shop.data().join("secrets.json");
    for broken in ["", "{", "{\"version\":1}", "null"] {
        std::fs::write(&sealed, broken).unwrap();
        for asked in [&own[..], &auto] {
            let payment = shop.laci(asked).end().payment();
            assert_eq!(payment["own_qris"], true, "secrets.json is {broken:?}: {payment}");
        }
        let charge = ["charge", "--amount", "10000", "--gateway", "kropay"];
        let error = shop.laci(&charge).end().refused(3, "secrets_locked");
        assert!(error["message"].as_str().is_some_and(|text| text.len() > 20), "{error}");
        assert_eq!(std::fs::read_to_string(&sealed).unwrap(), broken, "and it is left as it was");
    }
    assert!(sandbox.bills().is_empty(), "no gateway was asked");
    shop.must_be_whole();
}

#[cfg(unix)]
#[test]
fn the_folder_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    let shop = Shop::empty();
    shop.laci(&["init", "--shop", "Toko", "--owner-pin"]).line(&format!("pin={PIN}")).end().done();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&shop.data()), 0o700, "others may not enter");
    assert_eq!(mode(&shop.data().join("secrets.json")), 0o600, "nor read the sealed file");
}
