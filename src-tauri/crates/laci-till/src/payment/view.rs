//! An attempt as the screens and the command line see it: the fold's standing with words and a drawn symbol.

use laci_core::{AttemptState, Evidence, Flag, Method, Presentment, Standing};
use laci_ledger::{AttemptRow, PollState};

use super::beside::{Beside, beside};
use super::message::later_view;
use super::put_off::is_waiting;
use super::words::Words;
use crate::error::Result;
use crate::till::Till;
use crate::wire::{CashView, EvidenceView, Notice, PaymentView, PresentmentView};

impl Till {
    pub(crate) fn payment_view(&self, row: &AttemptRow) -> Result<PaymentView> {
        let (sale, poll, settings) = self.read(|view| {
            let sale = view.sale(row.attempt.sale_id)?;
            Ok((sale, view.poll_of(row.attempt.id)?, view.settings()?))
        })?;
        let (standing, terms) = (&row.standing, &row.attempt.terms);
        let gateway = match &terms.method {
            Method::Gateway { gateway, .. } => Some(gateway),
            Method::OwnQris { .. } | Method::Cash { .. } => None,
        };
        let cash = cash_view(&terms.method, standing);
        let beside = sale.as_ref().and_then(|sale| beside(sale, row));
        // Whoever sees the QR of a sale that is covered could pay it twice.
        let open = standing.presentment.as_ref().filter(|_| beside != Some(Beside::Open));
        let later = later_view(row, open, &settings, &self.symbols);
        let presentment = open.map(|shown| self.shown(shown)).transpose()?;
        let mut flags: Vec<String> =
            standing.flags.iter().map(|flag| flag.as_str().to_owned()).collect();
        if beside == Some(Beside::Paid) && !standing.flags.contains(&Flag::Duplicate) {
            flags.push(Flag::Duplicate.as_str().to_owned());
        }
        Ok(PaymentView {
            id: row.attempt.id.to_string(),
            sale_id: row.attempt.sale_id.to_string(),
            sale_number: sale.map_or_else(String::new, |row| row.sale.number.to_string()),
            state: standing.state.as_str().to_owned(),
            flags,
            amount: terms.amount.get(),
            // What rounding added to a price in cash is no code; it stands in `cash`.
            unique_code: if cash.is_some() { 0 } else { standing.unique_code.get() },
            total: standing.total.get(),
            received: standing.received.get(),
            own_qris: matches!(terms.method, Method::OwnQris { .. }),
            cash,
            gateway: gateway.map(ToString::to_string),
            gateway_title: gateway.map(|name| crate::gateways::title_of(&settings.gateways, name)),
            gateway_id: standing.gateway_id.clone(),
            presentment,
            later,
            started_at: row.attempt.started_at.0,
            expires_at: standing.expires_at.map(|at| at.0),
            paid_at: standing.paid_at.map(|at| at.0),
            checked_at: poll.as_ref().map(|poll| poll.last_asked_at_ms.0),
            notices: self.notices(row, poll.as_ref(), beside),
            evidence: row.evidence.iter().map(|piece| self.evidence_view(piece)).collect(),
        })
    }

    fn shown(&self, presentment: &Presentment) -> Result<PresentmentView> {
        Ok(match presentment {
            Presentment::Qris { payload } => {
                let qris = laci_qris::parse(payload)?;
                PresentmentView::Qris {
                    svg: self.symbols.svg(payload)?,
                    merchant: qris.merchant().to_owned(),
                    nmid: qris.nmid().map(str::to_owned),
                    terminal: terminal(&qris),
                    payload: payload.clone(),
                }
            }
            Presentment::Link { url } => {
                PresentmentView::Link { svg: self.symbols.svg(url)?, url: url.clone() }
            }
            Presentment::Transfer { account, amount } => {
                PresentmentView::Transfer { account: account.clone(), amount: amount.get() }
            }
        })
    }

    /// What the cashier must know, the most important first.
    fn notices(
        &self,
        row: &AttemptRow,
        poll: Option<&PollState>,
        beside: Option<Beside>,
    ) -> Vec<Notice> {
        let words = Words(self.lang());
        let standing = &row.standing;
        let mut notices: Vec<Notice> =
            beside.map(|beside| words.beside(beside)).into_iter().collect();
        if self.is_test(row) {
            notices.push(words.sandbox());
        }
        notices.extend(standing.reviews.iter().map(|code| words.review(code, reason(row, code))));
        let unshown = match standing.state {
            AttemptState::Rejected => {
                Some(words.rejected(last_reason(row, AttemptState::Rejected)))
            }
            AttemptState::Unknown => Some(words.unknown(last_reason(row, AttemptState::Unknown))),
            AttemptState::Planned
            | AttemptState::Submitting
            | AttemptState::Pending
            | AttemptState::Unverified
            | AttemptState::Failed
            | AttemptState::Expired
            | AttemptState::Cancelled
            | AttemptState::Confirmed
            | AttemptState::Paid => None,
        };
        notices.extend(unshown);
        let problem = poll.and_then(|poll| poll.last_problem.as_deref());
        if is_waiting(row) && beside.is_none() {
            notices.push(words.waiting(problem));
        }
        let waits = matches!(standing.state, AttemptState::Pending | AttemptState::Expired);
        if waits && standing.presentment.is_none() && notices.is_empty() {
            notices.push(words.late_answer());
        }
        if let (true, Some(code)) = (waits, problem) {
            notices.push(words.problem(code));
        }
        notices
    }

    /// Whether what is shown leads to the provider's test world, where no money is real.
    fn is_test(&self, row: &AttemptRow) -> bool {
        let Method::Gateway { gateway, .. } = &row.attempt.terms.method else { return false };
        let (Ok(gateway), Some(shown)) = (self.gateway(gateway), &row.standing.presentment) else {
            return false;
        };
        gateway.collector().is_some_and(|collector| collector.is_test(shown))
    }

    fn evidence_view(&self, piece: &Evidence) -> EvidenceView {
        let observed = &piece.observed;
        let words = Words(self.lang());
        EvidenceView {
            source: piece.source.as_str().to_owned(),
            state: observed.state.as_str().to_owned(),
            at: piece.at.0,
            amount: observed.amount.map(|amount| amount.get()),
            gateway_id: observed.gateway_id.clone(),
            paid_at: observed.paid_at.map(|at| at.0),
            review: observed
                .review
                .as_deref()
                .map(|code| words.review(code, piece.reason.as_deref())),
            reason: piece.reason.clone(),
        }
    }
}

fn cash_view(method: &Method, standing: &Standing) -> Option<CashView> {
    let Method::Cash { tendered, rounding } = method else { return None };
    let change = tendered.checked_sub(standing.total).unwrap_or_default();
    Some(CashView { tendered: tendered.get(), rounding: rounding.get(), change: change.get() })
}

fn reason<'a>(row: &'a AttemptRow, code: &str) -> Option<&'a str> {
    let piece = row.evidence.iter().find(|piece| piece.observed.review.as_deref() == Some(code))?;
    piece.reason.as_deref()
}

/// Why the create was refused, not sent, or left unknown.
fn last_reason(row: &AttemptRow, state: AttemptState) -> Option<&str> {
    let so = |piece: &&Evidence| piece.observed.state == state;
    row.evidence.iter().rev().find(so)?.reason.as_deref()
}

/// Tag 62, child 07: the acquirer's terminal label, printed beside the NMID.
fn terminal(qris: &laci_qris::Qris) -> Option<String> {
    let tags = qris.tags();
    let additional = tags.iter().find(|tag| tag.id == 62)?;
    let label = additional.children.iter().find(|child| child.id == 7)?;
    Some(label.value.trim().to_owned()).filter(|text| !text.is_empty())
}
