//! What differs from gateway to gateway: where it is, how it names its bills, how its answers are built. Deliberately
//! absent: its calls, which are its own folder's.

use serde_json::Value;

#[derive(Debug)]
pub(crate) struct Played {
    /// The provider's code at the till.
    pub(crate) code: &'static str,
    /// Where its calls begin on this server; what a base URL ends with.
    pub(crate) base: &'static str,
    /// The `count`th bill's name, made on `day` (`20260530`); no two counts give one name.
    /// Empty where the merchant's own name, which must then be unique, is the only one.
    pub(crate) reference: fn(day: &str, count: u64) -> String,
    /// Whether the merchant's own name for a bill is unique, so that a second create with it makes no second bill.
    pub(crate) unique_names: bool,
    /// Whether it adds a code to each price, so that no two totals are one.
    pub(crate) unique_codes: bool,
    /// Where a bill's fields stand: in this object of an answer, or at its root.
    pub(crate) fields_in: Option<&'static str>,
    /// The names by which an answer says whose bill it is, each with that of another bill.
    pub(crate) others: &'static [(&'static str, &'static str)],
    /// A body that says that the call failed.
    pub(crate) failed: fn(message: &str) -> Value,
    /// What the host says before or after the gateway's own code.
    pub(crate) trouble: fn(message: &str) -> Value,
}

/// An odd multiplier that is no multiple of five visits every number below a power of two or ten once, in no order
/// that one could guess at.
pub(crate) fn scattered(count: u64, below: u64) -> u64 {
    count.wrapping_mul(10_368_889) % below
}
