//! What a transaction is called, when it happens, and what it changed. A screen learns from [`Changes`] what to
//! read again; it never guesses.

use std::collections::BTreeSet;

use laci_core::{Actor, AttemptId, BillEvent, BillId, Body, Hash, PersonId, SaleId, UnixMs};

/// The operation that a transaction belongs to: a name for traces, kill points and the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    Setup,
    Gateway,
    PaymentStart,
    /// A further way to pay the same sale, when the first one gave no answer.
    PaymentNext,
    Sending,
    Sent,
    Evidence,
    Paid,
    Cancel,
    Confirm,
    Resolve,
    Void,
    Receipt,
    People,
    /// A wrong PIN or a sign-in.
    Door,
    Shift,
    /// Cash that moves, a count, a close: what a drawer that is open owes.
    Drawer,
    Refund,
    BillInquiry,
    /// The customer's money for a bill, and its payment that is about to leave.
    BillPay,
    /// What was learnt of a bill's payment, or a person's word on it.
    Bill,
    /// A call that changes something at a gateway is about to leave.
    Call,
    CallEnded,
    /// Money that something told of.
    Told,
    /// A person's word on money without a sale, or how a statement is read.
    Inbox,
}

impl Op {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Setup => "setup",
            Self::Gateway => "gateway",
            Self::PaymentStart => "payment_start",
            Self::PaymentNext => "payment_next",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Evidence => "evidence",
            Self::Paid => "paid",
            Self::Cancel => "cancel",
            Self::Confirm => "confirm",
            Self::Resolve => "resolve",
            Self::Void => "void",
            Self::Receipt => "receipt",
            Self::People => "people",
            Self::Door => "door",
            Self::Shift => "shift",
            Self::Drawer => "drawer",
            Self::Refund => "refund",
            Self::BillInquiry => "bill_inquiry",
            Self::BillPay => "bill_pay",
            Self::Bill => "bill",
            Self::Call => "call",
            Self::CallEnded => "call_ended",
            Self::Told => "told",
            Self::Inbox => "inbox",
        }
    }

    /// Whether it begins something that can wait. Such a thing is refused while the disk is nearly full, so that the
    /// rest of the room is there for what completes: the money that comes in, and what follows from it.
    pub(crate) fn begins(self) -> bool {
        match self {
            Self::Setup
            | Self::Gateway
            | Self::PaymentStart
            | Self::People
            | Self::Shift
            | Self::BillInquiry
            | Self::BillPay
            | Self::Call => true,
            Self::PaymentNext
            | Self::Sending
            | Self::Sent
            | Self::Evidence
            | Self::Paid
            | Self::Cancel
            | Self::Confirm
            | Self::Resolve
            | Self::Void
            | Self::Receipt
            | Self::Door
            | Self::Drawer
            | Self::Refund
            | Self::Bill
            | Self::CallEnded
            | Self::Told
            | Self::Inbox => false,
        }
    }
}

/// When a transaction happens and who does it. Time is passed in; this crate reads no clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub now: UnixMs,
    pub actor: Actor,
    /// Who allowed it, beside the actor.
    pub approver: Option<PersonId>,
}

/// The last entry. An empty log has `seq` 0 and the genesis hash; a ledger that was created has at least one entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    pub seq: u64,
    pub hash: Hash,
}

/// Which nouns a transaction changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    pub sales: BTreeSet<SaleId>,
    pub attempts: BTreeSet<AttemptId>,
    pub bills: BTreeSet<BillId>,
    pub outbox: bool,
    pub settings: bool,
    pub shift: bool,
    pub inbox: bool,
}

impl Changes {
    pub(crate) fn note(&mut self, body: &Body) {
        match body {
            Body::LedgerCreated { .. }
            | Body::ShopSet { .. }
            | Body::LimitsSet { .. }
            | Body::OwnQrisSet { .. }
            | Body::OwnerPinSet { .. }
            | Body::GatewaySet { .. }
            | Body::GatewayRemoved { .. }
            | Body::GatewayPinned { .. }
            | Body::BookRulesSet { .. }
            | Body::People { .. }
            | Body::LedgerRestored { .. } => self.settings = true,
            Body::Shift { .. } => self.shift = true,
            Body::Bill { event } => {
                self.bills.insert(match event {
                    BillEvent::Inquired { bill } => bill.id,
                    BillEvent::Happened { id, .. } => *id,
                });
            }
            // No screen shows the calls themselves.
            Body::GatewayCall { .. } => {}
            Body::SaleRefunded { sale_id, .. } => {
                self.sales.insert(*sale_id);
            }
            Body::SaleRecorded { sale } => {
                self.sales.insert(sale.id);
            }
            Body::SaleVoided { sale_id } => {
                self.sales.insert(*sale_id);
            }
            Body::AttemptStarted { attempt } => {
                self.sales.insert(attempt.sale_id);
                self.attempts.insert(attempt.id);
                self.outbox = true;
            }
            Body::EvidenceAdded { attempt_id, .. } => {
                self.attempts.insert(*attempt_id);
            }
            Body::SaleCovered { sale_id, attempt_id, .. } => {
                self.sales.insert(*sale_id);
                self.attempts.insert(*attempt_id);
                self.outbox = true;
            }
            Body::OutboxSending { attempt_id, .. } => {
                self.attempts.extend(*attempt_id);
                self.outbox = true;
            }
            Body::Inbox { .. } => self.inbox = true,
            Body::OutboxEnded { .. } => self.outbox = true,
            Body::ReceiptCopied { sale_id, .. } => {
                self.sales.insert(*sale_id);
            }
        }
    }
}

/// A transaction that is durable.
#[derive(Clone, Debug)]
pub struct Committed<T> {
    pub value: T,
    pub op: Op,
    pub changes: Changes,
    pub head: Head,
}
