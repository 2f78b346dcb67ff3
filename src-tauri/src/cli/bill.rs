//! `laci bill`: what can be paid, inquire, pay, check, resolve, refund, show, list.

use std::sync::Arc;

use laci_till::{
    BillId, BillInquiry, BillProduct, BillRefusal, BillState, BillVerdict, BillView, By, Lang,
    RefundBy, Result, Till,
};
use serde_json::{Value, json};

use super::bill_args::{BillArgs, BillVerb, BillWordArg};
use super::outcome::Outcome;

pub(super) async fn run(till: &Arc<Till>, by: By, args: &BillArgs) -> Result<Outcome> {
    let bill = match &args.verb {
        BillVerb::Products { gateway } => {
            let products = till.bill_products(by, gateway.as_deref()).await?;
            let text = products.iter().map(product_line).collect::<String>();
            return Ok(Outcome::done(json!({ "products": products }), text));
        }
        BillVerb::Inquire { gateway, code, customer_no, params } => {
            let asked = BillInquiry {
                gateway: gateway.clone(),
                code: code.clone(),
                customer_no: customer_no.clone(),
                extra: params.iter().cloned().collect(),
            };
            till.bill_inquire(by, &asked).await?
        }
        BillVerb::Pay { id, cash } => {
            let paid = till.bill_pay(by, known(id)?, *cash).await?;
            return Ok(told(till, &paid));
        }
        BillVerb::Check { id } => till.bill_check(known(id)?).await?,
        BillVerb::Resolve { id, action, reason } => {
            let verdict = match action {
                BillWordArg::Paid => BillVerdict::Paid,
                BillWordArg::Failed => BillVerdict::Failed,
            };
            till.bill_resolve(by, known(id)?, verdict, reason.as_deref()).await?
        }
        BillVerb::Refund { id, reason, transfer } => {
            let way = if *transfer { RefundBy::Transfer } else { RefundBy::Cash };
            till.bill_refund(by, known(id)?, way, reason)?
        }
        BillVerb::Show { id } => till.bill_show(known(id)?)?,
        BillVerb::List { state, limit } => return list(till, state.as_deref(), *limit),
    };
    Ok(Outcome::done(json!({ "bill": bill_json(till, &bill) }), line(&bill)))
}

/// Paid or being worked on is done; a definite no, or one that did not leave, is 5, an open outcome 4.
fn told(till: &Till, bill: &BillView) -> Outcome {
    let exit = match BillState::from_word(&bill.state) {
        Some(BillState::Success | BillState::Pending | BillState::Inquired) => 0,
        Some(BillState::PaySent | BillState::Unknown) | None => 4,
        Some(BillState::MoneySecured | BillState::Failed) => 5,
    };
    let json = json!({ "bill": bill_json(till, bill) });
    match (exit, bill.notices.first()) {
        (0, _) | (_, None) => Outcome { exit, json, text: line(bill) },
        (exit, Some(notice)) => Outcome::error(exit, &notice.code, &notice.message, json),
    }
}

fn known(id: &str) -> Result<BillId> {
    id.parse().map_err(|_| BillRefusal::NotFound.into())
}

fn list(till: &Till, state: Option<&str>, limit: u32) -> Result<Outcome> {
    let state = match state.map(|word| (word, BillState::from_word(word))) {
        None => None,
        Some((_, Some(state))) => Some(state),
        Some((word, None)) => return Ok(no_such_state(till.lang(), word)),
    };
    let bills = till.bill_list(state, limit)?;
    let text = bills.iter().map(|bill| line(bill) + "\n").collect::<String>();
    let json: Vec<Value> = bills.iter().map(|bill| bill_json(till, bill)).collect();
    Ok(Outcome::done(json!({ "bills": json }), text))
}

fn no_such_state(lang: Lang, word: &str) -> Outcome {
    let known = BillState::ALL.map(BillState::as_str).join(", ");
    Outcome::usage(&match lang {
        Lang::Id => {
            format!("Tidak ada keadaan \"{word}\". Yang ada: {known}. Lihat laci bill list --help.")
        }
        Lang::En => {
            format!("There is no state \"{word}\". There are: {known}. See laci bill list --help.")
        }
    })
}

fn product_line(product: &BillProduct) -> String {
    format!("{} · {} · {}\n", product.gateway, product.code, product.name)
}

fn line(bill: &BillView) -> String {
    let name = bill.name.as_deref().unwrap_or(&bill.customer_no);
    let total = bill.total.map_or_else(|| "?".to_owned(), |total| total.to_string());
    format!("{} · {} · {} · {name} · Rp {total} · {}", bill.ref_id, bill.state, bill.code, bill.id)
}

/// The bill as the command line's page promises it; times are RFC 3339 in the shop's zone.
fn bill_json(till: &Till, bill: &BillView) -> Value {
    let mut json = json!(bill);
    let time = |ms: &Value| ms.as_i64().map(|ms| till.bill_time(ms));
    for name in ["inquired_at", "sent_at"] {
        json[name] = json!(time(&json[name]));
    }
    for piece in json["evidence"].as_array_mut().into_iter().flatten() {
        piece["at"] = json!(time(&piece["at"]));
    }
    json
}
