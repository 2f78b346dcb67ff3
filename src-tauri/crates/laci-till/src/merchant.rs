//! The pinned merchant, as the books and as laci-qris name it.

use laci_core::PinnedMerchant;
use laci_qris::Pin;

pub(crate) fn to_pin(pin: &PinnedMerchant) -> Pin {
    match pin {
        PinnedMerchant::Nmid(nmid) => Pin::Nmid(nmid.clone()),
        PinnedMerchant::Pan(pan) => Pin::Pan(pan.clone()),
    }
}

pub(crate) fn from_pin(pin: Pin) -> PinnedMerchant {
    match pin {
        Pin::Nmid(nmid) => PinnedMerchant::Nmid(nmid),
        Pin::Pan(pan) => PinnedMerchant::Pan(pan),
    }
}
