//! `laci practice`: the gateways played on this machine, until the process is ended.

use laci_till::Result;
use serde_json::json;

use super::args::PracticeArgs;
use super::outcome::Outcome;

pub(super) async fn run(args: &PracticeArgs) -> Result<Outcome> {
    let sandbox = crate::practice::start_sandbox(&args.listen).await?;
    // Said at once: whoever started it waits for the address.
    Outcome::done(json!({ "url": sandbox.url() }), sandbox.url()).print(json_asked());
    // It serves until the process is ended; an error here only means that signals cannot be heard.
    let _ = tokio::signal::ctrl_c().await;
    sandbox.stop().await;
    std::process::exit(0);
}

fn json_asked() -> bool {
    std::env::args().any(|arg| arg == "--json")
}
