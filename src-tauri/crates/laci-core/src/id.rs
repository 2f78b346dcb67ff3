//! Names of things. Every id is made outside and passed in; this crate only checks shapes.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = BadName;

            fn from_str(text: &str) -> Result<Self, BadName> {
                Uuid::parse_str(text).map(Self).map_err(|_| BadName)
            }
        }
    };
}

uuid_id!(
    /// A sale; UUIDv7, so that ids sort by the moment they were made.
    SaleId
);
uuid_id!(
    /// One try to collect for a sale; UUIDv7.
    AttemptId
);
uuid_id!(
    /// One ledger file, given once at its creation; practice and shop ledgers never share one.
    LedgerId
);

uuid_id!(
    /// Somebody who works at the till; UUIDv7 but for the first owner's.
    PersonId
);

uuid_id!(
    /// A call that changes something at a gateway; UUIDv7.
    CallId
);

uuid_id!(
    /// A bill that the shop pays for a customer; UUIDv7.
    BillId
);

impl BillId {
    /// The bill's name at the provider, the same from the inquiry to the last status: the id in Crockford's base 32 as a
    /// ULID is written, 26 letters and digits. Unique over every ledger and epoch, as the id is.
    pub fn reference(self) -> String {
        const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let number = self.0.as_u128();
        let digit = |place: u32| DIGITS[usize::from(((number >> (place * 5)) & 31) as u8)];
        (0..26).rev().map(|place| char::from(digit(place))).collect()
    }
}

uuid_id!(
    /// Money that was told of and has no sale; UUIDv7.
    InboxId
);

impl PersonId {
    /// Whoever set the shop up. Ledgers that knew only one PIN knew only this person.
    pub const OWNER: Self = Self(Uuid::from_u128(1));
}

/// Text that is not a name of the asked kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid name")]
pub struct BadName;

/// What a shop calls one of its gateways: 1 to 40 of `a-z 0-9 - _`, starting with a letter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct GatewayName(String);

impl GatewayName {
    pub fn new(text: &str) -> Result<Self, BadName> {
        let allowed =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        let starts = text.starts_with(|c: char| c.is_ascii_lowercase());
        if !starts || text.len() > 40 || !text.chars().all(allowed) {
            return Err(BadName);
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for GatewayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for GatewayName {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::new(&String::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

/// The number a person sees: register, epoch and counter, as `A01-0148`. Later epochs (after a restore) carry
/// their number, `A01.2-0007`, so that numbers of different epochs never meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SaleNumber {
    pub register: u16,
    pub epoch: u16,
    pub counter: u32,
}

impl fmt::Display for SaleNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "A{:02}", self.register)?;
        if self.epoch > 1 {
            write!(f, ".{}", self.epoch)?;
        }
        write!(f, "-{:04}", self.counter)
    }
}

impl FromStr for SaleNumber {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        let (place, counter) =
            text.strip_prefix('A').and_then(|t| t.split_once('-')).ok_or(BadName)?;
        let (register, epoch) = place.split_once('.').unwrap_or((place, "1"));
        Ok(Self {
            register: register.parse().map_err(|_| BadName)?,
            epoch: epoch.parse().map_err(|_| BadName)?,
            counter: counter.parse().map_err(|_| BadName)?,
        })
    }
}

impl Serialize for SaleNumber {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for SaleNumber {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sale_numbers_read_back() {
        for (number, text) in [
            (SaleNumber { register: 1, epoch: 1, counter: 148 }, "A01-0148"),
            (SaleNumber { register: 12, epoch: 3, counter: 12_345 }, "A12.3-12345"),
        ] {
            assert_eq!(number.to_string(), text);
            assert_eq!(text.parse(), Ok(number));
        }
        assert_eq!("0148".parse::<SaleNumber>(), Err(BadName));
    }

    #[test]
    fn a_bills_reference_is_its_id_in_26_plain_characters() {
        let of = |number| BillId(Uuid::from_u128(number)).reference();
        assert_eq!(of(0), "0".repeat(26));
        assert_eq!(of(u128::MAX), "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
        assert_eq!(of(31), format!("{}Z", "0".repeat(25)));
        assert_ne!(of(1 << 127), of(1 << 126));
    }

    #[test]
    fn gateway_names_stay_plain() {
        assert!(GatewayName::new("kropay-2").is_ok());
        for bad in ["", "2kropay", "Kropay", "a b", "../x", &"a".repeat(41)] {
            assert!(GatewayName::new(bad).is_err(), "{bad:?} must not become a file or log name");
        }
    }
}
