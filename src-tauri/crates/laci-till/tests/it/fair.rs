//! A gateway with many open bills that does not answer holds back no other gateway's.

use std::io::Read;
use std::ops::RangeInclusive;

use laci_core::{
    Actor, Attempt, AttemptId, AttemptState, Body, Evidence, GatewayName, Method, Observed,
    OutboxEnd, OutboxId, Rupiah, Sale, SaleId, SaleLine, Source, Terms, UnixMs,
};
use laci_till::ledger::{LedgerError, Moment, Op, TransactError, Tx};
use laci_till::wire::Via;
use laci_till::{By, Till};

use crate::world::{Counter, charge, sandbox};

/// More than one pass looks at.
const MANY: u64 = 150;

fn id<T: std::str::FromStr>(number: u64) -> T
where
    T::Err: std::fmt::Debug,
{
    format!("01a1fcf0-a4e6-7f26-bed0-{number:012x}").parse().unwrap()
}

pub(crate) const STARTED: UnixMs = UnixMs(1_795_000_000_000);

/// A bill that `gateway` named and that nobody has paid, written into the books as a charge would have.
fn open_bill(till: &Till, gateway: &GatewayName, number: u64) {
    open_bills(till, gateway, number..=number);
}

/// Many of them, in one commit.
pub(crate) fn open_bills(till: &Till, gateway: &GatewayName, numbers: RangeInclusive<u64>) {
    start(till, gateway, numbers, |tx, attempt_id, owed| {
        let number = attempt_id.0.as_u128() & 0xffff_ffff_ffff;
        let mut observed = Observed::bare(AttemptState::Pending);
        observed.gateway_id = Some(format!("PG-{number}"));
        observed.amount = Some(Rupiah::from_u32(10_000));
        let evidence =
            Evidence { source: Source::Create, at: STARTED, observed, raw: None, reason: None };
        tx.append(Body::EvidenceAdded { attempt_id, evidence })?;
        tx.append(Body::OutboxEnded { item: owed, end: OutboxEnd::Done })?;
        Ok(())
    });
}

/// A create that was on its way when the computer stopped.
fn cut_off(till: &Till, gateway: &GatewayName, number: u64) {
    start(till, gateway, number..=number, |tx, attempt_id, item| {
        tx.append(Body::OutboxSending { item, tries: 1, attempt_id: Some(attempt_id) })?;
        Ok(())
    });
}

fn start(
    till: &Till,
    gateway: &GatewayName,
    numbers: RangeInclusive<u64>,
    then: impl Fn(&mut Tx<'_>, AttemptId, OutboxId) -> Result<(), LedgerError>,
) {
    let moment = Moment { now: STARTED, actor: Actor::Counter, approver: None };
    let work = |tx: &mut Tx<'_>| -> Result<(), LedgerError> {
        for number in numbers.clone() {
            let (attempt_id, owed) = started(tx, gateway, number)?;
            then(tx, attempt_id, owed)?;
        }
        Ok(())
    };
    till.ledger()
        .transact(Op::PaymentStart, moment, work)
        .map_err(TransactError::into_work)
        .unwrap();
}

fn started(
    tx: &mut Tx<'_>,
    gateway: &GatewayName,
    number: u64,
) -> Result<(AttemptId, OutboxId), LedgerError> {
    let amount = Rupiah::from_u32(10_000);
    let lines = vec![SaleLine { name: "x".to_owned(), quantity: 1, unit_price: amount }];
    let (sale_id, attempt_id): (SaleId, AttemptId) = (id(number), id(number));
    let sale_number = tx.next_sale_number()?;
    let sale = Sale { id: sale_id, number: sale_number, lines, total: amount, order: None };
    tx.append(Body::SaleRecorded { sale })?;
    let method =
        Method::Gateway { gateway: gateway.clone(), method: None, extra: Default::default() };
    let terms = Terms { amount, method };
    let attempt = Attempt { id: attempt_id, sale_id, started_at: STARTED, terms };
    tx.append(Body::AttemptStarted { attempt })?;
    let owed = tx.attempt(attempt_id)?.and_then(|row| row.create).expect("a create is owed");
    Ok((attempt_id, owed.id))
}

/// An address on which nobody listens.
fn nobody() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dead_gateways_many_bills_do_not_starve_the_living() {
    let (living, counter) = (sandbox().await, Counter::open());
    counter.add_gateway("mati", &nobody());
    counter.add_gateway("hidup", &living.url());
    let name = GatewayName::new("mati").unwrap();
    (1..=MANY).for_each(|number| open_bill(&counter.till, &name, number));
    let via = Via::Gateway { name: "hidup".to_owned(), method: None, extra: Default::default() };
    let shown = counter.till.payment_start(By::counter(), charge(10_000, via, None)).await.unwrap();
    counter.till.work_once().await.unwrap();
    assert_eq!(living.bills()[0].polls, 1, "looked at in the first pass");
    living.pay(shown.gateway_id.as_deref().unwrap()).unwrap();
    let mut matched = 0;
    for _ in 0..3 {
        matched += counter.till.work_once().await.unwrap().matched;
    }
    assert_eq!(matched, 1, "paid within the next passes, whatever the other gateway owes");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_hangs_holds_back_no_others_unknown_create() {
    let (living, counter) = (sandbox().await, Counter::open());
    // Takes the call and never answers.
    let hanging = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    counter.add_gateway("gantung", &format!("http://{}", hanging.local_addr().unwrap()));
    counter.add_gateway("hidup", &living.url());
    cut_off(&counter.till, &GatewayName::new("gantung").unwrap(), 1);
    cut_off(&counter.till, &GatewayName::new("hidup").unwrap(), 2);
    let till = counter.till.clone();
    let pass = tokio::spawn(async move { till.work_once().await });
    while living.bills().is_empty() {
        assert!(!pass.is_finished(), "the pass ended without asking the living gateway");
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert!(still_waits(&hanging), "the other is asked at the same time");
    pass.abort();
}

/// Whether the one who called has not given up.
fn still_waits(called: &std::net::TcpListener) -> bool {
    let (mut call, _) = called.accept().unwrap();
    call.set_nonblocking(true).unwrap();
    let mut said = [0; 4096];
    loop {
        match call.read(&mut said) {
            Ok(0) => return false,
            Ok(_) => {}
            Err(error) => return error.kind() == std::io::ErrorKind::WouldBlock,
        }
    }
}
