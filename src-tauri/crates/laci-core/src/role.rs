//! Who may do what. One table, for the window's commands and the command line's verbs alike; Rust asks it on each.
//!
//! Deliberately absent: PINs, lock-out and sessions (laci-till), who approves (`approval.rs`), and how a command
//! maps to its act.

use serde::{Deserialize, Serialize};

/// Each role may do whatever a lower one may.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    #[default]
    Cashier,
    Supervisor,
    Owner,
}

impl Role {
    pub const ALL: [Self; 3] = [Self::Cashier, Self::Supervisor, Self::Owner];

    /// Stable, English, snake_case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cashier => "cashier",
            Self::Supervisor => "supervisor",
            Self::Owner => "owner",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    /// In Indonesian and in English.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Cashier => ("kasir", "cashier"),
            Self::Supervisor => ("pengawas", "supervisor"),
            Self::Owner => ("pemilik", "owner"),
        }
    }
}

/// Whether an act takes a second person, even for somebody whose role is high enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Second {
    No,
    /// Where one person could take money alone and nobody would see it. The owner would only take it from himself, and
    /// in many shops there is nobody else; the feed shows what he did.
    UnlessOwner,
    /// Where the act is between two people.
    Always,
}

macro_rules! acts {
    ($($(#[$doc:meta])* $act:ident $code:literal $role:ident $second:ident;)*) => {
        /// Everything that a command or a verb may do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Act {
            $($(#[$doc])* $act,)*
        }

        impl Act {
            pub const ALL: &'static [Self] = &[$(Self::$act,)*];

            /// Stable, English, snake_case.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$act => $code,)*
                }
            }

            /// The lowest role that may do it, and whether it takes two.
            pub fn rule(self) -> (Role, Second) {
                match self {
                    $(Self::$act => (Role::$role, Second::$second),)*
                }
            }
        }
    };
}

acts! {
    // Before anybody is known.
    /// Starting, looking who could sign in, signing in, the strip, what the customer sees.
    Enter             "enter"              Cashier    No;

    // At the counter.
    Sell              "sell"               Cashier    No;
    TakeCash          "take_cash"          Cashier    No;
    /// Show, check or take back a QR or a transfer.
    TakePayment       "take_payment"       Cashier    No;
    PayBill           "pay_bill"           Cashier    No;
    /// A bon is paid off.
    TakeBonMoney      "take_bon_money"     Cashier    No;
    /// The customer's first receipt.
    PrintReceipt      "print_receipt"      Cashier    No;
    /// A copy, marked as one and shown in the feed.
    Reprint           "reprint"            Cashier    No;
    /// The shift's own sales. Old receipts are how false refunds begin.
    SeeOwnSales       "see_own_sales"      Cashier    No;
    OpenShift         "open_shift"         Cashier    No;
    /// Blind: the expected cash is shown after the count is locked.
    CloseShift        "close_shift"        Cashier    No;
    /// The second person is the one who takes over, and says so with a PIN.
    HandOverShift     "hand_over_shift"    Cashier    Always;
    CashIn            "cash_in"            Cashier    No;
    /// Looks whether the log is whole; changes nothing.
    VerifyLedger      "verify_ledger"      Cashier    No;
    /// Into the folder that the owner chose.
    Backup            "backup"             Cashier    No;
    /// Orders that came in by a gateway's shop: look, and say that one was handed over.
    Orders            "orders"             Cashier    No;
    Practice          "practice"           Cashier    No;
    /// Language, text size, the customer's window.
    Preferences       "preferences"        Cashier    No;

    // With somebody who answers for it.
    Discount          "discount"           Supervisor No;
    ChangePrice       "change_price"       Supervisor No;
    GiveBon           "give_bon"           Supervisor No;
    VoidSale          "void_sale"          Supervisor No;
    Refund            "refund"             Supervisor UnlessOwner;
    /// A person's word that money came.
    ConfirmPayment    "confirm_payment"    Supervisor UnlessOwner;
    /// A person's word on an unknown outcome.
    ResolvePayment    "resolve_payment"    Supervisor UnlessOwner;
    ResolveBill       "resolve_bill"       Supervisor UnlessOwner;
    /// Another QR while one can still be paid.
    SecondQr          "second_qr"          Supervisor No;
    /// Money without a sale is given a sale.
    MatchMoney        "match_money"        Supervisor UnlessOwner;
    OpenDrawer        "open_drawer"        Supervisor No;
    CashOut           "cash_out"           Supervisor No;
    Setor             "setor"              Supervisor No;
    /// Shows the expected cash, so it would spoil the blind count.
    XReport           "x_report"           Supervisor No;
    /// A Z that was printed before; the first one belongs to the close.
    ZReport           "z_report"           Supervisor No;
    /// An order of a gateway's shop is taken back, or anything else there changes that is no money.
    ChangeAtGateway   "change_at_gateway"  Supervisor No;
    SeeAllSales       "see_all_sales"      Supervisor No;
    Reports           "reports"            Supervisor No;
    Feed              "feed"               Supervisor No;

    // The shop itself.
    Settings          "settings"           Owner      No;
    OwnQris           "own_qris"           Owner      No;
    Gateways          "gateways"           Owner      No;
    People            "people"             Owner      No;
    /// By a call that no other act covers: a deposit's ticket, a bill or a top-up sent by hand.
    SpendDeposit      "spend_deposit"      Owner      No;
    BackupFolder      "backup_folder"      Owner      No;
    RebuildLedger     "rebuild_ledger"     Owner      No;
    RestoreLedger     "restore_ledger"     Owner      No;
    ExportLedger      "export_ledger"      Owner      No;
}

impl Act {
    /// Whether it only shows what stands in the file.
    pub fn only_reads(self) -> bool {
        matches!(
            self,
            Self::XReport
                | Self::ZReport
                | Self::SeeAllSales
                | Self::SeeOwnSales
                | Self::Reports
                | Self::Feed
                | Self::VerifyLedger
        )
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Allowed,
    /// Another person with at least this role must approve.
    NeedsApproval(Role),
}

/// Whether somebody with `role` may do `act` alone.
pub fn may(role: Role, act: Act) -> Verdict {
    let (needed, second) = act.rule();
    let alone = match second {
        Second::No => true,
        Second::UnlessOwner => role == Role::Owner,
        Second::Always => false,
    };
    if role >= needed && alone { Verdict::Allowed } else { Verdict::NeedsApproval(needed) }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_higher_role_may_whatever_a_lower_one_may() {
        for act in Act::ALL {
            let allowed: Vec<bool> =
                Role::ALL.iter().map(|role| may(*role, *act) == Verdict::Allowed).collect();
            assert!(allowed.is_sorted(), "{act:?}: {allowed:?}");
        }
    }

    #[test]
    fn only_a_hand_over_stops_an_owner_who_is_alone() {
        let stopped = |act: &&Act| may(Role::Owner, **act) != Verdict::Allowed;
        let stopped: Vec<_> = Act::ALL.iter().filter(stopped).collect();
        assert_eq!(stopped, [&Act::HandOverShift]);
    }

    #[test]
    fn selling_never_waits_for_anybody() {
        for act in [Act::Sell, Act::TakeCash, Act::TakePayment, Act::OpenShift, Act::CloseShift] {
            assert_eq!(may(Role::Cashier, act), Verdict::Allowed, "{act:?}");
        }
    }

    #[test]
    fn every_act_and_role_has_a_word_of_its_own() {
        let words: BTreeSet<_> = Act::ALL.iter().map(|act| act.as_str()).collect();
        assert_eq!(words.len(), Act::ALL.len());
        for role in Role::ALL {
            assert_eq!(Role::from_word(role.as_str()), Some(role));
        }
    }
}
