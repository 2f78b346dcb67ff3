//! A fault on the create.

use laci_sandbox::{BillView, Fault, Operation};
use laci_till::wire::{PaymentView, PresentmentView};

use super::faults;
use super::gateways::{COLLECTING, Collecting, World, is_covered, line};

#[tokio::test(flavor = "multi_thread")]
async fn paydigital() {
    whole_menu(&COLLECTING[0]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bayargg() {
    whole_menu(&COLLECTING[1]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kropay() {
    whole_menu(&COLLECTING[2]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn midtrans() {
    whole_menu(&COLLECTING[3]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bayargg_by_ovo() {
    whole_menu(&COLLECTING[4]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bayargg_by_the_shops_own_sticker() {
    whole_menu(&COLLECTING[5]).await;
}

async fn whole_menu(gateway: &Collecting) {
    let mut world = World::start().await;
    // The merchant is pinned by an honest QR first, as in any shop that has sold before.
    for fault in faults::all() {
        let name = world.collecting(gateway);
        assert!(world.charge(&name).await.presentment.is_some(), "{name}: an honest bill is shown");
        world.sandbox.set_fault(Operation::Create, fault, gateway.most_creates);
        let payment = world.charge(&name).await;
        world.sandbox.clear_faults();
        let about = format!("{} {fault:?}: {}", gateway.kind, line(&payment));
        must_be_safe(&world, gateway, &payment, &about);
        let later = world.check(&payment).await;
        must_be_safe(&world, gateway, &later, &about);
        must_find_its_money(&world, &payment, &about).await;
    }
    world.must_be_whole();
}

/// What holds after any fault.
fn must_be_safe(world: &World, gateway: &Collecting, payment: &PaymentView, about: &str) {
    assert!(!is_covered(payment), "nobody paid: {about}");
    assert!(world.creates(payment) <= gateway.most_creates, "asked too often: {about}");
    let bills = world.bills(payment);
    assert!(bills.len() <= 1, "two bills: {about}");
    match (&payment.presentment, bills.first()) {
        (Some(shown), Some(bill)) => must_be_the_bills(shown, bill, payment, about),
        (Some(_), None) => panic!("shown without a bill: {about}"),
        (None, _) => {
            let notice = payment.notices.first().unwrap_or_else(|| panic!("no word: {about}"));
            assert!(notice.message.len() > 20 && !notice.code.is_empty(), "{about}");
        }
    }
    let listed = world.counter.till.payment_show(payment.id.parse().unwrap());
    let evidence = listed.expect("it is in the books").evidence;
    assert!(!evidence.is_empty(), "what was learnt is kept: {about}");
}

/// What a customer is shown asks for exactly the bill's total.
fn must_be_the_bills(shown: &PresentmentView, bill: &BillView, payment: &PaymentView, about: &str) {
    // The middleware's answer names no total: a page that asks for more is found out by its money.
    if !(payment.gateway_title.as_deref().is_some_and(|title| title.starts_with("Midtrans"))) {
        assert_eq!(u64::try_from(payment.total), Ok(bill.total_amount), "{about}");
    }
    match shown {
        PresentmentView::Qris { payload, .. } => {
            let qris = laci_till::qris::parse(payload).expect("a sound QR");
            assert_eq!(qris.amount(), Some(bill.total_amount), "{about}");
            assert_eq!(qris.nmid(), Some(laci_sandbox::NMID), "{about}");
        }
        PresentmentView::Link { url, .. } => {
            let own = url.starts_with("http://127.0.0.1:");
            assert!(own || url.starts_with("https://"), "{about}");
        }
        PresentmentView::Transfer { amount, .. } => assert_eq!(*amount, payment.total, "{about}"),
    }
}

/// Money that comes for a bill whose name is known is seen, whatever went wrong with its create.
async fn must_find_its_money(world: &World, payment: &PaymentView, about: &str) {
    let now = world.check(payment).await;
    let (Some(bill), Some(id)) = (world.bills(&now).pop(), now.gateway_id.clone()) else { return };
    world.sandbox.pay(&bill.reference).expect("the bill is there");
    let paid = world.check(&now).await;
    if id != bill.reference {
        // The answer named another bill, and the provider has no name of ours by which that could be seen.
        assert!(!is_covered(&paid) && !paid.notices.is_empty(), "{about} -> {}", line(&paid));
        return;
    }
    assert_eq!(paid.state, "paid", "the money of {id} was not seen: {about} -> {}", line(&paid));
    assert_eq!(u64::try_from(paid.received), Ok(bill.total_amount), "{about}");
    assert_eq!(paid.received > paid.total, paid.flags.contains(&"over".to_owned()), "{about}");
}

/// A fault behind which a bill was made whose QR is wrong shows nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_qr_that_is_not_the_bills_is_never_shown() {
    let mut world = World::start().await;
    let qr = [Fault::QrWrongAmount, Fault::QrWrongMerchant, Fault::QrBadCrc, Fault::QrStatic];
    for gateway in COLLECTING.iter().filter(|one| matches!(one.kind, "paydigital" | "kropay")) {
        let name = world.collecting(gateway);
        world.charge(&name).await;
        for fault in qr {
            world.sandbox.set_fault(Operation::Create, fault, 1);
            let payment = world.charge(&name).await;
            assert_eq!(payment.presentment, None, "{name} {fault:?}");
            assert_eq!(payment.flags, ["needs_review"], "{name} {fault:?}");
            assert!(payment.gateway_id.is_some(), "{name} {fault:?}: it stays watched");
        }
    }
}
