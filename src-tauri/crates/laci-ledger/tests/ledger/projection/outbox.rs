//! What is owed, to whom, and that nothing is sent twice by mistake.

use laci_core::{Body, OutboxEnd, OutboxId};
use laci_ledger::{DeliveryClass, Op, OutboxKind, OutboxQueue, OutboxRow, OutboxState};

use crate::shop::{TestShop, gateway, own_qris};

fn due(shop: &TestShop, queue: OutboxQueue) -> Vec<OutboxRow> {
    shop.ledger.read(|view| view.outbox_due(queue)).unwrap()
}

fn end(item: OutboxId, end: OutboxEnd) -> Body {
    Body::OutboxEnded { item, end }
}

#[test]
fn a_gateway_attempt_owes_a_create_and_the_shops_own_qris_nothing() {
    let shop = TestShop::new();
    shop.start(0, own_qris(-1));
    assert!(due(&shop, OutboxQueue::GatewayCreate).is_empty());
    let (_, attempt_id) = shop.start(1, gateway());
    let owed = due(&shop, OutboxQueue::GatewayCreate);
    assert_eq!(owed[0].id.0, shop.ledger.head().seq, "named by the entry that owes it");
    assert_eq!(owed[0].kind, OutboxKind::GatewayCreate { attempt_id });
    assert_eq!(owed[0].class, DeliveryClass::AtMostOnce);
    assert_eq!((owed[0].state, owed[0].tries), (OutboxState::Queued, 0));
    assert_eq!(shop.ledger.read(|view| view.outbox_unsent()).unwrap(), 1);
}

#[test]
fn a_covered_sale_owes_its_receipt() {
    let shop = TestShop::new();
    let (sale_id, attempt_id) = shop.start(0, gateway());
    let seq = shop.cover(1, sale_id, attempt_id);
    let owed = due(&shop, OutboxQueue::Receipt);
    assert_eq!(owed[0].kind, OutboxKind::Receipt { sale_id });
    assert_eq!((owed[0].id, owed[0].class), (OutboxId(seq), DeliveryClass::AtLeastOnce));
    shop.append(2, end(OutboxId(seq), OutboxEnd::Done));
    assert!(due(&shop, OutboxQueue::Receipt).is_empty());
}

#[test]
fn what_was_being_sent_when_the_till_died_is_still_due_and_says_so() {
    let shop = TestShop::new();
    let (_, attempt_id) = shop.start(0, gateway());
    let item = due(&shop, OutboxQueue::GatewayCreate)[0].id;
    shop.append(1, Body::OutboxSending { item, tries: 1, attempt_id: Some(attempt_id) });
    let found = due(&shop, OutboxQueue::GatewayCreate);
    assert_eq!((found[0].state, found[0].tries), (OutboxState::Sending, 1));
    shop.append(2, end(item, OutboxEnd::Unknown));
    assert!(due(&shop, OutboxQueue::GatewayCreate).is_empty(), "never again by itself");
    let row = shop.ledger.read(|view| view.outbox(item)).unwrap().unwrap();
    assert_eq!(row.state, OutboxState::Unknown);
}

#[test]
fn tries_count_one_by_one_and_what_is_done_is_done() {
    let shop = TestShop::new();
    let (_, attempt_id) = shop.start(0, gateway());
    let item = due(&shop, OutboxQueue::GatewayCreate)[0].id;
    let sending = |tries, attempt_id| Body::OutboxSending { item, tries, attempt_id };
    let refused = |body: Body| {
        let error = shop.write(Op::Sending, 1, |tx| tx.append(body)).unwrap_err().into_work();
        assert_eq!(error.code(), "ledger_contradiction");
    };
    refused(sending(2, Some(attempt_id)));
    refused(sending(1, None));
    refused(end(OutboxId(1), OutboxEnd::Done));
    shop.append(1, sending(1, Some(attempt_id)));
    refused(sending(1, Some(attempt_id)));
    shop.append(2, end(item, OutboxEnd::Unknown));
    shop.append(3, sending(2, Some(attempt_id)));
    shop.append(4, end(item, OutboxEnd::Done));
    refused(sending(3, Some(attempt_id)));
    refused(end(item, OutboxEnd::NotSent));
}

#[test]
fn what_is_put_off_waits_and_its_tries_begin_anew() {
    let shop = TestShop::new();
    let (_, attempt_id) = shop.start(0, gateway());
    let item = due(&shop, OutboxQueue::GatewayCreate)[0].id;
    let waiting = || shop.ledger.read(|view| view.outbox_waiting()).unwrap();
    for minute in [1, 3] {
        shop.append(minute, end(item, OutboxEnd::Later));
        assert!(due(&shop, OutboxQueue::GatewayCreate).is_empty(), "no crash left it");
        let row = waiting()[0];
        assert_eq!((row.id, row.state, row.tries), (item, OutboxState::Waiting, 0));
        assert!(row.later);
        assert_eq!(shop.ledger.read(|view| view.outbox_unsent()).unwrap(), 1, "it is owed");
        let sending = Body::OutboxSending { item, tries: 1, attempt_id: Some(attempt_id) };
        shop.append(minute + 1, sending);
        assert!(waiting().is_empty());
    }
    shop.append(5, end(item, OutboxEnd::Done));
    let ever = shop.ledger.read(|view| view.outbox_put_off(10)).unwrap();
    assert_eq!((ever.len(), ever[0].state, ever[0].later), (1, OutboxState::Done, true));
    assert!(shop.ledger.verify(&mut |_, _| true).unwrap().ok);
}
