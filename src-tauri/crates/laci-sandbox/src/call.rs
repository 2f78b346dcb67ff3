//! One call, whichever gateway it is for. Deliberately absent: what it does, which is the gateway's own.

use axum::response::Response;

use crate::app::App;
use crate::fault::{Answer, Fault, Operation, before, echo, send};
use crate::line::Cut;
use crate::played::Played;

/// One call from its arrival to its end: takes the fault that waits for it, and has it work. `act` is the gateway's own
/// answer; it is not asked where nothing happens behind the fault.
pub(crate) async fn serve(
    app: &App,
    played: &'static Played,
    operation: Operation,
    cut: &Cut,
    act: impl FnOnce(Option<Fault>) -> Answer,
) -> Response {
    let fault = app.book().faults.take(operation);
    if fault == Some(Fault::Echo) {
        return echo(&app.api_key, played);
    }
    if let Some(answer) = fault.and_then(|fault| before(fault, played, cut)) {
        return answer;
    }
    send(act(fault), fault, played, cut, app.stop.clone()).await
}
