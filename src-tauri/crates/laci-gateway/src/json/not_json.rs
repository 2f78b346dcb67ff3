//! What kind of page answered in the gateway's place.

use crate::contract::{LooksLike, NotJson, Reply};

const EXCERPT_CHARS: usize = 200;
/// Enough of a page to tell what it is.
const LOOKED_AT_BYTES: usize = 16 * 1024;

pub(super) fn judge(reply: &Reply) -> NotJson {
    let head = reply.body.get(..LOOKED_AT_BYTES).unwrap_or(&reply.body);
    let text = String::from_utf8_lossy(head);
    let excerpt = text.trim_start_matches('\u{feff}').trim().chars().take(EXCERPT_CHARS).collect();
    NotJson { status: reply.status, excerpt, looks_like: looks_like(reply, &text.to_lowercase()) }
}

fn looks_like(reply: &Reply, lower: &str) -> LooksLike {
    let has = |marks: &[&str]| marks.iter().any(|mark| lower.contains(mark));
    if reply.headers.cf_mitigated.is_some()
        || has(&["just a moment", "cf-chl", "challenge-platform"])
    {
        return LooksLike::Cloudflare;
    }
    if has(&["maintenance", "pemeliharaan", "dalam perbaikan"]) {
        return LooksLike::Maintenance;
    }
    if has(&[
        "type=\"password\"",
        "type='password'",
        "captive portal",
        "<title>login",
        "<title>masuk",
    ]) {
        return LooksLike::Login;
    }
    LooksLike::Other
}
