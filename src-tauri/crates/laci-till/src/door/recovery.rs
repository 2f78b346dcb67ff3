//! Recovery codes: made once, printed once, each opens once. One lets the first owner in with a new PIN, also where the
//! keyring lost the key of this computer's secrets.

use laci_core::{Body, Hash, PeopleChange, Refusal, Role};
use laci_ledger::Op;

use super::code;
use super::pins::{clear_pins, first_owner, lockout_name, set_pin};
use crate::by::By;
use crate::error::{Result, Sentence, TillError};
use crate::secrets::{VaultState, check_form};
use crate::till::Till;

const CODES: usize = 8;
/// The name that wrong codes are counted under.
const LOCKOUT: &str = "recovery";

impl Till {
    /// Makes new codes in place of all earlier ones and answers them; they are stored only as hashes, so this is the
    /// only moment at which they can be read. The owner's.
    pub fn recovery_make(&self, by: By) -> Result<Vec<String>> {
        let codes: Vec<String> = (0..CODES)
            .map(|_| {
                let mut random = [0; 10];
                self.ports.ids.fill(&mut random);
                code::written(random)
            })
            .collect();
        let hashes: Vec<Hash> = codes.iter().map(|code| code::hashed(code)).collect();
        let bytes = serde_json::to_vec(&hashes).map_err(|_| unreadable())?;
        self.transact(Op::People, by, |tx| {
            let hash = tx.put_blob(&bytes)?;
            tx.append(Body::People { change: PeopleChange::RecoverySet { hash } })?;
            Ok(())
        })?;
        Ok(codes)
    }

    /// How many codes still open.
    pub fn recovery_left(&self) -> Result<u32> {
        let Some(recovery) = self.read(|view| view.recovery())? else { return Ok(0) };
        let used = recovery.used.len();
        let left = self.recovery_hashes(recovery.hash)?.len().saturating_sub(used);
        Ok(u32::try_from(left).unwrap_or(u32::MAX))
    }

    fn recovery_hashes(&self, hash: Hash) -> Result<Vec<Hash>> {
        let bytes = self.read(|view| view.blob(hash))?.ok_or_else(unreadable)?;
        serde_json::from_slice(&bytes).map_err(|_| unreadable())
    }

    /// Lets the first owner in by a code, with a new PIN. Secrets that cannot be opened any more are laid aside: the
    /// keys of gateways must be entered anew, and everybody else is given a new PIN.
    ///
    /// Refused: `pin_form`, `recovery_wrong`, `pin_locked`, `passphrase_required`.
    pub fn recovery_use(&self, given: &str, pin: &str, passphrase: Option<&str>) -> Result<()> {
        check_form(pin)?;
        let clock = self.ports.clock.as_ref();
        let mut found = None;
        let done = self.turnstile.pass(&self.ledger, clock, LOCKOUT, || {
            found = self.place_of(given)?;
            if found.is_some() { Ok(()) } else { Err(Refusal::RecoveryWrong.into()) }
        });
        if done.as_ref().is_err_and(|error| error.code() == Refusal::RecoveryWrong.code()) {
            self.note_wrong(PeopleChange::RecoveryFailed);
        }
        done?;
        let place = found.ok_or(Refusal::RecoveryWrong)?;
        let anew = self.vault().state() != VaultState::Open;
        if self.vault().state() == VaultState::Locked {
            // Before anything is moved: half way, anybody could set a PIN.
            self.vault().could_begin(passphrase)?;
            self.vault().lay_aside()?;
        }
        let record = self.pin_record(pin, passphrase)?;
        let owner = first_owner(&self.working_people()?);
        self.transact(Op::Door, By::person(owner, Role::Owner), |tx| {
            tx.append(Body::People { change: PeopleChange::RecoveryUsed { place } })?;
            if anew {
                clear_pins(tx)?;
            }
            set_pin(tx, owner, &record)
        })?;
        self.turnstile.forgive(&self.ledger, &lockout_name(owner))?;
        self.rebuild_gateways()?;
        self.let_in(owner)
    }

    /// Where the code stands among those that still open.
    fn place_of(&self, given: &str) -> Result<Option<u32>> {
        let Some(recovery) = self.read(|view| view.recovery())? else { return Ok(None) };
        let given = code::hashed(given);
        let hashes = self.recovery_hashes(recovery.hash)?;
        let place = hashes.iter().position(|hash| *hash == given);
        let place = place.and_then(|place| u32::try_from(place).ok());
        Ok(place.filter(|place| !recovery.used.contains(place)))
    }
}

fn unreadable() -> TillError {
    TillError::Integrity(Sentence::new(
        "recovery_unreadable",
        "Kode pemulihan tidak terbaca dari buku. Tidak ada yang diubah. Hubungi bantuan.",
        "The recovery codes cannot be read from the books. Nothing was changed. Ask for support.",
    ))
}
