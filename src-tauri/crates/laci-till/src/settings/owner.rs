//! The owner's PIN: how it is set, and what it is asked for. Deliberately absent: other people; they come with shifts.

use std::time::Duration;

use laci_core::{Actor, Body, Refusal};
use laci_ledger::Op;

use crate::error::{Result, Sentence, TillError};
use crate::secrets::{PinRecord, VaultState, check_form};
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
        let pepper = self.vault().get(PEPPER);
        let pepper = match pepper {
            Some(pepper) => pepper,
            None if self.pin_is_lost()? => return Err(other_computer()),
            None => return Err(no_pepper()),
        };
        let clock = self.ports.clock.as_ref();
        self.turnstile.pass(&self.ledger, clock, || record.check(pin, &pepper))
    }

    /// How long every PIN is still refused with `pin_locked`; zero when the next one is looked at. It is counted by this
    /// process: whoever waits for its end stays in it.
    pub fn pin_locked_for(&self) -> Duration {
        self.turnstile.owed(self.ports.clock.as_ref())
    }

    /// Whether a PIN is set that can never be checked again: the secrets are gone, with the pepper among them. So it is
    /// on a new computer.
    pub fn pin_is_lost(&self) -> Result<bool> {
        let gone = matches!(self.vault().state(), VaultState::Empty { .. });
        Ok(gone && self.settings()?.owner_pin.is_some())
    }

    /// Sets the owner's PIN anew, only where the old one is lost; whoever can do this has the ledger's file in hand, and
    /// the log shows it. Refused: `pin_not_lost`, `pin_form`, `passphrase_required`.
    pub fn pin_renew(&self, pin: &str, passphrase: Option<&str>) -> Result<()> {
        if !self.pin_is_lost()? {
            return Err(TillError::Refused(Sentence::new(
                "pin_not_lost",
                "PIN lama masih berlaku. Tidak ada yang diubah. Pakai PIN itu.",
                "The old PIN still holds. Nothing was changed. Use it.",
            )));
        }
        check_form(pin)?;
        let record = self.pin_record(pin, passphrase)?;
        self.transact(Op::Setup, Actor::Owner, |tx| {
            let hash = tx.put_blob(&record)?;
            tx.append(Body::OwnerPinSet { hash })?;
            Ok(())
        })?;
        Ok(())
    }

    /// The PIN's record, its pepper kept first: a PIN without its pepper could never be checked.
    pub(super) fn pin_record(&self, pin: &str, passphrase: Option<&str>) -> Result<Vec<u8>> {
        let mut vault = self.vault();
        vault.ready_to_keep(passphrase)?;
        let pepper = match vault.get(PEPPER) {
            Some(pepper) => pepper,
            None => {
                let mut bytes = [0; 32];
                self.ports.ids.fill(&mut bytes);
                let text = laci_core::Hash(bytes).to_string();
                vault.keep(&[(PEPPER.to_owned(), Some(text))])?;
                vault.get(PEPPER).ok_or_else(unkept)?
            }
        };
        let record = PinRecord::make(pin, &pepper, self.ports.ids.as_ref())?;
        serde_json::to_vec(&record).map_err(|_| unkept())
    }
}

fn unkept() -> TillError {
    TillError::Failed(Sentence::new(
        "secrets_unkept",
        "Rahasia toko tidak bisa disimpan, jadi PIN belum dipasang. Coba lagi.",
        "The shop's secrets could not be kept, so the PIN is not set. Try again.",
    ))
}

fn lost() -> TillError {
    TillError::Integrity(Sentence::new(
        "pin_lost",
        "Catatan PIN hilang dari buku. Tidak ada yang diubah. Hubungi bantuan.",
        "The PIN's record is missing from the books. Nothing was changed. Ask for support.",
    ))
}

fn other_computer() -> TillError {
    TillError::Refused(Sentence::new(
        "pin_elsewhere",
        "PIN buku ini tidak bisa diperiksa di komputer ini, karena rahasianya tertinggal di komputer lama. Tidak ada yang diubah. Buka jendela Laci dan buat PIN baru.",
        "This ledger's PIN cannot be checked on this computer: its secrets stayed on the old one. Nothing was changed. Open Laci's window and set a new PIN.",
    ))
}

fn no_pepper() -> TillError {
    TillError::Refused(Sentence::new(
        "secrets_locked",
        "Brankas rahasia masih terkunci, jadi PIN tidak bisa diperiksa. Buka dengan frasa sandi dulu.",
        "The secrets are still locked, so the PIN cannot be checked. Open them with the passphrase first.",
    ))
}
