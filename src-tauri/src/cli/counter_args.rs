//! The arguments of the verbs about drawers, people and reports.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};
use laci_till::{Act, CashMove, Period};

#[derive(Args)]
pub(crate) struct ShiftArgs {
    #[command(subcommand)]
    pub verb: ShiftVerb,
}

#[derive(Subcommand)]
pub(crate) enum ShiftVerb {
    /// Begin with a float; cash from sales before it (`before`) is no part of it.
    Open {
        /// Rupiah.
        #[arg(long, allow_negative_numbers = true)]
        float: i64,
    },
    /// Lock what was counted and close on it.
    Close {
        /// Rupiah.
        #[arg(long, allow_negative_numbers = true)]
        counted: i64,
        /// Why the cash differs.
        #[arg(long, value_name = "TEXT")]
        reason: Option<String>,
    },
    /// The open shift so far; closes nothing.
    X,
    /// A Z by its number; the last one without.
    Z { number: Option<String> },
    /// The Zs, newest first.
    List,
    /// Cash into the drawer.
    In {
        #[command(flatten)]
        moved: MoveArgs,
        /// From the owner's pocket; else some other income.
        #[arg(long)]
        owner: bool,
    },
    /// Cash out of the drawer, for the shop.
    Out {
        #[command(flatten)]
        moved: MoveArgs,
    },
    /// Cash out of the drawer, to the owner or the bank; where it goes says why.
    Setor {
        #[command(flatten)]
        moved: MoveArgs,
        /// To the bank; else to the owner.
        #[arg(long)]
        bank: bool,
    },
    /// The drawer is opened without a sale.
    Drawer {
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

#[derive(Args)]
pub(crate) struct MoveArgs {
    /// Rupiah.
    #[arg(long, allow_negative_numbers = true)]
    pub amount: i64,
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,
}

impl ShiftVerb {
    pub(super) fn act(&self) -> Act {
        match self {
            Self::Open { .. } => Act::OpenShift,
            Self::Close { .. } => Act::CloseShift,
            Self::X => Act::XReport,
            Self::Z { .. } | Self::List => Act::ZReport,
            Self::In { .. } => Act::CashIn,
            Self::Out { .. } => Act::CashOut,
            Self::Setor { .. } => Act::Setor,
            Self::Drawer { .. } => Act::OpenDrawer,
        }
    }

    /// The cash that it moves.
    pub(super) fn movement(&self) -> Option<(CashMove, &MoveArgs)> {
        match self {
            Self::In { moved, owner: true } => Some((CashMove::InFromOwner, moved)),
            Self::In { moved, owner: false } => Some((CashMove::InOther, moved)),
            Self::Out { moved } => Some((CashMove::Out, moved)),
            Self::Setor { moved, bank: true } => Some((CashMove::SetorToBank, moved)),
            Self::Setor { moved, bank: false } => Some((CashMove::SetorToOwner, moved)),
            Self::Open { .. }
            | Self::Close { .. }
            | Self::X
            | Self::Z { .. }
            | Self::List
            | Self::Drawer { .. } => None,
        }
    }
}

#[derive(Args)]
pub(crate) struct ReportArgs {
    /// One business date.
    #[arg(long, value_name = "YYYY-MM-DD", conflicts_with_all = ["period", "from", "to"])]
    pub date: Option<String>,
    /// Up to today; weeks begin on Monday.
    #[arg(long, value_enum, conflicts_with_all = ["from", "to"])]
    pub period: Option<PeriodArg>,
    #[arg(long, value_name = "YYYY-MM-DD", requires = "to")]
    pub from: Option<String>,
    #[arg(long, value_name = "YYYY-MM-DD", requires = "from")]
    pub to: Option<String>,
    #[arg(long, value_enum, default_value = "text")]
    pub format: ReportFormat,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum PeriodArg {
    Today,
    Week,
    Month,
    Year,
    All,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    Text,
    Csv,
}

impl ReportArgs {
    /// Today where nothing is said.
    pub(super) fn period(&self) -> Period {
        match (&self.date, self.period, &self.from, &self.to) {
            (Some(date), ..) => Period::Date(date.clone()),
            (None, _, Some(from), Some(to)) => Period::Range { from: from.clone(), to: to.clone() },
            (None, Some(PeriodArg::Week), ..) => Period::Week,
            (None, Some(PeriodArg::Month), ..) => Period::Month,
            (None, Some(PeriodArg::Year), ..) => Period::Year,
            (None, Some(PeriodArg::All), ..) => Period::All,
            (None, Some(PeriodArg::Today) | None, ..) => Period::Today,
        }
    }
}

#[derive(Args)]
pub(crate) struct PeopleArgs {
    #[command(subcommand)]
    pub verb: PeopleVerb,
}

#[derive(Subcommand)]
pub(crate) enum PeopleVerb {
    List,
    /// Somebody new; reads `new_pin=` from standard input.
    Add {
        #[arg(long)]
        name: String,
        /// cashier, supervisor or owner.
        #[arg(long, default_value = "cashier")]
        role: String,
    },
    /// Another PIN; reads `new_pin=` from standard input.
    Pin {
        /// A name or an id.
        person: String,
    },
    /// Works here no more.
    Remove {
        /// A name or an id.
        person: String,
    },
}

#[derive(Args)]
pub(crate) struct FeedArgs {
    #[arg(long, default_value_t = 50)]
    pub limit: u32,
    /// Only what somebody should look at.
    #[arg(long)]
    pub notable: bool,
}
