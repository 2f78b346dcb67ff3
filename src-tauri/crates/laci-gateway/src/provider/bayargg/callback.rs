//! The webhook: HMAC-SHA256 over `invoice_id|status|final_amount|timestamp`. The amount goes in as it is written
//! (`50123` and `50123.00` are two texts), the time from its header.

use hmac::{Hmac, KeyInit, Mac};
use laci_core::UnixMs;
use serde::Deserialize;
use serde_json::value::RawValue;
use sha2::Sha256;

use crate::contract::{CallbackHeaders, Hint, Reply, Trust};
use crate::json;
use crate::secret::Secret;

/// A callback that was signed longer ago, or later, than this is stale.
const WINDOW_MS: u64 = 300_000;

#[derive(Deserialize)]
struct Wire<'a> {
    #[serde(borrow, default)]
    invoice_id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    status: Option<&'a RawValue>,
    #[serde(borrow, default)]
    final_amount: Option<&'a RawValue>,
}

pub(super) fn read(
    secret: &Secret,
    headers: &CallbackHeaders,
    body: &[u8],
    now: UnixMs,
) -> Option<Hint> {
    let reply = Reply { status: 200, body: body.to_vec(), ..Reply::default() };
    let wire: Wire<'_> = json::object(&reply).ok()?;
    let timestamp = headers.get("X-Webhook-Timestamp")?.trim();
    let signature = headers.get("X-Webhook-Signature")?.trim();
    let text = [
        &lexeme(wire.invoice_id?)?,
        &lexeme(wire.status?)?,
        &lexeme(wire.final_amount?)?,
        timestamp,
    ]
    .join("|");
    if !is_signed(secret, &text, signature) {
        return None;
    }
    let gateway_id = json::id(wire.invoice_id?).ok()?;
    let named = headers.get("X-Invoice-ID").map(str::trim);
    if named.is_some_and(|named| named != gateway_id) {
        return None;
    }
    let seconds: i64 = timestamp.parse().ok()?;
    let signed_at = UnixMs(seconds.checked_mul(1_000)?);
    let fresh = now.since_ms(signed_at).unsigned_abs() <= WINDOW_MS;
    let trust = if fresh { Trust::Signed } else { Trust::Stale };
    Some(Hint { gateway_id, trust })
}

/// A string's content, or a number as it is written.
fn lexeme(raw: &RawValue) -> Option<String> {
    if raw.get().starts_with('"') {
        return serde_json::from_str(raw.get()).ok();
    }
    raw.get().starts_with(|c: char| c.is_ascii_digit()).then(|| raw.get().to_owned())
}

/// Compared in constant time.
fn is_signed(secret: &Secret, text: &str, signature: &str) -> bool {
    let hex = signature.strip_prefix("sha256=").unwrap_or(signature);
    let Some(given) = bytes(hex) else { return false };
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose().as_bytes()) else {
        return false;
    };
    mac.update(text.as_bytes());
    mac.verify_slice(&given).is_ok()
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    if hex.len() != 64 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let pairs = hex.as_bytes().chunks_exact(2);
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_signature_comes_out() {
        let secret = Secret::new("whsec_test");
        let text = "PAY-admin-1234567890-ABC123|paid|50123|1705312530";
        let hex = "185b6b1b09f3846e32172020aff7a211c2392357912e6ca159bbb2681376324b";
        assert!(is_signed(&secret, text, hex));
        assert!(is_signed(&secret, text, &format!("sha256={hex}")));
        assert!(is_signed(&secret, text, &hex.to_uppercase()));
        assert!(!is_signed(&secret, &text.replace("50123", "50124"), hex));
        assert!(!is_signed(&Secret::new("whsec_tes"), text, hex));
        for wrong in ["", "sha256=", &hex[..63], &hex.replace('1', "g"), &"+1".repeat(32)] {
            assert!(!is_signed(&secret, text, wrong), "{wrong}");
        }
    }
}
