//! From F9 to a QR that can be shown, inside the engine: decide, commit durably, ask, check, draw. Once with the
//! shop's own QRIS (no network) and once through a gateway played over HTTP on this machine. The window's own time
//! is not in it.

#[path = "../tests/it/world.rs"]
mod world;

use laci_till::By;
use std::sync::atomic::{AtomicI64, Ordering};

use laci_till::wire::{PaymentView, Via};
use tokio::runtime::Runtime;
use world::{Counter, charge, sandbox};

fn main() {
    divan::main();
}

/// Another amount each time: a QR that was drawn before is not drawn again.
fn press_f9(runtime: &Runtime, counter: &Counter, via: Via) -> PaymentView {
    static AMOUNT: AtomicI64 = AtomicI64::new(50_000);
    let amount = AMOUNT.fetch_add(1_000, Ordering::Relaxed);
    let started = counter.till.payment_start(By::counter(), charge(amount, via, None));
    let payment = runtime.block_on(started).expect("a payment");
    assert!(payment.presentment.is_some(), "{:?}", payment.notices);
    payment
}

/// One commit for the start (and, so that the 62 codes never run out, one for taking it back).
#[divan::bench(sample_count = 60, sample_size = 1)]
fn own_qris(bencher: divan::Bencher<'_, '_>) {
    let (runtime, counter) = (Runtime::new().expect("a runtime"), Counter::open());
    bencher.bench_local(|| {
        let payment = press_f9(&runtime, &counter, Via::OwnQris);
        let id = payment.id.parse().expect("an id");
        counter.till.payment_cancel(By::counter(), id).expect("its code is free again");
    });
}

/// Three commits (start, sending, answer) and one HTTP exchange on loopback. Its budget is one call a second with a
/// burst of 20, so it is measured inside the burst.
#[divan::bench(sample_count = 15, sample_size = 1)]
fn gateway_on_loopback(bencher: divan::Bencher<'_, '_>) {
    let (runtime, counter) = (Runtime::new().expect("a runtime"), Counter::open());
    let sandbox = runtime.block_on(sandbox());
    counter.add_gateway("kropay", &sandbox.url());
    bencher.bench_local(|| press_f9(&runtime, &counter, Via::Auto));
}
