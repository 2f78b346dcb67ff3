//! `laci inbox`: list, match, dismiss.

use std::sync::Arc;

use laci_till::wire::{InboxAsk, InboxItem};
use laci_till::{By, Result, Till, UnixMs};
use serde_json::{Value, json};

use super::outcome::Outcome;
use super::outside_args::{InboxArgs, InboxVerb};
use super::payment::payment_json;

pub(super) fn run(till: &Arc<Till>, by: By, args: &InboxArgs) -> Result<Outcome> {
    match &args.verb {
        InboxVerb::List { all } => list(till, *all),
        InboxVerb::Match { id, sale } => {
            let payment = till.inbox_match(by, id, till.sale_named(sale)?)?;
            let text = format!("{} · {}", payment.sale_number, payment.state);
            Ok(Outcome::done(json!({ "payment": payment_json(till, &payment) }), text))
        }
        InboxVerb::Dismiss { id, reason } => {
            till.inbox_dismiss(by, id, reason)?;
            list(till, false)
        }
    }
}

fn list(till: &Till, all: bool) -> Result<Outcome> {
    let inbox = till.inbox(&InboxAsk { all })?;
    let text: String = inbox.items.iter().map(|item| line(item) + "\n").collect();
    let items: Vec<Value> = inbox.items.iter().map(|item| item_json(till, item)).collect();
    let json = json!({ "items": items, "waiting": inbox.waiting, "amount": inbox.amount });
    Ok(Outcome::done(json, text))
}

fn line(item: &InboxItem) -> String {
    let amount = item.amount.map_or_else(|| "Rp ?".to_owned(), |amount| format!("Rp {amount}"));
    format!("{} · {} · {} · {} · {}", item.id, item.state, item.source, amount, item.about)
}

fn item_json(till: &Till, item: &InboxItem) -> Value {
    json!({
        "id": item.id,
        "source": item.source,
        "amount": item.amount,
        "at": UnixMs(item.at).rfc3339(till.zone()),
        "about": item.about,
        "text": item.text,
        "state": item.state,
        "payment_id": item.payment_id,
        "reason": item.reason,
    })
}
