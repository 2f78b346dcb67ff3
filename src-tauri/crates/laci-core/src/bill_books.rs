//! What a bill's standing posts, given what was posted for it before. A provider that says both ways moves nothing: the
//! books stay as they were until a person decides.

use crate::bill::{BillStanding, fold};
use crate::bill_event::{Bill, BillCash, BillChange};
use crate::bill_state::BillState;
use crate::books::{BooksError, By, Fact, Part};
use crate::money::Rupiah;

/// What stands in the books for a bill.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BillBooked {
    #[default]
    Nothing,
    /// The customer's money is owed to the bill.
    Held,
    Succeeded {
        deposit_price: Rupiah,
    },
    /// The customer's money is owed back.
    Failed,
}

/// What the last of `changes` posts, given that each before it posted what it did, in the order of the log.
pub fn last(bill: &Bill, changes: &[BillChange]) -> Result<Vec<Fact>, BooksError> {
    let (mut booked, mut posted) = (BillBooked::default(), Vec::new());
    for end in 1..=changes.len() {
        let standing = fold(bill, changes.get(..end).unwrap_or(changes));
        (posted, booked) = facts(bill, &standing, booked)?;
    }
    Ok(posted)
}

/// The facts that bring the books from `booked` to where `standing` is, and what stands in them then.
pub fn facts(
    bill: &Bill,
    standing: &BillStanding,
    booked: BillBooked,
) -> Result<(Vec<Fact>, BillBooked), BooksError> {
    let Some(cash) = standing.cash else { return Ok((Vec::new(), booked)) };
    let mut facts = Vec::new();
    let mut now = booked;
    if now == BillBooked::Nothing {
        facts.push(Fact::BillMoneyReceived { part: part(cash)? });
        now = BillBooked::Held;
    }
    let held = cash.price;
    match (standing.state, now) {
        (BillState::Success, BillBooked::Succeeded { .. })
        | (BillState::Failed, BillBooked::Failed) => {}
        (BillState::Success, BillBooked::Nothing | BillBooked::Held | BillBooked::Failed) => {
            if now == BillBooked::Failed {
                facts.push(Fact::BillFoundPaid { held });
            }
            let deposit_price = standing.deposit_price.unwrap_or(held);
            let (gateway, own_fee) = (bill.gateway.clone(), bill.fee);
            facts.push(Fact::BillSucceeded { gateway, held, deposit_price, own_fee });
            now = BillBooked::Succeeded { deposit_price };
        }
        (BillState::Failed, BillBooked::Succeeded { deposit_price }) => {
            let (gateway, own_fee) = (bill.gateway.clone(), bill.fee);
            facts.push(Fact::BillReversed { gateway, held, deposit_price, own_fee });
            now = BillBooked::Failed;
        }
        (BillState::Failed, BillBooked::Nothing | BillBooked::Held) => {
            facts.push(Fact::BillFailed { held });
            now = BillBooked::Failed;
        }
        (
            BillState::Inquired
            | BillState::MoneySecured
            | BillState::PaySent
            | BillState::Unknown
            | BillState::Pending,
            _,
        ) => {}
    }
    Ok((facts, now))
}

fn part(cash: BillCash) -> Result<Part, BooksError> {
    let change = cash.change().ok_or(BooksError::Overflow)?;
    let (tendered, rounding) = (cash.tendered, cash.rounding);
    Ok(Part { price: cash.price, by: By::Cash { tendered, change, rounding } })
}
