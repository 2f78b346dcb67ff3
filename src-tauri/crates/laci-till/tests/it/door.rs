//! Who may do what: sign-in, roles, approvals, recovery codes, and what a stolen file gives away.

use laci_till::wire::{FeedAsk, PersonEdit};
use laci_till::{Act, Asker, By, Role, Verdict, Word, may};

use crate::guarded::{Guarded, PHRASE, RIGHT, WRONG, open};

const SARI: &str = "246810";
const DEWI: &str = "135791";

/// A shop with an owner, the supervisor Dewi and the cashier Sari.
fn staffed() -> Guarded {
    let shop = Guarded::shop();
    shop.hire("Dewi", "supervisor", DEWI);
    shop.hire("Sari", "cashier", SARI);
    shop
}

fn code<T>(answer: laci_till::Result<T>) -> String {
    answer.map_or_else(|error| error.code().to_owned(), |_| "done".to_owned())
}

#[test]
fn a_shop_of_one_asks_nobody_and_a_shop_of_three_asks_who_is_there() {
    let shop = Guarded::shop();
    assert!(!shop.till.door().unwrap().locked);
    assert_eq!(code(shop.at_window(Act::Sell, None)), "done");
    assert_eq!(code(shop.at_window(Act::CashOut, None)), "pin_required");
    assert_eq!(code(shop.at_window(Act::Settings, None)), "pin_required");
    let shop = staffed();
    assert!(shop.till.door().unwrap().locked);
    for act in Act::ALL {
        let wanted = if *act == Act::Enter { "done" } else { "sign_in_required" };
        assert_eq!(code(shop.at_window(*act, None)), wanted, "{act:?}");
        let with_pin = code(shop.at_window(*act, Some(("Pemilik", RIGHT))));
        assert_eq!(with_pin, wanted, "{act:?}: a PIN beside a command signs nobody in");
    }
}

/// Every act with every role at the window, alone and with every other role's PIN, against the table of the rules.
#[test]
fn every_act_and_role_is_judged_as_the_table_says() {
    let shop = staffed();
    let people = [
        ("Sari", Role::Cashier, SARI),
        ("Dewi", Role::Supervisor, DEWI),
        ("Pemilik", Role::Owner, RIGHT),
    ];
    for (name, role, pin) in people {
        shop.till.sign_in(name, pin).unwrap();
        for act in Act::ALL {
            let alone = may(role, *act) == Verdict::Allowed;
            let needs_pin = act.rule().0 == Role::Owner;
            let wanted = if alone && !needs_pin { "done" } else { "pin_required" };
            assert_eq!(code(shop.at_window(*act, None)), wanted, "{name} alone: {act:?}");
        }
        for act in Act::ALL {
            let alone = may(role, *act) == Verdict::Allowed;
            let own = code(shop.at_window(*act, Some((name, pin))));
            assert_eq!(
                own,
                if alone { "done" } else { "pin_required" },
                "{name}, own PIN: {act:?}"
            );
            for (other, other_role, other_pin) in people.iter().filter(|(other, ..)| *other != name)
            {
                let said = code(shop.at_window(*act, Some((other, other_pin))));
                let enough = alone || *other_role >= act.rule().0;
                let wanted = if enough { "done" } else { "role_too_low" };
                assert_eq!(said, wanted, "{name} with {other}'s PIN: {act:?}");
            }
        }
    }
}

/// The command line: nobody is signed in, a PIN says who does it.
#[test]
fn verbs_without_a_pin_sell_and_read_and_with_one_do_what_its_role_may() {
    let shop = staffed();
    shop.till.sign_in("Pemilik", RIGHT).unwrap();
    for act in Act::ALL {
        let reads = act.only_reads() && *act != Act::XReport;
        let alone = may(Role::Cashier, *act) == Verdict::Allowed || reads;
        let wanted = if alone { "done" } else { "pin_required" };
        assert_eq!(
            code(shop.till.allow(Asker::Verb, *act, None)),
            wanted,
            "{act:?}: the window's session is not the verb's"
        );
        for (name, role, pin) in [
            ("Sari", Role::Cashier, SARI),
            ("Dewi", Role::Supervisor, DEWI),
            ("Pemilik", Role::Owner, RIGHT),
        ] {
            let word = Word { person: Some(name.to_owned()), pin: pin.to_owned() };
            let said = code(shop.till.allow(Asker::Verb, *act, Some(&word)));
            let wanted = if may(role, *act) == Verdict::Allowed { "done" } else { "pin_required" };
            assert_eq!(said, wanted, "{act:?} by {name}");
        }
    }
}

#[test]
fn who_did_it_and_who_allowed_it_stand_in_the_log() {
    let shop = staffed();
    shop.till.sign_in("Sari", SARI).unwrap();
    let by = shop.at_window(Act::OpenShift, None).unwrap();
    shop.till.shift_open(by, 100_000).unwrap();
    let by = shop.at_window(Act::CashOut, Some(("Dewi", DEWI))).unwrap();
    let movement = laci_till::CashMovement {
        kind: laci_till::CashMove::Out,
        amount: 5_000,
        reason: "parkir".to_owned(),
    };
    shop.till.cash_move(by, &movement).unwrap();
    let feed = shop.till.feed(&FeedAsk { before: None, notable: false }).unwrap();
    let moved = &feed.items[0];
    assert_eq!((moved.kind.as_str(), moved.who.as_str()), ("cash_moved", "Sari"));
    assert_eq!(moved.approver.as_deref(), Some("Dewi"));
    assert_eq!(moved.reason.as_deref(), Some("parkir"));
}

#[test]
fn wrong_pins_lock_one_person_out_and_are_seen() {
    let shop = staffed();
    for _ in 0..5 {
        assert_eq!(code(shop.till.sign_in("Sari", WRONG)), "pin_wrong");
    }
    assert_eq!(code(shop.till.sign_in("Sari", SARI)), "pin_locked");
    assert_eq!(code(shop.till.sign_in("Dewi", DEWI)), "done", "nobody locks out another");
    let shop = shop.restarted();
    assert_eq!(code(shop.till.sign_in("Sari", SARI)), "pin_locked", "a restart forgives nothing");
    shop.hands.wall_ms.fetch_add(365 * 86_400_000, std::sync::atomic::Ordering::SeqCst);
    assert_eq!(code(shop.till.sign_in("Sari", SARI)), "pin_locked", "nor does the wall clock");
    shop.pass(30);
    assert_eq!(code(shop.till.sign_in("Sari", SARI)), "done");
    let feed = shop.till.feed(&FeedAsk { before: None, notable: true }).unwrap();
    let failed = feed.items.iter().filter(|item| item.kind == "pin_failed").count();
    assert_eq!(failed, 5, "what was not looked at is no failure");
}

#[test]
fn locking_asks_even_a_shop_of_one_and_needs_a_pin_to_open_it_again() {
    let shop = Guarded::shop();
    shop.till.lock().unwrap();
    assert_eq!(code(shop.at_window(Act::Sell, None)), "sign_in_required");
    shop.till.sign_in("Pemilik", RIGHT).unwrap();
    assert_eq!(code(shop.at_window(Act::CashOut, None)), "done", "the owner sits there now");
    assert_eq!(code(shop.at_window(Act::Settings, None)), "pin_required");
}

#[test]
fn the_last_owner_stays_and_names_are_told_apart() {
    let shop = staffed();
    let by = shop.owners(Act::People);
    let people = shop.till.people().unwrap();
    let owner = people.iter().find(|person| person.role == "owner").unwrap();
    assert_eq!(code(shop.till.person_remove(by, &owner.id)), "last_owner");
    let edit = |id: Option<&str>, name: &str, role: &str, pin: Option<&str>| PersonEdit {
        id: id.map(str::to_owned),
        name: name.to_owned(),
        role: role.to_owned(),
        pin: pin.map(str::to_owned),
        passphrase: None,
    };
    for (edit, wanted) in [
        (edit(Some(&owner.id), "Budi", "cashier", None), "last_owner"),
        (edit(None, " sari ", "cashier", Some("111222")), "person_exists"),
        (edit(None, "", "cashier", Some("111222")), "person_name"),
        (
            edit(None, "Nama yang terlalu panjang untuk struk", "cashier", Some("111222")),
            "person_name",
        ),
        (edit(None, "Tono", "boss", Some("111222")), "person_role"),
        (edit(None, "Tono", "cashier", None), "pin_form"),
        (edit(None, "Tono", "cashier", Some("12345")), "pin_form"),
        (edit(Some("nobody"), "Tono", "cashier", None), "person_unknown"),
    ] {
        assert_eq!(code(shop.till.person_set(by, &edit)), wanted, "{edit:?}");
    }
    let renamed =
        shop.till.person_set(by, &edit(Some(&owner.id), "Bu Rina", "owner", None)).unwrap();
    assert_eq!(renamed[0].name, "Bu Rina");
    let sari = people.iter().find(|person| person.name == "Sari").unwrap();
    shop.till.sign_in("Sari", SARI).unwrap();
    shop.till.person_remove(by, &sari.id).unwrap();
    assert_eq!(
        code(shop.at_window(Act::Sell, None)),
        "sign_in_required",
        "whoever left sits nowhere"
    );
    assert_eq!(code(shop.till.sign_in("Sari", SARI)), "person_unknown");
}

#[test]
fn a_pin_is_changed_by_whoever_knows_it() {
    let shop = staffed();
    assert_eq!(code(shop.till.pin_change("Sari", WRONG, "999000")), "pin_wrong");
    assert_eq!(code(shop.till.pin_change("Sari", SARI, "99900")), "pin_form");
    shop.till.pin_change("Sari", SARI, "999000").unwrap();
    assert_eq!(code(shop.till.sign_in("Sari", SARI)), "pin_wrong");
    assert_eq!(code(shop.till.sign_in("Sari", "999000")), "done");
}

#[test]
fn a_shop_that_was_made_without_a_pin_can_have_one_later() {
    let counter = crate::world::Counter::shop();
    let edit = PersonEdit {
        id: None,
        name: "Bu Rina".to_owned(),
        role: "owner".to_owned(),
        pin: Some(RIGHT.to_owned()),
        passphrase: None,
    };
    let by = counter.till.allow(Asker::Window, Act::People, None).unwrap();
    assert_eq!(code(counter.till.person_set(by, &edit)), "passphrase_required");
    let edit = PersonEdit { passphrase: Some(PHRASE.to_owned()), ..edit };
    counter.till.person_set(by, &edit).unwrap();
    assert_eq!(code(counter.till.allow(Asker::Verb, Act::Settings, None)), "pin_required");
    let word = Word::owner(RIGHT);
    assert_eq!(code(counter.till.allow(Asker::Verb, Act::Settings, Some(&word))), "done");
}

#[test]
fn a_recovery_code_opens_once_and_sets_a_new_pin() {
    let shop = staffed();
    assert!(!shop.till.door().unwrap().has_recovery);
    let codes = shop.till.recovery_make(shop.owners(Act::People)).unwrap();
    assert_eq!((codes.len(), shop.till.recovery_left().unwrap()), (8, 8));
    let data = shop.folder.path().join("toko");
    for entry in std::fs::read_dir(&data).unwrap().flatten() {
        let bytes = std::fs::read(entry.path()).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        assert!(codes.iter().all(|code| !text.contains(code)), "{:?} holds a code", entry.path());
    }
    assert_eq!(
        code(shop.till.recovery_use("0000-0000-0000-0000", "500600", None)),
        "recovery_wrong"
    );
    let typed = codes[2].to_lowercase().replace('-', " ");
    shop.till.recovery_use(&typed, "500600", None).unwrap();
    assert_eq!(code(shop.at_window(Act::Sell, None)), "done", "whoever recovered sits at the till");
    assert_eq!(code(shop.till.sign_in("Pemilik", RIGHT)), "pin_wrong");
    assert_eq!(code(shop.till.sign_in("Pemilik", "500600")), "done");
    assert_eq!(code(shop.till.recovery_use(&codes[2], "500601", None)), "recovery_wrong", "once");
    assert_eq!(code(shop.till.sign_in("Sari", SARI)), "done", "others keep theirs");
}

#[test]
fn a_code_opens_where_the_secrets_are_locked_for_good() {
    let shop = staffed();
    let codes = shop.till.recovery_make(shop.owners(Act::People)).unwrap();
    let Guarded { till, hands, folder } = shop;
    drop(till);
    // The passphrase is forgotten: the file stays locked.
    let till = laci_till::Till::open(
        crate::guarded::place(folder.path()),
        crate::guarded::ports(&hands),
        None,
    );
    let shop = Guarded { till: till.unwrap().unwrap(), hands, folder };
    assert!(shop.till.secrets_locked());
    assert_eq!(
        code(shop.at_window(Act::Sell, None)),
        "done",
        "a till that nobody can open would sell nothing"
    );
    let feed = shop.till.feed(&FeedAsk { before: None, notable: true }).unwrap();
    assert_eq!(feed.items[0].kind, "door_unguarded");
    assert_eq!(code(shop.at_window(Act::Settings, Some(("Pemilik", RIGHT)))), "secrets_locked");
    for passphrase in [None, Some("pendek")] {
        let asked = code(shop.till.recovery_use(&codes[0], "500600", passphrase));
        assert!(asked.starts_with("passphrase_"), "{asked}");
        assert!(shop.till.secrets_locked(), "nothing was moved");
        assert!(!shop.till.pin_is_lost().unwrap(), "and nobody else may set a PIN");
    }
    shop.till.recovery_use(&codes[0], "500600", Some("frasa baru sekali")).unwrap();
    assert!(!shop.till.secrets_locked());
    let people = shop.till.people().unwrap();
    assert_eq!(
        people.iter().filter(|person| person.has_pin).count(),
        1,
        "the others' pepper is gone"
    );
    assert!(shop.folder.path().join("toko/secrets-locked-1.json").exists(), "nothing is removed");
}

/// The database without the keyring: every PIN of six digits could be tried offline, so the pepper must be missed.
#[test]
fn a_stolen_database_gives_no_pin() {
    let shop = staffed();
    let word = Word { person: Some("Sari".to_owned()), pin: SARI.to_owned() };
    assert_eq!(code(shop.till.allow(Asker::Verb, Act::Sell, Some(&word))), "done");
    let Guarded { till, hands, folder } = shop;
    drop(till);
    std::fs::remove_file(folder.path().join("toko/secrets.json")).unwrap();
    let till = open(folder.path(), &hands);
    assert!(till.pin_is_lost().unwrap());
    for (name, pin) in [("Pemilik", RIGHT), ("Dewi", DEWI), ("Sari", SARI)] {
        let word = Word { person: Some(name.to_owned()), pin: pin.to_owned() };
        let said = code(till.allow(Asker::Verb, Act::Settings, Some(&word)));
        assert_eq!(said, "pin_elsewhere", "even {name}'s right PIN is not known for right");
    }
    let data = std::fs::read(folder.path().join("toko/laci.db")).unwrap();
    let wal = std::fs::read(folder.path().join("toko/laci.db-wal")).unwrap_or_default();
    let text = String::from_utf8_lossy(&[data, wal].concat()).into_owned();
    assert!(text.contains("people"), "the file was read");
    assert!([RIGHT, DEWI, SARI].iter().all(|pin| !text.contains(&format!("\"{pin}\""))));
    till.pin_renew("606060", Some(PHRASE)).unwrap();
    let word = Word::owner("606060");
    assert_eq!(code(till.allow(Asker::Verb, Act::Settings, Some(&word))), "done");
}

#[test]
fn nobody_approves_himself_and_a_hand_over_takes_two() {
    let shop = staffed();
    shop.till.sign_in("Dewi", DEWI).unwrap();
    assert_eq!(code(shop.at_window(Act::Refund, Some(("Dewi", DEWI)))), "pin_required");
    assert_eq!(code(shop.at_window(Act::Refund, Some(("Pemilik", RIGHT)))), "done");
    shop.till.sign_in("Pemilik", RIGHT).unwrap();
    assert_eq!(code(shop.at_window(Act::HandOverShift, Some(("Pemilik", RIGHT)))), "pin_required");
    let by: By = shop.at_window(Act::HandOverShift, Some(("Sari", SARI))).unwrap();
    assert!(by.approver().is_some());
}

#[test]
fn a_code_lets_in_whoever_owns_the_shop_now() {
    let shop = staffed();
    shop.hire("Bu Rina", "owner", "909090");
    let by = shop.owners(Act::People);
    let codes = shop.till.recovery_make(by).unwrap();
    let first = shop.till.people().unwrap()[0].id.clone();
    shop.till.person_remove(by, &first).unwrap();
    shop.till.recovery_use(&codes[0], "700800", None).unwrap();
    assert_eq!(shop.till.door().unwrap().signed_in.unwrap().name, "Bu Rina");
    assert_eq!(code(shop.till.sign_in("Bu Rina", "700800")), "done");
}

#[test]
fn a_pin_that_opened_a_page_keeps_reading_open_for_five_minutes_and_nothing_else() {
    let shop = staffed();
    shop.till.sign_in("Sari", SARI).unwrap();
    assert_eq!(code(shop.at_window(Act::Feed, None)), "pin_required");
    assert_eq!(code(shop.at_window(Act::Feed, Some(("Dewi", DEWI)))), "done");
    shop.pass(299);
    assert_eq!(code(shop.at_window(Act::Feed, None)), "done", "the next page");
    assert_eq!(code(shop.at_window(Act::CashOut, None)), "pin_required", "reading is not acting");
    shop.pass(1);
    assert_eq!(code(shop.at_window(Act::Feed, None)), "pin_required");
    assert_eq!(code(shop.at_window(Act::Feed, Some(("Dewi", DEWI)))), "done");
    shop.till.lock().unwrap();
    shop.till.sign_in("Sari", SARI).unwrap();
    assert_eq!(
        code(shop.at_window(Act::Feed, None)),
        "pin_required",
        "whoever signs in begins anew"
    );
}
