//! Whether an attempt is a deferred charge, how it stands beside its sale's other ways, and whether its link may be shown.
//! Deliberately absent: sending it (`later.rs`).

use laci_core::later::{Beside, is_another, may_be_shown};
use laci_core::{AttemptId, OutboxState};
use laci_ledger::{AttemptRow, LedgerError, SaleState, Tx, View};

use crate::error::Result;

pub(crate) fn is_waiting(row: &AttemptRow) -> bool {
    row.create.as_ref().is_some_and(|create| create.state == OutboxState::Waiting)
}

pub(crate) fn is_later(row: &AttemptRow) -> bool {
    row.create.as_ref().is_some_and(|create| create.later)
}

/// What stands beside this attempt of its sale.
pub(super) fn beside(
    view: &View<'_>,
    row: &AttemptRow,
) -> std::result::Result<Beside, LedgerError> {
    let sale = view.sale(row.attempt.sale_id)?;
    let all = view.attempts_of(row.attempt.sale_id)?;
    let mut others = all.iter().filter(|other| other.attempt.id != row.attempt.id);
    Ok(Beside {
        sale_open: sale.is_some_and(|sale| sale.state == SaleState::Open),
        another: others.any(|other| is_another(&other.standing, &other.evidence)),
    })
}

/// Whether a link that came for this attempt may be shown; only a deferred one is asked, since nobody stands at the
/// counter for it.
pub(super) fn link_may_be_shown(tx: &Tx<'_>, id: AttemptId) -> Result<bool> {
    match tx.attempt(id)? {
        Some(row) if is_later(&row) => Ok(may_be_shown(&row.standing, beside(tx, &row)?)),
        Some(_) | None => Ok(true),
    }
}
