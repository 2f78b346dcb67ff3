//! What tests and scripts say to the sandbox, as JSON under `/sandbox/`.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use serde::Deserialize;
use serde_json::json;

use crate::app::App;
use crate::book::Event;
use crate::fault::{Answer, Fault, Operation};

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/sandbox/bills", get(bills))
        .route("/sandbox/bills/{reference}/{event}", post(happen))
        .route("/sandbox/faults", post(faults))
        .route("/sandbox/reset", post(reset))
}

async fn bills(State(app): State<App>) -> Answer {
    let mut book = app.book();
    let bills = book.views();
    Answer::new(StatusCode::OK, json!({"bills": bills, "creates": book.all_creates()}))
}

async fn happen(
    State(app): State<App>,
    Path((reference, event)): Path<(String, String)>,
) -> Answer {
    let event = match event.as_str() {
        "pay" => Event::Pay,
        "pay_late" => Event::PayLate,
        "expire" => Event::Expire,
        "fail" => Event::Fail,
        "cancel" => Event::Cancel,
        "reverse" => Event::Reverse,
        _ => return refused(StatusCode::NOT_FOUND, "pay, pay_late, expire, fail, cancel, reverse"),
    };
    let mut book = app.book();
    match book.happen(&reference, event) {
        Ok(bill) => Answer::new(StatusCode::OK, json!(book.view(&bill))),
        Err(none) => refused(StatusCode::NOT_FOUND, &none.to_string()),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Planned {
    operation: Operation,
    fault: Fault,
    #[serde(default = "once")]
    times: u32,
}

fn once() -> u32 {
    1
}

async fn faults(State(app): State<App>, body: Bytes) -> Answer {
    let planned: Planned = match serde_json::from_slice(&body) {
        Ok(planned) => planned,
        Err(error) => return refused(StatusCode::UNPROCESSABLE_ENTITY, &error.to_string()),
    };
    if !app.book().set_fault(planned.operation, planned.fault, planned.times) {
        return refused(StatusCode::CONFLICT, "too many faults wait already");
    }
    Answer::new(StatusCode::OK, json!({"ok": true}))
}

async fn reset(State(app): State<App>) -> Answer {
    app.book().reset();
    Answer::new(StatusCode::OK, json!({"ok": true}))
}

fn refused(status: StatusCode, why: &str) -> Answer {
    Answer::new(status, json!({"error": why}))
}
