//! The chart of accounts. Codes are stored and never change; names are for people.
//!
//! Deliberately absent: inventory and cost of goods (they come with stock), tax payable (it comes with tax).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::id::{BadName, GatewayName};
use crate::refusal::Lang;

/// Where money lies, whose it is, and why it came or went. One account per variant; those that carry a gateway have
/// one for each gateway.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// Notes and coins in the drawer of this register. Zero while no shift is open.
    Cash,
    /// Paid by customers at a gateway and not yet in the bank, net of the fee that is expected.
    GatewayReceivable(GatewayName),
    /// The same for the shop's own QRIS.
    OwnQrisReceivable,
    /// The owner's bank account: transfers received, settlements, cash that was banked.
    Bank,
    /// What customers with a bon (tab) owe.
    BonReceivable,
    /// The shop's PPOB deposit at a gateway.
    BillDeposit(GatewayName),
    /// Customers paid too much, too late or twice. Theirs until it is given back; never revenue.
    Surplus,
    /// Money that no sale is known for, or that does not yet cover its sale.
    UnmatchedMoney,
    /// Money for a bill that is not yet bought.
    BillMoney,
    /// A refund that was promised and not yet paid; a failed bill's money.
    RefundOwed,
    /// Prices of covered sales, without unique codes and rounding: turnover.
    Revenue,
    /// Refunds of sales: what comes off revenue.
    SalesReturned,
    /// What unique codes added to (credit) or took off (debit) prices.
    UniqueCode,
    /// What cash rounding added to or took off prices.
    Rounding,
    /// The shop's own fee on bills (admin loket).
    BillFee,
    /// What a bill's price left above the deposit that it cost.
    BillMargin,
    /// Cash that came in for another reason.
    OtherIncome,
    /// MDR and other fees of gateways. The shop bears them: PBI 23/6/PBI/2021 art. 52(1).
    GatewayFee,
    /// Paid from the drawer for the shop: parking, water, wrapping.
    CashExpense,
    /// What the owner put in (floats) and took out (setor, the drawer at a close).
    OwnerCapital,
    /// Counted less (debit) or more (credit) than expected.
    CashOverShort,
}

/// What kind of account it is; tells which sign is the usual one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nature {
    /// Usually debit (positive).
    Asset,
    /// Usually credit (negative): owed to somebody.
    Liability,
    /// Usually credit.
    Income,
    /// Usually debit.
    Expense,
    /// Usually credit: the owner's.
    Equity,
}

impl Account {
    /// Every account that carries no gateway; those that carry one exist once it has a name.
    pub const PLAIN: [Self; 19] = [
        Self::Cash,
        Self::OwnQrisReceivable,
        Self::Bank,
        Self::BonReceivable,
        Self::Surplus,
        Self::UnmatchedMoney,
        Self::BillMoney,
        Self::RefundOwed,
        Self::Revenue,
        Self::SalesReturned,
        Self::UniqueCode,
        Self::Rounding,
        Self::BillFee,
        Self::BillMargin,
        Self::OtherIncome,
        Self::GatewayFee,
        Self::CashExpense,
        Self::OwnerCapital,
        Self::CashOverShort,
    ];

    /// Stable, English, snake_case; without the gateway. The stored key is the `Display`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Cash => "cash",
            Self::GatewayReceivable(_) => "gateway_receivable",
            Self::OwnQrisReceivable => "own_qris_receivable",
            Self::Bank => "bank",
            Self::BonReceivable => "bon_receivable",
            Self::BillDeposit(_) => "bill_deposit",
            Self::Surplus => "surplus",
            Self::UnmatchedMoney => "unmatched_money",
            Self::BillMoney => "bill_money",
            Self::RefundOwed => "refund_owed",
            Self::Revenue => "revenue",
            Self::SalesReturned => "sales_returned",
            Self::UniqueCode => "unique_code",
            Self::Rounding => "rounding",
            Self::BillFee => "bill_fee",
            Self::BillMargin => "bill_margin",
            Self::OtherIncome => "other_income",
            Self::GatewayFee => "gateway_fee",
            Self::CashExpense => "cash_expense",
            Self::OwnerCapital => "owner_capital",
            Self::CashOverShort => "cash_over_short",
        }
    }

    pub fn gateway(&self) -> Option<&GatewayName> {
        match self {
            Self::GatewayReceivable(gateway) | Self::BillDeposit(gateway) => Some(gateway),
            Self::Cash
            | Self::OwnQrisReceivable
            | Self::Bank
            | Self::BonReceivable
            | Self::Surplus
            | Self::UnmatchedMoney
            | Self::BillMoney
            | Self::RefundOwed
            | Self::Revenue
            | Self::SalesReturned
            | Self::UniqueCode
            | Self::Rounding
            | Self::BillFee
            | Self::BillMargin
            | Self::OtherIncome
            | Self::GatewayFee
            | Self::CashExpense
            | Self::OwnerCapital
            | Self::CashOverShort => None,
        }
    }

    pub fn nature(&self) -> Nature {
        match self {
            Self::Cash
            | Self::GatewayReceivable(_)
            | Self::OwnQrisReceivable
            | Self::Bank
            | Self::BonReceivable
            | Self::BillDeposit(_) => Nature::Asset,
            Self::Surplus | Self::UnmatchedMoney | Self::BillMoney | Self::RefundOwed => {
                Nature::Liability
            }
            Self::Revenue
            | Self::UniqueCode
            | Self::Rounding
            | Self::BillFee
            | Self::BillMargin
            | Self::OtherIncome => Nature::Income,
            Self::SalesReturned | Self::GatewayFee | Self::CashExpense | Self::CashOverShort => {
                Nature::Expense
            }
            Self::OwnerCapital => Nature::Equity,
        }
    }

    pub fn name(&self, lang: Lang) -> String {
        let (id, en) = self.names();
        let name = match lang {
            Lang::Id => id,
            Lang::En => en,
        };
        self.gateway().map_or_else(|| name.to_owned(), |gateway| format!("{name} {gateway}"))
    }

    fn names(&self) -> (&'static str, &'static str) {
        match self {
            Self::Cash => ("Kas di laci", "Cash in the drawer"),
            Self::GatewayReceivable(_) => ("Belum masuk rekening dari", "Not yet settled by"),
            Self::OwnQrisReceivable => {
                ("Belum masuk rekening dari QRIS toko", "Not yet settled by the shop's own QRIS")
            }
            Self::Bank => ("Rekening pemilik", "Owner's bank account"),
            Self::BonReceivable => ("Bon pelanggan", "Owed by customers (bon)"),
            Self::BillDeposit(_) => ("Deposit tagihan di", "Bill deposit at"),
            Self::Surplus => ("Kelebihan bayar pelanggan", "Paid too much by customers"),
            Self::UnmatchedMoney => ("Uang tanpa penjualan", "Money without a sale"),
            Self::BillMoney => ("Titipan tagihan", "Bill money held for customers"),
            Self::RefundOwed => ("Retur yang belum dibayar", "Refunds owed"),
            Self::Revenue => ("Penjualan", "Revenue"),
            Self::SalesReturned => ("Retur penjualan", "Sales returned"),
            Self::UniqueCode => ("Selisih kode unik", "Unique code difference"),
            Self::Rounding => ("Pembulatan", "Cash rounding"),
            Self::BillFee => ("Admin loket", "Own fee on bills"),
            Self::BillMargin => ("Margin tagihan", "Margin on bills"),
            Self::OtherIncome => ("Kas masuk lain", "Other cash income"),
            Self::GatewayFee => ("Biaya QRIS dan gateway", "Gateway fees (MDR)"),
            Self::CashExpense => ("Biaya tunai", "Cash expenses"),
            Self::OwnerCapital => ("Modal pemilik", "Owner's capital"),
            Self::CashOverShort => ("Selisih kas", "Cash over and short"),
        }
    }
}

/// `cash`, `gateway_receivable/kropay`: the key under which legs are stored.
impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())?;
        self.gateway().map_or(Ok(()), |gateway| write!(f, "/{gateway}"))
    }
}

impl FromStr for Account {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        match text.split_once('/') {
            Some(("gateway_receivable", name)) => {
                GatewayName::new(name).map(Self::GatewayReceivable)
            }
            Some(("bill_deposit", name)) => GatewayName::new(name).map(Self::BillDeposit),
            Some(_) => Err(BadName),
            None => Self::PLAIN.into_iter().find(|account| account.code() == text).ok_or(BadName),
        }
    }
}

impl Serialize for Account {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Account {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn every() -> Vec<Account> {
        let kropay = GatewayName::new("kropay").unwrap();
        let mut all = Account::PLAIN.to_vec();
        all.push(Account::GatewayReceivable(kropay.clone()));
        all.push(Account::BillDeposit(kropay));
        all
    }

    #[test]
    fn every_key_is_its_own_and_reads_back() {
        let keys: BTreeSet<String> = every().iter().map(Account::to_string).collect();
        assert_eq!(keys.len(), every().len());
        for account in every() {
            assert_eq!(account.to_string().parse(), Ok(account.clone()));
        }
        for bad in ["", "cash/kropay", "gateway_receivable", "gateway_receivable/KROPAY", "Cash"] {
            assert_eq!(bad.parse::<Account>(), Err(BadName), "{bad}");
        }
    }

    #[test]
    fn every_account_has_a_name_of_its_own_in_both_languages() {
        for lang in [Lang::Id, Lang::En] {
            let names: BTreeSet<String> = every().iter().map(|a| a.name(lang)).collect();
            assert_eq!(names.len(), every().len());
        }
        let deposit = Account::BillDeposit(GatewayName::new("digi").unwrap());
        assert_eq!(deposit.name(Lang::Id), "Deposit tagihan di digi");
    }
}
