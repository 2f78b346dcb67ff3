//! The chain of Z reports: numbered without gaps, each hashed over the one before.
//!
//! A Z is stored and hashed as bytes and never written anew, so an old Z stays valid when reports gain fields. A tail
//! that was cut off shows only against a number and hash known from elsewhere (printed, or the high-water file).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::books::report::Report;
use crate::hash::Hash;
use crate::id::BadName;
use crate::money::Rupiah;
use crate::time::{BusinessDate, UnixMs};

/// `Z-000327`: counted from 1 in each epoch. After a restore `Z.2-000001`, so that no number is given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ZNumber {
    pub epoch: u16,
    pub counter: u32,
}

impl ZNumber {
    pub const FIRST: Self = Self { epoch: 1, counter: 1 };

    /// The number of the Z after `last`, in `epoch`; none when the numbers are used up.
    pub fn next(last: Option<Self>, epoch: u16) -> Option<Self> {
        let counter = match last {
            Some(last) if last.epoch == epoch => last.counter.checked_add(1)?,
            Some(_) | None => 1,
        };
        Some(Self { epoch, counter })
    }

    /// Whether it is the one after `last`: the next in its epoch, or the first of a later one.
    pub fn may_follow(self, last: Option<Self>) -> bool {
        let goes_up = last.is_none_or(|last| last < self);
        goes_up && Self::next(last, self.epoch) == Some(self)
    }
}

impl fmt::Display for ZNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Z")?;
        if self.epoch > 1 {
            write!(f, ".{}", self.epoch)?;
        }
        write!(f, "-{:06}", self.counter)
    }
}

impl FromStr for ZNumber {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        let (epoch, counter) =
            text.strip_prefix('Z').and_then(|rest| rest.split_once('-')).ok_or(BadName)?;
        let epoch = match epoch.strip_prefix('.') {
            Some(epoch) => epoch.parse().map_err(|_| BadName)?,
            None => 1,
        };
        let number = Self { epoch, counter: counter.parse().map_err(|_| BadName)? };
        // Exactly one text for each number.
        (number.to_string() == text).then_some(number).ok_or(BadName)
    }
}

impl Serialize for ZNumber {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ZNumber {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

/// What a Z says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZReport {
    pub number: ZNumber,
    pub shift: u32,
    /// That of the shift's opening.
    pub date: BusinessDate,
    pub opened_at: UnixMs,
    pub closed_at: UnixMs,
    /// The person's id.
    pub cashier: String,
    /// The log's head when the shift was closed: what the Z anchors.
    pub head_seq: u64,
    pub head: Hash,
    /// How often the drawer was counted, and what the first count came to: the blind one. 0 in an X.
    #[serde(default)]
    pub counts: u32,
    #[serde(default)]
    pub first_counted: Rupiah,
    pub report: Report,
}

/// A Z as it is stored: its bytes and their place in the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Z {
    pub number: ZNumber,
    /// The canonical JSON of [`ZReport`]: fields as declared, maps sorted, whole numbers, no spaces.
    pub text: String,
    pub hash: Hash,
}

impl Z {
    /// The next Z of the chain whose last hash is `previous` ([`Hash::GENESIS`] for the first).
    pub fn new(report: &ZReport, previous: Hash) -> Result<Self, serde_json::Error> {
        let text = serde_json::to_string(report)?;
        Ok(Self { number: report.number, hash: z_hash(previous, &text), text })
    }

    /// For printing again.
    pub fn report(&self) -> Result<ZReport, serde_json::Error> {
        serde_json::from_str(&self.text)
    }
}

/// SHA-256 over a label of its own, the hash before, and the text.
pub fn z_hash(previous: Hash, text: &str) -> Hash {
    let mut bytes = b"laci-z-report/1\n".to_vec();
    bytes.extend_from_slice(&previous.0);
    bytes.extend_from_slice(text.as_bytes());
    Hash::of_bytes(&bytes)
}

/// The first broken place of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ZProblem {
    /// A number is missing before `found`.
    #[error("a Z is missing before {found}")]
    Gap { found: ZNumber },
    /// It stands in the wrong place, or twice.
    #[error("{found} stands in the wrong place")]
    Swapped { found: ZNumber },
    /// It, or what it is chained to, is not what it was.
    #[error("{number} was changed")]
    Changed { number: ZNumber },
    /// `last` was known to exist, and the chain does not hold it as it was.
    #[error("the chain does not hold {last} as it was known")]
    Cut { last: ZNumber },
}

impl ZProblem {
    /// Stable, English, snake_case.
    pub fn code(self) -> &'static str {
        match self {
            Self::Gap { .. } => "z_gap",
            Self::Swapped { .. } => "z_swapped",
            Self::Changed { .. } => "z_changed",
            Self::Cut { .. } => "z_cut",
        }
    }
}

#[derive(Deserialize)]
struct Numbered {
    number: ZNumber,
}

/// Checks all Zs of a register, first to last, and gives the last one's number and hash. `known` is a number and hash
/// from outside the file: that Z must be there as it was.
pub fn check(
    zs: &[Z],
    known: Option<(ZNumber, Hash)>,
) -> Result<Option<(ZNumber, Hash)>, ZProblem> {
    let mut last: Option<(ZNumber, Hash)> = None;
    for (at, z) in zs.iter().enumerate() {
        let before = last.map(|(number, _)| number);
        if !z.number.may_follow(before) {
            let missing = ZNumber::next(before, z.number.epoch);
            let is_later = zs.iter().skip(at).any(|other| Some(other.number) == missing);
            let found = z.number;
            let goes_back = before.is_some_and(|before| found <= before);
            return Err(if is_later || goes_back {
                ZProblem::Swapped { found }
            } else {
                ZProblem::Gap { found }
            });
        }
        let says = serde_json::from_str::<Numbered>(&z.text).map(|numbered| numbered.number);
        let previous = last.map_or(Hash::GENESIS, |(_, hash)| hash);
        if says.ok() != Some(z.number) || z_hash(previous, &z.text) != z.hash {
            return Err(ZProblem::Changed { number: z.number });
        }
        last = Some((z.number, z.hash));
    }
    match known {
        Some((number, hash)) if !zs.iter().any(|z| (z.number, z.hash) == (number, hash)) => {
            Err(ZProblem::Cut { last: number })
        }
        Some(_) | None => Ok(last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_one_text() {
        for text in ["Z-000001", "Z-000327", "Z.2-000001", "Z-1000000"] {
            assert_eq!(text.parse::<ZNumber>().unwrap().to_string(), text);
        }
        for bad in ["Z-1", "Z.1-000001", "000327", "Z--00001", "Z.-000001"] {
            assert_eq!(bad.parse::<ZNumber>(), Err(BadName), "{bad}");
        }
    }

    #[test]
    fn numbers_begin_anew_in_a_later_epoch_only() {
        let of = |epoch, counter| ZNumber { epoch, counter };
        assert_eq!(ZNumber::next(None, 1), Some(ZNumber::FIRST));
        assert_eq!(ZNumber::next(Some(of(1, 5)), 2), Some(of(2, 1)));
        assert!(of(2, 1).may_follow(Some(of(1, 5))));
        assert!(!of(1, 1).may_follow(Some(of(2, 5))));
        assert_eq!(ZNumber::next(Some(of(1, u32::MAX)), 1), None);
    }

    #[test]
    fn the_hash_is_a_promise() {
        assert_eq!(
            z_hash(Hash::GENESIS, "{}").to_string(),
            "6334567159f83ad6f50b5a85612c7b1734f3e391076ec0a6565b3258af55841a",
            "printed on paper: it must never change"
        );
    }
}
