//! What a fact posts. A pure function of one fact: it cannot see whether a refund exceeds what was paid; that is for
//! whoever decides the refund.

use crate::books::account::Account;
use crate::books::book::{Book, a_fee, not_negative, positive};
use crate::books::error::BooksError;
use crate::books::fact::{
    By, CashSource, Fact, Owed, PARTS_MAX, Part, Pocket, RefundBy, RefundOf, SetorTo, TopUpFrom,
    Way, Why,
};
use crate::books::leg::Leg;
use crate::books::part_legs::post_part;
use crate::id::GatewayName;
use crate::money::Rupiah;

/// The legs of `fact`, one per account, in the order of the chart: they sum to exactly zero. Empty when nothing moves.
/// Refused: amounts below zero, cash that does not add up, less money than was asked, results beyond 2^53.
pub fn legs(fact: &Fact) -> Result<Vec<Leg>, BooksError> {
    let mut book = Book::default();
    post(&mut book, fact)?;
    book.finish()
}

fn post(book: &mut Book, fact: &Fact) -> Result<(), BooksError> {
    match fact {
        Fact::SaleCovered { parts } => sale(book, parts),
        Fact::SaleVoided => Ok(()),
        Fact::BonPaid { part } if part.by == By::Bon => Err(BooksError::BonByBon),
        Fact::BonPaid { part } => post_part(book, part, Account::BonReceivable),
        Fact::MoneyReceived { at, amount, fee, why } => money(book, at, *amount, *fee, *why),
        Fact::MoneyWithdrawn { at, amount, fee } => {
            let owed = Owed::Unmatched.account();
            book.move_to(owed, at.account(), positive(*amount)?)?;
            book.move_to(at.account(), Account::GatewayFee, a_fee(*fee)?)
        }
        Fact::Settled { from, to_bank, fee } => settled(book, from, *to_bank, *fee),
        Fact::FeeCorrected { at, estimated, actual } => {
            let more = a_fee(*actual)?.checked_sub(a_fee(*estimated)?)?;
            book.move_to(Account::GatewayFee, at.account(), more)
        }
        Fact::RefundPromised { of, amount } => {
            book.move_to(given_back(*of), Account::RefundOwed, positive(*amount)?)
        }
        Fact::RefundPaid { of, amount, by } => {
            book.move_to(given_back(*of), paid_from(*by), positive(*amount)?)
        }
        Fact::CashIn { amount, from } => {
            book.move_to(Account::Cash, came_from(*from), positive(*amount)?)
        }
        Fact::CashOut { amount } => {
            book.move_to(Account::CashExpense, Account::Cash, positive(*amount)?)
        }
        Fact::Setor { amount, to } => {
            book.move_to(handed_to(*to), Account::Cash, positive(*amount)?)
        }
        Fact::ShiftOpened { float } => {
            book.move_to(Account::Cash, Account::OwnerCapital, not_negative(*float)?)
        }
        Fact::ShiftClosed { expected, counted } => {
            let short = expected.checked_sub(not_negative(*counted)?)?;
            book.move_to(Account::CashOverShort, Account::Cash, short)?;
            book.move_to(Account::OwnerCapital, Account::Cash, *counted)
        }
        Fact::DepositToppedUp { gateway, paid, credited, from } => {
            top_up(book, gateway, *paid, *credited, *from)
        }
        Fact::BillMoneyReceived { part } => post_part(book, part, Account::BillMoney),
        Fact::BillSucceeded { gateway, held, deposit_price, own_fee } => {
            bought(book, gateway, [*held, *deposit_price, *own_fee])
        }
        Fact::BillFailed { held } => {
            book.move_to(Account::BillMoney, Account::RefundOwed, positive(*held)?)
        }
        Fact::BillFoundPaid { held } => {
            book.move_to(Account::RefundOwed, Account::BillMoney, positive(*held)?)
        }
        Fact::BillRefunded { held, rounding, by } => refunded(book, *held, *rounding, *by),
        Fact::BillReversed { gateway, held, deposit_price, own_fee } => {
            reversed(book, gateway, [*held, *deposit_price, *own_fee])
        }
    }
}

fn sale(book: &mut Book, parts: &[Part]) -> Result<(), BooksError> {
    if parts.is_empty() {
        return Err(BooksError::NoParts);
    }
    if parts.len() > PARTS_MAX {
        return Err(BooksError::TooManyParts);
    }
    if parts.iter().filter(|part| part.by.way() == Way::Cash).count() > 1 {
        return Err(BooksError::CashTwice);
    }
    parts.iter().try_for_each(|part| post_part(book, part, Account::Revenue))
}

fn money(
    book: &mut Book,
    at: &Pocket,
    amount: Rupiah,
    fee: Rupiah,
    why: Why,
) -> Result<(), BooksError> {
    let owed = match why {
        Why::NoSale | Why::Short => Owed::Unmatched,
        Why::Again => Owed::Surplus,
    };
    book.move_to(at.account(), owed.account(), positive(amount)?)?;
    book.move_to(Account::GatewayFee, at.account(), a_fee(fee)?)
}

fn settled(book: &mut Book, from: &Pocket, to_bank: Rupiah, fee: Rupiah) -> Result<(), BooksError> {
    if *from == Pocket::Bank {
        return Err(BooksError::NothingToSettle);
    }
    book.move_to(Account::Bank, from.account(), positive(to_bank)?)?;
    book.move_to(Account::GatewayFee, from.account(), a_fee(fee)?)
}

fn top_up(
    book: &mut Book,
    gateway: &GatewayName,
    paid: Rupiah,
    credited: Rupiah,
    from: TopUpFrom,
) -> Result<(), BooksError> {
    let from = match from {
        TopUpFrom::Cash => Account::Cash,
        TopUpFrom::Bank => Account::Bank,
    };
    let lost = positive(paid)?.checked_sub(positive(credited)?)?;
    book.move_to(Account::BillDeposit(gateway.clone()), from.clone(), credited)?;
    book.move_to(Account::GatewayFee, from, lost)
}

/// `[held, deposit_price, own_fee]`: the held money pays the deposit's price, the own fee, and leaves the margin.
fn bought(book: &mut Book, gateway: &GatewayName, bill: [Rupiah; 3]) -> Result<(), BooksError> {
    let [_, deposit_price, own_fee] = bill;
    let margin = margin(bill)?;
    book.move_to(Account::BillMoney, Account::BillDeposit(gateway.clone()), deposit_price)?;
    book.move_to(Account::BillMoney, Account::BillFee, own_fee)?;
    book.move_to(Account::BillMoney, Account::BillMargin, margin)
}

/// The same backwards, but what was held is owed to the customer now.
fn reversed(book: &mut Book, gateway: &GatewayName, bill: [Rupiah; 3]) -> Result<(), BooksError> {
    let [_, deposit_price, own_fee] = bill;
    let margin = margin(bill)?;
    book.move_to(Account::BillDeposit(gateway.clone()), Account::RefundOwed, deposit_price)?;
    book.move_to(Account::BillFee, Account::RefundOwed, own_fee)?;
    book.move_to(Account::BillMargin, Account::RefundOwed, margin)
}

/// The customer's payment backwards, rounding included.
fn refunded(
    book: &mut Book,
    held: Rupiah,
    rounding: Rupiah,
    by: RefundBy,
) -> Result<(), BooksError> {
    positive(positive(held)?.checked_add(rounding)?)?;
    book.move_to(Account::RefundOwed, paid_from(by), held)?;
    book.move_to(Account::Rounding, paid_from(by), rounding)
}

/// What a bill leaves above its deposit price and the own fee, signed, in rupiah.
fn margin([held, deposit_price, own_fee]: [Rupiah; 3]) -> Result<Rupiah, BooksError> {
    let kept = positive(held)?.checked_sub(not_negative(deposit_price)?)?;
    Ok(kept.checked_sub(a_fee(own_fee)?)?)
}

fn given_back(of: RefundOf) -> Account {
    match of {
        RefundOf::Sale => Account::SalesReturned,
        RefundOf::Owed(owed) => owed.account(),
    }
}

fn paid_from(by: RefundBy) -> Account {
    match by {
        RefundBy::Cash => Account::Cash,
        RefundBy::Transfer => Account::Bank,
    }
}

fn came_from(from: CashSource) -> Account {
    match from {
        CashSource::Other => Account::OtherIncome,
        CashSource::Owner => Account::OwnerCapital,
    }
}

fn handed_to(to: SetorTo) -> Account {
    match to {
        SetorTo::Owner => Account::OwnerCapital,
        SetorTo::Bank => Account::Bank,
    }
}
