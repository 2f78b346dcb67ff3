//! PINs: how one is kept, looked at, and changed.

use std::time::Duration;

use laci_core::{Body, PeopleChange, PersonId, Refusal, Role};
use laci_ledger::{Op, PersonRow, Tx};

use crate::by::By;
use crate::error::{Result, Sentence, TillError};
use crate::secrets::{PinRecord, VaultState, check_form};
use crate::till::Till;

pub(crate) const PEPPER: &str = "pepper";

impl Till {
    /// Refused: `pin_wrong`, `pin_locked` after too many wrong ones, `no_pin`, `pin_elsewhere`, `secrets_locked`.
    pub(super) fn check_pin(&self, person: &PersonRow, pin: &str) -> Result<()> {
        let hash = person.pin.ok_or(Refusal::NoPin)?;
        let bytes = self.read(|view| view.blob(hash))?.ok_or_else(lost)?;
        let record: PinRecord = serde_json::from_slice(&bytes).map_err(|_| lost())?;
        let pepper = self.vault().get(PEPPER);
        let pepper = match pepper {
            Some(pepper) => pepper,
            None if self.pin_is_lost()? => return Err(other_computer()),
            None => return Err(no_pepper()),
        };
        let clock = self.ports.clock.as_ref();
        let who = lockout_name(person.id);
        let done = self.turnstile.pass(&self.ledger, clock, &who, || record.check(pin, &pepper));
        if done.as_ref().is_err_and(|error| error.code() == Refusal::PinWrong.code()) {
            self.note_wrong(PeopleChange::PinFailed { id: person.id });
        }
        done
    }

    /// A wrong one stays wrong when it cannot be noted.
    pub(super) fn note_wrong(&self, change: PeopleChange) {
        let noted = self.transact(Op::Door, By::counter(), |tx| {
            tx.append(Body::People { change })?;
            Ok(())
        });
        if let Err(error) = noted {
            tracing::error!(code = error.code(), "a wrong PIN is not in the feed");
        }
    }

    /// How long the PIN that was refused with `pin_locked` last stays so; zero when the next one is looked at. It is
    /// counted by this process: whoever waits for its end stays in it.
    pub fn pin_locked_for(&self) -> Duration {
        self.turnstile.owed(self.ports.clock.as_ref())
    }

    /// Whose PIN was refused with `pin_locked` last, under the name that failures are counted by.
    pub fn pin_locked_who(&self) -> Option<String> {
        self.turnstile.refused()
    }

    /// This process has waited out what `who` owed, with the ledger closed. What is held against them stays.
    pub fn pin_waited(&self, who: &str) {
        self.turnstile.waited(who);
    }

    /// Whether a PIN is set that can never be checked again: the secrets are gone, with the pepper among them. So it is
    /// on a new computer.
    pub fn pin_is_lost(&self) -> Result<bool> {
        let gone = matches!(self.vault().state(), VaultState::Empty { .. });
        Ok(gone && self.read(|view| view.has_pin())?)
    }

    /// Sets the first owner's PIN anew, only where every old one is lost; whoever can do this has the ledger's file in
    /// hand, and the log shows it. Refused: `pin_not_lost`, `pin_form`, `passphrase_required`.
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
        self.transact(Op::Door, By::FIRST, |tx| {
            clear_pins(tx)?;
            let owner = first_owner(&tx.people()?);
            set_pin(tx, owner, &record)
        })?;
        Ok(())
    }

    /// Changes the PIN of whoever knows the old one. Refused: `person_unknown`, `pin_wrong`, `pin_locked`, `pin_form`.
    pub fn pin_change(&self, person: &str, old: &str, new: &str) -> Result<()> {
        check_form(new)?;
        let people = self.working_people()?;
        let person = super::allow::named(&people, Some(person))?;
        self.check_pin(person, old.trim())?;
        let record = self.pin_record(new, None)?;
        self.transact(Op::People, By::person(person.id, person.role), |tx| {
            set_pin(tx, person.id, &record)
        })?;
        Ok(())
    }

    /// The PIN's record, its pepper kept first: a PIN without its pepper could never be checked.
    pub(crate) fn pin_record(&self, pin: &str, passphrase: Option<&str>) -> Result<Vec<u8>> {
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

/// Whoever owned the shop first and still works here.
pub(super) fn first_owner(people: &[PersonRow]) -> PersonId {
    let owns = |person: &&PersonRow| person.role == Role::Owner && !person.removed;
    people.iter().find(owns).map_or(PersonId::OWNER, |owner| owner.id)
}

/// The name that failures are counted under.
pub(super) fn lockout_name(person: PersonId) -> String {
    if person == PersonId::OWNER { "owner".to_owned() } else { person.to_string() }
}

pub(crate) fn set_pin(tx: &mut Tx<'_>, id: PersonId, record: &[u8]) -> Result<()> {
    let hash = tx.put_blob(record)?;
    tx.append(Body::People { change: PeopleChange::PinSet { id, hash } })?;
    Ok(())
}

/// PINs whose pepper is gone open nothing; nobody shall be asked for one.
pub(super) fn clear_pins(tx: &mut Tx<'_>) -> Result<()> {
    for person in tx.people()?.into_iter().filter(|person| person.pin.is_some()) {
        tx.append(Body::People { change: PeopleChange::PinCleared { id: person.id } })?;
    }
    Ok(())
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
