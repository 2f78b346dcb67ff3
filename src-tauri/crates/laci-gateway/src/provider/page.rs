//! What a body that is not the document's JSON says of the gateway.

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
