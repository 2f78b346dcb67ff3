//! A gateway with many open bills that does not answer holds back no other gateway's.

use laci_core::{
    Actor, Attempt, AttemptId, AttemptState, Body, Evidence, GatewayName, Method, Observed,
    OutboxEnd, Rupiah, Sale, SaleId, SaleLine, Source, Terms, UnixMs,
};
use laci_till::Till;
use laci_till::ledger::{LedgerError, Moment, Op, TransactError};
use laci_till::wire::Via;

use crate::world::{Counter, charge, sandbox};

/// More than one pass looks at.
const MANY: u64 = 150;

fn id<T: std::str::FromStr>(number: u64) -> T
where
    T::Err: std::fmt::Debug,
{
    format!("01a1fcf0-a4e6-7f26-bed0-{number:012x}").parse().unwrap()
}

/// A bill that `gateway` named and that nobody has paid, written into the books as a charge would have.
fn open_bill(till: &Till, gateway: &GatewayName, number: u64) {
    let moment = Moment { now: UnixMs(1_795_000_000_000), actor: Actor::Counter };
    let work = |tx: &mut laci_till::ledger::Tx<'_>| -> Result<(), LedgerError> {
        let amount = Rupiah::from_u32(10_000);
        let lines = vec![SaleLine { name: "x".to_owned(), quantity: 1, unit_price: amount }];
        let (sale_id, attempt_id): (SaleId, AttemptId) = (id(number), id(number));
        let sale_number = tx.next_sale_number()?;
        let sale = Sale { id: sale_id, number: sale_number, lines, total: amount, order: None };
        tx.append(Body::SaleRecorded { sale })?;
        let method = Method::Gateway { gateway: gateway.clone(), method: None };
        let terms = Terms { amount, method };
        let attempt = Attempt { id: attempt_id, sale_id, started_at: moment.now, terms };
        tx.append(Body::AttemptStarted { attempt })?;
        let mut observed = Observed::bare(AttemptState::Pending);
        observed.gateway_id = Some(format!("PG-{number}"));
        observed.amount = Some(amount);
        let evidence =
            Evidence { source: Source::Create, at: moment.now, observed, raw: None, reason: None };
        tx.append(Body::EvidenceAdded { attempt_id, evidence })?;
        if let Some(owed) = tx.attempt(attempt_id)?.and_then(|row| row.create) {
            tx.append(Body::OutboxEnded { item: owed.id, end: OutboxEnd::Done })?;
        }
        Ok(())
    };
    till.ledger()
        .transact(Op::PaymentStart, moment, work)
        .map_err(TransactError::into_work)
        .unwrap();
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
    let via = Via::Gateway { name: "hidup".to_owned(), method: None };
    let shown = counter.till.payment_start(charge(10_000, via, None)).await.unwrap();
    counter.till.work_once().await.unwrap();
    assert_eq!(living.bills()[0].polls, 1, "looked at in the first pass");
    living.pay(shown.gateway_id.as_deref().unwrap()).unwrap();
    let mut matched = 0;
    for _ in 0..3 {
        matched += counter.till.work_once().await.unwrap().matched;
    }
    assert_eq!(matched, 1, "paid within the next passes, whatever the other gateway owes");
}
