//! A fault on the status of an open bill, and on that of a paid one.

use laci_sandbox::{Fault, Operation};
use laci_till::wire::PaymentView;

use super::faults;
use super::gateways::{COLLECTING, Collecting, World, is_covered, line};

/// A look is tried this often at most.
const TRIES: u32 = 3;

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
    for fault in faults::all() {
        let name = world.collecting(gateway);
        let open = world.charge(&name).await;
        let about = format!("{} {fault:?}", gateway.kind);
        world.sandbox.set_fault(Operation::Status, fault, TRIES);
        let seen = world.check(&open).await;
        must_be_what_the_provider_says(&world, &seen, fault, &about);
        world.sandbox.clear_faults();
        must_be_paid_once_it_is(&world, &name, &open, &about).await;
    }
    world.must_be_whole();
}

/// Only the faults in which the customer pays may end in money.
fn must_be_what_the_provider_says(world: &World, seen: &PaymentView, fault: Fault, about: &str) {
    let pays = matches!(fault, Fault::PaidLate | Fault::PaidTwice);
    assert_eq!(is_covered(seen), pays, "{about}: {}", line(seen));
    if seen.checked_at.is_none() {
        panic!("{about}: it was not even asked");
    }
    if fault == Fault::PaidLate {
        assert!(seen.flags.contains(&"late".to_owned()), "{about}: {}", line(seen));
    }
    assert_eq!(world.bills(seen).len(), 1, "{about}: a look makes no bill");
    assert!(world.creates(seen) <= 1, "{about}: a look is no create");
}

/// After the fault the gateway is believed again, and the money is seen once.
async fn must_be_paid_once_it_is(world: &World, name: &str, open: &PaymentView, about: &str) {
    let bill = world.bills(open).pop().expect("a bill");
    world.sandbox.pay(&bill.reference).expect("the bill is there");
    // A gateway that asked for a pause is asked again when that is over.
    for _ in 0..40 {
        let paid = world.check(open).await;
        if is_covered(&paid) {
            assert_eq!(
                u64::try_from(paid.received),
                Ok(bill.total_amount),
                "{about}: {}",
                line(&paid)
            );
            let covered =
                world.counter.till.sale_show(paid.sale_id.parse().unwrap()).expect("the sale");
            // The till's clock and the played gateway's are not one: it may look late.
            let pills = [laci_till::wire::Pill::Paid, laci_till::wire::Pill::Late];
            assert!(pills.contains(&covered.pill), "{about}: {:?}", covered.pill);
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{about}: the money at {name} was never seen");
}

/// A paid bill whose status goes wrong is not unpaid again, and is not paid twice.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_paid_stays_paid_once() {
    let mut world = World::start().await;
    for gateway in &COLLECTING {
        let name = world.collecting(gateway);
        let open = world.charge(&name).await;
        let bill = world.bills(&open).pop().expect("a bill");
        world.sandbox.pay(&bill.reference).expect("the bill is there");
        assert!(is_covered(&world.check(&open).await), "{name}");
        for fault in [Fault::PaidTwice, Fault::UnknownWord, Fault::OtherReference, Fault::Html] {
            world.sandbox.set_fault(Operation::Status, fault, 1);
            let again = world.check(&open).await;
            assert!(is_covered(&again), "{name} {fault:?}");
            assert_eq!(u64::try_from(again.received), Ok(bill.total_amount), "{name} {fault:?}");
            world.sandbox.clear_faults();
        }
    }
    world.must_be_whole();
}
