//! What one part of a price posts: the money that came, against the account that it covers (revenue, a bon, a bill).

use crate::books::account::Account;
use crate::books::book::{Book, a_fee, not_negative, positive};
use crate::books::error::BooksError;
use crate::books::fact::{By, Part};
use crate::money::Rupiah;

/// Cash rounding is below the largest step in use; a whole thousand would be a mistake.
const ROUNDING_BELOW: Rupiah = Rupiah::from_u32(1_000);

/// `covers` is credited with the price alone: code, rounding and surplus have accounts of their own.
pub(super) fn post_part(book: &mut Book, part: &Part, covers: Account) -> Result<(), BooksError> {
    let price = positive(part.price)?;
    match &part.by {
        By::Cash { tendered, change, rounding } => {
            let cash = Cash { tendered: *tendered, change: *change, rounding: *rounding };
            post_cash(book, price, cash, covers)
        }
        By::Sent { to, unique_code, received, fee, seen: _ } => {
            let asked = asked(price, *unique_code)?;
            post_money(book, to.account(), *received, asked)?;
            book.move_to(to.account(), Account::UniqueCode, *unique_code)?;
            book.move_to(to.account(), covers, price)?;
            book.move_to(Account::GatewayFee, to.account(), a_fee(*fee)?)
        }
        By::Bon => book.move_to(Account::BonReceivable, covers, price),
        By::Held { from, via: _, unique_code, amount } => {
            let asked = asked(price, *unique_code)?;
            post_money(book, from.account(), *amount, asked)?;
            book.move_to(from.account(), Account::UniqueCode, *unique_code)?;
            book.move_to(from.account(), covers, price)
        }
    }
}

struct Cash {
    tendered: Rupiah,
    change: Rupiah,
    rounding: Rupiah,
}

fn post_cash(
    book: &mut Book,
    price: Rupiah,
    cash: Cash,
    covers: Account,
) -> Result<(), BooksError> {
    let Cash { tendered, change, rounding } = cash;
    if tendered < Rupiah::ZERO {
        return Err(BooksError::TenderedNegative);
    }
    if change < Rupiah::ZERO {
        return Err(BooksError::ChangeNegative);
    }
    if change > tendered {
        return Err(BooksError::ChangeAboveTendered);
    }
    if rounding >= ROUNDING_BELOW || rounding.negated() >= ROUNDING_BELOW {
        return Err(BooksError::RoundingTooLarge);
    }
    let due = asked(price, rounding)?;
    if tendered.checked_sub(change)? != due {
        return Err(BooksError::ChangeWrong { due });
    }
    book.move_to(Account::Cash, Account::Rounding, rounding)?;
    book.move_to(Account::Cash, covers, price)
}

/// What the customer was asked for, above zero, in rupiah.
fn asked(price: Rupiah, difference: Rupiah) -> Result<Rupiah, BooksError> {
    let asked = price.checked_add(difference)?;
    if asked <= Rupiah::ZERO {
        return Err(BooksError::AskedNotPositive);
    }
    Ok(asked)
}

/// What came beyond the asked amount is the customer's: a surplus, never revenue.
fn post_money(
    book: &mut Book,
    place: Account,
    received: Rupiah,
    asked: Rupiah,
) -> Result<(), BooksError> {
    let surplus = not_negative(received)?.checked_sub(asked)?;
    if surplus < Rupiah::ZERO {
        return Err(BooksError::PaidLessThanAsked { asked });
    }
    book.move_to(place, Account::Surplus, surplus)
}
