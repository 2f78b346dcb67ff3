//! `laci payment`: list, show, check, cancel, confirm, resolve.

use std::sync::Arc;

use laci_till::wire::{EvidenceView, LaterView, PaymentView, PresentmentView};
use laci_till::{AttemptId, AttemptState, By, Lang, Refusal, Resolve, Result, Till, UnixMs, Zone};
use serde_json::{Value, json};

use super::args::{PaymentArgs, PaymentVerb, ResolveArg};
use super::outcome::Outcome;

pub(super) async fn run(till: &Arc<Till>, by: By, args: &PaymentArgs) -> Result<Outcome> {
    let payment = match &args.verb {
        PaymentVerb::List { state, limit } => return list(till, state.as_deref(), *limit),
        PaymentVerb::Show { id } => till.payment_show(attempt(id)?)?,
        PaymentVerb::Check { id } => {
            let payment = till.payment_check(attempt(id)?).await?;
            if matches!(payment.state.as_str(), "paid" | "confirmed") {
                // Its receipt is owed, and nobody works beside a verb.
                till.work_once().await?;
            }
            payment
        }
        PaymentVerb::Cancel { id } => till.payment_cancel(by, attempt(id)?)?,
        PaymentVerb::Confirm { id, reason } => {
            let payment = till.payment_confirm(by, attempt(id)?, reason)?;
            till.work_once().await?;
            payment
        }
        PaymentVerb::Resolve { id, action } => {
            let action = match action {
                ResolveArg::Retry => Resolve::Retry,
                ResolveArg::Abandon => Resolve::Abandon,
            };
            let payment = till.payment_resolve(by, attempt(id)?, action).await?;
            // A retry is a create: it ends as a charge does.
            return Ok(told(till, &payment, till.lang()));
        }
    };
    let text = line(&payment);
    Ok(Outcome::done(json!({ "payment": payment_json(till, &payment) }), text))
}

/// Pending is no failure; a definite no is (5), an unknown outcome is 4, a QR that must not be shown is 3.
pub(super) fn told(till: &Till, payment: &PaymentView, lang: Lang) -> Outcome {
    let json = json!({ "payment": payment_json(till, payment) });
    let notice = payment.notices.first();
    let exit = match payment.state.as_str() {
        "rejected" | "failed" => 5,
        "unknown" => 4,
        "pending" if payment.presentment.is_none() => 3,
        _ => 0,
    };
    match (exit, notice) {
        (0, _) | (_, None) => {
            let text = match lang {
                Lang::Id => format!(
                    "{} · {} · Rp {} · {}",
                    payment.sale_number, payment.state, payment.total, payment.id
                ),
                Lang::En => format!(
                    "{} · {} · Rp {} · {}",
                    payment.sale_number, payment.state, payment.total, payment.id
                ),
            };
            Outcome { exit, json, text }
        }
        (exit, Some(notice)) => Outcome::error(exit, &notice.code, &notice.message, json),
    }
}

fn attempt(id: &str) -> Result<AttemptId> {
    id.parse().map_err(|_| Refusal::PaymentUnknown.into())
}

fn no_such_state(lang: Lang, word: &str) -> Outcome {
    let known = AttemptState::ALL.map(AttemptState::as_str).join(", ");
    let said = match lang {
        Lang::Id => format!(
            "Tidak ada keadaan \"{word}\". Yang ada: {known}. Lihat laci payment list --help."
        ),
        Lang::En => format!(
            "There is no state \"{word}\". There are: {known}. See laci payment list --help."
        ),
    };
    Outcome::usage(&said)
}

fn list(till: &Till, state: Option<&str>, limit: u32) -> Result<Outcome> {
    let state = match state {
        None => None,
        Some(word) => match AttemptState::from_word(word) {
            Some(state) => Some(state),
            None => return Ok(no_such_state(till.lang(), word)),
        },
    };
    let payments = till.payment_list(state, limit)?;
    let text: String = payments.iter().map(|payment| line(payment) + "\n").collect();
    let json: Vec<Value> = payments.iter().map(|payment| payment_json(till, payment)).collect();
    Ok(Outcome::done(json!({ "payments": json }), text))
}

fn line(payment: &PaymentView) -> String {
    let own = if payment.cash.is_some() { "tunai" } else { "qris-toko" };
    let via = payment.gateway.as_deref().unwrap_or(own);
    format!(
        "{} · {} · {} · Rp {} · {}",
        payment.sale_number, payment.state, via, payment.total, payment.id
    )
}

/// The payment as the command line's page promises it; times are RFC 3339 in the shop's zone.
pub(super) fn payment_json(till: &Till, payment: &PaymentView) -> Value {
    let zone = till.zone();
    let time = |ms: Option<i64>| ms.map(|ms| UnixMs(ms).rfc3339(zone));
    json!({
        "id": payment.id,
        "sale_id": payment.sale_id,
        "sale_number": payment.sale_number,
        "state": payment.state,
        "flags": payment.flags,
        "amount": payment.amount,
        "unique_code": payment.unique_code,
        "total": payment.total,
        "received": payment.received,
        "gateway": payment.gateway,
        "own_qris": payment.own_qris,
        "cash": payment.cash,
        "gateway_id": payment.gateway_id,
        "presentment": payment.presentment.as_ref().map(presentment_json),
        "later": payment.later.as_ref().map(later_json),
        "started_at": time(Some(payment.started_at)),
        "expires_at": time(payment.expires_at),
        "paid_at": time(payment.paid_at),
        "notices": payment.notices,
        "evidence": payment.evidence.iter().map(|piece| evidence_json(piece, zone)).collect::<Vec<_>>(),
    })
}

fn later_json(later: &LaterView) -> Value {
    let message = later.message.as_ref();
    let message = message.map(|one| json!({ "text": one.text, "whatsapp": one.whatsapp }));
    json!({ "waiting": later.waiting, "message": message })
}

fn presentment_json(presentment: &PresentmentView) -> Value {
    match presentment {
        PresentmentView::Qris { payload, .. } => json!({ "kind": "qris", "payload": payload }),
        PresentmentView::Link { url, .. } => json!({ "kind": "link", "url": url }),
        PresentmentView::Transfer { account, amount } => {
            json!({ "kind": "transfer", "account": account, "amount": amount })
        }
    }
}

fn evidence_json(piece: &EvidenceView, zone: Zone) -> Value {
    json!({
        "source": piece.source,
        "state": piece.state,
        "at": UnixMs(piece.at).rfc3339(zone),
        "amount": piece.amount,
        "gateway_id": piece.gateway_id,
        "paid_at": piece.paid_at.map(|ms| UnixMs(ms).rfc3339(zone)),
        "review": piece.review.as_ref().map(|notice| &notice.code),
        "reason": piece.reason,
    })
}
