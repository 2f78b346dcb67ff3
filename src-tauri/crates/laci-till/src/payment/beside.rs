//! What an attempt is once another one of its sale has the money.

use laci_core::AttemptState;
use laci_ledger::{AttemptRow, SaleRow, SaleState};

/// An attempt whose sale another one has covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Beside {
    /// It can still be paid; then the sale would be paid twice.
    Open,
    /// It was paid as well.
    Paid,
}

/// None for the attempt that covered the sale, and while nobody has.
pub(super) fn beside(sale: &SaleRow, row: &AttemptRow) -> Option<Beside> {
    use AttemptState as S;
    if sale.state != SaleState::Covered || sale.covered_by == Some(row.attempt.id) {
        return None;
    }
    match row.standing.state {
        S::Paid | S::Confirmed => Some(Beside::Paid),
        S::Planned | S::Submitting | S::Unknown | S::Pending | S::Unverified | S::Expired => {
            Some(Beside::Open)
        }
        S::Rejected | S::Failed | S::Cancelled => None,
    }
}
