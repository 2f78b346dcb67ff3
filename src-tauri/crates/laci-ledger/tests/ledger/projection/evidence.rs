//! Evidence: kept whole and in the order of the log, and what is being sent counts as such.

use laci_core::{AttemptId, AttemptState, Body, Hash, OutboxId, Presentment, Source, UnixMs};
use laci_ledger::Op;

use crate::shop::{RECEIPT, TestShop, at, bill, gateway, new_id, paid};

#[test]
fn every_field_comes_back() {
    let shop = TestShop::new();
    let (_, attempt_id) = shop.start(0, gateway());
    let mut first = bill("PG-1", 10_020, Some(UnixMs(5)));
    first.raw = Some(Hash::of_bytes(RECEIPT));
    first.observed.presentment = Some(Presentment::Qris { payload: "0002".to_owned() });
    first.observed.review = Some("unknown_word".to_owned());
    let mut second = paid("PG-1", 10_020);
    second.observed.paid_at = Some(UnixMs(4));
    second.reason = Some("lunas".to_owned());
    for evidence in [&first, &second] {
        shop.append(1, Body::EvidenceAdded { attempt_id, evidence: evidence.clone() });
    }
    let row = shop.ledger.read(|view| view.attempt(attempt_id)).unwrap().unwrap();
    assert_eq!(row.evidence, [first, second]);
    assert_eq!(row.standing.state, AttemptState::Paid);
    assert_eq!(row.standing.unique_code.get(), 20);
}

#[test]
fn sending_is_evidence_from_the_moment_it_is_durable() {
    let shop = TestShop::new();
    let (_, attempt_id) = shop.start(0, gateway());
    let row = || shop.ledger.read(|view| view.attempt(attempt_id)).unwrap().unwrap();
    let item = row().create.unwrap().id;
    shop.append(2, Body::OutboxSending { item, tries: 1, attempt_id: Some(attempt_id) });
    assert_eq!(row().standing.state, AttemptState::Submitting);
    assert_eq!((row().evidence[0].source, row().evidence[0].at), (Source::Till, at(2).now));
}

#[test]
fn evidence_about_nobody_is_refused() {
    let shop = TestShop::new();
    shop.start(0, gateway());
    let nobody = AttemptId(new_id());
    for body in [
        Body::EvidenceAdded { attempt_id: nobody, evidence: paid("PG-9", 1) },
        Body::OutboxSending { item: OutboxId(3), tries: 1, attempt_id: Some(nobody) },
    ] {
        let error = shop.write(Op::Evidence, 1, |tx| tx.append(body)).unwrap_err().into_work();
        assert_eq!(error.code(), "ledger_contradiction");
    }
}

#[test]
fn a_raw_body_must_be_stored_before_it_is_named() {
    let shop = TestShop::new();
    let (_, attempt_id) = shop.start(0, gateway());
    let mut evidence = paid("PG-1", 10_000);
    evidence.raw = Some(Hash::of_bytes(b"an answer"));
    let body = Body::EvidenceAdded { attempt_id, evidence };
    let named = shop.write(Op::Evidence, 1, |tx| tx.append(body.clone()));
    assert_eq!(named.unwrap_err().into_work().code(), "ledger_contradiction");
    shop.write(Op::Evidence, 1, |tx| {
        tx.put_blob(b"an answer")?;
        tx.append(body)
    })
    .unwrap();
}
