//! The arguments, as the command line's page promises them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand, ValueEnum};
use laci_till::Lang;

use super::counter_args::{FeedArgs, PeopleArgs, ReportArgs, ShiftArgs};
pub(crate) use super::ledger_args::{LedgerArgs, LedgerVerb};
use super::outcome::Outcome;
use super::outside_args::{InboxArgs, ListenArgs, RelayArgs, StatementArgs};
use super::pairs::{file_pair, pair};
use super::usage;
use super::{Asked, Call};
use crate::places::Places;

#[derive(Parser)]
#[command(name = "laci", version, about = "Laci, mesin kasir. Tanpa perintah, jendelanya terbuka.")]
struct Cli {
    /// The data folder; else LACI_DATA, else the system's.
    #[arg(long, global = true, env = "LACI_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// One JSON object on standard output.
    #[arg(long, global = true)]
    json: bool,
    /// The language of messages.
    #[arg(long, global = true, value_enum, default_value = "id")]
    lang: LangArg,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Clone, Copy, ValueEnum)]
enum LangArg {
    Id,
    En,
}

#[derive(Subcommand)]
pub(crate) enum Verb {
    /// First set-up.
    Init(InitArgs),
    /// Read, convert and draw QRIS codes.
    Qris(QrisArgs),
    /// Manage payment gateways.
    Gateway(GatewayArgs),
    /// Orders of the gateway's WhatsApp store.
    Wa(OrderArgs),
    /// Start a sale and one payment.
    Charge(ChargeArgs),
    /// Payments and their evidence.
    Payment(PaymentArgs),
    /// Customers' bills, paid out of the shop's deposit.
    Bill(super::bill_args::BillArgs),
    /// Run every worker until nothing is due.
    Sync(SyncArgs),
    /// Print a receipt.
    Receipt(ReceiptArgs),
    /// Open, count and close a drawer; X and Z; cash in and out.
    Shift(ShiftArgs),
    /// Statistics of some business dates.
    Report(ReportArgs),
    /// Who works here.
    People(PeopleArgs),
    /// What happened besides sales.
    Feed(FeedArgs),
    /// Money that was told of and has no sale.
    Inbox(InboxArgs),
    /// Statements of the shop's own QRIS.
    Statement(StatementArgs),
    /// A phone that passes notifications on.
    Relay(RelayArgs),
    /// Hear callbacks and a phone until it is ended.
    Listen(ListenArgs),
    /// The log: verify, rebuild, statistics.
    Ledger(LedgerArgs),
    /// Play the gateways on this machine.
    Practice(PracticeArgs),
}

#[derive(Args)]
pub(crate) struct InitArgs {
    #[arg(long, value_name = "NAME")]
    pub shop: String,
    #[arg(long, default_value = "WIB")]
    pub zone: String,
    #[arg(long, default_value = "00:00", value_name = "HH:MM")]
    pub cut_off: String,
    /// Read `pin=` from standard input.
    #[arg(long)]
    pub owner_pin: bool,
}

#[derive(Args)]
pub(crate) struct QrisArgs {
    #[command(subcommand)]
    pub verb: QrisVerb,
}

/// A QRIS as text or as a picture: exactly one of the two.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub(crate) struct QrisSource {
    pub payload: Option<String>,
    #[arg(long, value_name = "FILE")]
    pub image: Option<PathBuf>,
}

#[derive(Subcommand)]
pub(crate) enum QrisVerb {
    /// Read and judge a QRIS.
    Inspect {
        #[command(flatten)]
        source: QrisSource,
    },
    /// Embed an amount.
    Dynamic {
        #[command(flatten)]
        source: QrisSource,
        #[arg(long, allow_negative_numbers = true)]
        amount: i64,
    },
    /// Draw the symbol.
    Draw {
        payload: String,
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
        #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..=64))]
        module_px: u32,
    },
    /// Set and pin the shop's own QRIS.
    Own {
        #[command(flatten)]
        source: QrisSource,
    },
}

#[derive(Args)]
pub(crate) struct GatewayArgs {
    #[command(subcommand)]
    pub verb: GatewayVerb,
}

#[derive(Subcommand)]
pub(crate) enum GatewayVerb {
    Kinds,
    Add {
        kind: String,
        #[arg(long)]
        name: String,
        #[arg(long, value_name = "URL")]
        base_url: Option<String>,
        #[arg(long = "option", value_name = "K=V", value_parser = pair)]
        options: Vec<(String, String)>,
        /// Read keys as `key=value` lines from standard input.
        #[arg(long)]
        secrets: bool,
    },
    List,
    Check {
        name: String,
    },
    Remove {
        name: String,
    },
    /// Every call of its document, with its fields.
    Ops {
        name: String,
    },
    /// Run one of them.
    Call {
        name: String,
        operation: String,
        #[arg(long = "param", value_name = "K=V", value_parser = pair)]
        params: Vec<(String, String)>,
        /// A field that is a picture.
        #[arg(long = "file", value_name = "K=FILE", value_parser = file_pair)]
        files: Vec<(String, PathBuf)>,
    },
}

#[derive(Args)]
pub(crate) struct OrderArgs {
    #[command(subcommand)]
    pub verb: OrderVerb,
}

#[derive(Subcommand)]
pub(crate) enum OrderVerb {
    Orders {
        #[arg(long)]
        status: Option<String>,
        #[arg(long)]
        search: Option<String>,
        #[arg(long, default_value_t = 0)]
        offset: u32,
    },
    Complete {
        order: String,
        #[arg(long, value_enum, default_value = "completed")]
        status: OrderWordArg,
        /// The customer is not told by WhatsApp.
        #[arg(long)]
        no_notify: bool,
    },
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum OrderWordArg {
    Completed,
    Cancelled,
}

#[derive(Args)]
pub(crate) struct ChargeArgs {
    /// Rupiah.
    #[arg(long, allow_negative_numbers = true)]
    pub amount: i64,
    #[command(flatten)]
    pub via: ViaArgs,
    // clap drops a requirement whose argument is excluded by another one, so both are said.
    #[arg(long, requires = "gateway", conflicts_with_all = ["own_qris", "auto", "cash"])]
    pub method: Option<String>,
    /// Paid later by link: the bill is made once the gateway can be reached.
    #[arg(long, requires = "gateway", conflicts_with_all = ["own_qris", "auto", "cash"])]
    pub later: bool,
    #[arg(long)]
    pub description: Option<String>,
    #[arg(long)]
    pub customer: Option<String>,
    /// The caller's own id: the same id never makes a second sale.
    #[arg(long)]
    pub order: Option<String>,
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(..=86_400))]
    pub wait: Option<u64>,
}

#[derive(Args)]
#[group(multiple = false)]
pub(crate) struct ViaArgs {
    #[arg(long, value_name = "NAME")]
    pub gateway: Option<String>,
    #[arg(long)]
    pub own_qris: bool,
    /// In notes and coins: what the customer gave, in rupiah.
    #[arg(long, value_name = "TENDERED")]
    pub cash: Option<i64>,
    /// The first gateway that can, else the shop's own QRIS (the default).
    #[arg(long)]
    pub auto: bool,
}

#[derive(Args)]
pub(crate) struct PaymentArgs {
    #[command(subcommand)]
    pub verb: PaymentVerb,
}

#[derive(Subcommand)]
pub(crate) enum PaymentVerb {
    List {
        #[arg(long)]
        state: Option<String>,
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    Show {
        id: String,
    },
    Check {
        id: String,
    },
    Cancel {
        id: String,
    },
    Confirm {
        id: String,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
    /// A person's word on an unknown outcome.
    Resolve {
        id: String,
        #[arg(long, value_enum)]
        action: ResolveArg,
    },
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum ResolveArg {
    Retry,
    Abandon,
}

#[derive(Args)]
pub(crate) struct SyncArgs {
    #[arg(long, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(..=86_400))]
    pub until_idle: Option<u64>,
}

#[derive(Args)]
pub(crate) struct ReceiptArgs {
    /// The sale's id or number.
    pub sale: String,
    #[arg(long, value_enum, default_value = "text")]
    pub format: FormatArg,
    #[arg(long, default_value_t = 32)]
    pub columns: u16,
    /// Mark it as a copy: SALINAN ke-n.
    #[arg(long)]
    pub copy: bool,
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub(crate) enum FormatArg {
    Text,
    Pdf,
}

#[derive(Args)]
pub(crate) struct PracticeArgs {
    #[arg(long, default_value = "127.0.0.1:0", value_name = "ADDR")]
    pub listen: String,
}

/// Reads the arguments; usage errors are told here (exit 2).
pub(super) fn read(raw: Vec<String>) -> Asked {
    let cli = match Cli::try_parse_from(&raw) {
        Ok(cli) => cli,
        Err(error) => return told(&error, &raw),
    };
    let lang = match cli.lang {
        LangArg::Id => Lang::Id,
        LangArg::En => Lang::En,
    };
    let places = match Places::find(cli.data) {
        Ok(places) => places,
        Err(error) => {
            let outcome = Outcome::failed(&error, lang);
            outcome.print(cli.json);
            return Asked::Told(ExitCode::from(outcome.exit));
        }
    };
    match cli.verb {
        None => Asked::Window(places),
        Some(verb) => Asked::Verb(Box::new(Call { places, verb, json: cli.json, lang, raw })),
    }
}

/// The verb of arguments that another process sent from its folder `cwd`.
pub(crate) fn verb_of(raw: &[String], cwd: &Path) -> Option<Verb> {
    let mut verb = Cli::try_parse_from(raw).ok()?.verb?;
    for path in verb.paths() {
        *path = cwd.join(&path);
    }
    Some(verb)
}

fn told(error: &clap::Error, raw: &[String]) -> Asked {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // Nothing can be done when standard output is closed.
        let _ = error.print();
        return Asked::Told(ExitCode::SUCCESS);
    }
    let english = raw.windows(2).any(|two| two == ["--lang", "en"])
        || raw.iter().any(|word| word == "--lang=en");
    let said = if english { error.render().to_string() } else { usage::indonesian(error) };
    let outcome = Outcome::usage(&said);
    outcome.print(raw.iter().any(|word| word == "--json"));
    Asked::Told(ExitCode::from(outcome.exit))
}
