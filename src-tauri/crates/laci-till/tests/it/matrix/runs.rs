//! Many random runs with faults: what the gateway's own books hold against ours. Every payment appears exactly once,
//! nothing is paid that the gateway does not have, and no create leaves beyond the contract or a person's word.
//!
//! `LACI_RUNS` says how many (a release runs 10,000), `LACI_SEED` from which number on; each run has a seed of its own.

use laci_sandbox::{BillState, Fault, Operation};
use laci_till::wire::PaymentView;
use laci_till::{By, Resolve};

use super::faults::all;
use super::gateways::{COLLECTING, Collecting, World, is_covered, line};

const RUNS: u64 = 300;

/// Splitmix64.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        let at = self.below(from.len() as u64);
        from[usize::try_from(at).unwrap()]
    }
}

#[derive(Debug, Default)]
struct Tally {
    runs: u64,
    creates: u64,
    bills: u64,
    paid: u64,
    retries: u64,
    /// Answers that named another bill under a QR that was shown: no call of the provider's could tell.
    misnamed: u64,
}

fn from_environment(name: &str, or: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(or)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_gateways_books_and_ours_agree_after_any_run() {
    let (runs, first) = (from_environment("LACI_RUNS", RUNS), from_environment("LACI_SEED", 1));
    let mut world = World::start().await;
    let mut tally = Tally::default();
    for seed in first..first + runs {
        one_run(&mut world, seed, &mut tally).await;
    }
    assert_eq!(tally.runs, runs);
    assert!(tally.paid * 5 > runs && tally.bills > tally.paid, "too little happened: {tally:?}");
    let listed = world.counter.till.payment_list(None, 500).unwrap();
    assert!(listed.len() as u64 == runs.min(500), "each run is one payment");
    world.must_be_whole();
    println!("{tally:?}");
}

async fn one_run(world: &mut World, seed: u64, tally: &mut Tally) {
    let mut dice = Dice(seed);
    let gateway = &COLLECTING[usize::try_from(dice.below(4)).unwrap()];
    // Set up anew: its budget and its pauses are those of a gateway that was not asked yet.
    let name = world.again(gateway);
    let faults = set_faults(world, &mut dice);
    let mut payment = world.charge(&name).await;
    let mut shown = payment.presentment.is_some();
    let mut retries = 0;
    for _ in 0..dice.below(5) {
        payment = act(world, &mut dice, payment, shown, &mut retries).await;
        shown |= payment.presentment.is_some();
    }
    world.sandbox.clear_faults();
    world.again(gateway);
    if shown && dice.below(2) == 0 {
        customer_pays(world, &payment);
    }
    world.check(&payment).await;
    let last = world.check(&payment).await;
    let about = format!("seed {seed}, {name}, {faults:?} -> {}", line(&last));
    must_agree(world, gateway, &last, (shown, retries), (&faults, tally), &about);
    tally.runs += 1;
}

fn set_faults(world: &World, dice: &mut Dice) -> Vec<(Operation, Fault)> {
    let menu = all();
    let mut set = Vec::new();
    for operation in [Operation::Create, Operation::Status, Operation::Call] {
        for _ in 0..dice.below(3) {
            let fault = dice.pick(&menu);
            // A silence costs its whole time-out, so most of them are left out.
            let silent = matches!(fault, Fault::CommitThenHang | Fault::HalfThenHang | Fault::Huge);
            if !silent || dice.below(8) == 0 {
                world.sandbox.set_fault(operation, fault, 1);
                set.push((operation, fault));
            }
        }
    }
    set
}

/// What a cashier, a customer or the worker may do next.
async fn act(
    world: &World,
    dice: &mut Dice,
    payment: PaymentView,
    shown: bool,
    retries: &mut u32,
) -> PaymentView {
    let (till, id) = (&world.counter.till, payment.id.parse().unwrap());
    match dice.below(5) {
        0 if shown => customer_pays(world, &payment),
        1 => drop(till.payment_cancel(By::counter(), id)),
        2 => {
            // Its look-up may fail, and then nothing is sent.
            let retried = till.payment_resolve(By::counter(), id, Resolve::Retry).await;
            *retries += u32::from(retried.is_ok());
        }
        3 if dice.below(4) == 0 => {
            drop(till.payment_resolve(By::counter(), id, Resolve::Abandon).await);
        }
        _ => return world.check(&payment).await,
    }
    till.payment_show(id).unwrap()
}

fn customer_pays(world: &World, payment: &PaymentView) {
    for bill in world.bills(payment).iter().take(1) {
        world.sandbox.pay(&bill.reference).expect("the bill is there");
    }
}

fn must_agree(
    world: &World,
    gateway: &Collecting,
    payment: &PaymentView,
    (shown, retries): (bool, u32),
    (faults, tally): (&[(Operation, Fault)], &mut Tally),
    about: &str,
) {
    let (creates, bills) = (world.creates(payment), world.bills(payment));
    assert!(creates <= gateway.most_creates + retries, "asked {creates} times: {about}");
    assert!(bills.len() <= 1 + usize::try_from(retries).unwrap(), "too many bills: {about}");
    let paid: Vec<_> = bills.iter().filter(|bill| bill.status == BillState::Success).collect();
    let theirs: u64 = paid.iter().map(|bill| bill.total_amount).sum();
    let misnamed = bills.iter().all(|bill| payment.gateway_id.as_ref() != Some(&bill.reference));
    if !paid.is_empty() && misnamed {
        let told = faults.iter().any(|(_, fault)| *fault == Fault::OtherReference);
        assert!(told && shown && !is_covered(payment), "a payment was not seen: {about}");
        tally.misnamed += 1;
    } else {
        assert_eq!(u64::try_from(payment.received), Ok(theirs), "not once: {about}");
        assert_eq!(is_covered(payment), !paid.is_empty(), "{about}");
    }
    tally.creates += u64::from(creates);
    tally.bills += bills.len() as u64;
    tally.paid += paid.len() as u64;
    tally.retries += u64::from(retries);
}
