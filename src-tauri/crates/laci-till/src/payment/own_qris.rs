//! A dynamic QRIS from the shop's own sticker, with no internet. The total is the price with the register's
//! smallest free unique code; nobody can be asked about it, so it starts as `unverified`.

use laci_core::{
    AttemptState, Evidence, Observed, Presentment, Refusal, Rupiah, Source, UnixMs, unique_code,
};
use laci_ledger::Tx;

use crate::error::Result;

pub(super) struct OwnMade {
    pub(super) unique_code: Rupiah,
    total: Rupiah,
    payload: String,
}

impl OwnMade {
    /// Chooses the code inside the transaction, so that two payments never reserve one total.
    pub(super) fn for_amount(tx: &Tx<'_>, amount: Rupiah) -> Result<Self> {
        let settings = tx.settings()?;
        let own = settings.own_qris.ok_or(Refusal::NoOwnQris)?;
        let open = tx.open_own_totals()?;
        let register = tx.header().register;
        let direction = settings.limits.code_direction;
        let unique_code = unique_code::free_code(register, direction, amount, &open)?;
        let total = amount.checked_add(unique_code).map_err(|_| Refusal::AmountTooLarge)?;
        let sticker = laci_qris::parse(&own.payload)?;
        let rupiah = u64::try_from(total.get()).map_err(|_| Refusal::AmountNegative)?;
        let payload = laci_qris::dynamic(&sticker, rupiah)?.qris.payload().to_owned();
        Ok(Self { unique_code, total, payload })
    }

    pub(super) fn evidence(self, at: UnixMs) -> Evidence {
        let mut observed = Observed::bare(AttemptState::Unverified);
        observed.amount = Some(self.total);
        observed.presentment = Some(Presentment::Qris { payload: self.payload });
        Evidence { source: Source::Till, at, observed, raw: None, reason: None }
    }
}
