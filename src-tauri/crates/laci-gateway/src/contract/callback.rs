//! What a provider sends by itself: a reason to ask it, never a proof. Deliberately absent: amounts and states; money is
//! believed when the provider's own status says so.

use std::collections::BTreeMap;

/// A callback's headers by their names in lower case. One that stands twice is left out: two readers could take
/// different ones.
#[derive(Clone, Debug, Default)]
pub struct CallbackHeaders(BTreeMap<String, Option<String>>);

impl CallbackHeaders {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(&name.to_ascii_lowercase())?.as_deref()
    }
}

impl<N: AsRef<str>, V: Into<String>> FromIterator<(N, V)> for CallbackHeaders {
    fn from_iter<T: IntoIterator<Item = (N, V)>>(headers: T) -> Self {
        let mut all = BTreeMap::new();
        for (name, value) in headers {
            let value = Some(value.into());
            all.entry(name.as_ref().to_ascii_lowercase())
                .and_modify(|twice| *twice = None)
                .or_insert(value);
        }
        Self(all)
    }
}

/// A bill that is worth a look now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The gateway's own name for the bill.
    pub gateway_id: String,
    pub trust: Trust,
}

/// How much it says about its sender. All of them only lead to a look; what nobody signed may lead to fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    /// By the provider, just now.
    Signed,
    /// By the provider, at another time: sent again by somebody, or one of the two clocks is wrong.
    Stale,
    /// By anybody.
    Unsigned,
}
