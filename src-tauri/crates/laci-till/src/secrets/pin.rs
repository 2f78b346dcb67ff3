//! The owner's PIN: Argon2id (19 MiB, two passes) with a pepper from the vault, so that a stolen database alone
//! gives no PIN. Deliberately absent: lock-out after failures (`lockout.rs`), people and roles.

use argon2::{Algorithm, Argon2, Params, Version};
use laci_core::Refusal;
use laci_gateway::Secret;
use serde::{Deserialize, Serialize};

use crate::error::{Result, Sentence, TillError};
use crate::ports::Ids;

const DIGITS: usize = 6;

/// What is stored about a PIN, in the ledger's side table.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct PinRecord {
    kib: u32,
    passes: u32,
    salt: String,
    hash: String,
}

/// Six digits, or refused.
pub(crate) fn check_form(pin: &str) -> Result<()> {
    if pin.len() == DIGITS && pin.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(());
    }
    Err(Refusal::PinForm.into())
}

impl PinRecord {
    pub(crate) fn make(pin: &str, pepper: &Secret, ids: &dyn Ids) -> Result<Self> {
        check_form(pin)?;
        let mut salt = [0; 16];
        ids.fill(&mut salt);
        let (kib, passes) = (19_456, 2);
        let hash = hashed(pin, pepper, &salt, kib, passes)?;
        Ok(Self { kib, passes, salt: hex(&salt), hash: hex(&hash) })
    }

    /// Refused with `pin_wrong` when it is another PIN.
    pub(crate) fn check(&self, pin: &str, pepper: &Secret) -> Result<()> {
        let salt = unhex(&self.salt).ok_or_else(unusable)?;
        let kept = unhex(&self.hash).ok_or_else(unusable)?;
        let given = hashed(pin, pepper, &salt, self.kib, self.passes)?;
        let differs = kept.iter().zip(&given).fold(0, |all, (a, b)| all | (a ^ b));
        if kept.len() == given.len() && differs == 0 {
            return Ok(());
        }
        Err(Refusal::PinWrong.into())
    }
}

fn hashed(pin: &str, pepper: &Secret, salt: &[u8], kib: u32, passes: u32) -> Result<[u8; 32]> {
    let params = Params::new(kib, passes, 1, Some(32)).map_err(|_| unusable())?;
    let argon = Argon2::new_with_secret(
        pepper.expose().as_bytes(),
        Algorithm::Argon2id,
        Version::V0x13,
        params,
    )
    .map_err(|_| unusable())?;
    let mut out = [0; 32];
    argon.hash_password_into(pin.as_bytes(), salt, &mut out).map_err(|_| unusable())?;
    Ok(out)
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len())
        .step_by(2)
        .map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok())
        .collect()
}

fn unusable() -> TillError {
    TillError::Failed(Sentence::new(
        "pin_unusable",
        "Catatan PIN tidak bisa dibaca. Belum ada yang diubah. Hubungi bantuan.",
        "The PIN's record cannot be read. Nothing was changed. Ask for support.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Zero;

    impl Ids for Zero {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(7);
        }
    }

    #[test]
    fn only_the_same_pin_with_the_same_pepper_opens() {
        let pepper = Secret::new("merica");
        let record = PinRecord::make("123456", &pepper, &Zero).unwrap();
        record.check("123456", &pepper).unwrap();
        assert_eq!(record.check("123457", &pepper).unwrap_err().code(), "pin_wrong");
        assert_eq!(
            record.check("123456", &Secret::new("lain")).unwrap_err().code(),
            "pin_wrong",
            "a stolen database without the pepper opens nothing"
        );
        let text = serde_json::to_string(&record).unwrap();
        assert!(!text.contains("123456"));
    }

    #[test]
    fn a_pin_is_six_digits() {
        for bad in ["", "12345", "1234567", "12345a", "１２３４５６"] {
            assert_eq!(check_form(bad).unwrap_err().code(), "pin_form", "{bad:?}");
        }
    }
}
