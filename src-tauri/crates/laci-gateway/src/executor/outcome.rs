//! How an answer counts for the gateway's health.

use super::lane::Outcome;
use crate::contract::{
    BillAnswer, CallAnswer, CheckAnswer, CreateAnswer, Doubt, FindAnswer, ListAnswer, RefusedBy,
    RefusedKind, StatusAnswer,
};

pub(super) fn create_outcome(answer: &CreateAnswer) -> Outcome {
    match answer {
        CreateAnswer::Created(_) => Outcome::Ok,
        CreateAnswer::Refused(refused) => refused_outcome(refused),
        CreateAnswer::Unknown(uncertain) => doubt_outcome(&uncertain.why),
    }
}

/// A wrong key or address is the gateway's trouble; a refused request is not.
fn refused_outcome(refused: &RefusedBy) -> Outcome {
    match refused.kind {
        RefusedKind::Key | RefusedKind::Address => Outcome::Failed(refused.code()),
        RefusedKind::Request | RefusedKind::Other => Outcome::Ok,
    }
}

pub(super) fn status_outcome(answer: &StatusAnswer) -> Outcome {
    match answer {
        StatusAnswer::Seen(_) | StatusAnswer::NotFound => Outcome::Ok,
        StatusAnswer::Unreadable(why) => doubt_outcome(why),
    }
}

pub(super) fn find_outcome(answer: &FindAnswer) -> Outcome {
    match answer {
        FindAnswer::Found(_) | FindAnswer::Known { .. } | FindAnswer::NotThere => Outcome::Ok,
        FindAnswer::Unreadable(why) => doubt_outcome(why),
    }
}

pub(super) fn list_outcome(answer: &ListAnswer) -> Outcome {
    match answer {
        ListAnswer::Page { .. } => Outcome::Ok,
        ListAnswer::Unreadable(why) => doubt_outcome(why),
    }
}

pub(super) fn call_outcome(answer: &CallAnswer) -> Outcome {
    match answer {
        CallAnswer::Done | CallAnswer::Pending => Outcome::Ok,
        CallAnswer::Refused(refused) => refused_outcome(refused),
        CallAnswer::Unknown(why) => doubt_outcome(why),
    }
}

pub(super) fn bill_outcome(answer: &BillAnswer) -> Outcome {
    match answer {
        BillAnswer::Seen(_) => Outcome::Ok,
        BillAnswer::Unreadable(why) => doubt_outcome(why),
    }
}

pub(super) fn check_outcome(answer: &CheckAnswer) -> Outcome {
    match answer {
        CheckAnswer::Ready => Outcome::Ok,
        CheckAnswer::KeyRefused => Outcome::Failed("key_refused"),
        CheckAnswer::Unreadable(why) => doubt_outcome(why),
    }
}

fn doubt_outcome(why: &Doubt) -> Outcome {
    if why.is_gateway_down() { Outcome::Failed(why.code()) } else { Outcome::Ok }
}
