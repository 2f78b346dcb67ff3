//! What each provider's contract allows after an unanswered create, and money that goes back.

use std::collections::BTreeMap;

use laci_sandbox::{Fault, Operation, Sandbox, SandboxOptions};
use laci_till::wire::{GatewayAdd, PaymentView, Pill, Via};
use laci_till::{By, PRACTICE_KEY, Resolve};

use crate::world::{Counter, charge};

struct World {
    counter: Counter,
    sandbox: Sandbox,
}

impl World {
    async fn with(kind: &str, own: &[(&str, &str)]) -> Self {
        let options =
            SandboxOptions { api_key: PRACTICE_KEY.to_owned(), ..SandboxOptions::default() };
        let sandbox = Sandbox::start(options).await.expect("a free port");
        let counter = Counter::open();
        let common = [("min_recheck_ms", "0"), ("timeout_ms", "500")];
        let options = common.iter().chain(own);
        let add = GatewayAdd {
            kind: kind.to_owned(),
            name: kind.to_owned(),
            base_url: sandbox.base_url(kind),
            options: options.map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect(),
            secrets: BTreeMap::new(),
        };
        counter.till.gateway_add(By::counter(), &add).expect("a gateway");
        Self { counter, sandbox }
    }

    async fn charge(&self, kind: &str) -> PaymentView {
        let via = Via::Gateway { name: kind.to_owned(), method: None, extra: BTreeMap::new() };
        self.counter.till.payment_start(By::counter(), charge(40_000, via, None)).await.unwrap()
    }

    async fn check(&self, payment: &PaymentView) -> PaymentView {
        self.counter.till.payment_check(payment.id.parse().unwrap()).await.unwrap()
    }

    async fn resolve(&self, payment: &PaymentView, action: Resolve) -> Result<PaymentView, String> {
        let id = payment.id.parse().unwrap();
        let done = self.counter.till.payment_resolve(By::counter(), id, action).await;
        done.map_err(|error| error.code().to_owned())
    }

    fn bills(&self) -> usize {
        self.sandbox.bills().len()
    }
}

const APP: [(&str, &str); 1] = [("app_code", laci_sandbox::APP_CODE)];

#[tokio::test(flavor = "multi_thread")]
async fn bayargg_looks_before_anything_is_sent_again() {
    let world = World::with("bayargg", &[]).await;
    // Made, and its answer lost: the list has it, so it is shown to whoever still waits.
    world.sandbox.set_fault(Operation::Create, Fault::CommitThenReset, 1);
    let found = world.charge("bayargg").await;
    assert!(found.presentment.is_some() && found.gateway_id.is_some(), "{:?}", found.notices);
    assert_eq!((world.bills(), world.sandbox.creates_with(&found.id)), (1, 1));

    // The list does not answer either: unknown, and not shown; a later look finds it, and only watches it.
    world.sandbox.set_fault(Operation::Create, Fault::CommitThenReset, 1);
    world.sandbox.set_fault(Operation::Call, Fault::Status { status: 500 }, 3);
    let lost = world.charge("bayargg").await;
    assert_eq!((lost.state.as_str(), &lost.presentment), ("unknown", &None));
    world.sandbox.clear_faults();
    let known = world.check(&lost).await;
    assert_eq!((known.state.as_str(), &known.presentment), ("pending", &None), "watched, not shown");
    let reference = known.gateway_id.clone().expect("its name was learnt");
    world.sandbox.pay(&reference).unwrap();
    assert_eq!(world.check(&known).await.state, "paid");
    assert_eq!(world.sandbox.creates_with(&lost.id), 1, "never sent again by itself");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_retry_at_bayargg_is_a_second_create_only_when_there_is_no_first_bill() {
    let world = World::with("bayargg", &[]).await;
    world.sandbox.set_fault(Operation::Create, Fault::ResetFirst, 1);
    let never = world.charge("bayargg").await;
    assert_eq!((never.state.as_str(), world.bills()), ("unknown", 0), "it never arrived");
    world.sandbox.set_fault(Operation::Call, Fault::Html, 3);
    let refused = world.resolve(&never, Resolve::Retry).await;
    assert_eq!(refused.unwrap_err(), "look_up_failed", "nothing is sent while nobody can look");
    assert_eq!(world.sandbox.creates_with(&never.id), 0);
    world.sandbox.clear_faults();
    let made = world.resolve(&never, Resolve::Retry).await.unwrap();
    assert!(made.presentment.is_some(), "{:?}", made.notices);
    assert_eq!((world.bills(), world.sandbox.creates_with(&never.id)), (1, 1));

    world.sandbox.set_fault(Operation::Create, Fault::CommitThenReset, 1);
    world.sandbox.set_fault(Operation::Call, Fault::Html, 1);
    let lost = world.charge("bayargg").await;
    world.sandbox.clear_faults();
    assert_eq!(lost.state, "unknown");
    let shown = world.resolve(&lost, Resolve::Retry).await.unwrap();
    assert!(shown.presentment.is_some(), "the first one's bill, found by the look-up");
    assert_eq!((world.bills(), world.sandbox.creates_with(&lost.id)), (2, 1), "no second create");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_midtrans_order_is_watched_though_no_answer_ever_came() {
    let world = World::with("midtrans", &APP).await;
    world.sandbox.set_fault(Operation::Create, Fault::CommitThenHang, 2);
    let lost = world.charge("midtrans").await;
    world.sandbox.clear_faults();
    assert_eq!(lost.presentment, None, "its link is lost");
    assert_eq!(lost.gateway_id.as_deref(), Some(lost.id.as_str()), "our reference is its name");
    assert_eq!((world.bills(), world.sandbox.creates_with(&lost.id)), (1, 2), "one bill");
    world.sandbox.pay(&lost.id).unwrap();
    assert_eq!(world.check(&lost).await.state, "paid");
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_goes_back_is_flagged_and_un_sells_nothing() {
    let world = World::with("midtrans", &APP).await;
    let open = world.charge("midtrans").await;
    assert_eq!(world.check(&open).await.state, "pending", "404 inside 200: not chosen yet");
    world.sandbox.pay(&open.id).unwrap();
    assert_eq!(world.check(&open).await.state, "paid");
    world.sandbox.reverse(&open.id).unwrap();
    let back = world.check(&open).await;
    assert_eq!(back.state, "paid", "the sale stays what it was");
    assert!(back.flags.contains(&"reversed".to_owned()), "{:?}", back.flags);
    assert!(back.notices.iter().any(|notice| notice.code == "reversed"), "{:?}", back.notices);
    let sale = world.counter.till.sale_show(open.sale_id.parse().unwrap()).unwrap();
    assert_eq!((sale.paid, sale.pill), (40_000, Pill::Review), "{sale:?}");
    let verdict = world.counter.till.ledger().verify(&mut |_, _| true).unwrap();
    assert!(verdict.ok, "{:?}", verdict.problems);

    // Taken back before anybody looked: it never covers the sale.
    let unseen = world.charge("midtrans").await;
    world.sandbox.pay(&unseen.id).unwrap();
    world.sandbox.reverse(&unseen.id).unwrap();
    let gone = world.check(&unseen).await;
    assert_eq!(gone.state, "cancelled", "{gone:?}");
    assert!(gone.flags.contains(&"reversed".to_owned()), "{:?}", gone.flags);
}
