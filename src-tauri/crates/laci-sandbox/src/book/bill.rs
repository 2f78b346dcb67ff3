//! One bill, and how it changes.

use serde::Serialize;

use crate::clock;
use crate::played::Played;

/// The words of the control calls, for every gateway; the first four are Kropay's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BillState {
    Pending,
    Success,
    Failed,
    Expired,
    Cancelled,
    /// Paid, and given back to the customer.
    Reversed,
}

impl BillState {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Success => "success",
            Self::Failed => "failed",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
            Self::Reversed => "reversed",
        }
    }
}

/// What happens to a bill from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Pay,
    /// Paid one minute after it expired.
    PayLate,
    Expire,
    Fail,
    Cancel,
    /// What was paid is given back.
    Reverse,
}

/// What was asked for. Amounts in rupiah.
#[derive(Clone, Debug)]
pub(crate) struct Order {
    /// Whose bill it is.
    pub(crate) played: &'static Played,
    /// The merchant's own name for it: Kropay's `merchant_ref`, the others' description.
    pub(crate) merchant_ref: String,
    pub(crate) amount: u64,
    pub(crate) customer: Option<String>,
    pub(crate) expires_in_s: u32,
    /// The provider's own word for how it is paid; empty where it has only one.
    pub(crate) method: String,
}

#[derive(Clone, Debug)]
pub(crate) struct Bill {
    pub(crate) reference: String,
    pub(crate) order: Order,
    /// Also the fee, as in the document's sample: one sum under two names.
    pub(crate) unique_code: u64,
    pub(crate) payload: String,
    pub(crate) state: BillState,
    pub(crate) created_at_s: i64,
    pub(crate) expires_at_s: i64,
    pub(crate) paid_at_s: Option<i64>,
    pub(crate) polls: u32,
}

/// A bill as tests and scripts see it. Amounts in rupiah, times in seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BillView {
    pub reference: String,
    /// The merchant's own name for it: Kropay's `merchant_ref`, the others' description.
    pub merchant_ref: String,
    pub amount: u64,
    pub total_amount: u64,
    pub status: BillState,
    pub qris_string: String,
    pub expires_at_s: i64,
    pub paid_at_s: Option<i64>,
    /// Creates that arrived with this name, whatever was answered.
    pub creates: u32,
    /// Status calls that arrived for this bill.
    pub polls: u32,
}

impl Bill {
    pub(crate) fn new(
        reference: String,
        order: Order,
        unique_code: u64,
        payload: String,
        now_s: i64,
    ) -> Self {
        let expires_at_s = now_s.saturating_add(i64::from(order.expires_in_s));
        Self {
            reference,
            order,
            unique_code,
            payload,
            state: BillState::Pending,
            created_at_s: now_s,
            expires_at_s,
            paid_at_s: None,
            polls: 0,
        }
    }

    pub(crate) fn total(&self) -> u64 {
        self.order.amount.saturating_add(self.unique_code)
    }

    /// Expires when its time has come.
    pub(super) fn age(&mut self, now_s: i64) {
        if self.state == BillState::Pending && now_s >= self.expires_at_s {
            self.state = BillState::Expired;
        }
    }

    pub(super) fn happen(&mut self, event: Event, now_s: i64) {
        let late_s = self.expires_at_s.saturating_add(60);
        let paid_at = match event {
            // It may have been expired by hand before its time; paying it is late all the same.
            Event::Pay if self.state == BillState::Expired => now_s.max(late_s),
            Event::Pay => now_s,
            Event::PayLate => late_s,
            Event::Expire => return self.end(BillState::Expired),
            Event::Fail => return self.end(BillState::Failed),
            Event::Cancel => return self.end(BillState::Cancelled),
            Event::Reverse => {
                if self.state == BillState::Success {
                    self.state = BillState::Reversed;
                }
                return;
            }
        };
        if self.state == BillState::Reversed {
            return;
        }
        if self.state != BillState::Success {
            self.state = BillState::Success;
            self.paid_at_s = Some(paid_at);
        }
    }

    /// An end without money; what was paid stays paid.
    fn end(&mut self, state: BillState) {
        if self.state == BillState::Pending {
            self.state = state;
        }
    }

    /// The same bill once more, a second after the last time.
    pub(super) fn pay_again(&mut self, now_s: i64) {
        match self.paid_at_s {
            Some(at) => self.paid_at_s = Some(at.saturating_add(1)),
            None => self.happen(Event::Pay, now_s),
        }
    }

    pub(super) fn view(&self, creates: u32) -> BillView {
        BillView {
            reference: self.reference.clone(),
            merchant_ref: self.order.merchant_ref.clone(),
            amount: self.order.amount,
            total_amount: self.total(),
            status: self.state,
            qris_string: self.payload.clone(),
            expires_at_s: self.expires_at_s,
            paid_at_s: self.paid_at_s,
            creates,
            polls: self.polls,
        }
    }

    pub(crate) fn expires_at(&self) -> String {
        clock::naive(self.expires_at_s)
    }

    pub(crate) fn paid_at(&self) -> Option<String> {
        self.paid_at_s.map(clock::naive)
    }
}
