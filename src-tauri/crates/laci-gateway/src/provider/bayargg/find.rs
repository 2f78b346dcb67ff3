//! The look-up of a bill whose create was answered by nothing that can be used: by our reference in its description.

use laci_core::{AttemptState, Zone};

use super::bill::{bill, no_use};
use super::create::{mark, method};
use super::operations::MAX_ROWS;
use super::shop::Shop;
use super::wire::{self, Answer, Call, Fields};
use crate::contract::{CreateAsk, Doubt, FindAnswer, Given, OurRef, Reply};
use crate::json;
use crate::provider::page;

/// Between asking and looking midnight may have passed, and the zone of the gateway's days is not documented.
const DAY_MS: i64 = 86_400_000;

pub(super) fn given(ask: &CreateAsk, zone: Zone) -> Given {
    let since = ask.since.plus_ms(-DAY_MS).at(zone).date();
    let (year, month, day) = (since.year(), u8::from(since.month()), since.day());
    Given::default()
        .with("search", ask.our_ref.as_str())
        .with("start_date", &format!("{year:04}-{month:02}-{day:02}"))
        .with("limit", &MAX_ROWS.to_string())
}

pub(super) fn read(ask: &CreateAsk, reply: &Reply, shop: &Shop) -> FindAnswer {
    let answer = match Answer::read(reply) {
        Ok(answer) => answer,
        Err(page) => return FindAnswer::Unreadable(page::doubt(reply, page)),
    };
    if !reply.is_2xx() || !matches!(answer.call(), Call::Worked | Call::Silent) {
        return FindAnswer::Unreadable(no_use(reply.status, &answer));
    }
    let Some(rows) = answer.rows() else {
        return FindAnswer::Unreadable(Doubt::Incomplete { field: "payments" });
    };
    let ours: Vec<&Fields<'_>> =
        rows.iter().filter(|row| names(row, &ask.our_ref) == Some(true)).collect();
    match ours.as_slice() {
        [] => none(&rows, &ask.our_ref),
        [row] => one(ask, reply, row, shop),
        several => {
            // Two bills of one reference: neither is shown; where one was paid, that is the one to watch.
            let paid =
                |row: &&&Fields<'_>| row.status.and_then(wire::state) == Some(AttemptState::Paid);
            let watched = several.iter().find(paid).or(several.first());
            known(watched.and_then(|row| id(row)), Doubt::DuplicateReference)
        }
    }
}

/// "Not there" only where the list shows it: a full page may go on, and a row without its description may be ours.
fn none(rows: &[Fields<'_>], our_ref: &OurRef) -> FindAnswer {
    if rows.len() >= usize::from(MAX_ROWS) {
        return FindAnswer::Unreadable(Doubt::Incomplete { field: "payments" });
    }
    if rows.iter().any(|row| names(row, our_ref).is_none()) {
        return FindAnswer::Unreadable(Doubt::Incomplete { field: "description" });
    }
    FindAnswer::NotThere
}

fn one(ask: &CreateAsk, reply: &Reply, row: &Fields<'_>, shop: &Shop) -> FindAnswer {
    if row.status.is_none() {
        return known(id(row), Doubt::Incomplete { field: "status" });
    }
    match bill(ask, method(ask, shop), reply, row, shop) {
        Ok(bill) => FindAnswer::Found(bill),
        Err(why) => known(id(row), why),
    }
}

/// A bill of ours without a readable name is there, and cannot be watched.
fn known(gateway_id: Option<String>, why: Doubt) -> FindAnswer {
    match gateway_id {
        Some(gateway_id) => FindAnswer::Known { gateway_id, why },
        None => FindAnswer::Unreadable(Doubt::Incomplete { field: "invoice_id" }),
    }
}

fn id(row: &Fields<'_>) -> Option<String> {
    row.invoice_id.and_then(|raw| json::id(raw).ok())
}

/// Whether the row's description holds our reference, whole; `None` where it cannot be read.
fn names(row: &Fields<'_>, our_ref: &OurRef) -> Option<bool> {
    let text: String = serde_json::from_str(row.description?.get()).ok()?;
    let mark = mark(our_ref);
    let goes_on = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let ends = |at: usize| !text[at + mark.len()..].starts_with(goes_on);
    Some(text.match_indices(&mark).any(|(at, _)| ends(at)))
}
