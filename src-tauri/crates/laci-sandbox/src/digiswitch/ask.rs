//! A call's body, and whether it is the shop's own.

use md5::{Digest, Md5};
use serde_json::Value;

use super::USERNAME;
use super::code::Code;
use crate::app::App;

pub(super) struct Asked(Value);

impl Asked {
    pub(super) fn read(body: &[u8]) -> Self {
        Self(serde_json::from_slice(body).unwrap_or(Value::Null))
    }

    /// A text that stands there and is not empty.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str().filter(|text| !text.is_empty())
    }

    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.0.get(name)?.as_u64()
    }

    /// A field of another type than the document's.
    fn is_odd(&self, name: &str, fits: fn(&Value) -> bool) -> bool {
        self.0.get(name).is_some_and(|value| !fits(value))
    }

    /// Whose address, name, signature and types are right; `signed` follows user name and key in the signature's text.
    pub(super) fn check(&self, app: &App, signed: Option<&str>) -> Result<(), Code> {
        if !app.book().ppob.known_address {
            return Err(Code::Address);
        }
        let odd = self.is_odd("testing", Value::is_boolean) || self.is_odd("year", Value::is_u64);
        let (Some(username), Some(sign), Some(signed), false) =
            (self.text("username"), self.text("sign"), signed, odd)
        else {
            return Err(Code::Payload);
        };
        if username != USERNAME {
            return Err(Code::Username);
        }
        let right = sign == sign_of(&app.api_key, signed);
        if right { Ok(()) } else { Err(Code::Sign) }
    }
}

fn sign_of(api_key: &str, text: &str) -> String {
    let mut hash = Md5::new();
    for part in [USERNAME, api_key, text] {
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
