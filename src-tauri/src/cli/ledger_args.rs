//! The arguments of `laci ledger`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Args)]
pub(crate) struct LedgerArgs {
    #[command(subcommand)]
    pub verb: LedgerVerb,
}

#[derive(Clone, PartialEq, Eq, Subcommand)]
pub(crate) enum LedgerVerb {
    Verify,
    Rebuild,
    /// A verified copy of the whole ledger.
    Backup {
        file: PathBuf,
    },
    /// Goes on from a backup; what stands in the folder is kept beside it.
    Restore {
        file: PathBuf,
        /// Replaces another ledger than the backup's own.
        #[arg(long)]
        other_ledger: bool,
    },
    /// Everything in files that any program reads, with the recipe to check them.
    Export {
        dir: PathBuf,
    },
    Stats,
}
