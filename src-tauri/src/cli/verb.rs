//! What each verb is: the files it names, the lines it reads, the act that the gate asks about.

use std::path::PathBuf;

use laci_till::Act;

use super::args::{
    ChargeArgs, GatewayArgs, GatewayVerb, LedgerArgs, LedgerVerb, OrderArgs, OrderVerb,
    OrderWordArg, PaymentArgs, PaymentVerb, QrisArgs, QrisVerb, Verb,
};
use super::counter_args::{PeopleArgs, PeopleVerb};
use crate::station::Work;

impl Verb {
    /// Every file that the verb reads or writes.
    pub(super) fn paths(&mut self) -> Vec<&mut PathBuf> {
        match self {
            Self::Receipt(args) => args.out.iter_mut().collect(),
            Self::Report(args) => args.out.iter_mut().collect(),
            Self::Qris(QrisArgs { verb }) => match verb {
                QrisVerb::Inspect { source }
                | QrisVerb::Dynamic { source, .. }
                | QrisVerb::Own { source } => source.image.iter_mut().collect(),
                QrisVerb::Draw { out, .. } => vec![out],
            },
            Self::Gateway(GatewayArgs { verb: GatewayVerb::Call { files, .. } }) => {
                files.iter_mut().map(|(_, file)| file).collect()
            }
            Self::Statement(args) => vec![args.file()],
            Self::Ledger(LedgerArgs { verb }) => match verb {
                LedgerVerb::Backup { file } | LedgerVerb::Restore { file, .. } => vec![file],
                LedgerVerb::Export { dir } => vec![dir],
                LedgerVerb::Verify | LedgerVerb::Rebuild | LedgerVerb::Stats => Vec::new(),
            },
            Self::Init(_)
            | Self::Gateway(_)
            | Self::Wa(_)
            | Self::Charge(_)
            | Self::Payment(_)
            | Self::Bill(_)
            | Self::Sync(_)
            | Self::Shift(_)
            | Self::People(_)
            | Self::Feed(_)
            | Self::Inbox(_)
            | Self::Relay(_)
            | Self::Listen(_)
            | Self::Practice(_) => Vec::new(),
        }
    }

    /// Whether standard input is always read, as a flag asks.
    pub(crate) fn reads_lines(&self) -> bool {
        match self {
            Self::Init(args) => args.owner_pin,
            Self::Gateway(GatewayArgs { verb: GatewayVerb::Add { secrets, .. } }) => *secrets,
            Self::People(PeopleArgs { verb }) => match verb {
                PeopleVerb::Add { .. } | PeopleVerb::Pin { .. } => true,
                PeopleVerb::List | PeopleVerb::Remove { .. } => false,
            },
            Self::Gateway(_)
            | Self::Wa(_)
            | Self::Qris(_)
            | Self::Charge(_)
            | Self::Payment(_)
            | Self::Bill(_)
            | Self::Sync(_)
            | Self::Receipt(_)
            | Self::Shift(_)
            | Self::Report(_)
            | Self::Feed(_)
            | Self::Inbox(_)
            | Self::Statement(_)
            | Self::Relay(_)
            | Self::Listen(_)
            | Self::Ledger(_)
            | Self::Practice(_) => false,
        }
    }

    /// Whether workers run beside it in a process of its own.
    pub(crate) fn work(&self) -> Work {
        match self {
            Self::Charge(ChargeArgs { wait: Some(_), .. }) | Self::Listen(_) => Work::Beside,
            Self::Charge(_)
            | Self::Init(_)
            | Self::Gateway(_)
            | Self::Wa(_)
            | Self::Qris(_)
            | Self::Payment(_)
            | Self::Bill(_)
            | Self::Sync(_)
            | Self::Receipt(_)
            | Self::Shift(_)
            | Self::Report(_)
            | Self::People(_)
            | Self::Feed(_)
            | Self::Inbox(_)
            | Self::Statement(_)
            | Self::Relay(_)
            | Self::Ledger(_)
            | Self::Practice(_) => Work::Asked,
        }
    }

    /// What it does, for the gate. `call` says it of a gateway's call, by the gateway's name and the call's.
    pub(crate) fn act(&self, call: impl Fn(&str, &str) -> Act) -> Act {
        match self {
            // Refused by itself once the shop is set up.
            Self::Init(_) => Act::Enter,
            Self::Practice(_) => Act::Practice,
            Self::Qris(QrisArgs { verb }) => match verb {
                QrisVerb::Own { .. } => Act::OwnQris,
                QrisVerb::Inspect { .. } | QrisVerb::Dynamic { .. } | QrisVerb::Draw { .. } => {
                    Act::Sell
                }
            },
            Self::Gateway(GatewayArgs { verb }) => match verb {
                GatewayVerb::Add { .. } | GatewayVerb::Remove { .. } => Act::Gateways,
                GatewayVerb::Kinds | GatewayVerb::List | GatewayVerb::Ops { .. } => {
                    Act::Preferences
                }
                GatewayVerb::Check { .. } => Act::TakePayment,
                // What a call may do stands in its gateway's table, which the till knows.
                GatewayVerb::Call { name, operation, .. } => call(name, operation),
            },
            Self::Wa(OrderArgs { verb }) => match verb {
                OrderVerb::Complete { status: OrderWordArg::Cancelled, .. } => Act::ChangeAtGateway,
                OrderVerb::Orders { .. } | OrderVerb::Complete { .. } => Act::Orders,
            },
            Self::Charge(args) if args.via.cash.is_some() => Act::TakeCash,
            Self::Charge(_) => Act::Sell,
            Self::Payment(PaymentArgs { verb }) => match verb {
                PaymentVerb::Confirm { .. } => Act::ConfirmPayment,
                PaymentVerb::Resolve { .. } => Act::ResolvePayment,
                PaymentVerb::List { .. } => Act::SeeAllSales,
                PaymentVerb::Show { .. }
                | PaymentVerb::Check { .. }
                | PaymentVerb::Cancel { .. } => Act::TakePayment,
            },
            Self::Bill(args) => args.verb.act(),
            Self::Sync(_) => Act::TakePayment,
            Self::Receipt(args) if args.copy => Act::Reprint,
            Self::Receipt(_) => Act::PrintReceipt,
            Self::Shift(args) => args.verb.act(),
            Self::Report(_) => Act::Reports,
            Self::People(PeopleArgs { verb }) => match verb {
                PeopleVerb::List => Act::Preferences,
                PeopleVerb::Add { .. } | PeopleVerb::Remove { .. } | PeopleVerb::Pin { .. } => {
                    Act::People
                }
            },
            Self::Feed(_) => Act::Feed,
            Self::Inbox(args) => args.verb.act(),
            Self::Statement(_) => Act::MatchMoney,
            Self::Relay(_) | Self::Listen(_) => Act::Settings,
            Self::Ledger(LedgerArgs { verb }) => match verb {
                LedgerVerb::Verify | LedgerVerb::Stats => Act::VerifyLedger,
                LedgerVerb::Rebuild => Act::RebuildLedger,
                LedgerVerb::Backup { .. } => Act::Backup,
                LedgerVerb::Restore { .. } => Act::RestoreLedger,
                LedgerVerb::Export { .. } => Act::ExportLedger,
            },
        }
    }
}
