//! Many open bills by one page of the provider's list, so that a thousand of them cost ten calls instead of a thousand.
//! A row is read like a status answer; one that a person would have to look at is left to the bill's own status call.

use laci_core::Zone;

use super::bill::no_use;
use super::operations::MAX_ROWS;
use super::shop::Shop;
use super::status;
use super::wire::{Answer, Call};
use crate::contract::{Doubt, Given, ListAnswer, ListAsk, Reply};
use crate::json;
use crate::provider::page;

/// The zone of the gateway's days is not documented.
const DAY_MS: i64 = 86_400_000;

pub(super) fn given(ask: &ListAsk, zone: Zone) -> Given {
    let since = ask.since.plus_ms(-DAY_MS).at(zone).date();
    let (year, month, day) = (since.year(), u8::from(since.month()), since.day());
    Given::default()
        .with("start_date", &format!("{year:04}-{month:02}-{day:02}"))
        .with("page", &ask.page.to_string())
        .with("limit", &MAX_ROWS.to_string())
}

pub(super) fn read(ask: &ListAsk, reply: &Reply, shop: &Shop) -> ListAnswer {
    let answer = match Answer::read(reply) {
        Ok(answer) => answer,
        Err(page) => return ListAnswer::Unreadable(page::doubt(reply, page)),
    };
    if !reply.is_2xx() || !matches!(answer.call(), Call::Worked | Call::Silent) {
        return ListAnswer::Unreadable(no_use(reply.status, &answer));
    }
    let Some(rows) = answer.rows() else {
        return ListAnswer::Unreadable(Doubt::Incomplete { field: "payments" });
    };
    let mut seen = Vec::new();
    for row in &rows {
        let id = row.invoice_id.and_then(|raw| json::id(raw).ok());
        let Some(bill) = id.and_then(|id| ask.bills.iter().find(|one| one.gateway_id == id)) else {
            continue;
        };
        let observed = status::observed(bill, row, shop);
        if observed.review.is_none() {
            seen.push(observed);
        }
    }
    ListAnswer::Page { seen, last: rows.len() < usize::from(MAX_ROWS) }
}
