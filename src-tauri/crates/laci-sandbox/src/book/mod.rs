//! What the played gateways know: their bills, and how often they were asked for what.

mod bill;
mod wa_store;

use std::collections::{BTreeMap, VecDeque};

pub(crate) use bill::{Bill, Event, Order};
pub use bill::{BillState, BillView};
pub(crate) use wa_store::{WaOrder, WaStore};

use crate::clock;
use crate::fault::{Fault, Faults, Operation};
use crate::played::Played;
use crate::ppob::Ppob;
use crate::qris::{self, Flaw};

/// No bill has this reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no bill has this reference")]
pub struct NoSuchBill;

/// How a create ended.
#[derive(Clone, Debug)]
pub(crate) enum Made {
    New(Bill),
    /// The reference was used before, for this bill.
    Again(Bill),
    /// No QR holds this amount.
    NoQr,
}

/// Everything behind the server's lock. At most `max_bills` bills; the oldest go first.
#[derive(Debug)]
pub(crate) struct Book {
    bills: BTreeMap<String, Bill>,
    order: VecDeque<String>,
    /// By gateway and the merchant's name, where that is unique.
    by_merchant_ref: BTreeMap<(&'static str, String), String>,
    /// Creates that arrived, per `merchant_ref`, whatever was answered.
    creates: BTreeMap<String, u32>,
    pub(crate) faults: Faults,
    /// What is bought out of the shop's deposit.
    pub(crate) ppob: Ppob,
    /// Bayar.gg's WhatsApp store.
    pub(crate) wa_store: WaStore,
    made: u64,
    max_bills: usize,
    seed: u64,
}

impl Book {
    pub(crate) fn new(max_bills: usize, seed: u64) -> Self {
        Self {
            bills: BTreeMap::new(),
            order: VecDeque::new(),
            by_merchant_ref: BTreeMap::new(),
            creates: BTreeMap::new(),
            faults: Faults::default(),
            ppob: Ppob::new(0, true, max_bills),
            wa_store: WaStore::default(),
            made: 0,
            max_bills: max_bills.max(1),
            seed,
        }
    }

    /// Counts an arrived create.
    pub(crate) fn count_create(&mut self, merchant_ref: &str) {
        let room = self.creates.len() < self.max_bills.saturating_mul(4);
        if let Some(count) = self.creates.get_mut(merchant_ref) {
            *count = count.saturating_add(1);
        } else if room {
            self.creates.insert(merchant_ref.to_owned(), 1);
        }
    }

    pub(crate) fn create(&mut self, order: Order, fault: Option<Fault>) -> Made {
        if let Some(bill) =
            self.by_merchant_ref.get(&key(&order)).and_then(|named| self.bills.get(named))
        {
            return Made::Again(bill.clone());
        }
        if fault == Some(Fault::AnothersBill)
            && let Some(last) = self.last_of(order.played)
        {
            return Made::Again(last);
        }
        let now = clock::now_s();
        let unique_code = match fault {
            Some(Fault::TotalTooHigh) => order.amount.saturating_mul(9),
            Some(_) | None if order.played.unique_codes => self.unique_code(),
            Some(_) | None => 0,
        };
        let total = order.amount.saturating_add(unique_code);
        let Ok(payload) = qris::payload(total, flaw(fault)) else { return Made::NoQr };
        self.made += 1;
        let reference = (order.played.reference)(&clock::day(now), self.made);
        let reference = if reference.is_empty() { order.merchant_ref.clone() } else { reference };
        if let Some(bill) = self.bills.get(&reference) {
            // A merchant's name may be another gateway's bill, which stays what it is.
            return Made::Again(bill.clone());
        }
        let bill = Bill::new(reference, order, unique_code, payload, now);
        self.keep(bill.clone());
        Made::New(bill)
    }

    fn last_of(&self, played: &Played) -> Option<Bill> {
        let newest = self.order.iter().rev().filter_map(|reference| self.bills.get(reference));
        newest.into_iter().find(|bill| bill.order.played.code == played.code).cloned()
    }

    /// 1 to 500, different for bills made one after the other.
    fn unique_code(&self) -> u64 {
        1 + (self.seed.wrapping_add(self.made.wrapping_mul(379))) % 500
    }

    fn keep(&mut self, bill: Bill) {
        if self.order.len() >= self.max_bills
            && let Some(oldest) = self.order.pop_front()
            && let Some(gone) = self.bills.remove(&oldest)
        {
            self.by_merchant_ref.remove(&key(&gone.order));
            self.creates.remove(&gone.order.merchant_ref);
        }
        self.order.push_back(bill.reference.clone());
        if bill.order.played.unique_names {
            self.by_merchant_ref.insert(key(&bill.order), bill.reference.clone());
        }
        self.bills.insert(bill.reference.clone(), bill);
    }

    /// A status call to `played`, which knows no bill of another gateway.
    pub(crate) fn poll(
        &mut self,
        played: &Played,
        reference: &str,
        fault: Option<Fault>,
    ) -> Result<Bill, NoSuchBill> {
        let theirs = self.bills.get(reference).is_some_and(|b| b.order.played.code == played.code);
        if !theirs {
            return Err(NoSuchBill);
        }
        if fault == Some(Fault::PaidLate) {
            self.happen(reference, Event::PayLate)?;
        }
        let bill = self.bills.get_mut(reference).ok_or(NoSuchBill)?;
        if fault == Some(Fault::PaidTwice) {
            bill.pay_again(clock::now_s());
        }
        bill.polls = bill.polls.saturating_add(1);
        bill.age(clock::now_s());
        Ok(bill.clone())
    }

    pub(crate) fn happen(&mut self, reference: &str, event: Event) -> Result<Bill, NoSuchBill> {
        let bill = self.bills.get_mut(reference).ok_or(NoSuchBill)?;
        let now = clock::now_s();
        bill.age(now);
        bill.happen(event, now);
        Ok(bill.clone())
    }

    pub(crate) fn bill(&mut self, reference: &str) -> Option<Bill> {
        let bill = self.bills.get_mut(reference)?;
        bill.age(clock::now_s());
        Some(bill.clone())
    }

    /// One gateway's, newest first.
    pub(crate) fn bills_of(&mut self, played: &Played) -> Vec<Bill> {
        let references: Vec<String> = self.order.iter().rev().cloned().collect();
        let bills = references.iter().filter_map(|named| self.bill(named));
        bills.filter(|bill| bill.order.played.code == played.code).collect()
    }

    /// Newest first.
    pub(crate) fn views(&mut self) -> Vec<BillView> {
        let references: Vec<String> = self.order.iter().rev().cloned().collect();
        let bills: Vec<Bill> = references.iter().filter_map(|named| self.bill(named)).collect();
        bills.iter().map(|bill| self.view(bill)).collect()
    }

    pub(crate) fn view(&self, bill: &Bill) -> BillView {
        bill.view(self.creates(&bill.order.merchant_ref))
    }

    pub(crate) fn creates(&self, merchant_ref: &str) -> u32 {
        self.creates.get(merchant_ref).copied().unwrap_or(0)
    }

    pub(crate) fn all_creates(&self) -> &BTreeMap<String, u32> {
        &self.creates
    }

    pub(crate) fn set_fault(&mut self, operation: Operation, fault: Fault, times: u32) -> bool {
        self.faults.set(operation, fault, times)
    }

    /// Forgets all but the counter behind references, so that none is given twice.
    pub(crate) fn reset(&mut self) {
        self.bills.clear();
        self.order.clear();
        self.by_merchant_ref.clear();
        self.creates.clear();
        self.faults.clear();
        self.ppob.reset();
        self.wa_store = WaStore::default();
    }
}

fn key(order: &Order) -> (&'static str, String) {
    (order.played.code, order.merchant_ref.clone())
}

fn flaw(fault: Option<Fault>) -> Flaw {
    match fault {
        Some(Fault::QrWrongAmount) => Flaw::Amount,
        Some(Fault::QrWrongMerchant) => Flaw::Merchant,
        Some(Fault::QrBadCrc) => Flaw::Crc,
        Some(Fault::QrStatic) => Flaw::Static,
        Some(_) | None => Flaw::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{kropay, midtrans, paydigital};

    fn order(merchant_ref: &str) -> Order {
        Order {
            played: &kropay::PLAYED,
            merchant_ref: merchant_ref.to_owned(),
            amount: 10_000,
            customer: None,
            expires_in_s: 900,
            method: String::new(),
        }
    }

    #[test]
    fn memory_is_bounded_and_references_are_new() {
        let mut book = Book::new(3, 0);
        let mut seen = std::collections::BTreeSet::new();
        for at in 0..50 {
            book.count_create(&format!("R{at}"));
            let Made::New(bill) = book.create(order(&format!("R{at}")), None) else {
                panic!("new")
            };
            assert!(seen.insert(bill.reference), "a reference came twice");
        }
        assert_eq!((book.bills.len(), book.by_merchant_ref.len(), book.order.len()), (3, 3, 3));
        assert_eq!(book.creates.len(), 3);
        assert_eq!(book.views()[0].merchant_ref, "R49", "the newest first");
    }

    #[test]
    fn the_same_reference_is_the_same_bill() {
        let mut book = Book::new(10, 7);
        let Made::New(first) = book.create(order("R"), None) else { panic!("new") };
        let Made::Again(again) = book.create(order("R"), None) else { panic!("again") };
        assert_eq!(first.reference, again.reference);
        assert!((10_001..=10_500).contains(&first.total()), "{}", first.total());
    }

    #[test]
    fn a_name_that_need_not_be_unique_makes_a_second_bill_and_gateways_do_not_mix() {
        let mut book = Book::new(10, 7);
        let mut create = |played| {
            let made = book.create(Order { played, ..order("R") }, None);
            let Made::New(bill) = made else { panic!("new: {made:?}") };
            bill.reference
        };
        let (own, first, second) =
            (create(&kropay::PLAYED), create(&paydigital::PLAYED), create(&paydigital::PLAYED));
        assert_ne!(first, second);
        assert!(book.poll(&kropay::PLAYED, &own, None).is_ok());
        let strange = book.poll(&paydigital::PLAYED, &own, Some(Fault::PaidLate));
        assert_eq!(strange.unwrap_err(), NoSuchBill);
        assert_eq!(book.bill(&own).unwrap().state, BillState::Pending, "nothing was paid");
    }

    #[test]
    fn where_the_merchant_names_the_bill_no_other_gateways_bill_is_replaced() {
        let mut book = Book::new(10, 7);
        let Made::New(own) = book.create(order("R"), None) else { panic!("new") };
        let mut named = |name: &str| {
            let order = Order { played: &midtrans::PLAYED, ..order(name) };
            book.create(order, None)
        };
        let Made::New(bill) = named("INV-1") else { panic!("new") };
        assert_eq!((bill.reference.as_str(), bill.total()), ("INV-1", 10_000));
        assert!(matches!(named("INV-1"), Made::Again(_)));
        assert!(matches!(named(&own.reference), Made::Again(_)));
        assert_eq!(book.bill(&own.reference).unwrap().order.played.code, "kropay");
    }

    #[test]
    fn money_may_come_after_the_end_and_never_goes_away() {
        let mut book = Book::new(10, 0);
        let Made::New(bill) = book.create(order("R"), None) else { panic!("new") };
        let happen = |book: &mut Book, event| book.happen(&bill.reference, event).unwrap();
        assert_eq!(happen(&mut book, Event::Expire).state, BillState::Expired);
        assert_eq!(happen(&mut book, Event::Fail).state, BillState::Expired, "an end is an end");
        let late = happen(&mut book, Event::Pay);
        assert_eq!(late.state, BillState::Success);
        assert_eq!(
            late.paid_at_s,
            Some(late.expires_at_s + 60),
            "late, though its time was cut short"
        );
        assert_eq!(happen(&mut book, Event::Expire).state, BillState::Success);
        assert_eq!(book.happen("PG-NONE", Event::Pay).unwrap_err(), NoSuchBill);
    }
}
