//! SHA-256 as the chain and the side table use it.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// SHA-256, shown and stored in JSON as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// What the first entry's hash is chained to.
    pub const GENESIS: Self = Self([0; 32]);

    /// Of a raw body for the side table.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Of an entry's bytes after the entry whose hash is `previous`.
    pub fn chained(previous: Self, entry: &[u8]) -> Self {
        let mut sha = Sha256::new_with_prefix(b"laci-log-entry/1\n");
        sha.update(previous.0);
        sha.update((entry.len() as u64).to_be_bytes());
        sha.update(entry);
        Self(sha.finalize().into())
    }

    /// The first eight hex digits, for receipts and screens.
    pub fn short(self) -> String {
        self.to_string().chars().take(8).collect()
    }

    pub fn from_hex(text: &str) -> Option<Self> {
        if text.len() != 64 || !text.is_ascii() {
            return None;
        }
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(at * 2..at * 2 + 2)?, 16).ok()?;
        }
        Some(Self(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Hash {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::from_hex(&text).ok_or_else(|| serde::de::Error::custom("not a SHA-256 in hex"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_covers_its_place_in_the_chain() {
        let one = Hash::chained(Hash::GENESIS, b"a");
        assert_ne!(one, Hash::chained(one, b"a"));
        assert_ne!(Hash::chained(one, b"a"), Hash::chained(one, b"b"));
        assert_eq!(Hash::from_hex(&one.to_string()), Some(one));
    }
}
