//! Tolerant reading of what gateways send as JSON: a byte order mark, a notice in front of it, amounts and ids
//! in odd types. Deliberately absent: floats (amounts are read from their text) and guessing.

mod field;
mod not_json;

use serde::Deserialize;
use serde_json::value::RawValue;

pub use field::{BadField, MAX_TEXT_CHARS, id, quoted, rupiah, text, word};

use crate::contract::{NotJson, Reply};

/// Reads the reply's one JSON object into `T`, whose fields are best `Option<&RawValue>`.
///
/// In front of the object a byte order mark or other text without `{` may stand (a PHP notice); behind it only
/// white space. A field that stands twice is refused, since two readers could take different ones.
pub fn object<'a, T: Deserialize<'a>>(reply: &'a Reply) -> Result<T, NotJson> {
    find_object(&reply.body)
        .and_then(|text| serde_json::from_str(text).ok())
        .ok_or_else(|| not_json::judge(reply))
}

fn find_object(body: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(body).ok()?;
    let text = text.get(text.find('{')?..)?;
    serde_json::from_str::<&RawValue>(text).ok().map(RawValue::get)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::LooksLike;

    #[derive(Debug, Deserialize)]
    struct Wire<'a> {
        #[serde(borrow, default)]
        total: Option<&'a RawValue>,
    }

    fn reply(body: &str) -> Reply {
        Reply { status: 200, body: body.as_bytes().to_vec(), ..Reply::default() }
    }

    #[test]
    fn an_object_is_found_behind_a_mark_and_a_notice() {
        for body in [
            "{\"total\":5}",
            "\u{feff}{\"total\":5}",
            " \r\n {\"total\":5}\n ",
            "<br />\n<b>Notice</b>: Undefined index in <b>create.php</b><br />\n{\"total\":5}",
        ] {
            let reply = reply(body);
            let wire: Wire = object(&reply).unwrap();
            assert_eq!(wire.total.unwrap().get(), "5", "{body}");
        }
    }

    #[test]
    fn what_is_not_one_object_is_not_json() {
        for body in [
            "",
            "[]",
            "5",
            "{\"total\":5",
            "{\"total\":5}{\"total\":6}",
            "{\"total\":5,\"total\":6}",
            "<html><style>a{b:c}</style></html>",
            "<script>{\"total\":5}</script>",
        ] {
            assert!(object::<Wire>(&reply(body)).is_err(), "{body}");
        }
        let latin = Reply { body: b"{\"total\":\"\xe9\"}".to_vec(), ..reply("") };
        assert!(object::<Wire>(&latin).is_err(), "not UTF-8");
    }

    #[test]
    fn pages_are_told_apart() {
        let judged = |body: &str| object::<Wire>(&reply(body)).unwrap_err().looks_like;
        assert_eq!(judged("<title>Just a moment...</title>"), LooksLike::Cloudflare);
        assert_eq!(judged("<h1>Situs sedang dalam pemeliharaan</h1>"), LooksLike::Maintenance);
        assert_eq!(judged("<form><input type=\"password\"></form>"), LooksLike::Login);
        assert_eq!(judged("<h1>It works!</h1>"), LooksLike::Other);
        let long = format!("<p>{}", "é".repeat(500));
        assert_eq!(object::<Wire>(&reply(&long)).unwrap_err().excerpt.chars().count(), 200);
    }

    #[test]
    fn deep_nesting_is_stepped_over_and_not_descended_into() {
        let deep = format!("{{\"total\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
        let reply = reply(&deep);
        let wire: Wire = object(&reply).expect("no stack was needed to find the object's end");
        assert_eq!(rupiah(wire.total.unwrap()), Err(BadField));
    }
}
