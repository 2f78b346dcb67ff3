//! `laci sync`: every worker until nothing is due.

use std::sync::Arc;
use std::time::Duration;

use laci_till::{Result, Till};
use serde_json::json;

use super::args::SyncArgs;
use super::outcome::Outcome;

pub(super) async fn run(till: &Arc<Till>, args: &SyncArgs) -> Result<Outcome> {
    let synced = till.sync(Duration::from_secs(args.until_idle.unwrap_or(0))).await?;
    let text = format!(
        "terkirim {} · dicek {} · lunas {} · belum terkirim {}",
        synced.sent, synced.checked, synced.matched, synced.unsent
    );
    let json = json!({
        "sent": synced.sent,
        "checked": synced.checked,
        "matched": synced.matched,
        "unsent": synced.unsent,
        "problems": synced.problems,
    });
    Ok(Outcome::done(json, text))
}
