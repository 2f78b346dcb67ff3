//! The largest amount of one payment.

use laci_core::Body;
use laci_ledger::Op;

use crate::by::By;
use crate::error::Result;
use crate::till::Till;

impl Till {
    /// Sets it, in rupiah; the owner's. Refused: `limit_out_of_range`.
    pub fn limit_set(&self, by: By, max_amount: i64) -> Result<()> {
        let limits = self.settings()?.limits.with_max_amount(max_amount)?;
        self.transact(Op::Setup, by, |tx| {
            tx.append(Body::LimitsSet { limits })?;
            Ok(())
        })?;
        Ok(())
    }
}
