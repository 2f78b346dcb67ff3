//! From the answer to a status to what is known of a bill. Its two words decide; neither HTTP's code nor `status_code`
//! makes a bill paid.
//!
//! Until the customer has chosen how to pay, Midtrans does not know the order. That is said as a 404 inside HTTP's 200,
//! or, by a middleware that takes it for an error, with HTTP's own 404 or 500: for an order of ours it means open. Words
//! about the call itself are another matter: an API that changed must never end a bill.

use laci_core::{AttemptState, Observed, Rupiah, Zone};
use serde_json::value::RawValue;

use super::PAGE_LIFE_MS;
use super::wire::{self, Answer, Meaning, Missing};
use crate::contract::{
    CallAnswer, CheckAnswer, Doubt, NotJson, RefusedBy, RefusedKind, Reply, StatusAnswer, StatusAsk,
};
use crate::json;
use crate::provider::field::{moment, money, trouble};
use crate::provider::{call as table, page};

/// What an answer in JSON says before its words are read.
enum Spoken<'a> {
    /// Midtrans knows the order.
    Word(&'a RawValue),
    NotKnown,
    Nothing(Doubt),
}

fn spoken<'a>(status: u16, answer: &Answer<'a>) -> Spoken<'a> {
    let no_call = answer.missing() == Missing::Call;
    match (status, answer.transaction_status) {
        (200..=299, Some(word)) => Spoken::Word(word),
        (200..=299 | 404 | 500, None) if no_call => Spoken::Nothing(Doubt::ApiChanged { status }),
        (200..=299, None) if answer.status_code() == Some(404) => Spoken::NotKnown,
        (200..=299, None) => Spoken::Nothing(Doubt::Incomplete { field: "transaction_status" }),
        (404 | 500, None) => Spoken::NotKnown,
        (status, _) => Spoken::Nothing(trouble(status)),
    }
}

/// The same of an answer that is no JSON, since the middleware may write its errors as a line of text. `None`: the
/// order is not known.
fn line_doubt(reply: &Reply, page: NotJson) -> Option<Doubt> {
    match (reply.status, wire::line(reply, &page)) {
        (status @ (404 | 500), Some(said))
            if wire::missing(std::slice::from_ref(&said)) == Missing::Call =>
        {
            Some(Doubt::ApiChanged { status })
        }
        (404 | 500, Some(_)) => None,
        (status @ (401 | 403), Some(_)) => Some(Doubt::KeyRefused { status }),
        (_, _) => Some(page::doubt(reply, page)),
    }
}

pub(super) fn status(ask: &StatusAsk, reply: &Reply, zone: Zone) -> StatusAnswer {
    let answer: Answer<'_> = match json::object(reply) {
        Ok(answer) => answer,
        Err(page) => {
            return match line_doubt(reply, page) {
                None => StatusAnswer::Seen(not_chosen(ask)),
                Some(why) => StatusAnswer::Unreadable(why),
            };
        }
    };
    let word = match spoken(reply.status, &answer) {
        Spoken::Word(word) => Some(word),
        Spoken::NotKnown => None,
        Spoken::Nothing(why) => return StatusAnswer::Unreadable(why),
    };
    if answer.names_another(ask.our_ref.as_str()) {
        return StatusAnswer::Seen(review(ask, "reference_mismatch"));
    }
    StatusAnswer::Seen(match word {
        Some(word) => observed(ask, &answer, word, zone),
        None => not_chosen(ask),
    })
}

fn seen(ask: &StatusAsk, state: AttemptState) -> Observed {
    let mut seen = Observed::bare(state);
    seen.gateway_id = Some(ask.gateway_id.clone());
    seen
}

fn review(ask: &StatusAsk, code: &str) -> Observed {
    Observed { review: Some(code.to_owned()), ..seen(ask, AttemptState::Pending) }
}

/// A Snap page dies without a word: Midtrans never heard of an order on which nobody chose.
fn page_is_dead(ask: &StatusAsk) -> bool {
    ask.now.since_ms(ask.since) >= PAGE_LIFE_MS
}

fn not_chosen(ask: &StatusAsk) -> Observed {
    let dead = page_is_dead(ask);
    seen(ask, if dead { AttemptState::Expired } else { AttemptState::Pending })
}

fn observed(ask: &StatusAsk, answer: &Answer<'_>, word: &RawValue, zone: Zone) -> Observed {
    let amount = answer.gross_amount.map(money);
    let mut why = None;
    let state = match wire::meaning(word, answer.fraud_status) {
        Meaning::State(state) => state,
        Meaning::Challenged => return review(ask, "fraud_challenge"),
        Meaning::Unclear => return review(ask, "unknown_word"),
        // The page may offer another way to pay.
        Meaning::DeniedTry if page_is_dead(ask) => AttemptState::Failed,
        Meaning::DeniedTry => return review(ask, "denied_try"),
        Meaning::Reversed => {
            let reversed = seen(ask, AttemptState::Cancelled);
            return Observed { review: Some("reversed".to_owned()), ..reversed };
        }
        Meaning::PartlyReversed => {
            why = Some("reversed".to_owned());
            AttemptState::Paid
        }
    };
    if state != AttemptState::Paid {
        return Observed { amount: amount.flatten(), ..seen(ask, state) };
    }
    if answer.status_code().is_some_and(|code| code >= 400) {
        return review(ask, "contradiction");
    }
    match paid_amount(ask, amount) {
        Some(amount) => Observed {
            amount: Some(amount),
            paid_at: answer.paid_at().and_then(|raw| moment(raw, zone)),
            review: why,
            ..seen(ask, state)
        },
        None => review(ask, "amount_unreadable"),
    }
}

/// The answer's amount. The document's own answer has none, and its order was made with exactly ours; but one that
/// stands there and cannot be read is not replaced.
fn paid_amount(ask: &StatusAsk, named: Option<Option<Rupiah>>) -> Option<Rupiah> {
    named.unwrap_or(Some(ask.total))
}

/// "Not known" is expected: no order has the asked name. An order all the same shows as much. Here nothing is known of
/// the middleware yet, so what stands for "not known" while an order is watched is not enough: it must be Midtrans' own
/// words, which have been through address and key.
pub(super) fn check(reply: &Reply) -> CheckAnswer {
    let status = reply.status;
    let doubt = match json::object::<Answer<'_>>(reply) {
        Ok(answer) => match spoken(status, &answer) {
            Spoken::Word(_) => None,
            Spoken::NotKnown if status == 500 => Some(trouble(status)),
            Spoken::NotKnown if answer.status_code() == Some(404) => None,
            Spoken::NotKnown => not_midtrans(status, answer.missing()),
            Spoken::Nothing(_) if status == 500 => Some(trouble(status)),
            Spoken::Nothing(why) => Some(why),
        },
        Err(page) => match wire::line(reply, &page) {
            Some(_) if status == 500 => Some(trouble(status)),
            Some(said) if status == 404 => {
                not_midtrans(status, wire::missing(std::slice::from_ref(&said)))
            }
            Some(_) | None => line_doubt(reply, page),
        },
    };
    match doubt {
        None => CheckAnswer::Ready,
        Some(Doubt::KeyRefused { .. }) => CheckAnswer::KeyRefused,
        Some(why) => CheckAnswer::Unreadable(why),
    }
}

/// A 404 in words that are not Midtrans' is the address's.
fn not_midtrans(status: u16, missing: Missing) -> Option<Doubt> {
    (missing != Missing::Order).then_some(Doubt::ApiChanged { status })
}

/// A look from the table. Midtrans' own "no" stands inside HTTP's 200.
pub(super) fn call(reply: &Reply) -> CallAnswer {
    let refused = |kind, message| CallAnswer::Refused(RefusedBy { kind, message });
    match json::object::<Answer<'_>>(reply) {
        Ok(answer) => match (reply.status, answer.transaction_status) {
            (200..=299, None) => refused(RefusedKind::Other, answer.message()),
            (_, _) => table::read(reply),
        },
        Err(page) => match (wire::documented_refusal(reply.status), wire::line(reply, &page)) {
            (Some(kind), Some(message)) => refused(kind, message),
            (_, _) => CallAnswer::Unknown(page::doubt(reply, page)),
        },
    }
}
