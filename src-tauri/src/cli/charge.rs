//! `laci charge`: a sale of one amount and one payment for it.

use std::sync::Arc;
use std::time::Duration;

use laci_till::wire::{LineInput, PaymentView, Via};
use laci_till::{By, Charge, Lang, Result, Till};
use tokio::time::{Instant, sleep};

use super::args::ChargeArgs;
use super::outcome::Outcome;
use super::payment::told;

/// How often a waiting verb looks at what the workers learnt.
const LOOK: Duration = Duration::from_millis(50);
/// How long it stays for another payment's create that its workers have begun.
const OTHERS: Duration = Duration::from_secs(30);
const NAME: &str = "Penjualan";

pub(super) async fn run(till: &Arc<Till>, by: By, args: &ChargeArgs, lang: Lang) -> Outcome {
    match charged(till, by, args).await {
        Ok(payment) => told(till, &payment, lang),
        Err(error) => Outcome::failed(&error, lang),
    }
}

async fn charged(till: &Arc<Till>, by: By, args: &ChargeArgs) -> Result<PaymentView> {
    let via = match (&args.via.gateway, args.via.own_qris) {
        (Some(name), _) if args.later => Via::Later {
            name: name.clone(),
            method: args.method.clone(),
            extra: Default::default(),
        },
        (Some(name), _) => Via::Gateway {
            name: name.clone(),
            method: args.method.clone(),
            extra: Default::default(),
        },
        (None, true) => Via::OwnQris,
        (None, false) => Via::Auto,
    };
    let name = args.description.clone().unwrap_or_else(|| NAME.to_owned());
    let charge = Charge {
        lines: vec![LineInput { name, quantity: 1, unit_price: args.amount }],
        via,
        order: args.order.clone(),
        description: args.description.clone(),
        customer: args.customer.clone(),
    };
    if let Some(tendered) = args.via.cash {
        return till.cash_pay(by, charge, tendered).await;
    }
    let payment = till.payment_start(by, charge).await?;
    let Some(seconds) = args.wait else { return Ok(payment) };
    waited(till, payment, Duration::from_secs(seconds)).await
}

/// Waits while the workers ask, and lets them finish what a payment owes (its receipt).
async fn waited(till: &Arc<Till>, payment: PaymentView, patience: Duration) -> Result<PaymentView> {
    let id = payment.id.parse().map_err(|_| laci_till::Refusal::PaymentUnknown)?;
    let end = Instant::now() + patience;
    let mut now = payment;
    while !is_over(&now) && Instant::now() < end {
        sleep(LOOK).await;
        now = till.payment_show(id)?;
    }
    if is_covered(&now) {
        till.work_once().await?;
    }
    till.creates_end(OTHERS).await;
    Ok(now)
}

fn is_covered(payment: &PaymentView) -> bool {
    matches!(payment.state.as_str(), "paid" | "confirmed")
}

fn is_over(payment: &PaymentView) -> bool {
    is_covered(payment) || matches!(payment.state.as_str(), "rejected" | "failed")
}
