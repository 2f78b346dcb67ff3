//! What may be done with a bill: whether it may be paid, and when its status may be asked. Pure rules over what is known.
//!
//! Deliberately absent: sentences (`bill_refusal.rs`), a clock, and the asking itself.

use crate::bill::BillStanding;
use crate::bill_event::{Bill, BillKind};
use crate::bill_refusal::BillRefusal;
use crate::bill_state::BillState;
use crate::money::Rupiah;
use crate::time::{BusinessDate, CutOff, UnixMs, Zone};

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// A provider answers for a postpaid payment this long; afterwards it knows nothing of it.
const POSTPAID_DAYS: i64 = 90;
/// A prepaid status is the same purchase sent again, which after 90 days is a new one; a month of it is left as margin.
const PREPAID_DAYS: i64 = 60;
/// A period word as long as this names a month or a year; a shorter one counts instalments or months.
const DATED_CHARS: usize = 4;

/// What the customer owes for it: the provider's selling price and the shop's own fee. None where a price is not
/// readable in whole rupiah, or is nothing: such a bill is never paid.
pub fn owed(bill: &Bill) -> Option<Rupiah> {
    let selling = bill.amounts.selling_price.filter(|price| *price > Rupiah::ZERO)?;
    bill.amounts.price.filter(|price| *price > Rupiah::ZERO)?;
    selling.checked_add(bill.fee).ok()
}

/// Where a bill stands among the others of its customer, and the deposit.
pub struct Around<'a> {
    /// Other bills of the same customer, at any gateway.
    pub others: &'a [(Bill, BillStanding)],
    /// The shop's deposit as the gateway told it last.
    pub deposit: Option<Rupiah>,
}

/// Whether a payment may leave now; answers what the customer owes. Whether money is secured is the caller's to see: it
/// comes in the same commit.
pub fn may_pay(
    bill: &Bill,
    standing: &BillStanding,
    around: &Around<'_>,
    now: UnixMs,
) -> Result<Rupiah, BillRefusal> {
    match standing.state {
        BillState::Inquired | BillState::MoneySecured => {}
        BillState::PaySent
        | BillState::Unknown
        | BillState::Pending
        | BillState::Failed
        | BillState::Success => return Err(BillRefusal::Sent),
    }
    if wib_date(bill.inquired_at) != wib_date(now) {
        return Err(BillRefusal::InquireAgain);
    }
    let owed = owed(bill).ok_or(BillRefusal::PriceUnreadable)?;
    let first = around.others.iter().find(|(other, theirs)| is_second(bill, other, theirs));
    if let Some((other, theirs)) = first {
        let (reference, state) = (other.id.reference(), theirs.state);
        return Err(BillRefusal::SecondPay { reference, state });
    }
    if let (Some(balance), Some(price)) = (around.deposit, bill.amounts.price)
        && balance < price
    {
        return Err(BillRefusal::DepositTooLow { balance, price });
    }
    Ok(owed)
}

/// Whether paying `bill` could pay again what `other` paid or may have paid.
pub fn is_second(bill: &Bill, other: &Bill, theirs: &BillStanding) -> bool {
    let product =
        bill.code == other.code || bill.product.is_some() && bill.product == other.product;
    // Whatever gateway it went by: two of one kind may spend from one account, and the customer owes it once.
    if bill.id == other.id || !product || bill.customer != other.customer {
        return false;
    }
    let unnamed = bill.periods.is_empty() || other.periods.is_empty();
    let mut common = bill.periods.intersection(&other.periods).peekable();
    let (ours, before) = (wib_date(bill.inquired_at), wib_date(other.inquired_at));
    match theirs.state {
        // A person's word that it failed is not the provider's.
        BillState::Failed if theirs.by_person => unnamed || common.peek().is_some(),
        BillState::Inquired | BillState::MoneySecured | BillState::Failed => false,
        BillState::PaySent | BillState::Unknown | BillState::Pending => {
            unnamed || common.peek().is_some()
        }
        // What names no period can be owed again tomorrow; a number of instalments or months can next month.
        BillState::Success if unnamed => ours == before,
        BillState::Success => common.any(|period| {
            period.chars().count() >= DATED_CHARS || ours.month_start() == before.month_start()
        }),
    }
}

/// The calendar date of the providers.
fn wib_date(at: UnixMs) -> BusinessDate {
    BusinessDate::of(at, Zone::Wib, CutOff::default())
}

/// Whether the status of a payment that left at `sent_at` may still be asked for.
pub fn is_too_old(kind: BillKind, sent_at: UnixMs, now: UnixMs) -> bool {
    now.since_ms(sent_at) >= oldest_days(kind) * DAY_MS
}

/// The age in days from which on it may not.
pub fn oldest_days(kind: BillKind) -> i64 {
    match kind {
        BillKind::Postpaid => POSTPAID_DAYS,
        BillKind::Prepaid => PREPAID_DAYS,
    }
}

/// How long to wait until the next call about one purchase may be made; 0 is now. A clock that was set back owes no wait.
pub fn wait_ms(last_call: UnixMs, now: UnixMs, min_recheck_ms: u32) -> i64 {
    let since = now.since_ms(last_call);
    if since < 0 { 0 } else { (i64::from(min_recheck_ms) - since).max(0) }
}

/// How long after the call before it the status of an open payment is asked by itself: a minute five times, five minutes
/// twelve times, then an hour. `asked` counts the askings so far. Without waits (tests) it is due at once.
pub fn pause_ms(asked: u32, min_recheck_ms: u32) -> i64 {
    if min_recheck_ms == 0 {
        return 0;
    }
    let pause = match asked {
        0..5 => MINUTE_MS,
        5..17 => 5 * MINUTE_MS,
        17.. => 60 * MINUTE_MS,
    };
    pause.max(i64::from(min_recheck_ms))
}
