//! A provider's callback: whose bill it is about, a look at that bill, and a yes only after what was seen is durable.

use std::sync::Arc;
use std::time::Duration;

use laci_core::{AttemptState, GatewayName};
use laci_gateway::{CallbackHeaders, Hint, Trust};
use laci_ledger::AttemptRow;

use super::OutsideEnd;
use crate::error::Result;
use crate::payment::Looked;
use crate::till::Till;

/// A bill that was asked about just now is asked again after this.
const AGAIN: Duration = Duration::from_millis(1_100);
/// What nobody signed, or not just now, leads to a look no more often than this: anybody could spend the gateway's
/// budget with it.
const UNSIGNED_MS: i64 = 5_000;

impl Till {
    /// A callback for the gateway of this name. A forged one changes nothing, and an honest one only when the gateway's
    /// own status says the same.
    pub async fn called_back(
        self: &Arc<Self>,
        gateway: &str,
        headers: &[(String, String)],
        body: &[u8],
    ) -> OutsideEnd {
        let Ok(name) = GatewayName::new(gateway) else { return OutsideEnd::Unknown };
        let Ok(configured) = self.gateway(&name) else {
            // With its keys locked it could not be asked either.
            return if self.secrets_locked() { OutsideEnd::Later } else { OutsideEnd::Unknown };
        };
        let headers: CallbackHeaders =
            headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let now = self.ports.now();
        let Some(hint) = configured.provider().read_callback(&headers, body, now) else {
            return OutsideEnd::Forbidden;
        };
        match self.follow(&name, &hint).await {
            Ok(end) => end,
            Err(error) => {
                tracing::warn!(code = error.code(), gateway, "a callback could not be followed");
                OutsideEnd::Later
            }
        }
    }

    async fn follow(self: &Arc<Self>, name: &GatewayName, hint: &Hint) -> Result<OutsideEnd> {
        let found = self.read(|view| view.attempt_of_gateway(name, &hint.gateway_id))?;
        let Some(row) = found else { return Ok(OutsideEnd::Unknown) };
        if row.standing.state == AttemptState::Paid {
            return Ok(OutsideEnd::Taken);
        }
        let mut looked = self.look_at_hint(&row, hint.trust).await?;
        if looked == Looked::NotAsked && hint.trust == Trust::Signed {
            tokio::time::sleep(AGAIN).await;
            looked = self.look_at_hint(&row, hint.trust).await?;
        }
        self.changed(row.attempt.id)?;
        Ok(match looked {
            Looked::Answered => OutsideEnd::Taken,
            Looked::Nothing | Looked::NotAsked | Looked::Held => OutsideEnd::Later,
        })
    }

    async fn look_at_hint(self: &Arc<Self>, row: &AttemptRow, trust: Trust) -> Result<Looked> {
        let poll = self.read(|view| view.poll_of(row.attempt.id))?;
        let asked = poll.as_ref().map(|poll| self.ports.now().since_ms(poll.last_asked_at_ms));
        let soon = asked.is_some_and(|ago| (0..UNSIGNED_MS).contains(&ago));
        match trust {
            Trust::Stale | Trust::Unsigned if soon => Ok(Looked::NotAsked),
            Trust::Signed | Trust::Stale | Trust::Unsigned => {
                self.look_when_called(row, poll).await
            }
        }
    }
}
