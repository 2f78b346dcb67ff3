//! Every command of the window with every role: asked of the real program, past every button that a screen hides.

use std::collections::BTreeMap;

use laci_core::{Act, PersonId, Role, Verdict, may};
use laci_tests::driver::{Outcome, Session, Trouble};
use serde_json::{Value, json};

use crate::door::{DEWI, SARI, hire, sign_in};
use crate::shop::{PIN, Shop, at, first_run};

/// The command's name and its act, as the one list has them.
fn commands() -> BTreeMap<String, Act> {
    let source = include_str!("../../src-tauri/src/commands.rs");
    let (_, list) = source.split_once("\ncommands! {\n").expect("the one list");
    let (list, _) = list.split_once("\n}\n").expect("its end");
    let line = |line: &str| {
        let (name, rest) = line.trim().split_once('(')?;
        let act = rest.trim_end_matches(';').rsplit(", ").next()?;
        let act = Act::ALL.iter().find(|known| format!("{known:?}") == act)?;
        Some((name.to_owned(), *act))
    };
    list.lines()
        .filter(|text| !text.trim().is_empty())
        .map(|text| line(text).expect(text))
        .collect()
}

/// Something that the command can read; none of it is carried out, since it is only sent where it must be refused.
fn input(name: &str) -> Value {
    let id = "0199f1c2-0000-7000-8000-000000000001";
    match name {
        "setup_finish" => {
            let shop = json!({ "name": "X", "zone": "WIB", "cut_off": "00:00" });
            json!({ "shop": shop, "own_qris": null, "pin": "000000", "passphrase": null })
        }
        "prefs_set" => {
            json!({ "lang": "id", "theme": "auto", "text_size": 100, "volume": 80, "lock_minutes": 5 })
        }
        "secrets_unlock" => json!({ "passphrase": "x" }),
        "qris_read" => json!({ "text": "x", "image_base64": null }),
        "own_qris_set" => json!({ "payload": "x" }),
        "limit_set" => json!({ "max_amount": 1 }),
        "payment_start" => json!({ "lines": [], "via": { "by": "auto" }, "order": "x" }),
        "cash_offer" => json!({ "lines": [] }),
        "cash_pay" => json!({ "lines": [], "tendered": 1, "order": "x" }),
        "payment_confirm" => json!({ "id": id, "reason": "x" }),
        "payment_show" | "payment_check" | "payment_cancel" | "payment_leave" | "practice_pay"
        | "person_remove" => json!({ "id": id }),
        "history" => json!({ "date": null, "show": "all", "search": null, "before": null }),
        "sale_show" => json!({ "sale_id": id }),
        "receipt_show" | "receipt_pdf" => json!({ "sale_id": id, "columns": 32 }),
        "gateway_add" => {
            json!({ "kind": "kropay", "name": "x", "base_url": null, "options": {}, "secrets": {} })
        }
        "charge_choices" | "gateway_check" | "gateway_remove" => json!({ "name": "x" }),
        "orders" => json!({ "status": null, "search": null, "offset": 0 }),
        "order_show" => json!({ "number": "x" }),
        "order_complete" | "order_cancel" => json!({ "number": "x", "notify": false }),
        "backup_folder_set" => json!({ "folder": "/x" }),
        "backups_find" => json!({ "folder": null }),
        "backup_look" => json!({ "file": "/x" }),
        "ledger_restore" => json!({ "file": "/x", "other": false }),
        "pin_new" => json!({ "pin": "000000", "passphrase": null }),
        "sign_in" => json!({ "person": "x", "pin": "000000" }),
        "recovery_use" => json!({ "code": "x", "pin": "000000", "passphrase": null }),
        "pin_change" => json!({ "person": "x", "old": "000000", "new": "000000" }),
        "person_set" => {
            json!({ "id": null, "name": "X", "role": "owner", "pin": "000000", "passphrase": null })
        }
        "feed" => json!({ "before": null, "notable": false }),
        "shift_open" => json!({ "float": 0 }),
        "shift_count" => json!({ "pieces": null, "total": 0, "witness": null }),
        "shift_close" | "shift_hand_over" => json!({ "reason": null }),
        "cash_in" => json!({ "amount": 1, "reason": "x", "from_owner": true }),
        "cash_out" => json!({ "amount": 1, "reason": "x" }),
        "setor" => json!({ "amount": 1, "reason": "x", "to_bank": false }),
        "drawer_open" => json!({ "reason": "x" }),
        "z_show" => json!({ "number": null }),
        "book_rules_set" => {
            json!({ "rounding_step": 1, "rounding_down": false, "merchant_class": "umi" })
        }
        "inbox" => json!({ "all": false }),
        "inbox_match" => json!({ "id": id, "sale": "x" }),
        "inbox_dismiss" => json!({ "id": id, "reason": "x" }),
        "statement_preview" | "statement_import" => {
            json!({ "name": "x.csv", "file": "" })
        }
        "listener_set" => json!({ "on": false, "lan": false, "port": 8787 }),
        "sale_refund" => json!({ "sale_id": id, "amount": 1, "transfer": false, "reason": "x" }),
        _ => json!({}),
    }
}

/// What Rust says to a command that the page itself sends.
fn said(window: &Session, name: &str, word: Value) -> Outcome<String> {
    let script = "return window.__TAURI_INTERNALS__
        .invoke(arguments[0], { input: arguments[1], word: arguments[2] })
        .then((answer) => answer.code ?? 'done', (error) => `error: ${error}`)";
    let answer = window.execute(script, &[json!(name), input(name), word])?;
    let text = answer.as_str().ok_or_else(|| Trouble::new(format!("{name} answered {answer}")))?;
    Ok(text.to_owned())
}

/// Practice has no PIN, so everything is allowed there; the shop's files are not practice's.
fn from_practice_nothing_reaches_the_shop(window: &Session) -> Outcome {
    window.execute(
        "return window.__TAURI_INTERNALS__.invoke('practice_enter', { input: {} })",
        &[],
    )?;
    let restore = said(window, "ledger_restore", Value::Null)?;
    assert_eq!(restore, "practising");
    window.execute(
        "return window.__TAURI_INTERNALS__.invoke('practice_leave', { input: {} })",
        &[],
    )?;
    assert_eq!(
        said(window, "shift_now", Value::Null)?,
        "sign_in_required",
        "whoever practised left the seat"
    );
    window.execute("location.reload()", &[])?;
    window.wait_for(&at("lock-person")).map(drop)
}

#[test]
fn no_command_does_what_its_caller_may_not() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    first_run(&window, &laci_sandbox::practice_sticker())?;
    hire(&shop, "Sari", "cashier", SARI)?;
    hire(&shop, "Dewi", "supervisor", DEWI)?;
    window.wait_for(&at("lock-person"))?;
    let (all, mut asked) = (commands(), 0);
    let (_, before) = shop.verb(&["ledger", "stats"], "")?;
    for (name, act) in &all {
        if *act != Act::Enter {
            let owner = json!({ "person": PersonId::OWNER.to_string(), "pin": PIN });
            for word in [Value::Null, owner] {
                assert_eq!(said(&window, name, word)?, "sign_in_required", "{name}, locked");
                asked += 1;
            }
        }
    }
    for (person, role, pin) in [("Sari", Role::Cashier, SARI), ("Dewi", Role::Supervisor, DEWI)] {
        sign_in(&window, person, pin)?;
        let (_, people) = shop.verb(&["people", "list"], "")?;
        let own =
            people["people"].as_array().and_then(|all| all.iter().find(|p| p["name"] == person));
        let own = json!({ "person": own.map(|p| p["id"].clone()), "pin": pin });
        for (name, act) in &all {
            if may(role, *act) != Verdict::Allowed {
                for word in [Value::Null, own.clone()] {
                    let said = said(&window, name, word)?;
                    assert_eq!(
                        said, "pin_required",
                        "{name} by {person} with no more than the own PIN"
                    );
                    asked += 1;
                }
            }
        }
        window.click(&at("nav-lock"))?;
        window.wait_for(&at("lock-person"))?;
    }
    sign_in(&window, "Sari", SARI)?;
    from_practice_nothing_reaches_the_shop(&window)?;
    sign_in(&window, "Pemilik", PIN)?;
    for (name, act) in all.iter().filter(|(_, act)| act.rule().0 == Role::Owner) {
        assert_eq!(
            said(&window, name, Value::Null)?,
            "pin_required",
            "{name} ({act:?}) by the owner without the PIN"
        );
        asked += 1;
    }
    assert!(asked > 150, "{asked} questions over {} commands", all.len());
    let (_, after) = shop.verb(&["ledger", "stats"], "")?;
    let grown = |kind: &str| {
        let count = |stats: &Value| stats["by_type"][kind].as_u64().unwrap_or(0);
        count(&after) - count(&before)
    };
    assert_eq!(grown("people"), 4, "four sign-ins, and nothing else: {after}");
    for kind in ["shift", "sale_recorded", "shop_set", "limits_set", "gateway_set", "own_qris_set"]
    {
        assert_eq!(grown(kind), 0, "{kind}");
    }
    Ok(())
}
