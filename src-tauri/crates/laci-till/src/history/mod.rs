//! Sales that were.

use laci_core::{Act, AttemptState, BusinessDate, Flag, GatewaySettings, Refusal, SaleId};
use laci_ledger::{AttemptRow, HistoryFilter, HistoryRow as Row, HistoryState, SaleRow, SaleState};

use crate::by::By;
use crate::error::Result;
use crate::gateways::way_of;
use crate::till::Till;
use crate::wire::{
    HistoryAsk, HistoryCounts, HistoryPage, HistoryRow, HistoryShow, LineView, Pill, SaleView,
};

const PAGE: u32 = 50;

impl Till {
    /// One page of a business date's sales, newest first. Days that are over are not everybody's: old receipts are how
    /// false refunds begin. Refused: `pin_required`.
    pub fn history(&self, by: By, ask: &HistoryAsk) -> Result<HistoryPage> {
        let settings = self.settings()?;
        let shop = settings.shop.as_ref().ok_or_else(Self::not_set_up)?;
        let today = BusinessDate::of(self.ports.now(), shop.zone, shop.cut_off);
        let date = match &ask.date {
            Some(text) => text.parse().map_err(|_| Refusal::SaleUnknown)?,
            None => today,
        };
        if date != today && !by.may(Act::SeeAllSales) && !self.may_still_read(Act::SeeAllSales) {
            return Err(Refusal::ApprovalRequired { role: Act::SeeAllSales.rule().0 }.into());
        }
        let filter = HistoryFilter {
            date: Some(date),
            state: wanted(ask.show),
            search: ask.search.clone().filter(|text| !text.trim().is_empty()),
            before_seq: ask.before.and_then(|seq| u64::try_from(seq).ok()),
            limit: PAGE,
        };
        let page = self.read(|view| view.history(&filter))?;
        let full = page.rows.len() == PAGE as usize;
        let last = page.rows.last().filter(|_| full);
        let next = last.and_then(|row| i64::try_from(row.seq).ok());
        let counts = page.counts;
        Ok(HistoryPage {
            date: date.to_string(),
            rows: page.rows.iter().map(|row| row_view(row, &settings.gateways)).collect(),
            counts: HistoryCounts {
                all: count(counts.all()),
                paid: count(counts.paid),
                unpaid: count(counts.unpaid),
                late: count(counts.late),
                unverified: count(counts.unverified),
                cancelled: count(counts.voided),
            },
            next,
        })
    }

    pub fn sale_show(&self, id: SaleId) -> Result<SaleView> {
        let (sale, attempts, people, surplus) = self.read(|view| {
            Ok((view.sale(id)?, view.attempts_of(id)?, view.people()?, view.surplus_of(id)?))
        })?;
        let row = sale.ok_or(Refusal::SaleUnknown)?;
        let lines = row.sale.lines.iter().map(|line| {
            Ok(LineView {
                name: line.name.clone(),
                quantity: line.quantity,
                unit_price: line.unit_price.get(),
                amount: line.amount()?.get(),
            })
        });
        let shown =
            attempts.iter().rev().find(|attempt| row.covered_by == Some(attempt.attempt.id));
        let shown = shown.or(attempts.last());
        Ok(SaleView {
            sale_id: id.to_string(),
            number: row.sale.number.to_string(),
            at: row.recorded_at.0,
            lines: lines.collect::<Result<_>>()?,
            total: row.sale.total.get(),
            pill: if paid_twice(&row, &attempts) {
                Pill::Duplicate
            } else {
                pill(row.state, shown)
            },
            payments: attempts.iter().map(|row| self.payment_view(row)).collect::<Result<_>>()?,
            receipt_ready: row.receipt.is_some(),
            paid: row.paid.get(),
            refunded: row.refunded.get(),
            surplus: surplus.get(),
            cashier: self.called(&people, &row.cashier),
            next_copy: row.copies.saturating_add(1),
        })
    }
}

/// Whether another attempt than the covering one was paid as well.
fn paid_twice(sale: &SaleRow, attempts: &[AttemptRow]) -> bool {
    let beside = |row: &AttemptRow| sale.covered_by != Some(row.attempt.id);
    sale.covered_by.is_some()
        && attempts.iter().any(|row| row.standing.state.is_covered() && beside(row))
}

fn wanted(show: HistoryShow) -> Option<HistoryState> {
    match show {
        HistoryShow::All => None,
        HistoryShow::Paid => Some(HistoryState::Paid),
        HistoryShow::Unpaid => Some(HistoryState::Unpaid),
        HistoryShow::Late => Some(HistoryState::Late),
        HistoryShow::Unverified => Some(HistoryState::Unverified),
        HistoryShow::Cancelled => Some(HistoryState::Voided),
    }
}

fn count(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn row_view(row: &Row, gateways: &[GatewaySettings]) -> HistoryRow {
    let attempt = row.attempt.as_ref();
    let contents = match row.lines {
        0 | 1 => row.first_line.clone(),
        many => format!("{} +{}", row.first_line, many - 1),
    };
    let review = attempt.is_some_and(|attempt| attempt.needs_review);
    HistoryRow {
        sale_id: row.sale_id.to_string(),
        number: row.number.to_string(),
        at: row.recorded_at.0,
        contents,
        lines: row.lines,
        method: attempt.map_or_else(String::new, |attempt| way_of(&attempt.method, gateways)),
        total: attempt.map_or(row.price, |attempt| attempt.total).get(),
        pill: match row.state {
            HistoryState::Paid | HistoryState::Late if row.paid_twice => Pill::Duplicate,
            HistoryState::Voided => Pill::Cancelled,
            HistoryState::Late => Pill::Late,
            HistoryState::Paid | HistoryState::Unpaid | HistoryState::Unverified if review => {
                Pill::Review
            }
            HistoryState::Paid | HistoryState::Unpaid | HistoryState::Unverified => {
                by_state(attempt.map(|attempt| attempt.state))
            }
        },
    }
}

/// A sale's state in one word: the worst thing that a person should know wins.
fn pill(sale: SaleState, attempt: Option<&AttemptRow>) -> Pill {
    let Some(attempt) = attempt else {
        return match sale {
            SaleState::Voided => Pill::Cancelled,
            SaleState::Open | SaleState::Covered => Pill::Unpaid,
        };
    };
    let flags = &attempt.standing.flags;
    for (flag, pill) in [
        (Flag::Duplicate, Pill::Duplicate),
        (Flag::Over, Pill::Over),
        (Flag::Under, Pill::Under),
        (Flag::Late, Pill::Late),
        (Flag::NeedsReview, Pill::Review),
    ] {
        if flags.contains(&flag) {
            return pill;
        }
    }
    if sale == SaleState::Voided {
        return Pill::Cancelled;
    }
    by_state(Some(attempt.standing.state))
}

fn by_state(state: Option<AttemptState>) -> Pill {
    match state {
        Some(AttemptState::Paid) => Pill::Paid,
        Some(AttemptState::Confirmed) => Pill::Confirmed,
        Some(AttemptState::Unverified) => Pill::Unverified,
        Some(AttemptState::Cancelled) => Pill::Cancelled,
        Some(
            AttemptState::Planned
            | AttemptState::Submitting
            | AttemptState::Unknown
            | AttemptState::Rejected
            | AttemptState::Pending
            | AttemptState::Failed
            | AttemptState::Expired,
        )
        | None => Pill::Unpaid,
    }
}
