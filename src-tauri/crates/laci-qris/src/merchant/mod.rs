//! Whose money a code collects: the pin that names a merchant, and the check of a gateway's QR
//! against it. Where pins are kept, and when one may change, is the caller's.

mod check;

pub use check::{GatewayQrRefusal, check_gateway_qr};

use crate::payload::Qris;
use std::fmt;

/// What names a merchant across its codes.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Pin {
    /// The national merchant id (51.02).
    Nmid(String),
    /// The merchant's PAN, where a code has no NMID.
    Pan(String),
}

impl Pin {
    /// Whether this code belongs to the pinned merchant. Compares what the pin names: a code that
    /// also has an NMID still belongs to a merchant pinned by PAN.
    pub fn matches(&self, qris: &Qris) -> bool {
        match self {
            Self::Nmid(pinned) => qris.nmid() == Some(pinned),
            Self::Pan(pinned) => qris.pan() == Some(pinned),
        }
    }
}

impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nmid(nmid) => write!(f, "NMID {nmid}"),
            Self::Pan(pan) => write!(f, "PAN {pan}"),
        }
    }
}

/// The pin of this code's merchant: its NMID, else its PAN, else nothing names it.
pub fn pin_of(qris: &Qris) -> Option<Pin> {
    let nmid = qris.nmid().map(|nmid| Pin::Nmid(nmid.into()));
    nmid.or_else(|| qris.pan().map(|pan| Pin::Pan(pan.into())))
}
