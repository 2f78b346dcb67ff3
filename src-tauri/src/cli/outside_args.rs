//! The arguments of the verbs about money that is told from outside.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use laci_till::Act;

#[derive(Args)]
pub(crate) struct InboxArgs {
    #[command(subcommand)]
    pub verb: InboxVerb,
}

#[derive(Subcommand)]
pub(crate) enum InboxVerb {
    /// Newest first.
    List {
        /// Also what was settled.
        #[arg(long)]
        all: bool,
    },
    /// It is this sale's money.
    Match {
        id: String,
        /// The sale's id or number.
        sale: String,
    },
    /// It is no sale's money, or was given back.
    Dismiss {
        id: String,
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

impl InboxVerb {
    pub(super) fn act(&self) -> Act {
        match self {
            Self::List { .. } => Act::TakePayment,
            Self::Match { .. } | Self::Dismiss { .. } => Act::MatchMoney,
        }
    }
}

#[derive(Args)]
pub(crate) struct StatementArgs {
    #[command(subcommand)]
    pub verb: StatementVerb,
}

#[derive(Subcommand)]
pub(crate) enum StatementVerb {
    /// Take the rows of a CSV file; the same row twice is one.
    Import {
        file: PathBuf,
        /// Columns by heading or number: `date=COL,amount=COL` and `time`, `text`, `direction`, `status`.
        #[arg(long, value_name = "USE=COL,...", value_delimiter = ',', value_parser = use_of)]
        map: Vec<(String, String)>,
        /// Only show what would be taken.
        #[arg(long)]
        preview: bool,
    },
}

impl StatementArgs {
    pub(super) fn file(&mut self) -> &mut PathBuf {
        let StatementVerb::Import { file, .. } = &mut self.verb;
        file
    }
}

fn use_of(text: &str) -> Result<(String, String), String> {
    let (name, column) = text.split_once('=').ok_or("USE=COL")?;
    Ok((name.trim().to_owned(), column.trim().to_owned()))
}

#[derive(Args)]
pub(crate) struct RelayArgs {
    #[command(subcommand)]
    pub verb: RelayVerb,
}

#[derive(Subcommand)]
pub(crate) enum RelayVerb {
    /// Make a new token for the phone and show it, once.
    Token {
        /// Where the phone sends to, such as `http://192.168.1.7:8787`; else as the listener is set.
        #[arg(long, value_name = "URL")]
        address: Option<String>,
    },
}

#[derive(Args)]
pub(crate) struct ListenArgs {
    #[arg(long, default_value = "127.0.0.1:8787", value_name = "ADDR")]
    pub address: String,
}
