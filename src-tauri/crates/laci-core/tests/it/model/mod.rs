//! An exhaustive model of one sale's attempts: the till's durable evidence and outbox, what is on the wire, and what
//! the gateway really has, in every order in which calls are lost, late or doubled, the computer stops, and a cashier
//! and a customer do what they should not. It decides by the till's own pure functions, and every state that can be
//! reached is looked at. An own search instead of a crate: it is forty lines, and nothing new is built for it.

mod search;
mod state;
mod step;
mod truth;

use laci_core::CreateRetry;

use state::Contract;

const ONCE: Contract =
    Contract { retry: CreateRetry::OnceWithSameKey, one_bill_per_key: true, named_by_us: false };

/// What the four providers' contracts are, as far as creates go.
const CONTRACTS: [(&str, Contract); 4] = [
    (
        "a person's word alone",
        Contract { retry: CreateRetry::Never, one_bill_per_key: false, named_by_us: false },
    ),
    ("the same key once more", ONCE),
    ("the same key, our reference its name", Contract { named_by_us: true, ..ONCE }),
    (
        "a look-up, then a person's word",
        Contract { retry: CreateRetry::AfterLookUp, one_bill_per_key: false, named_by_us: false },
    ),
];

#[test]
fn every_state_of_a_sale_with_two_ways_keeps_the_promises() {
    let mut figures = Vec::new();
    for (name, contract) in CONTRACTS {
        let seen = search::explore(contract, truth::must_hold);
        println!("{name}: {} states, {} steps", seen.states, seen.steps);
        assert!(seen.states > 10_000, "{name}: the search stopped early: {seen:?}");
        assert!(seen.paid > 0 && seen.twice > 0 && seen.unknown > 0, "{name}: {seen:?}");
        figures.push(seen);
    }
    assert_eq!(figures.len(), CONTRACTS.len());
}

/// The promises find what they are for: each rule taken away is seen.
#[test]
fn a_till_without_its_rules_is_caught() {
    for (wrong, word) in [
        (state::Wrong::SecondQrWithoutWord, "two can be paid"),
        (state::Wrong::RetryAnyContract, "asked too often"),
        (state::Wrong::LateAnswerShown, "two can be paid"),
        (state::Wrong::CancelledIsForgotten, "never seen"),
    ] {
        let caught = CONTRACTS.iter().any(|(_, contract)| {
            search::first_broken(*contract, wrong).is_some_and(|said| said.contains(word))
        });
        assert!(caught, "{wrong:?} went unseen");
    }
}
