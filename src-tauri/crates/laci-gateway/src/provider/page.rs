//! What an answer says of the gateway that is not the document's: a body that is no JSON, and words about the call
//! itself where a bill was asked for.

use crate::contract::{Doubt, LooksLike, NotJson, Reply};

/// A challenge, a maintenance and a login page keep their names, as does JSON that was cut off; a failing server's own
/// page is its failure; and a web page, or nothing at all, where the document has JSON is a changed API.
pub(super) fn doubt(reply: &Reply, page: NotJson) -> Doubt {
    let status = reply.status;
    if page.looks_like != LooksLike::Other {
        return Doubt::NotJson(page);
    }
    let head = page.excerpt.to_lowercase();
    let is_page = head.contains("<html") || head.contains("<!doctype");
    match status {
        404 | 405 | 410 => Doubt::ApiChanged { status },
        200..=299 if is_page => Doubt::ApiChanged { status },
        429 => Doubt::RateLimited,
        500..=599 => Doubt::ServerError { status },
        _ => Doubt::NotJson(page),
    }
}

/// Words for the place of a call. No provider calls a bill by one of them.
const PLACES: &[&str] = &[
    "endpoint",
    "endpoints",
    "url",
    "uri",
    "route",
    "routes",
    "routing",
    "page",
    "path",
    "rute",
    "halaman",
    "laman",
    "alamat",
    "jalur",
];
/// What frameworks say of a call that is not there, without any of those words.
const PLACELESS: &[&str] = &["cannot get", "cannot post"];

/// The words are about an endpoint, a URL or a route: the call is not there, whatever became of the bill.
pub(super) fn misses_call(said: &str) -> bool {
    words(said).any(|word| PLACES.contains(&word.as_str()))
        || PLACELESS.iter().any(|text| said.to_lowercase().contains(text))
}

/// Nothing but HTTP's own phrase for 404: it names neither a bill nor anything else that is missing.
pub(super) fn is_bare_404(said: &str) -> bool {
    let said: Vec<String> = words(said).filter(|word| word != "404").collect();
    said.is_empty() || said == ["not", "found"]
}

/// The words are about something that is not there.
pub(super) fn misses_something(said: &str) -> bool {
    let said = said.to_lowercase();
    let missing = [
        "not found",
        "not exist",
        "n't exist",
        "no query results",
        "unknown",
        "tidak ditemukan",
        "tidak ada",
        "tidak dikenal",
        "belum ada",
    ];
    missing.iter().any(|text| said.contains(text))
}

/// The words are about the key.
pub(super) fn blames_key(said: &str) -> bool {
    let said = said.to_lowercase();
    let key = [
        "api key",
        "api_key",
        "apikey",
        "api-key",
        "kunci",
        "unauthorized",
        "unauthorised",
        "unauthenticated",
    ];
    key.iter().any(|text| said.contains(text))
}

/// In small letters, without the signs between them.
fn words(said: &str) -> impl Iterator<Item = String> {
    let said = said.to_lowercase();
    let words = said.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_that_is_not_there_is_told_from_a_bill_that_is_not() {
        for said in [
            "Endpoint not found",
            "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.",
            "The route api/v1/payment/status/LACI-CHECK could not be found.",
            "No route found for \"GET /status/X\"",
            "no Route matched with those values",
            "404 page not found",
            "Cannot GET /status/LACI-CHECK",
            "Rute tidak ditemukan",
            "Halaman tidak ditemukan.",
            "ENDPOINT TIDAK DITEMUKAN",
            "Alamat yang diminta tidak ada",
        ] {
            assert!(misses_call(said), "{said}");
        }
        for said in [
            "Transaction doesn't exist.",
            "Transaksi tidak ditemukan.",
            "Invoice not found",
            "No query results for model [App\\Models\\Transaction] LACI-CHECK",
            "Order ORDER-1 not found: curl 404",
            "Not Found",
            "",
        ] {
            assert!(!misses_call(said), "{said}");
        }
        for said in ["", "Not Found", "not found.", "404 Not Found", "404: Not Found"] {
            assert!(is_bare_404(said), "{said}");
        }
        assert!(!is_bare_404("Order not found"));
    }

    #[test]
    fn words_about_a_key_and_about_what_is_missing() {
        for said in ["API Key tidak valid", "Unauthenticated.", "Kunci API salah", "invalid apikey"]
        {
            assert!(blames_key(said), "{said}");
        }
        assert!(!blames_key("Transaksi tidak ditemukan"));
        for said in ["Transaksi tidak ditemukan", "Transaction doesn't exist.", "Bill NOT FOUND"] {
            assert!(misses_something(said), "{said}");
        }
        assert!(!misses_something("Terjadi kesalahan"));
    }
}
