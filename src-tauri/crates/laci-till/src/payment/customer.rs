//! What the customer's window shows: one payment from the moment it is asked until the cashier goes on.

use laci_core::AttemptId;
use laci_ledger::AttemptRow;

use crate::error::Result;
use crate::till::Till;
use crate::wire::CustomerView;

impl Till {
    pub fn customer_view(&self) -> Result<CustomerView> {
        let settings = self.settings()?;
        let (shop, zone) =
            settings.shop.map_or_else(Default::default, |shop| (shop.name, shop.zone));
        let prefs = self.prefs();
        let (zone, lang, theme) = (zone.as_str().to_owned(), prefs.lang, prefs.theme);
        let Some(id) = self.customer() else {
            return Ok(CustomerView::Idle { shop, zone, lang, theme });
        };
        let row = self.covering(self.attempt_row(id)?)?;
        let payment = Box::new(self.payment_view(&row)?);
        Ok(if row.standing.state.is_covered() {
            CustomerView::Paid { shop, zone, lang, theme, payment }
        } else {
            CustomerView::Pay { shop, zone, lang, theme, payment }
        })
    }

    /// The attempt that covered the sale, if another one than this did: what was paid is LUNAS, whichever QR it was.
    fn covering(&self, row: AttemptRow) -> Result<AttemptRow> {
        let sale = self.read(|view| view.sale(row.attempt.sale_id))?;
        match sale.and_then(|sale| sale.covered_by) {
            Some(id) if id != row.attempt.id => self.attempt_row(id),
            Some(_) | None => Ok(row),
        }
    }

    /// What a customer sees while no till is open.
    pub fn nobody_at_the_counter() -> CustomerView {
        let (zone, prefs) =
            (laci_core::Zone::default().as_str().to_owned(), crate::wire::Prefs::default());
        CustomerView::Idle { shop: String::new(), zone, lang: prefs.lang, theme: prefs.theme }
    }

    /// The cashier goes on: the customer's window is free, the payment stays watched.
    pub fn payment_leave(&self, id: AttemptId) {
        if self.customer() == Some(id) {
            self.show_customer(None);
        }
    }

    /// Brings a waiting payment back to the customer's window.
    pub fn payment_bring(&self, id: AttemptId) -> Result<()> {
        self.attempt_row(id)?;
        self.show_customer(Some(id));
        Ok(())
    }
}
