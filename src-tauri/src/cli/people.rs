//! `laci people` and `laci feed`: who works here, and what happened besides sales.

use laci_till::wire::{FeedAsk, PersonEdit, PersonView};
use laci_till::{By, Refusal, Result, Till, UnixMs};
use serde_json::json;

use super::counter_args::{FeedArgs, PeopleArgs, PeopleVerb};
use super::lines::Lines;
use super::outcome::Outcome;

pub(super) fn run(till: &Till, by: By, args: &PeopleArgs, lines: &Lines) -> Result<Outcome> {
    let people = match &args.verb {
        PeopleVerb::List => till.people()?,
        PeopleVerb::Add { name, role } => till.person_set(
            by,
            &PersonEdit {
                id: None,
                name: name.clone(),
                role: role.clone(),
                pin: Some(new_pin(lines)?),
                passphrase: lines.passphrase().map(str::to_owned),
            },
        )?,
        PeopleVerb::Pin { person } => {
            let before = called(&till.people()?, person)?;
            till.person_set(
                by,
                &PersonEdit {
                    id: Some(before.id),
                    name: before.name,
                    role: before.role,
                    pin: Some(new_pin(lines)?),
                    passphrase: None,
                },
            )?
        }
        PeopleVerb::Remove { person } => {
            let id = called(&till.people()?, person)?.id;
            till.person_remove(by, &id)?
        }
    };
    let text: String = people
        .iter()
        .map(|person| format!("{} · {} · {}\n", person.name, person.role, person.id))
        .collect();
    Ok(Outcome::done(json!({ "people": people }), text))
}

fn new_pin(lines: &Lines) -> Result<String> {
    lines.get("new_pin").map(str::to_owned).ok_or_else(|| Refusal::PinForm.into())
}

fn called(people: &[PersonView], wanted: &str) -> Result<PersonView> {
    let same = |person: &&PersonView| {
        person.id == wanted || person.name.to_lowercase() == wanted.to_lowercase()
    };
    Ok(people.iter().find(same).ok_or(Refusal::PersonUnknown)?.clone())
}

pub(super) fn feed(till: &Till, args: &FeedArgs) -> Result<Outcome> {
    let (zone, mut items, mut before) = (till.zone(), Vec::new(), None);
    let limit = usize::try_from(args.limit).unwrap_or(usize::MAX);
    loop {
        let page = till.feed(&FeedAsk { before, notable: args.notable })?;
        items.extend(page.items);
        before = page.next;
        if before.is_none() || items.len() >= limit {
            break;
        }
    }
    items.truncate(limit);
    let text: String = items
        .iter()
        .map(|item| format!("{} · {} · {}\n", UnixMs(item.at).rfc3339(zone), item.who, item.text))
        .collect();
    Ok(Outcome::done(json!({ "items": items }), text))
}
