//! The arguments of the verbs about bills.

use clap::{Args, Subcommand, ValueEnum};
use laci_till::Act;

use super::pairs::pair;

#[derive(Args)]
pub(crate) struct BillArgs {
    #[command(subcommand)]
    pub verb: BillVerb,
}

#[derive(Subcommand)]
pub(crate) enum BillVerb {
    /// What bills can be paid.
    Products {
        #[arg(long, value_name = "NAME")]
        gateway: Option<String>,
    },
    /// What a customer owes; no money moves.
    Inquire {
        #[arg(long, value_name = "NAME")]
        gateway: String,
        #[arg(long)]
        code: String,
        /// As the customer gave it, leading zeros included.
        #[arg(long, value_name = "NO")]
        customer_no: String,
        /// What some products need beside these (`year=2026`, `amount=50000`).
        #[arg(long = "param", value_name = "K=V", value_parser = pair)]
        params: Vec<(String, String)>,
    },
    /// Take the customer's cash and pay, once.
    Pay {
        id: String,
        /// What the customer gave, in rupiah; exactly what is due without it.
        #[arg(long, value_name = "TENDERED", allow_negative_numbers = true)]
        cash: Option<i64>,
    },
    /// Ask how a payment stands.
    Check {
        id: String,
    },
    /// A person's word on how an open payment ended.
    Resolve {
        id: String,
        #[arg(long, value_enum)]
        action: BillWordArg,
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// The customer of a failed bill has the money back.
    Refund {
        id: String,
        #[arg(long, value_name = "TEXT")]
        reason: String,
        /// By a transfer that was made; else in cash from the drawer.
        #[arg(long)]
        transfer: bool,
    },
    Show {
        id: String,
    },
    List {
        #[arg(long)]
        state: Option<String>,
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum BillWordArg {
    Paid,
    Failed,
}

impl BillVerb {
    /// What it does, for the gate.
    pub(super) fn act(&self) -> Act {
        match self {
            Self::Resolve { .. } => Act::ResolveBill,
            Self::Refund { .. } => Act::Refund,
            Self::List { .. } => Act::SeeAllSales,
            Self::Products { .. }
            | Self::Inquire { .. }
            | Self::Pay { .. }
            | Self::Check { .. }
            | Self::Show { .. } => Act::PayBill,
        }
    }
}
