//! The played shop's deposit and what was bought out of it: customers' bills and credit. Deliberately absent: bills that
//! customers pay by QR (`book`), and whatever a provider calls all this.

mod product;

use std::collections::{BTreeMap, VecDeque};

pub(crate) use product::{Fate, PRODUCTS, Product};

use crate::clock;

/// How often a purchase that is open is looked at until it ends.
const LOOKS_TO_END: u32 = 2;
/// The whole price list is handed out this often.
const LIST_PAUSE_S: i64 = 300;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Asked what is owed, and not paid.
    Inquired,
    Pending,
    Paid,
    Failed,
}

/// One purchase.
#[derive(Clone, Debug)]
pub(crate) struct Trade {
    pub(crate) ref_id: String,
    pub(crate) customer_no: String,
    pub(crate) product: &'static Product,
    pub(crate) state: State,
    fate: Fate,
    looks: u32,
}

/// Why nothing was bought or found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    NoProduct,
    /// The number is in no table.
    WrongNumber,
    /// The customer owes nothing yet.
    NothingOwed,
    /// The reference is another purchase's.
    UsedReference,
    /// It was never inquired, or inquired with another product or number.
    NotInquired,
    /// No such payment.
    NotFound,
    LowDeposit,
}

/// At most `most` purchases; the oldest go first.
#[derive(Debug)]
pub(crate) struct Ppob {
    balance: u64,
    deposit: u64,
    list_limit: bool,
    /// Whether the shop's address is on the provider's list.
    pub(crate) known_address: bool,
    trades: BTreeMap<String, Trade>,
    order: VecDeque<String>,
    /// Calls that arrived and spend, per reference, whatever was answered.
    pays: BTreeMap<String, u32>,
    /// Calls that arrived, by name.
    calls: BTreeMap<&'static str, u32>,
    listed_at_s: Option<i64>,
    most: usize,
}

impl Ppob {
    pub(crate) fn new(deposit: u64, list_limit: bool, most: usize) -> Self {
        Self {
            balance: deposit,
            deposit,
            list_limit,
            known_address: true,
            trades: BTreeMap::new(),
            order: VecDeque::new(),
            pays: BTreeMap::new(),
            calls: BTreeMap::new(),
            listed_at_s: None,
            most: most.max(1),
        }
    }

    pub(crate) fn balance(&self) -> u64 {
        self.balance
    }

    /// Counts an arrived call; `spends` names the purchase of one that spends.
    pub(crate) fn count(&mut self, call: &'static str, spends: Option<&str>) {
        *self.calls.entry(call).or_default() += 1;
        let Some(ref_id) = spends else { return };
        let room = self.pays.len() < self.most.saturating_mul(4);
        if let Some(count) = self.pays.get_mut(ref_id) {
            *count += 1;
        } else if room {
            self.pays.insert(ref_id.to_owned(), 1);
        }
    }

    pub(crate) fn pays(&self, ref_id: &str) -> u32 {
        self.pays.get(ref_id).copied().unwrap_or(0)
    }

    pub(crate) fn calls(&self, name: &str) -> u32 {
        self.calls.get(name).copied().unwrap_or(0)
    }

    /// What the customer owes. The same question again is answered again, until it is paid.
    pub(crate) fn inquire(
        &mut self,
        ref_id: &str,
        code: &str,
        customer_no: &str,
    ) -> Result<Trade, Refusal> {
        let product = product::find(code, false).ok_or(Refusal::NoProduct)?;
        let fate = product.fate(customer_no).ok_or(Refusal::WrongNumber)?;
        if fate == Fate::NothingOwed {
            return Err(Refusal::NothingOwed);
        }
        if let Some(trade) = self.trades.get(ref_id) {
            let same = trade.is(product, customer_no) && trade.state == State::Inquired;
            return if same { Ok(trade.clone()) } else { Err(Refusal::UsedReference) };
        }
        Ok(self.keep(Trade::new(ref_id, product, customer_no, fate)))
    }

    /// Takes the price out of the deposit, once a reference; again is answered with what the first one came to.
    pub(crate) fn pay(
        &mut self,
        ref_id: &str,
        code: &str,
        customer_no: &str,
    ) -> Result<Trade, Refusal> {
        let product = product::find(code, false).ok_or(Refusal::NoProduct)?;
        let trade = self.trades.get(ref_id).ok_or(Refusal::NotInquired)?;
        if !trade.is(product, customer_no) {
            return Err(Refusal::NotInquired);
        }
        self.settle(ref_id)
    }

    /// The same without an inquiry. Again is how its status is asked.
    pub(crate) fn topup(
        &mut self,
        ref_id: &str,
        code: &str,
        customer_no: &str,
    ) -> Result<Trade, Refusal> {
        let product = product::find(code, true).ok_or(Refusal::NoProduct)?;
        let fate = product.fate(customer_no).ok_or(Refusal::WrongNumber)?;
        match self.trades.get(ref_id) {
            Some(trade) if !trade.is(product, customer_no) => return Err(Refusal::UsedReference),
            Some(trade) if trade.state != State::Inquired => return self.look(ref_id),
            Some(_) => {}
            None => {
                self.keep(Trade::new(ref_id, product, customer_no, fate));
            }
        }
        self.settle(ref_id)
    }

    fn settle(&mut self, ref_id: &str) -> Result<Trade, Refusal> {
        let trade = self.trades.get_mut(ref_id).ok_or(Refusal::NotFound)?;
        if trade.state == State::Inquired {
            let left = self.balance.checked_sub(trade.product.price).ok_or(Refusal::LowDeposit)?;
            trade.state = match trade.fate {
                Fate::Paid => State::Paid,
                Fate::PayFails | Fate::NothingOwed => State::Failed,
                Fate::OpenThenPaid | Fate::OpenThenFails => State::Pending,
            };
            if trade.state != State::Failed {
                self.balance = left;
            }
        }
        Ok(trade.clone())
    }

    /// How a payment stands. An open one ends after a few looks; one that fails gives its price back.
    pub(crate) fn look(&mut self, ref_id: &str) -> Result<Trade, Refusal> {
        let trade = self.trades.get_mut(ref_id).ok_or(Refusal::NotFound)?;
        match trade.state {
            State::Inquired => return Err(Refusal::NotFound),
            State::Paid | State::Failed => {}
            State::Pending => {
                trade.looks += 1;
                if trade.looks >= LOOKS_TO_END {
                    let paid = trade.fate == Fate::OpenThenPaid;
                    trade.state = if paid { State::Paid } else { State::Failed };
                    self.balance += if paid { 0 } else { trade.product.price };
                }
            }
        }
        Ok(trade.clone())
    }

    /// Whether the whole price list may be handed out now.
    pub(crate) fn may_list(&mut self) -> bool {
        let now = clock::now_s();
        let early = self.listed_at_s.is_some_and(|at| now - at < LIST_PAUSE_S);
        if self.list_limit && early {
            return false;
        }
        self.listed_at_s = Some(now);
        true
    }

    fn keep(&mut self, trade: Trade) -> Trade {
        if self.order.len() >= self.most
            && let Some(oldest) = self.order.pop_front()
        {
            self.trades.remove(&oldest);
            self.pays.remove(&oldest);
        }
        self.order.push_back(trade.ref_id.clone());
        self.trades.insert(trade.ref_id.clone(), trade.clone());
        trade
    }

    pub(crate) fn reset(&mut self) {
        *self = Self::new(self.deposit, self.list_limit, self.most);
    }
}

impl Trade {
    fn new(ref_id: &str, product: &'static Product, customer_no: &str, fate: Fate) -> Self {
        Self {
            ref_id: ref_id.to_owned(),
            customer_no: customer_no.to_owned(),
            product,
            state: State::Inquired,
            fate,
            looks: 0,
        }
    }

    fn is(&self, product: &Product, customer_no: &str) -> bool {
        std::ptr::eq(self.product, product) && self.customer_no == customer_no
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLN: &str = "530000000001";

    #[test]
    fn the_deposit_is_taken_once_and_given_back_by_what_fails() {
        let mut ppob = Ppob::new(25_000, true, 10);
        assert_eq!(ppob.pay("R1", "pln", PLN).unwrap_err(), Refusal::NotInquired);
        ppob.inquire("R1", "pln", PLN).unwrap();
        assert_eq!(ppob.look("R1").unwrap_err(), Refusal::NotFound, "inquired is not paid");
        assert_eq!(ppob.pay("R1", "pdam", "1013226").unwrap_err(), Refusal::NotInquired);
        for _ in 0..3 {
            assert_eq!(ppob.pay("R1", "pln", PLN).unwrap().state, State::Paid);
            assert_eq!(ppob.balance(), 15_000);
        }
        assert_eq!(ppob.inquire("R1", "pln", PLN).unwrap_err(), Refusal::UsedReference);
        ppob.inquire("R2", "pln", "630000000006").unwrap();
        assert_eq!(ppob.pay("R2", "pln", "630000000006").unwrap().state, State::Pending);
        assert_eq!(ppob.balance(), 5_000);
        assert_eq!(ppob.look("R2").unwrap().state, State::Pending);
        assert_eq!(ppob.look("R2").unwrap().state, State::Failed);
        assert_eq!(ppob.look("R2").unwrap().state, State::Failed);
        assert_eq!(ppob.balance(), 15_000, "given back once");
        ppob.inquire("R3", "pbb", "329801092375999991").unwrap();
        let low = ppob.pay("R3", "pbb", "329801092375999991");
        assert_eq!(low.unwrap_err(), Refusal::LowDeposit);
        ppob.reset();
        assert_eq!(ppob.balance(), 25_000);
    }

    #[test]
    fn memory_is_bounded() {
        let mut ppob = Ppob::new(0, true, 3);
        for at in 0..50 {
            let ref_id = format!("R{at}");
            ppob.count("pay", Some(&ref_id));
            ppob.inquire(&ref_id, "pln", PLN).unwrap();
        }
        assert_eq!((ppob.trades.len(), ppob.order.len(), ppob.pays.len()), (3, 3, 3));
    }

    #[test]
    fn the_whole_list_is_handed_out_once_in_a_while() {
        let mut limited = Ppob::new(0, true, 3);
        assert!(limited.may_list() && !limited.may_list());
        let mut open = Ppob::new(0, false, 3);
        assert!(open.may_list() && open.may_list());
    }
}
