//! The people of the shop: who works here, as what, under which name.

use laci_core::person::NAME_CHARS_MAX;
use laci_core::{Body, Lang, PeopleChange, Person, PersonId, Refusal, Role};
use laci_ledger::{Op, PersonRow};

use super::pins::set_pin;
use crate::by::By;
use crate::error::{Result, Sentence, TillError};
use crate::secrets::check_form;
use crate::till::Till;
use crate::wire::{PersonEdit, PersonView, Push};

impl Till {
    /// Whoever works here now, in the order in which they came.
    pub(super) fn working_people(&self) -> Result<Vec<PersonRow>> {
        let mut people = self.read(|view| view.people())?;
        people.retain(|person| !person.removed);
        Ok(people)
    }

    /// Whoever works here now, for the owner's list.
    pub fn people(&self) -> Result<Vec<PersonView>> {
        let lang = self.lang();
        let views = self.working_people()?.into_iter().map(|person| PersonView {
            id: person.id.to_string(),
            name: name_of(&person, lang),
            role: person.role.as_str().to_owned(),
            has_pin: person.pin.is_some(),
        });
        Ok(views.collect())
    }

    /// Adds somebody (with a PIN), or changes name, role or PIN of somebody who works here; the owner's.
    ///
    /// Refused: `person_name`, `person_exists`, `person_role`, `person_unknown`, `pin_form`, `last_owner`.
    pub fn person_set(&self, by: By, edit: &PersonEdit) -> Result<Vec<PersonView>> {
        let name = checked_name(&edit.name)?;
        let role = Role::from_word(&edit.role).ok_or_else(bad_role)?;
        let pin = edit.pin.as_deref().filter(|pin| !pin.is_empty());
        if let Some(pin) = pin {
            check_form(pin)?;
        }
        let people = self.working_people()?;
        let id = self.edited(&people, edit)?;
        let taken = |other: &&PersonRow| {
            let same = |known: &String| known.to_lowercase() == name.to_lowercase();
            other.id != id && other.name.as_ref().is_some_and(same)
        };
        if people.iter().any(|other| taken(&other)) {
            return Err(Refusal::PersonExists { name }.into());
        }
        let before = people.iter().find(|person| person.id == id);
        if pin.is_none() && before.is_none_or(|before| before.pin.is_none()) {
            return Err(Refusal::PinForm.into());
        }
        if role != Role::Owner && is_last_owner(&people, id) {
            return Err(Refusal::LastOwner.into());
        }
        let passphrase = edit.passphrase.as_deref();
        let record = pin.map(|pin| self.pin_record(pin, passphrase)).transpose()?;
        self.transact(Op::People, by, |tx| {
            let name = tx.put_blob(name.as_bytes())?;
            let person = Person { id, role, name };
            tx.append(Body::People { change: PeopleChange::Set { person } })?;
            match &record {
                Some(record) => set_pin(tx, id, record),
                None => Ok(()),
            }
        })?;
        self.tell(Push::DoorChanged);
        self.people()
    }

    /// Whom an edit is about: the named one, the first owner of a shop without any, or somebody new.
    fn edited(&self, people: &[PersonRow], edit: &PersonEdit) -> Result<PersonId> {
        match edit.id.as_deref() {
            Some(id) => {
                let known = people.iter().find(|person| person.id.to_string() == id);
                Ok(known.ok_or(Refusal::PersonUnknown)?.id)
            }
            None if people.is_empty() => Ok(PersonId::OWNER),
            None => Ok(self.ports.person_id()),
        }
    }

    /// Somebody works here no more; the owner's. What they did keeps their name. Refused: `person_unknown`, `last_owner`.
    pub fn person_remove(&self, by: By, id: &str) -> Result<Vec<PersonView>> {
        let people = self.working_people()?;
        let person = people.iter().find(|person| person.id.to_string() == id);
        let id = person.ok_or(Refusal::PersonUnknown)?.id;
        if is_last_owner(&people, id) {
            return Err(Refusal::LastOwner.into());
        }
        self.transact(Op::People, by, |tx| {
            tx.append(Body::People { change: PeopleChange::Removed { id } })?;
            Ok(())
        })?;
        self.tell(Push::DoorChanged);
        self.people()
    }

    /// What people call whoever stands under `key` in the books: a person, the counter, the program.
    pub(crate) fn called(&self, people: &[PersonRow], key: &str) -> String {
        let person = people.iter().find(|person| person.id.to_string() == key);
        match (person, key, self.lang()) {
            (Some(person), _, lang) => name_of(person, lang),
            (None, "till", _) => "Laci".to_owned(),
            (None, _, Lang::Id) => "Kasir".to_owned(),
            (None, _, Lang::En) => "Counter".to_owned(),
        }
    }
}

pub(super) fn name_of(person: &PersonRow, lang: Lang) -> String {
    let role = person.role.names();
    person.name.clone().unwrap_or_else(|| match lang {
        Lang::Id => capital(role.0),
        Lang::En => capital(role.1),
    })
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn is_last_owner(people: &[PersonRow], id: PersonId) -> bool {
    let owners =
        || people.iter().filter(|person| person.role == Role::Owner && person.pin.is_some());
    owners().any(|owner| owner.id == id) && owners().count() == 1
}

fn checked_name(name: &str) -> Result<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let fits = (1..=NAME_CHARS_MAX).contains(&name.chars().count());
    if !fits || name.chars().any(char::is_control) {
        return Err(TillError::Refused(Sentence::new(
            "person_name",
            format!("Nama 1 sampai {NAME_CHARS_MAX} huruf. Belum ada yang disimpan. Tulis ulang."),
            format!(
                "A name has 1 to {NAME_CHARS_MAX} characters. Nothing was saved. Write it again."
            ),
        )));
    }
    Ok(name)
}

fn bad_role() -> TillError {
    TillError::Refused(Sentence::new(
        "person_role",
        "Peran hanya kasir (cashier), pengawas (supervisor) atau pemilik (owner). Belum ada yang disimpan.",
        "A role is cashier, supervisor or owner. Nothing was saved.",
    ))
}
