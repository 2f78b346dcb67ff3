//! How the books count: cash rounding and the class for fees. Old entries keep the rules of their time.

use laci_core::books::{CashRounding, MerchantClass, RoundingMode};
use laci_core::{Body, BookRules};
use laci_ledger::Op;

use crate::by::By;
use crate::error::{Result, Sentence, TillError};
use crate::till::Till;
use crate::wire::BookRulesView;

impl Till {
    pub fn book_rules(&self) -> Result<BookRulesView> {
        let rules = self.settings()?.rules;
        Ok(BookRulesView {
            rounding_step: rules.rounding.step(),
            rounding_down: rules.rounding.mode() == RoundingMode::Down,
            merchant_class: word_of(rules.class),
            steps: CashRounding::STEPS.to_vec(),
            classes: MerchantClass::ALL.into_iter().map(word_of).collect(),
        })
    }

    /// Sets them from here on; the owner's. Refused: `rules_unknown`.
    pub fn book_rules_set(
        &self,
        by: By,
        step: u32,
        down: bool,
        class: &str,
    ) -> Result<BookRulesView> {
        let mode = if down { RoundingMode::Down } else { RoundingMode::Nearest };
        let rounding = CashRounding::new(step, mode).map_err(|_| unknown())?;
        let class = MerchantClass::ALL.into_iter().find(|known| word_of(*known) == class);
        let class = class.ok_or_else(unknown)?;
        self.transact(Op::Setup, by, |tx| {
            let rules = BookRules { rounding, class, ..tx.settings()?.rules };
            tx.append(Body::BookRulesSet { rules })?;
            Ok(())
        })?;
        self.book_rules()
    }
}

/// The stable word that the log has for it.
fn word_of(class: MerchantClass) -> String {
    serde_json::to_value(class)
        .ok()
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

fn unknown() -> TillError {
    TillError::Refused(Sentence::new(
        "rules_unknown",
        "Pembulatan itu atau kelas usaha itu tidak ada. Aturan lama tetap berlaku.",
        "There is no such rounding or merchant class. The old rules still hold.",
    ))
}
