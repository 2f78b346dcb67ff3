//! The signature: MD5 of user name, key and one text more. MD5 proves little, and is what the provider asks for.

use md5::{Digest, Md5};

use crate::secret::Secret;

pub(super) fn sign(username: &str, api_key: &Secret, text: &str) -> Secret {
    let mut hash = Md5::new();
    for part in [username, api_key.expose(), text] {
        hash.update(part.as_bytes());
    }
    let hex: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Secret::new(hex)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_signatures_come_out() {
        let key = Secret::new("dev-key");
        for (text, hex) in [
            ("ref1", "374ddb4c9845019834a428569990055b"),
            ("depo", "331998689692417916216e425da6e2e8"),
            ("pricelist", "e9d792441251f072ad77f765ddb81cac"),
        ] {
            assert_eq!(sign("your-username", &key, text).expose(), hex, "{text}");
        }
    }
}
