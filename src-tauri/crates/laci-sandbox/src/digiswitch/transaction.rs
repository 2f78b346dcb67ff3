//! `POST /transaction`: inquiry, payment and status by their command, and prepaid credit without one.

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::response::Response;

use super::PLAYED;
use super::answer::{purchase, refused};
use super::ask::Asked;
use super::code::Code;
use crate::app::App;
use crate::call;
use crate::fault::{Answer, Operation};
use crate::line::Cut;
use crate::ppob::{Ppob, Refusal, Trade};

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Inquire,
    Pay,
    Status,
    Topup,
}

impl Step {
    /// `None` for a command that the provider does not have.
    fn of(asked: &Asked) -> Option<Self> {
        match asked.text("command") {
            Some("inq-pasca") => Some(Self::Inquire),
            Some("pay-pasca") => Some(Self::Pay),
            Some("status-pasca") => Some(Self::Status),
            Some(_) => None,
            None => Some(Self::Topup),
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Inquire => "inquiry",
            Self::Pay => "pay",
            Self::Status => "status",
            Self::Topup => "topup",
        }
    }

    fn operation(self) -> Operation {
        match self {
            Self::Inquire => Operation::Call,
            Self::Pay | Self::Topup => Operation::Pay,
            Self::Status => Operation::Status,
        }
    }
}

pub(super) async fn transaction(
    State(app): State<App>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    body: Bytes,
) -> Response {
    let asked = Asked::read(&body);
    let step = Step::of(&asked);
    let operation = step.map_or(Operation::Call, Step::operation);
    if let Some(step) = step {
        let spends = (operation == Operation::Pay).then(|| asked.text("ref_id")).flatten();
        app.book().ppob.count(step.name(), spends);
    }
    call::serve(&app, &PLAYED, operation, &cut, |_| act(&app, &asked, step)).await
}

fn act(app: &App, asked: &Asked, step: Option<Step>) -> Answer {
    if let Err(code) = asked.check(app, asked.text("ref_id")) {
        return refused(asked, code);
    }
    let mut book = app.book();
    match bought(&mut book.ppob, asked, step) {
        Ok(trade) => purchase(&trade, book.ppob.balance()),
        Err(code) => refused(asked, code),
    }
}

fn bought(ppob: &mut Ppob, asked: &Asked, step: Option<Step>) -> Result<Trade, Code> {
    let text = |name| asked.text(name).ok_or(Code::Payload);
    let (ref_id, code, number) = (text("ref_id")?, text("code")?, text("customer_no")?);
    let trade = match step.ok_or(Code::Payload)? {
        Step::Inquire => {
            let multiple =
                asked.number("amount").is_some_and(|amount| amount > 0 && amount % 1_000 == 0);
            if code == "emoney" && !multiple {
                return Err(Code::EmoneyMultiple);
            }
            ppob.inquire(ref_id, code, number)
        }
        Step::Pay => ppob.pay(ref_id, code, number),
        Step::Topup => ppob.topup(ref_id, code, number),
        Step::Status => ppob.look(ref_id).and_then(|trade| {
            let ours = trade.customer_no == number && trade.product.codes.contains(&code);
            if ours { Ok(trade) } else { Err(Refusal::NotFound) }
        }),
    };
    trade.map_err(Code::Refused)
}
