//! The largest amount of one payment.

use laci_core::{Actor, Body};
use laci_ledger::Op;

use crate::error::Result;
use crate::till::Till;

impl Till {
    /// Sets it, in rupiah; the owner's. Refused: `limit_out_of_range`, `pin_required`, `pin_wrong`, `pin_locked`.
    pub fn limit_set(&self, max_amount: i64, pin: Option<&str>) -> Result<()> {
        let limits = self.settings()?.limits.with_max_amount(max_amount)?;
        self.owner(pin)?;
        self.transact(Op::Setup, Actor::Owner, |tx| {
            tx.append(Body::LimitsSet { limits })?;
            Ok(())
        })?;
        Ok(())
    }
}
