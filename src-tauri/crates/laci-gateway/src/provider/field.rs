//! What the providers' readers share: one field each, from its raw text, and what an HTTP status says. Deliberately
//! absent: names of fields and words, which are each provider's own.

use laci_core::{Rupiah, UnixMs, Zone};
use serde_json::value::RawValue;

use crate::contract::{Doubt, Reply};
use crate::json;

/// A QRIS has at most 512 characters; anything far beyond is no QRIS.
const MAX_QRIS_CHARS: usize = 1024;
/// A bill's life as the gateway may name it; outside it the text was read in the wrong zone, or is no time.
const LIFE_MS: std::ops::RangeInclusive<i64> = 60_000..=7 * 86_400_000;

pub(super) fn required<T>(
    raw: Option<&RawValue>,
    field: &'static str,
    read: impl Fn(&RawValue) -> Option<T>,
) -> Result<T, Doubt> {
    raw.and_then(read).ok_or(Doubt::Incomplete { field })
}

pub(super) fn money(raw: &RawValue) -> Option<Rupiah> {
    json::rupiah(raw).ok()
}

/// The payload as it came; whether it is a sound QRIS of the right amount and merchant is the till's check.
pub(super) fn qris(raw: &RawValue) -> Option<String> {
    let text: String = serde_json::from_str(raw.get()).ok()?;
    (!text.trim().is_empty() && text.chars().count() <= MAX_QRIS_CHARS).then_some(text)
}

/// A time with its own zone, or a naive one of `zone`.
pub(super) fn moment(raw: &RawValue, zone: Zone) -> Option<UnixMs> {
    let text: String = serde_json::from_str(raw.get()).ok()?;
    UnixMs::from_rfc3339(text.trim()).or_else(|| UnixMs::from_naive(&text, zone))
}

/// The end that a bill names, where it lies in a bill's possible life by the server's own clock (`Date`, else ours).
pub(super) fn end(named: UnixMs, now: UnixMs, reply: &Reply) -> Option<UnixMs> {
    let life_ms = named.since_ms(reply.server_time().unwrap_or(now));
    // Counted from our own clock, so that a wrong PC clock still shows the right countdown.
    LIFE_MS.contains(&life_ms).then(|| now.plus_ms(life_ms))
}

/// What an HTTP status other than 2xx and 404 says, whatever its JSON.
pub(super) fn trouble(status: u16) -> Doubt {
    match status {
        401 | 403 => Doubt::KeyRefused { status },
        429 => Doubt::RateLimited,
        500..=599 => Doubt::ServerError { status },
        _ => Doubt::OddStatus { status },
    }
}

/// At most `most` characters of `text`, in one line, without blanks at its ends.
pub(super) fn short(text: &str, most: usize) -> String {
    let line = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c });
    line.take(most).collect::<String>().trim_end().to_owned()
}
