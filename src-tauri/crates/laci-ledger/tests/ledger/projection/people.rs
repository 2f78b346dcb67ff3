//! People: who works here, their PINs, and the recovery codes.

use laci_core::{Body, Hash, PeopleChange, PersonId, Role};
use laci_ledger::{PersonRow, Recovery};

use crate::counter::{people, person};
use crate::shop::{TestShop, at, new_id};

fn everybody(shop: &TestShop) -> Vec<PersonRow> {
    shop.ledger.read(|view| view.people()).unwrap()
}

fn has_pin(shop: &TestShop) -> bool {
    shop.ledger.read(|view| view.has_pin()).unwrap()
}

/// Stores the bytes that the entry names, and the entry.
fn told(shop: &TestShop, bytes: &[u8], body: Body) {
    shop.done(at(0), |tx| {
        tx.put_blob(bytes)?;
        tx.append(body)
    });
}

fn pin(id: PersonId, record: &[u8]) -> Body {
    people(PeopleChange::PinSet { id, hash: Hash::of_bytes(record) })
}

#[test]
fn the_owners_pin_makes_the_first_person() {
    let shop = TestShop::new();
    assert!(everybody(&shop).is_empty() && !has_pin(&shop));
    told(&shop, b"one", Body::OwnerPinSet { hash: Hash::of_bytes(b"one") });
    let owner = PersonRow {
        id: PersonId::OWNER,
        role: Role::Owner,
        name: None,
        pin: Some(Hash::of_bytes(b"one")),
        removed: false,
    };
    assert_eq!(everybody(&shop), std::slice::from_ref(&owner));
    assert!(has_pin(&shop));
    told(&shop, b"two", Body::OwnerPinSet { hash: Hash::of_bytes(b"two") });
    told(&shop, b"Bu Sri", person(PersonId::OWNER, Role::Owner, "Bu Sri"));
    let name = Some("Bu Sri".to_owned());
    let changed = PersonRow { pin: Some(Hash::of_bytes(b"two")), name, ..owner };
    assert_eq!(everybody(&shop), [changed], "the same person with a new PIN and a name");
}

#[test]
fn people_keep_their_place_their_pin_and_their_row() {
    let shop = TestShop::new();
    let (ani, budi) = (PersonId(new_id()), PersonId(new_id()));
    told(&shop, b"Ani", person(ani, Role::Cashier, "Ani"));
    assert!(!has_pin(&shop), "a name is no PIN");
    told(&shop, b"Budi", person(budi, Role::Cashier, "Budi"));
    told(&shop, b"record", pin(ani, b"record"));
    assert!(has_pin(&shop));
    told(&shop, "Ani Wulandari".as_bytes(), person(ani, Role::Supervisor, "Ani Wulandari"));
    let rows = everybody(&shop);
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [ani, budi]);
    assert_eq!(rows[0].role, Role::Supervisor);
    assert_eq!(rows[0].name.as_deref(), Some("Ani Wulandari"));
    assert_eq!(rows[0].pin, Some(Hash::of_bytes(b"record")), "a new role is no new PIN");
    shop.append(1, people(PeopleChange::Removed { id: ani }));
    let rows = everybody(&shop);
    assert_eq!((rows.len(), rows[0].id, rows[0].removed), (2, ani, true));
    assert_eq!(rows[0].name.as_deref(), Some("Ani Wulandari"), "what was done keeps its name");
    assert_eq!(rows[0].pin, None);
    assert!(!has_pin(&shop), "nobody who works here has one");
}

#[test]
fn nobody_is_changed_who_is_not_there() {
    let shop = TestShop::new();
    let ani = PersonId(new_id());
    told(&shop, b"Ani", person(ani, Role::Cashier, "Ani"));
    told(&shop, b"record", pin(ani, b"record"));
    shop.append(1, people(PeopleChange::Removed { id: ani }));
    for body in [
        people(PeopleChange::Removed { id: ani }),
        pin(ani, b"record"),
        people(PeopleChange::Removed { id: PersonId(new_id()) }),
        pin(PersonId(new_id()), b"record"),
    ] {
        let error = shop.refused(at(2), body);
        assert!(error.contains("nobody is called"), "{error}");
    }
    let unstored = shop.refused(at(2), person(PersonId(new_id()), Role::Owner, "never stored"));
    assert!(unstored.contains("is not stored"), "a name is stored before it is said: {unstored}");
    assert_eq!(everybody(&shop).len(), 1);
}

#[test]
fn a_recovery_code_opens_once() {
    let shop = TestShop::new();
    let used = |place| people(PeopleChange::RecoveryUsed { place });
    let codes = || shop.ledger.read(|view| view.recovery()).unwrap();
    let set = |bytes: &[u8]| {
        let hash = Hash::of_bytes(bytes);
        told(&shop, bytes, people(PeopleChange::RecoverySet { hash }));
    };
    assert_eq!(codes(), None);
    assert!(shop.refused(at(0), used(0)).contains("no recovery codes"));
    set(b"first");
    assert_eq!(codes(), Some(Recovery { hash: Hash::of_bytes(b"first"), used: vec![] }));
    shop.append(1, used(3));
    shop.append(1, used(0));
    assert!(shop.refused(at(2), used(3)).contains("opens once"));
    assert_eq!(codes().unwrap().used, [3, 0]);
    set(b"second");
    assert_eq!(
        codes(),
        Some(Recovery { hash: Hash::of_bytes(b"second"), used: vec![] }),
        "new codes: the same place opens again"
    );
    shop.append(3, used(3));
    shop.append(3, people(PeopleChange::RecoveryFailed));
    assert_eq!(codes().unwrap().used, [3]);
}

#[test]
fn a_replay_knows_the_same_people() {
    let shop = TestShop::new();
    told(&shop, b"one", Body::OwnerPinSet { hash: Hash::of_bytes(b"one") });
    let ani = PersonId(new_id());
    told(&shop, b"Ani", person(ani, Role::Cashier, "Ani"));
    told(&shop, b"codes", people(PeopleChange::RecoverySet { hash: Hash::of_bytes(b"codes") }));
    shop.append(1, people(PeopleChange::RecoveryUsed { place: 1 }));
    for change in [
        PeopleChange::SignedIn { id: ani },
        PeopleChange::PinFailed { id: ani },
        PeopleChange::Removed { id: ani },
    ] {
        shop.append(2, people(change));
    }
    let before = (everybody(&shop), shop.ledger.read(|view| view.recovery()).unwrap());
    shop.ledger.rebuild(&mut |_, _| true).unwrap();
    assert_eq!((everybody(&shop), shop.ledger.read(|view| view.recovery()).unwrap()), before);
    assert!(shop.ledger.verify(&mut |_, _| true).unwrap().ok);
}
