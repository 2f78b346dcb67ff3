//! The gate: an act, whoever asks for it, and a PIN where one is needed.

use std::time::Duration;

use laci_core::approval::{Known, decide};
use laci_core::{Act, Actor, Refusal, Role, Verdict, may};
use laci_ledger::PersonRow;

use crate::by::{Asker, By, Word};
use crate::error::Result;
use crate::lock::held;
use crate::session::Grant;
use crate::till::Till;

/// How long a PIN that opened something to read keeps it open.
const READS_FOR: Duration = Duration::from_secs(5 * 60);

impl Till {
    /// Whether `act` may be done now, and by whom it is done then.
    ///
    /// Once anybody has a PIN: what is the owner's takes a PIN with each act; what one person may not do alone takes
    /// somebody else's; where nobody signs in, a cashier's acts and reading take none. Refused: `sign_in_required`,
    /// `pin_required`, `pin_wrong`, `pin_locked`, `role_too_low`, `same_person`, `person_unknown`.
    pub fn allow(&self, asker: Asker, act: Act, word: Option<&Word>) -> Result<By> {
        let by = self.judged(asker, act, word)?;
        Ok(by.on(self.ledger.header().ledger_id))
    }

    fn judged(&self, asker: Asker, act: Act, word: Option<&Word>) -> Result<By> {
        let people = self.working_people()?;
        if !people.iter().any(|person| person.pin.is_some()) {
            return Ok(By::alone(Actor::Counter, Role::Owner));
        }
        let session = match asker {
            Asker::Window => self.session_of(&people),
            Asker::Verb => None,
        };
        let shut = asker == Asker::Window && session.is_none() && self.must_sign_in(&people);
        if shut {
            return if act == Act::Enter { Ok(By::counter()) } else { Err(Refusal::SignIn.into()) };
        }
        // An X would spoil the blind count of somebody else.
        let blind =
            act == Act::XReport && people.iter().filter(|one| one.pin.is_some()).count() > 1;
        let open = may(Role::Cashier, act) == Verdict::Allowed || (act.only_reads() && !blind);
        // A script's PIN that nothing needs is not looked at, unless it says who sells.
        let idle = |word: &&Word| asker == Asker::Verb && open && word.person.is_none();
        let word = word.filter(|word| !word.pin.trim().is_empty() && !idle(word));
        let holder = word.map(|word| self.holder(&people, word)).transpose()?;
        match (session, holder) {
            (None, None) if open => Ok(By::counter()),
            (None, None) => Err(Refusal::PinRequired.into()),
            // Whoever walks by a till that stands open cannot change the shop.
            (Some(_), None) if act.rule().0 == Role::Owner => Err(Refusal::PinRequired.into()),
            (None, Some(actor)) => decided(act, actor, None),
            (Some(actor), None) if self.may_still_read(act) => {
                Ok(By::two(Actor::Person(actor.id), None, act.rule().0.max(actor.role)))
            }
            (Some(actor), holder) => {
                let by = decided(act, actor, holder.filter(|holder| holder.id != actor.id))?;
                if let Some(holder) = holder.filter(|_| act.only_reads()) {
                    self.grant_reading(holder);
                }
                Ok(by)
            }
        }
    }

    /// Whoever gave a PIN to look at something may turn its pages for a while.
    pub(crate) fn may_still_read(&self, act: Act) -> bool {
        let grant = held(&self.session).reads;
        let now = self.ports.clock.monotonic();
        act.only_reads()
            && grant.is_some_and(|grant| now < grant.until && grant.role >= act.rule().0)
    }

    fn grant_reading(&self, holder: &PersonRow) {
        let until = self.ports.clock.monotonic().saturating_add(READS_FOR);
        held(&self.session).reads = Some(Grant { role: holder.role, until });
    }

    /// The person whose PIN this is.
    fn holder<'a>(&self, people: &'a [PersonRow], word: &Word) -> Result<&'a PersonRow> {
        let person = named(people, word.person.as_deref())?;
        self.check_pin(person, word.pin.trim())?;
        Ok(person)
    }
}

fn decided(act: Act, actor: &PersonRow, approver: Option<&PersonRow>) -> Result<By> {
    let (own, other) = (actor.id.to_string(), approver.map(|person| person.id.to_string()));
    let known = Known { person: &own, role: actor.role };
    let second = approver.zip(other.as_deref());
    let second = second.map(|(person, id)| Known { person: id, role: person.role });
    decide(act, known, second)?;
    let role = approver.map_or(actor.role, |approver| approver.role.max(actor.role));
    let approver = approver.map(|person| person.id);
    Ok(By::two(Actor::Person(actor.id), approver, role))
}

/// By id or by name, whatever its capitals; the first owner where nothing is said.
pub(super) fn named<'a>(people: &'a [PersonRow], wanted: Option<&str>) -> Result<&'a PersonRow> {
    let found = match wanted.map(str::trim).filter(|wanted| !wanted.is_empty()) {
        None => people.iter().find(|person| person.role == Role::Owner && person.pin.is_some()),
        Some(wanted) => people.iter().find(|person| is_called(person, wanted)),
    };
    Ok(found.ok_or(Refusal::PersonUnknown)?)
}

fn is_called(person: &PersonRow, wanted: &str) -> bool {
    let same = |name: &String| name.to_lowercase() == wanted.to_lowercase();
    person.id.to_string() == wanted || person.name.as_ref().is_some_and(same)
}
