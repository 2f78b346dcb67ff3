//! The inbox as screens and scripts see it.

use laci_ledger::InboxRow;
use serde::Deserialize;

use crate::error::Result;
use crate::till::Till;
use crate::wire::{InboxAsk, InboxItem, InboxView};

/// What was told, as it is kept.
#[derive(Deserialize)]
struct Kept {
    #[serde(default)]
    title: String,
    #[serde(default)]
    text: String,
}

impl Till {
    /// Newest first, at most 500.
    pub fn inbox(&self, ask: &InboxAsk) -> Result<InboxView> {
        let (rows, (waiting, amount)) =
            self.read(|view| Ok((view.inbox(ask.all)?, view.inbox_waiting()?)))?;
        let items = rows.iter().map(|row| self.inbox_item(row)).collect::<Result<_>>()?;
        Ok(InboxView { items, waiting, amount: amount.get() })
    }

    fn inbox_item(&self, row: &InboxRow) -> Result<InboxItem> {
        let raw = self.read(|view| view.blob(row.raw))?;
        let kept: Option<Kept> = raw.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        let text = kept.map(|kept| [kept.title, kept.text].join("\n").trim().to_owned());
        Ok(InboxItem {
            id: row.id.to_string(),
            source: row.source.as_str().to_owned(),
            amount: row.amount.map(|amount| amount.get()),
            at: row.at.0,
            about: row.about.clone(),
            text: text.filter(|text| !text.is_empty()),
            state: row.state.as_str().to_owned(),
            payment_id: row.attempt_id.map(|id| id.to_string()),
            reason: row.reason.clone(),
        })
    }
}
