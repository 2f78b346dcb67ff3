//! Attempts: what was asked, read back as it was.

use laci_core::{
    Attempt, AttemptId, AttemptState, Body, GatewayName, Method, Rupiah, SaleId, Terms,
};
use laci_ledger::{AttemptFilter, Op};

use crate::shop::{TestShop, at, bill, gateway, new_id, own_qris};

#[test]
fn terms_read_back_as_they_were_asked() {
    let shop = TestShop::new();
    let with_word = Method::Gateway {
        gateway: GatewayName::new("bayar-2").unwrap(),
        method: Some("qris".to_owned()),
        extra: Default::default(),
    };
    let with_more = Method::Gateway {
        gateway: GatewayName::new("bayar-2").unwrap(),
        method: Some("qris".to_owned()),
        extra: [("file_id".to_owned(), "12".to_owned())].into(),
    };
    for method in [gateway(), with_word, with_more, own_qris(-17), own_qris(3)] {
        let (sale_id, attempt_id) = shop.start(7, method.clone());
        let row = shop.ledger.read(|view| view.attempt(attempt_id)).unwrap().unwrap();
        let terms = Terms { amount: Rupiah::from_u32(10_000), method };
        let asked = Attempt { id: attempt_id, sale_id, started_at: at(7).now, terms };
        assert_eq!(row.attempt, asked);
        assert_eq!(row.standing.state, AttemptState::Planned, "nothing is known yet");
    }
}

#[test]
fn an_attempt_belongs_to_a_sale_that_is_there() {
    let shop = TestShop::new();
    let attempt = Attempt {
        id: AttemptId(new_id()),
        sale_id: SaleId(new_id()),
        started_at: at(0).now,
        terms: Terms { amount: Rupiah::from_u32(1), method: gateway() },
    };
    let body = Body::AttemptStarted { attempt };
    let error = shop.write(Op::PaymentStart, 0, |tx| tx.append(body)).unwrap_err().into_work();
    assert_eq!(error.code(), "ledger_contradiction");
}

#[test]
fn lists_are_newest_first_and_by_state() {
    let shop = TestShop::new();
    let ids: Vec<_> = (0..4).map(|minute| shop.start(minute, gateway()).1).collect();
    let evidence = bill("PG-1", 10_000, None);
    shop.append(5, Body::EvidenceAdded { attempt_id: ids[1], evidence });
    let list = |state, limit| {
        let filter = AttemptFilter { state, limit };
        let rows = shop.ledger.read(|view| view.attempts(&filter)).unwrap();
        rows.into_iter().map(|row| row.attempt.id).collect::<Vec<_>>()
    };
    assert_eq!(list(None, 2), [ids[3], ids[2]]);
    assert_eq!(list(Some(AttemptState::Pending), 9), [ids[1]]);
    assert_eq!(list(Some(AttemptState::Planned), 9), [ids[3], ids[2], ids[0]]);
    assert!(list(Some(AttemptState::Paid), 9).is_empty());
}
