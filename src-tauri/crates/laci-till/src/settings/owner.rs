//! The owner's PIN as a gate. Deliberately absent: other people; they come with shifts.

use std::time::Duration;

use laci_core::Refusal;

use crate::error::{Result, Sentence, TillError};
use crate::secrets::PinRecord;
use crate::till::Till;

pub(crate) const PEPPER: &str = "pepper";

impl Till {
    /// Lets the owner through. Once a PIN is set it is needed; refused with `pin_required`, `pin_wrong`, or `pin_locked`
    /// after too many wrong ones.
    pub fn owner(&self, pin: Option<&str>) -> Result<()> {
        let Some(hash) = self.settings()?.owner_pin else { return Ok(()) };
        let pin = pin.map(str::trim).filter(|pin| !pin.is_empty()).ok_or(Refusal::PinRequired)?;
        let bytes = self.read(|view| view.blob(hash))?.ok_or_else(lost)?;
        let record: PinRecord = serde_json::from_slice(&bytes).map_err(|_| lost())?;
        let pepper = self.vault().get(PEPPER).ok_or_else(no_pepper)?;
        let clock = self.ports.clock.as_ref();
        self.turnstile.pass(&self.ledger, clock, || record.check(pin, &pepper))
    }

    /// How long every PIN is still refused with `pin_locked`; zero when the next one is looked at. It is counted by this
    /// process: whoever waits for its end stays in it.
    pub fn pin_locked_for(&self) -> Duration {
        self.turnstile.owed(self.ports.clock.as_ref())
    }
}

fn lost() -> TillError {
    TillError::Integrity(Sentence::new(
        "pin_lost",
        "Catatan PIN hilang dari buku. Tidak ada yang diubah. Hubungi bantuan.",
        "The PIN's record is missing from the books. Nothing was changed. Ask for support.",
    ))
}

fn no_pepper() -> TillError {
    TillError::Refused(Sentence::new(
        "secrets_locked",
        "Brankas rahasia masih terkunci, jadi PIN tidak bisa diperiksa. Buka dengan frasa sandi dulu.",
        "The secrets are still locked, so the PIN cannot be checked. Open them with the passphrase first.",
    ))
}
