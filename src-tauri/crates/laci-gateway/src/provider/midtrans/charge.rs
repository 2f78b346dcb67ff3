//! The charge's body, in the order of the document's samples. Deliberately absent: fields that the document does not
//! name, and a sum that is made to fit: Midtrans refuses items that do not add up to the amount, so they are sent whole
//! or not at all.

use std::collections::BTreeMap;

use laci_core::Rupiah;
use serde::Deserialize;
use serde_json::value::RawValue;

use super::{ITEM_DETAILS, MAX_ITEM_NAME_CHARS, MAX_TEXT_CHARS};
use crate::contract::{CreateAsk, FieldFault};
use crate::json::{self, quoted};
use crate::provider::field::short;

/// As many as people may give; beyond it the amount alone is sent.
const MAX_ITEMS: usize = 200;

pub(super) fn body(ask: &CreateAsk, sends_items: bool) -> String {
    let mut body =
        format!(r#"{{"order_id":{},"amount":{}"#, quoted(ask.our_ref.as_str()), ask.amount.get());
    let customer = customer(ask);
    if !customer.is_empty() {
        body.push_str(&format!(r#","customer_details":{{{}}}"#, customer.join(",")));
    }
    if let Some(items) = items(ask).filter(|items| sends_items && adds_up(items, ask.amount)) {
        let items: Vec<String> = items.iter().map(Item::json).collect();
        body.push_str(&format!(r#","item_details":[{}]"#, items.join(",")));
    }
    body.push('}');
    body
}

/// What is known of the customer. A sale knows one name, which is the first one unless people say otherwise.
fn customer(ask: &CreateAsk) -> Vec<String> {
    let given = |name| ask.extra.get(name).map(String::as_str);
    let first_name = given("first_name").or(ask.customer_name.as_deref());
    let known = [
        ("first_name", first_name),
        ("last_name", given("last_name")),
        ("email", given("email")),
        ("phone", given("phone")),
    ];
    known
        .into_iter()
        .filter_map(|(name, text)| Some((name, short(text?, MAX_TEXT_CHARS))))
        .filter(|(_, text)| !text.is_empty())
        .map(|(name, text)| format!("{}:{}", quoted(name), quoted(&text)))
        .collect()
}

struct Item {
    id: String,
    /// A discount's line is below zero.
    price: Rupiah,
    quantity: u32,
    name: String,
}

impl Item {
    fn json(&self) -> String {
        format!(
            r#"{{"id":{},"price":{},"quantity":{},"name":{}}}"#,
            quoted(&self.id),
            self.price.get(),
            self.quantity,
            quoted(&self.name)
        )
    }
}

/// What people gave, else the sale's lines; `None` where there are none, too many, or one that cannot be written.
fn items(ask: &CreateAsk) -> Option<Vec<Item>> {
    let items = match ask.extra.get(ITEM_DETAILS.name) {
        Some(text) => given_items(text)?,
        None => {
            let lines = ask.items.iter().zip(1_usize..);
            lines
                .map(|(line, at)| Item {
                    id: at.to_string(),
                    price: line.price,
                    quantity: line.quantity,
                    name: short(&line.name, MAX_ITEM_NAME_CHARS),
                })
                .collect()
        }
    };
    are_whole(&items).then_some(items)
}

#[derive(Deserialize)]
struct Given<'a> {
    #[serde(borrow, default)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    price: &'a RawValue,
    quantity: u32,
    #[serde(borrow)]
    name: &'a RawValue,
}

fn given_items(text: &str) -> Option<Vec<Item>> {
    let given: Vec<Given<'_>> = serde_json::from_str(text).ok()?;
    let items = given.iter().zip(1_usize..).map(|(item, at)| {
        let id = item.id.map_or_else(|| Some(at.to_string()), |raw| json::id(raw).ok())?;
        let below_zero = || Rupiah::new(item.price.get().parse().ok()?).ok();
        let price = json::rupiah(item.price).ok().or_else(below_zero)?;
        let name = short(&json::text(item.name)?, MAX_ITEM_NAME_CHARS);
        Some(Item { id, price, quantity: item.quantity, name })
    });
    items.collect()
}

/// Items that people gave and that Midtrans would turn down: they do not fit their four fields, or are not the price.
pub(super) fn refuse(extra: &BTreeMap<String, String>, amount: Rupiah) -> Option<FieldFault> {
    let text = extra.get(ITEM_DETAILS.name)?;
    let fits = given_items(text).is_some_and(|items| are_whole(&items) && adds_up(&items, amount));
    let allowed = format!("{}, price * quantity = {}", ITEM_DETAILS.form.allowed(), amount.get());
    (!fits).then_some(FieldFault::Invalid { name: ITEM_DETAILS.name, allowed })
}

fn are_whole(items: &[Item]) -> bool {
    let whole = items.iter().all(|item| item.quantity > 0 && !item.name.is_empty());
    whole && (1..=MAX_ITEMS).contains(&items.len())
}

fn adds_up(items: &[Item], amount: Rupiah) -> bool {
    let sum = items.iter().try_fold(Rupiah::ZERO, |sum, item| {
        sum.checked_add(item.price.checked_mul(item.quantity)?)
    });
    sum == Ok(amount)
}
