//! The activity feed: what happened besides sales, in sentences.

mod words;

use laci_core::{Refusal, SaleId};
use laci_ledger::{FeedKind, FeedRow, PersonRow};

use crate::error::Result;
use crate::till::Till;
use crate::wire::{FeedAsk, FeedItem, FeedView};

const PAGE: usize = 60;
/// Rows that are looked through for a page of notable ones.
const LOOK_MAX: u32 = 500;

impl Till {
    /// A page, newest first.
    pub fn feed(&self, ask: &FeedAsk) -> Result<FeedView> {
        let before = ask.before.and_then(|seq| u64::try_from(seq).ok()).unwrap_or(u64::MAX);
        let (rows, people) =
            self.read(|view| Ok((view.feed(before, LOOK_MAX)?, view.people()?)))?;
        let looked = rows.len();
        let wanted = |row: &&FeedRow| !ask.notable || is_notable(row);
        let mut shown: Vec<&FeedRow> = rows.iter().filter(wanted).take(PAGE).collect();
        // A page goes on after an entry, so all that one entry did stands on one page.
        if let Some(last) = shown.last().map(|row| row.seq) {
            let rest = rows.iter().filter(wanted).skip(PAGE).take_while(|row| row.seq == last);
            shown.extend(rest);
        }
        let full = shown.len() >= PAGE;
        let more = full || looked == usize::try_from(LOOK_MAX).unwrap_or(usize::MAX);
        let last = if full { shown.last().copied() } else { rows.last() };
        let next = last.filter(|_| more).and_then(|row| i64::try_from(row.seq).ok());
        let items = shown.into_iter().map(|row| self.feed_item(row, &people));
        Ok(FeedView { items: items.collect::<Result<_>>()?, next })
    }

    fn feed_item(&self, row: &FeedRow, people: &[PersonRow]) -> Result<FeedItem> {
        let sale = self.sale_of(row)?;
        let number = sale.as_ref().map(|(_, number)| number.as_str());
        let about = row.subject.as_deref().map(|key| self.called(people, key));
        Ok(FeedItem {
            seq: i64::try_from(row.seq).unwrap_or(i64::MAX),
            kind: row.kind.as_str().to_owned(),
            notable: is_notable(row),
            at: row.at.0,
            date: row.date.to_string(),
            who: self.called(people, &row.actor),
            approver: row.approver.map(|person| self.called(people, &person.to_string())),
            text: words::sentence(row, number, about.as_deref(), self.lang()),
            reason: row.reason.clone().filter(|_| row.kind != FeedKind::PersonSet),
            sale_id: sale.map(|(id, _)| id),
        })
    }

    /// The sale that the row is about, with the number that people see.
    fn sale_of(&self, row: &FeedRow) -> Result<Option<(String, String)>> {
        let about_a_sale = matches!(
            row.kind,
            FeedKind::ReceiptCopied
                | FeedKind::SaleVoided
                | FeedKind::SaleRefunded
                | FeedKind::PaymentConfirmed
                | FeedKind::PaymentRetried
                | FeedKind::PaymentAbandoned
                | FeedKind::MoneyMatched
                | FeedKind::LinkReady
                | FeedKind::LinkFailed
        );
        let Some(id) = row.subject.as_deref().filter(|_| about_a_sale) else { return Ok(None) };
        let id: SaleId = id.parse().map_err(|_| Refusal::SaleUnknown)?;
        let sale = self.read(|view| view.sale(id))?;
        Ok(sale.map(|sale| (id.to_string(), sale.sale.number.to_string())))
    }
}

/// What an owner would ask about: doors, drawers, money that went back, clocks that jumped.
fn is_notable(row: &FeedRow) -> bool {
    match row.kind {
        FeedKind::DrawerOpened
        | FeedKind::ReceiptCopied
        | FeedKind::SaleVoided
        | FeedKind::SaleRefunded
        | FeedKind::PaymentConfirmed
        | FeedKind::PaymentRetried
        | FeedKind::PaymentAbandoned
        | FeedKind::BillResolved
        | FeedKind::BillRefunded
        | FeedKind::MoneyMatched
        | FeedKind::MoneyDismissed
        | FeedKind::ShiftRecounted
        | FeedKind::PersonSet
        | FeedKind::PersonRemoved
        | FeedKind::PinSet
        | FeedKind::GatewayPinned
        | FeedKind::GatewayCalled
        | FeedKind::OwnQrisSet
        | FeedKind::GatewaySet
        | FeedKind::GatewayRemoved
        | FeedKind::PinFailed
        | FeedKind::PinCleared
        | FeedKind::RecoveryUsed
        | FeedKind::RecoveryFailed
        | FeedKind::DoorUnguarded
        | FeedKind::LinkFailed
        | FeedKind::Restored
        | FeedKind::ClockBack => true,
        FeedKind::ShiftClosed => row.amount != Some(0),
        FeedKind::CashMoved
        | FeedKind::ShiftOpened
        | FeedKind::ShiftCounted
        | FeedKind::ShopSet
        | FeedKind::LimitsSet
        | FeedKind::BookRulesSet
        | FeedKind::LinkReady
        | FeedKind::SignedIn
        | FeedKind::RecoverySet => false,
    }
}
