//! A bill of Digiswitch from its inquiry to its end over real HTTP: taken once, found again after a lost answer, open,
//! refused.

use laci_gateway::{
    Answered, BillAnswer, BillOutcome, BillStep, CallError, CheckAnswer, CreateAnswer, Secrets,
};
use laci_sandbox::{Fault, Operation as Waits};

use crate::digiswitch_played::*;
use crate::digiswitch_world::*;
use crate::world::{create_ask, kropay, now, secrets};

#[tokio::test]
async fn a_bill_goes_its_way_and_is_taken_once() {
    let shop = start(&[("testing", "true")]).await;
    let ask = bill_ask("pgas", "0110014601", "R1");
    let owed = shop.seen(BillStep::Inquire, &ask).await;
    let price = owed.price.and_then(|price| price.rupiah()).unwrap();
    assert_eq!((price.get(), shop.spent()), (99_500, 0), "no money moved yet");
    let paid = shop.seen(BillStep::Pay, &ask).await;
    assert_eq!((paid.outcome, paid.sn.as_deref()), (BillOutcome::Success, Some("G1234567890S")));
    let balance = paid.balance.and_then(|balance| balance.rupiah()).unwrap();
    assert_eq!(u64::try_from(balance.get()), Ok(DEPOSIT - 99_500));
    assert_eq!(shop.outcome(BillStep::Status, &ask).await, BillOutcome::Success);
    assert_eq!(shop.outcome(BillStep::Pay, &ask).await, BillOutcome::Success);
    assert_eq!((shop.spent(), shop.sandbox.pays("R1")), (99_500, 2), "once, whatever is sent");
}

#[tokio::test]
async fn a_lost_payment_is_found_by_its_status_and_never_paid_twice() {
    let shop = start(&[]).await;
    for (at, fault) in [Fault::CommitThenReset, Fault::CommitThenHang].into_iter().enumerate() {
        let ask = prepared(&shop, BillStep::Pay, &format!("R{at}")).await;
        let before = shop.spent();
        shop.sandbox.set_fault(Waits::Pay, fault, 1);
        assert!(matches!(shop.bill(BillStep::Pay, &ask).await.answer, BillAnswer::Unreadable(_)));
        assert_eq!(shop.outcome(BillStep::Status, &ask).await, BillOutcome::Success, "{fault:?}");
        assert_eq!(shop.spent() - before, 10_000, "{fault:?}");
    }
    let ask = prepared(&shop, BillStep::Pay, "R9").await;
    let before = shop.spent();
    shop.sandbox.set_fault(Waits::Pay, Fault::ResetFirst, 1);
    shop.bill(BillStep::Pay, &ask).await;
    let lost = shop.seen(BillStep::Status, &ask).await;
    assert_eq!((lost.outcome, lost.review), (BillOutcome::Review, Some("not_found")));
    assert_eq!(shop.spent(), before);
}

#[tokio::test]
async fn open_payments_end_either_way() {
    let shop = start(&[]).await;
    for (number, end, spent) in [
        ("630000000001", BillOutcome::Success, 10_000),
        ("630000000006", BillOutcome::Failed, 10_000),
    ] {
        let ask = bill_ask("pln", number, number);
        shop.seen(BillStep::Inquire, &ask).await;
        assert_eq!(shop.outcome(BillStep::Pay, &ask).await, BillOutcome::Pending);
        assert_eq!(shop.outcome(BillStep::Status, &ask).await, BillOutcome::Pending);
        assert_eq!(shop.outcome(BillStep::Status, &ask).await, end, "{number}");
        assert_eq!(shop.spent(), spent, "{number}: what failed came back");
    }
    for (number, end) in
        [("087800001233", BillOutcome::Success), ("087800001234", BillOutcome::Failed)]
    {
        let ask = bill_ask("xld10", number, number);
        for expected in [BillOutcome::Pending, BillOutcome::Pending, end, end] {
            assert_eq!(shop.outcome(BillStep::Topup, &ask).await, expected, "{number}");
        }
    }
    assert_eq!(shop.spent(), 20_250);
}

#[tokio::test]
async fn refusals_are_named_and_take_nothing() {
    let shop = start(&[]).await;
    let (inquire, pay) = (BillStep::Inquire, BillStep::Pay);
    for (code, number, rc) in [
        ("pln", "530000000003", "60"),
        ("pln", "999", "54"),
        ("nada", "530000000001", "43"),
        ("emoney", "082100000001", "87"),
    ] {
        let refused = shop.seen(inquire, &bill_ask(code, number, "R1")).await;
        assert_eq!((refused.outcome, refused.rc.as_deref()), (BillOutcome::Failed, Some(rc)));
    }
    let failing = bill_ask("pln", "530000000006", "R2");
    shop.seen(inquire, &failing).await;
    assert_eq!(shop.rc(pay, &failing).await, "02");
    assert_eq!(shop.rc(pay, &bill_ask("pln", "530000000001", "R3")).await, "40", "not inquired");
    assert_eq!(shop.rc(inquire, &bill_ask("pdam", "1013226", "R2")).await, "49");
    shop.sandbox.know_address(false);
    let unknown = shop.seen(inquire, &bill_ask("pln", "530000000001", "R4")).await;
    assert_eq!((unknown.outcome, unknown.formed), (BillOutcome::Failed, false));
    assert!(unknown.meaning.unwrap().id.contains("IP"));
    let checked = executor().check(&shop.gateway, now()).await.unwrap().answer;
    let CheckAnswer::Unreadable(why) = checked else { panic!("{checked:?}") };
    assert_eq!(why.code(), "ip_not_whitelisted");
    shop.sandbox.know_address(true);
    let checked = executor().check(&shop.gateway, now()).await.unwrap().answer;
    assert_eq!(checked, CheckAnswer::Ready);
    let wrong = Secrets::default().with("api_key", "kunci-yang-lain");
    for (options, secrets, rc) in
        [(&[][..], wrong, "41"), (&[("username", "orang-lain")], secrets(), "42")]
    {
        let gateway = gateway_of(&shop.sandbox, options, &secrets);
        let checked = executor().check(&gateway, now()).await.unwrap().answer;
        assert_eq!(checked, CheckAnswer::KeyRefused, "{rc}");
        let other = Shop { sandbox: start(&[]).await.sandbox, gateway };
        assert_eq!(other.rc(pay, &bill_ask("pln", "530000000001", "R5")).await, rc);
    }
    assert_eq!(shop.spent(), 0);
}

#[tokio::test]
async fn a_bill_is_asked_only_of_who_pays_bills_and_a_sale_only_of_who_collects() {
    let executor = executor();
    let held = executor.bill(&kropay(&[]), BillStep::Pay, &pln(), now()).await.unwrap_err();
    assert_eq!(held.code(), "request_invalid");
    let sale = executor.create(&digiswitch(&[]), &create_ask(10_000)).await;
    let sale: Result<Answered<CreateAnswer>, CallError> = sale;
    assert_eq!(sale.unwrap_err().code(), "request_invalid");
}
