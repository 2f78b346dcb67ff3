//! Signing in and out at the window. A shop where one person works needs no sign-in until somebody locks the till.

use laci_core::{Body, PeopleChange, PersonId, Refusal, Role};
use laci_ledger::{Op, PersonRow};

use super::allow::named;
use super::people::name_of;
use crate::by::By;
use crate::error::Result;
use crate::lock::held;
use crate::secrets::VaultState;
use crate::session::Session;
use crate::till::Till;
use crate::wire::{DoorPerson, DoorView, Push};

impl Till {
    /// Who could sign in, who did, and whether anybody must before anything is done.
    pub fn door(&self) -> Result<DoorView> {
        let people = self.working_people()?;
        let session = self.session_of(&people);
        let signed_in = session.map(|person| self.door_person(person));
        Ok(DoorView {
            locked: session.is_none() && self.must_sign_in(&people),
            signed_in,
            people: people
                .iter()
                .filter(|person| person.pin.is_some())
                .map(|person| self.door_person(person))
                .collect(),
            // Codes that cannot be read open nothing, and must not keep the window shut.
            has_recovery: self.recovery_left().unwrap_or_default() > 0,
        })
    }

    fn door_person(&self, person: &PersonRow) -> DoorPerson {
        DoorPerson {
            id: person.id.to_string(),
            name: name_of(person, self.lang()),
            role: person.role.as_str().to_owned(),
        }
    }

    /// Refused: `person_unknown`, `pin_wrong`, `pin_locked`.
    pub fn sign_in(&self, person: &str, pin: &str) -> Result<()> {
        let people = self.working_people()?;
        let person = named(&people, Some(person))?;
        self.check_pin(person, pin.trim())?;
        self.let_in(person.id)
    }

    /// Seats somebody whose PIN was right just now.
    pub(crate) fn let_in(&self, id: PersonId) -> Result<()> {
        self.transact(Op::Door, By::person(id, Role::Cashier), |tx| {
            tx.append(Body::People { change: PeopleChange::SignedIn { id } })?;
            Ok(())
        })?;
        *held(&self.session) = Session { person: Some(id), locked: false, reads: None };
        self.tell(Push::DoorChanged);
        Ok(())
    }

    /// Nobody sits here any more: the window turns to another till.
    pub fn leave_seat(&self) {
        let mut session = held(&self.session);
        session.person = None;
        session.reads = None;
    }

    /// Locks the window. Refused with `no_pin` where nobody could open it again.
    pub fn lock(&self) -> Result<()> {
        if !self.working_people()?.iter().any(|person| person.pin.is_some()) {
            return Err(Refusal::NoPin.into());
        }
        *held(&self.session) = Session { person: None, locked: true, reads: None };
        self.tell(Push::DoorChanged);
        Ok(())
    }

    pub(super) fn session_of<'a>(&self, people: &'a [PersonRow]) -> Option<&'a PersonRow> {
        let sits = held(&self.session).person?;
        people.iter().find(|person| person.id == sits)
    }

    /// Whether the window asks who is there. Without the pepper nobody's PIN can be looked at, and a till that nobody
    /// can open sells nothing: then it is open for what a cashier may.
    pub(super) fn must_sign_in(&self, people: &[PersonRow]) -> bool {
        let with_pin = people.iter().filter(|person| person.pin.is_some()).count();
        let asked = held(&self.session).locked || with_pin > 1;
        with_pin > 0 && asked && self.vault().state() == VaultState::Open
    }

    /// Notes once that people could not be asked for their PINs.
    pub(crate) fn note_unguarded(&self) -> Result<()> {
        let people = self.working_people()?;
        let guarded = people.iter().filter(|person| person.pin.is_some()).count() > 1;
        if !guarded || self.vault().state() == VaultState::Open {
            return Ok(());
        }
        self.transact(Op::Door, By::TILL, |tx| {
            tx.append(Body::People { change: PeopleChange::DoorUnguarded })?;
            Ok(())
        })?;
        Ok(())
    }
}
