//! What happens in the till, told to the windows. The customer's window only hears that it must look again.

use laci_till::wire::Push;
use tauri::{AppHandle, Emitter};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;

use crate::windows::{CUSTOMER, MAIN};

const EVENT: &str = "push";

pub(crate) async fn relay(app: AppHandle, mut pushes: Receiver<Push>) {
    loop {
        let push = match pushes.recv().await {
            Ok(push) => push,
            Err(RecvError::Lagged(_)) => Push::StripChanged,
            Err(RecvError::Closed) => return,
        };
        let told = match &push {
            Push::CustomerChanged => {
                app.emit_to(CUSTOMER, EVENT, &push).and_then(|()| app.emit_to(MAIN, EVENT, &push))
            }
            Push::PaymentChanged { .. }
            | Push::StripChanged
            | Push::Sound { .. }
            | Push::Progress { .. }
            | Push::BootChanged
            | Push::DoorChanged
            | Push::CloseAsked { .. } => app.emit_to(MAIN, EVENT, &push),
        };
        if let Err(error) = told {
            tracing::warn!(%error, "a window was not told");
        }
    }
}
