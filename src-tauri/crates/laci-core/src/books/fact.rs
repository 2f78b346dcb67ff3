//! Everything that moves money, as plain data. What it posts is in `legs.rs`, what it counts as in `report.rs`.
//!
//! Amounts are whole rupiah and magnitudes (zero or more) unless a field says "signed". A fact is what the log's
//! entries come to; it is never stored itself, so its shape may change.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::books::account::Account;
use crate::id::{BadName, GatewayName};
use crate::money::Rupiah;

/// Most parts that may cover one sale together.
pub const PARTS_MAX: usize = 16;

/// Where money lies that is not cash.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pocket {
    Gateway(GatewayName),
    OwnQris,
    /// The owner's bank account, by transfer.
    Bank,
}

impl Pocket {
    pub fn account(&self) -> Account {
        match self {
            Self::Gateway(gateway) => Account::GatewayReceivable(gateway.clone()),
            Self::OwnQris => Account::OwnQrisReceivable,
            Self::Bank => Account::Bank,
        }
    }

    pub fn way(&self) -> Way {
        match self {
            Self::Gateway(_) | Self::OwnQris => Way::Qris,
            Self::Bank => Way::Transfer,
        }
    }
}

/// `gateway/kropay`, `own_qris`, `bank`: a key in reports; a gateway called `bank` is still told apart.
impl fmt::Display for Pocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gateway(gateway) => write!(f, "gateway/{gateway}"),
            Self::OwnQris => f.write_str("own_qris"),
            Self::Bank => f.write_str("bank"),
        }
    }
}

impl FromStr for Pocket {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        match text {
            "own_qris" => Ok(Self::OwnQris),
            "bank" => Ok(Self::Bank),
            other => {
                let name = other.strip_prefix("gateway/").ok_or(BadName)?;
                GatewayName::new(name).map(Self::Gateway)
            }
        }
    }
}

impl Serialize for Pocket {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Pocket {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// How a customer paid, as reports group it (cara bayar). Gateways and the own QRIS are both `Qris`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Way {
    Cash,
    Qris,
    Transfer,
    Bon,
}

/// Whose word it is that money came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// A gateway's or a bank's.
    Evidence,
    /// A person's, with a PIN and a reason: a report line of its own until evidence comes.
    Person,
}

/// A debt to customers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owed {
    Surplus,
    Unmatched,
    BillMoney,
    /// A refund that was promised; a failed bill.
    Refund,
}

impl Owed {
    pub fn account(self) -> Account {
        match self {
            Self::Surplus => Account::Surplus,
            Self::Unmatched => Account::UnmatchedMoney,
            Self::BillMoney => Account::BillMoney,
            Self::Refund => Account::RefundOwed,
        }
    }
}

/// A part of a price, and what covers it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// What it covers of the price: above zero, without unique code, rounding and surplus.
    pub price: Rupiah,
    pub by: By,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// `tendered - change = price + rounding`; `rounding` is signed.
    Cash { tendered: Rupiah, change: Rupiah, rounding: Rupiah },
    /// Through a gateway, the own QRIS or by transfer. `price + unique_code` was asked (`unique_code` is signed),
    /// at least that came in as `received`; `fee` is what the gateway is expected to keep of it.
    Sent { to: Pocket, unique_code: Rupiah, received: Rupiah, fee: Rupiah, seen: Seen },
    /// On the customer's tab.
    Bon,
    /// Money that came before and was owed since: late, unknown, or a part payment. `via` is where it once came in.
    Held { from: Owed, via: Pocket, unique_code: Rupiah, amount: Rupiah },
}

impl By {
    pub fn way(&self) -> Way {
        match self {
            Self::Cash { .. } => Way::Cash,
            Self::Sent { to, .. } => to.way(),
            Self::Bon => Way::Bon,
            Self::Held { via, .. } => via.way(),
        }
    }

    /// Where the money came in, unless it was cash or none came.
    pub fn pocket(&self) -> Option<&Pocket> {
        match self {
            Self::Cash { .. } | Self::Bon => None,
            Self::Sent { to, .. } => Some(to),
            Self::Held { via, .. } => Some(via),
        }
    }
}

/// Why money came that covers no sale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// No sale is known for it, or its sale was voided.
    NoSale,
    /// Less than was asked: it waits for the rest.
    Short,
    /// For a sale that is covered already: it goes back to the customer.
    Again,
}

/// What a refund gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundOf {
    /// A covered sale, or a part of it.
    Sale,
    /// Money that is owed anyway.
    Owed(Owed),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundBy {
    Cash,
    Transfer,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CashSource {
    Other,
    Owner,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetorTo {
    Owner,
    Bank,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TopUpFrom {
    Cash,
    Bank,
}

/// One thing that happened to money.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// Money (or a bon) first covers a sale whose total is the sum of the parts' prices. 1 to 16 parts, cash at most
    /// once. Matching money without a sale is this, with a part that is [`By::Held`].
    SaleCovered {
        parts: Vec<Part>,
    },
    /// Ended before money covered it: posts nothing.
    SaleVoided,
    /// A customer pays off a bon, or some of it; never by another bon.
    BonPaid {
        part: Part,
    },
    /// Money that covers no sale (or not yet); `fee` as in [`By::Sent`].
    MoneyReceived {
        at: Pocket,
        amount: Rupiah,
        fee: Rupiah,
        why: Why,
    },
    /// Money that no sale was known for leaves that place: an attempt books it now, or it was none of the shop's trade.
    /// The exact opposite of what was received.
    MoneyWithdrawn {
        at: Pocket,
        amount: Rupiah,
        fee: Rupiah,
    },
    /// A gateway paid out: `to_bank` arrived, `fee` was kept beyond the fees already booked.
    Settled {
        from: Pocket,
        to_bank: Rupiah,
        fee: Rupiah,
    },
    /// The true fee became known; either may be the larger.
    FeeCorrected {
        at: Pocket,
        estimated: Rupiah,
        actual: Rupiah,
    },
    /// Decided now, paid later.
    RefundPromised {
        of: RefundOf,
        amount: Rupiah,
    },
    RefundPaid {
        of: RefundOf,
        amount: Rupiah,
        by: RefundBy,
    },
    CashIn {
        amount: Rupiah,
        from: CashSource,
    },
    /// Paid from the drawer for the shop.
    CashOut {
        amount: Rupiah,
    },
    /// Taken out of the drawer to the owner or the bank.
    Setor {
        amount: Rupiah,
        to: SetorTo,
    },
    /// `float` may be zero.
    ShiftOpened {
        float: Rupiah,
    },
    /// `expected` is signed (it can be below zero); `counted` goes back into the owner's hand, also when it is the
    /// next shift's float, so that the drawer's account is zero between shifts.
    ShiftClosed {
        expected: Rupiah,
        counted: Rupiah,
    },
    /// A PPOB deposit: `paid` left the drawer or the bank, `credited` arrived. Either may be the larger.
    DepositToppedUp {
        gateway: GatewayName,
        paid: Rupiah,
        credited: Rupiah,
        from: TopUpFrom,
    },
    /// The customer paid for a bill; the part's price is what the customer owes for it, with the shop's own fee.
    BillMoneyReceived {
        part: Part,
    },
    /// The gateway bought it: `deposit_price` left the deposit. `held - deposit_price - own_fee` is the margin,
    /// signed: a price that rose meanwhile is the shop's loss.
    BillSucceeded {
        gateway: GatewayName,
        held: Rupiah,
        deposit_price: Rupiah,
        own_fee: Rupiah,
    },
    /// Nothing was bought; the customer's money is owed back.
    BillFailed {
        held: Rupiah,
    },
    /// It was said to have failed first, and is paid all the same: what was owed back is the bill's again.
    BillFoundPaid {
        held: Rupiah,
    },
    /// The customer of a failed bill has the money back: what was paid in, `held + rounding`, where `rounding` is signed.
    BillRefunded {
        held: Rupiah,
        rounding: Rupiah,
        by: RefundBy,
    },
    /// It succeeded first, and the gateway gave the deposit back later.
    BillReversed {
        gateway: GatewayName,
        held: Rupiah,
        deposit_price: Rupiah,
        own_fee: Rupiah,
    },
}
