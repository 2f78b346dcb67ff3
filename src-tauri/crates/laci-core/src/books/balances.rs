//! Balances: the fold over legs, and nothing else. Deliberately absent: a balance that is stored or set.

use std::collections::BTreeMap;

use crate::books::account::Account;
use crate::books::error::BooksError;
use crate::books::leg::Leg;
use crate::money::Rupiah;

/// The balance of each account in rupiah, debit positive. An account that never moved stands at zero.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Balances(BTreeMap<Account, Rupiah>);

impl Balances {
    /// Adds the legs of one fact: all of them, or none when a balance would not fit.
    pub fn post(&mut self, legs: &[Leg]) -> Result<(), BooksError> {
        let mut changed: BTreeMap<&Account, Rupiah> = BTreeMap::new();
        for leg in legs {
            let before = changed.get(&leg.account).copied();
            let before = before.unwrap_or_else(|| self.of(&leg.account));
            changed.insert(&leg.account, before.checked_add(leg.amount)?);
        }
        for (account, balance) in changed {
            self.0.insert(account.clone(), balance);
        }
        Ok(())
    }

    pub fn of(&self, account: &Account) -> Rupiah {
        self.0.get(account).copied().unwrap_or_default()
    }

    /// The sum over all accounts: zero, unless somebody posted half an entry.
    pub fn total(&self) -> Result<Rupiah, BooksError> {
        Ok(Rupiah::checked_sum(self.0.values().copied())?)
    }

    /// What all gateways and the own QRIS still have to pay out (belum masuk rekening), in rupiah.
    pub fn unsettled(&self) -> Result<Rupiah, BooksError> {
        let waiting = self.0.iter().filter(|(account, _)| is_unsettled(account));
        Ok(Rupiah::checked_sum(waiting.map(|(_, balance)| *balance))?)
    }

    /// In the order of the chart.
    pub fn iter(&self) -> impl Iterator<Item = (&Account, Rupiah)> {
        self.0.iter().map(|(account, balance)| (account, *balance))
    }
}

fn is_unsettled(account: &Account) -> bool {
    *account == Account::OwnQrisReceivable || matches!(account, Account::GatewayReceivable(_))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::GatewayName;
    use crate::money::MAX_RUPIAH;

    fn leg(account: Account, amount: i64) -> Leg {
        Leg { account, amount: Rupiah::new(amount).unwrap() }
    }

    #[test]
    fn an_entry_that_does_not_fit_is_not_posted_at_all() {
        let mut balances = Balances::default();
        balances.post(&[leg(Account::Bank, MAX_RUPIAH)]).unwrap();
        let before = balances.clone();
        let more = [leg(Account::Cash, -1), leg(Account::Bank, 1)];
        assert_eq!(balances.post(&more), Err(BooksError::Overflow));
        assert_eq!(balances, before);
    }

    #[test]
    fn two_legs_on_one_account_add_up() {
        let mut balances = Balances::default();
        let legs = [leg(Account::Cash, 1), leg(Account::Cash, 2), leg(Account::Revenue, -3)];
        balances.post(&legs).unwrap();
        assert_eq!(balances.of(&Account::Cash), Rupiah::from_u32(3));
        assert_eq!(balances.total(), Ok(Rupiah::ZERO));
    }

    #[test]
    fn what_is_not_in_the_bank_yet_is_at_gateways_and_on_the_own_qris() {
        let kropay = Account::GatewayReceivable(GatewayName::new("kropay").unwrap());
        let mut balances = Balances::default();
        let own = leg(Account::OwnQrisReceivable, 20);
        balances.post(&[leg(kropay, 1), own, leg(Account::Bank, 300)]).unwrap();
        assert_eq!(balances.unsettled(), Ok(Rupiah::from_u32(21)));
    }
}
