//! Calls that change something at a gateway: what stands of them.

use laci_core::{Body, CallEnd, CallEvent, CallId, GatewayName};

use crate::shop::{TestShop, new_id};

fn sending(shop: &TestShop, operation: &str, reference: Option<&str>) -> CallId {
    let id = CallId(new_id());
    let gateway = GatewayName::new("ppob").unwrap();
    let reference = reference.map(str::to_owned);
    let operation = operation.to_owned();
    let event = CallEvent::Sending { id, gateway, operation, reference, spends: true };
    shop.append(1, Body::GatewayCall { event });
    id
}

fn ended(shop: &TestShop, id: CallId, end: CallEnd) {
    shop.append(2, Body::GatewayCall { event: CallEvent::Ended { id, end, raw: None } });
}

#[test]
fn what_may_have_happened_stands_and_what_left_nothing_does_not() {
    let shop = TestShop::new();
    let standing = |operation: &str, reference: &str| {
        let gateway = GatewayName::new("ppob").unwrap();
        shop.ledger.read(|view| view.call_standing(&gateway, operation, reference)).unwrap()
    };
    assert_eq!(standing("pay", "R1"), None);
    let first = sending(&shop, "pay", Some("R1"));
    assert_eq!(standing("pay", "R1"), Some(CallEnd::Unknown), "from its first byte on");
    assert_eq!((standing("pay", "R2"), standing("topup", "R1")), (None, None));
    ended(&shop, first, CallEnd::Refused);
    assert_eq!(standing("pay", "R1"), None, "the provider said no: nothing happened");
    let second = sending(&shop, "pay", Some("R1"));
    ended(&shop, second, CallEnd::NotSent);
    assert_eq!(standing("pay", "R1"), None);
    for end in [CallEnd::Done, CallEnd::Pending, CallEnd::Unknown] {
        let third = sending(&shop, "pay", Some("R1"));
        ended(&shop, third, end);
        assert_eq!(standing("pay", "R1"), Some(end));
    }
    sending(&shop, "deposit", None);
    let verdict = shop.ledger.verify(&mut |_, _| true).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);
}

#[test]
fn a_call_that_was_never_sent_has_no_end() {
    let shop = TestShop::new();
    let event = CallEvent::Ended { id: CallId(new_id()), end: CallEnd::Done, raw: None };
    let body = Body::GatewayCall { event };
    let error = shop.write(laci_ledger::Op::CallEnded, 0, |tx| tx.append(body)).unwrap_err();
    assert_eq!(error.into_work().code(), "ledger_contradiction");
}
