//! What an owner wants to know of a day that no total shows: drawers opened, copies, refunds, settings, PINs, clocks.
//!
//! A row names things by their ids; sentences are the till's. Sales themselves are not in it.

use laci_core::{
    Actor, AttemptId, AttemptState, BillChange, BillEvent, Body, BusinessDate, CallEvent, Entry,
    Evidence, InboxEvent, PeopleChange, PersonId, Rupiah, ShiftEvent, Source, UnixMs,
    later::{self, LinkEnd},
};
use rusqlite::{Connection, Row, params};

use crate::projection::kind::{Projection, Table};
use crate::projection::{attempt, inbox, outbox, shift};
use crate::sql::{Fault, int, moment, parsed, parsed_opt, seq};

pub(crate) const PROJECTION: Projection = Projection {
    name: "feed",
    version: 3,
    create: "
CREATE TABLE feed (
  seq INTEGER NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  date TEXT NOT NULL,
  actor TEXT NOT NULL,
  approver TEXT,
  subject TEXT,
  amount INTEGER,
  reason TEXT,
  PRIMARY KEY (seq, kind)
) STRICT, WITHOUT ROWID;
",
    tables: &[Table { name: "feed", key: "seq, kind" }],
    apply,
};

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $word:literal;)*) => {
        /// What happened.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FeedKind {
            $($(#[$doc])* $kind,)*
        }

        impl FeedKind {
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// Stable, English, snake_case.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => $word,)*
                }
            }

            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
            }
        }
    };
}

kinds! {
    /// `reason`.
    DrawerOpened "drawer_opened";
    /// `subject` is the [`laci_core::CashMove`].
    CashMoved "cash_moved";
    /// `subject` is the shift's number, here and in the next three.
    ShiftOpened "shift_opened";
    ShiftCounted "shift_counted";
    /// After the expected cash was shown.
    ShiftRecounted "shift_recounted";
    /// `amount` is counted minus expected.
    ShiftClosed "shift_closed";
    /// `subject` is the sale, here and in the next five.
    ReceiptCopied "receipt_copied";
    SaleVoided "sale_voided";
    SaleRefunded "sale_refunded";
    /// A person's word that money came.
    PaymentConfirmed "payment_confirmed";
    /// A create with no known outcome, sent once more or given up by a person.
    PaymentRetried "payment_retried";
    PaymentAbandoned "payment_abandoned";
    ShopSet "shop_set";
    LimitsSet "limits_set";
    BookRulesSet "book_rules_set";
    /// `subject` is the merchant's name.
    OwnQrisSet "own_qris_set";
    /// `subject` is the gateway's name, here and in the next three.
    GatewaySet "gateway_set";
    GatewayRemoved "gateway_removed";
    GatewayPinned "gateway_pinned";
    /// A call that changed something there, or spent the deposit; `reason` is which.
    GatewayCalled "gateway_called";
    /// A person's word on how a bill's payment ended; `subject` is its reference, here and in the next one, `reason` the
    /// word and why.
    BillResolved "bill_resolved";
    /// The customer of a failed bill has the money back.
    BillRefunded "bill_refunded";
    /// `subject` is the person, here and in the next five.
    PersonSet "person_set";
    PersonRemoved "person_removed";
    PinSet "pin_set";
    PinCleared "pin_cleared";
    PinFailed "pin_failed";
    SignedIn "signed_in";
    RecoverySet "recovery_set";
    RecoveryUsed "recovery_used";
    RecoveryFailed "recovery_failed";
    /// No PIN could be looked at, so the till stood open.
    DoorUnguarded "door_unguarded";
    /// `subject` is the new epoch, `amount` how many entries are gone.
    Restored "restored";
    /// Money without a sale was given one: `subject` is the sale.
    MoneyMatched "money_matched";
    /// It was said to be none of a sale's: `reason`.
    MoneyDismissed "money_dismissed";
    /// The link of a deferred charge can be sent: `subject` is the sale, here and in the next one, `amount` what is asked.
    LinkReady "link_ready";
    /// There is no link, and a person decides what follows; `reason` is the gateway's code.
    LinkFailed "link_failed";
    /// `amount` is by how much, in milliseconds.
    ClockBack "clock_back";
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedRow {
    pub seq: u64,
    pub kind: FeedKind,
    pub at: UnixMs,
    pub date: BusinessDate,
    /// A person's id, `counter` or `till`.
    pub actor: String,
    pub approver: Option<PersonId>,
    pub subject: Option<String>,
    /// Rupiah, but where the kind says otherwise.
    pub amount: Option<i64>,
    pub reason: Option<String>,
}

#[derive(Default)]
struct News {
    subject: Option<String>,
    amount: Option<i64>,
    reason: Option<String>,
}

fn about(subject: impl ToString) -> News {
    News { subject: Some(subject.to_string()), ..News::default() }
}

impl News {
    fn of(self, amount: Rupiah) -> Self {
        Self { amount: Some(amount.get()), ..self }
    }

    fn because(self, reason: Option<&str>) -> Self {
        Self { reason: reason.map(str::to_owned), ..self }
    }
}

fn apply(conn: &Connection, entry: &Entry) -> Result<(), Fault> {
    if let Some(by) = entry.set_back_ms {
        add(conn, entry, FeedKind::ClockBack, &News { amount: Some(by), ..News::default() })?;
    }
    let told = if let Body::EvidenceAdded { attempt_id, evidence } = &entry.body {
        match persons_word(conn, *attempt_id, evidence)? {
            Some(told) => Some(told),
            None => link_of(conn, *attempt_id, evidence)?,
        }
    } else if let Body::OutboxSending { attempt_id: Some(id), .. } = &entry.body
        && entry.actor != Actor::Till
    {
        Some((FeedKind::PaymentRetried, of_attempt(conn, *id)?))
    } else if let Body::LedgerRestored { epoch, seen_seq } = &entry.body {
        // Everything up to the entry before stood in the copy.
        let lost = seen_seq.map_or(0, |seen| seen.saturating_sub(entry.seq.saturating_sub(1)));
        Some((FeedKind::Restored, News { amount: Some(int(lost)), ..about(epoch) }))
    } else if let Body::Shift { event: ShiftEvent::Counted { shift, counted, .. } } = &entry.body {
        let again = shift::times_counted(conn, *shift)? > 1;
        let kind = if again { FeedKind::ShiftRecounted } else { FeedKind::ShiftCounted };
        Some((kind, about(shift).of(*counted)))
    } else if let Body::Inbox { event } = &entry.body {
        told_of(conn, event)?
    } else {
        news_of(&entry.body)
    };
    told.map_or(Ok(()), |(kind, news)| add(conn, entry, kind, &news))
}

/// A person's word about a payment: that money came, or that a create with no known outcome is given up.
fn persons_word(
    conn: &Connection,
    id: AttemptId,
    evidence: &Evidence,
) -> Result<Option<(FeedKind, News)>, Fault> {
    let kind = match evidence.observed.state {
        _ if evidence.source != Source::Person => return Ok(None),
        AttemptState::Confirmed => FeedKind::PaymentConfirmed,
        // Taking a QR back needs no reason and happens all day.
        AttemptState::Cancelled if evidence.reason.is_some() => FeedKind::PaymentAbandoned,
        AttemptState::Planned
        | AttemptState::Submitting
        | AttemptState::Unknown
        | AttemptState::Rejected
        | AttemptState::Pending
        | AttemptState::Unverified
        | AttemptState::Failed
        | AttemptState::Expired
        | AttemptState::Cancelled
        | AttemptState::Paid => return Ok(None),
    };
    Ok(Some((kind, of_attempt(conn, id)?.because(evidence.reason.as_deref()))))
}

/// How a deferred charge's create ended.
fn link_of(
    conn: &Connection,
    id: AttemptId,
    evidence: &Evidence,
) -> Result<Option<(FeedKind, News)>, Fault> {
    let Some(end) = later::link_end(evidence) else { return Ok(None) };
    if !outbox::of_attempt(conn, id)?.is_some_and(|create| create.later) {
        return Ok(None);
    }
    let news = of_attempt(conn, id)?;
    Ok(Some(match end {
        LinkEnd::Ready { asked } => (FeedKind::LinkReady, news.of(asked)),
        LinkEnd::Failed => (FeedKind::LinkFailed, news.because(evidence.reason.as_deref())),
    }))
}

/// A person's word on money without a sale. That it came is in the inbox itself.
fn told_of(conn: &Connection, event: &InboxEvent) -> Result<Option<(FeedKind, News)>, Fault> {
    Ok(match event {
        InboxEvent::Seen { .. } | InboxEvent::ColumnsSet { .. } => None,
        InboxEvent::Matched { id, attempt_id } => {
            let amount = inbox::by_id(conn, *id)?.and_then(|row| row.amount).unwrap_or_default();
            Some((FeedKind::MoneyMatched, of_attempt(conn, *attempt_id)?.of(amount)))
        }
        InboxEvent::Dismissed { id, reason } => {
            let amount = inbox::by_id(conn, *id)?.and_then(|row| row.amount).unwrap_or_default();
            Some((FeedKind::MoneyDismissed, about(id).of(amount).because(Some(reason))))
        }
    })
}

fn of_attempt(conn: &Connection, id: AttemptId) -> Result<News, Fault> {
    let sale = attempt::by_id(conn, id)?.map(|attempt| attempt.sale_id.to_string());
    Ok(News { subject: sale, ..News::default() })
}

fn news_of(body: &Body) -> Option<(FeedKind, News)> {
    Some(match body {
        Body::ShopSet { shop } => (FeedKind::ShopSet, about(&shop.name)),
        Body::LimitsSet { limits } => (FeedKind::LimitsSet, News::default().of(limits.max_amount)),
        Body::BookRulesSet { .. } => (FeedKind::BookRulesSet, News::default()),
        Body::OwnQrisSet { own_qris } => (FeedKind::OwnQrisSet, about(&own_qris.merchant)),
        Body::OwnerPinSet { .. } => (FeedKind::PinSet, about(PersonId::OWNER)),
        Body::GatewaySet { gateway } => (FeedKind::GatewaySet, about(&gateway.name)),
        Body::GatewayRemoved { name } => (FeedKind::GatewayRemoved, about(name)),
        Body::GatewayPinned { name, .. } => (FeedKind::GatewayPinned, about(name)),
        Body::GatewayCall { event: CallEvent::Sending { gateway, operation, reference, .. } } => {
            let what = match reference {
                Some(reference) => format!("{operation} {reference}"),
                None => operation.clone(),
            };
            (FeedKind::GatewayCalled, about(gateway).because(Some(&what)))
        }
        Body::SaleVoided { sale_id } => (FeedKind::SaleVoided, about(sale_id)),
        Body::SaleRefunded { sale_id, amount, reason, .. } => {
            (FeedKind::SaleRefunded, about(sale_id).of(*amount).because(Some(reason)))
        }
        Body::ReceiptCopied { sale_id, .. } => (FeedKind::ReceiptCopied, about(sale_id)),
        Body::People { change } => news_of_people(change),
        Body::Shift { event } => news_of_shift(event),
        Body::Bill { event } => return news_of_bill(event),
        Body::GatewayCall { event: CallEvent::Ended { .. } }
        | Body::LedgerCreated { .. }
        | Body::Inbox { .. }
        | Body::SaleRecorded { .. }
        | Body::AttemptStarted { .. }
        | Body::EvidenceAdded { .. }
        | Body::SaleCovered { .. }
        | Body::LedgerRestored { .. }
        | Body::OutboxSending { .. }
        | Body::OutboxEnded { .. } => return None,
    })
}

fn news_of_bill(event: &BillEvent) -> Option<(FeedKind, News)> {
    let BillEvent::Happened { id, what } = event else { return None };
    let subject = about(id.reference());
    match what {
        BillChange::Resolved { verdict, reason, .. } => {
            let why = reason.as_deref().unwrap_or_default();
            let word = format!("{} {why}", verdict.as_str());
            Some((FeedKind::BillResolved, subject.because(Some(word.trim_end()))))
        }
        BillChange::RefundPaid { cash, reason, .. } => {
            let amount = cash.due().unwrap_or(cash.price);
            Some((FeedKind::BillRefunded, subject.of(amount).because(Some(reason))))
        }
        BillChange::MoneyReceived { .. }
        | BillChange::PaySending { .. }
        | BillChange::PayNotSent { .. }
        | BillChange::Answered { .. } => None,
    }
}

fn news_of_people(change: &PeopleChange) -> (FeedKind, News) {
    match change {
        PeopleChange::Set { person } => {
            (FeedKind::PersonSet, about(person.id).because(Some(person.role.as_str())))
        }
        PeopleChange::Removed { id } => (FeedKind::PersonRemoved, about(id)),
        PeopleChange::PinSet { id, .. } => (FeedKind::PinSet, about(id)),
        PeopleChange::PinCleared { id } => (FeedKind::PinCleared, about(id)),
        PeopleChange::PinFailed { id } => (FeedKind::PinFailed, about(id)),
        PeopleChange::SignedIn { id } => (FeedKind::SignedIn, about(id)),
        PeopleChange::RecoverySet { .. } => (FeedKind::RecoverySet, News::default()),
        PeopleChange::RecoveryUsed { .. } => (FeedKind::RecoveryUsed, News::default()),
        PeopleChange::RecoveryFailed => (FeedKind::RecoveryFailed, News::default()),
        PeopleChange::DoorUnguarded => (FeedKind::DoorUnguarded, News::default()),
    }
}

fn news_of_shift(event: &ShiftEvent) -> (FeedKind, News) {
    match event {
        ShiftEvent::Opened { shift, float, .. } => (FeedKind::ShiftOpened, about(shift).of(*float)),
        ShiftEvent::CashMoved { kind, amount, reason } => {
            (FeedKind::CashMoved, about(kind.as_str()).of(*amount).because(Some(reason)))
        }
        ShiftEvent::DrawerOpened { reason } => {
            (FeedKind::DrawerOpened, News::default().because(Some(reason)))
        }
        ShiftEvent::Counted { shift, counted, .. } => {
            (FeedKind::ShiftCounted, about(shift).of(*counted))
        }
        ShiftEvent::Closed { closing } => {
            let over = closing.counted.checked_sub(closing.expected).unwrap_or_default();
            let news = about(closing.shift).of(over).because(closing.reason.as_deref());
            (FeedKind::ShiftClosed, news)
        }
    }
}

fn add(conn: &Connection, entry: &Entry, kind: FeedKind, news: &News) -> Result<(), Fault> {
    conn.prepare_cached(
        "INSERT INTO feed (seq, kind, at, date, actor, approver, subject, amount, reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        int(entry.seq),
        kind.as_str(),
        entry.at.0,
        entry.date.to_string(),
        entry.actor.key(),
        entry.approver.map(|person| person.to_string()),
        news.subject,
        news.amount,
        news.reason,
    ])?;
    Ok(())
}

/// Newest first: at most `limit` rows before the entry `before`.
pub(crate) fn page(conn: &Connection, before: u64, limit: u32) -> Result<Vec<FeedRow>, Fault> {
    let sql = "SELECT * FROM feed WHERE seq < ?1 ORDER BY seq DESC, kind LIMIT ?2";
    conn.prepare_cached(sql)?.query_and_then(params![int(before), limit], feed_row)?.collect()
}

/// The rows of one kind after an entry, in the order of the log.
pub(crate) fn since(conn: &Connection, after: u64, kind: FeedKind) -> Result<Vec<FeedRow>, Fault> {
    let sql = "SELECT * FROM feed WHERE seq > ?1 AND kind = ?2 ORDER BY seq";
    conn.prepare_cached(sql)?
        .query_and_then(params![int(after), kind.as_str()], feed_row)?
        .collect()
}

fn feed_row(row: &Row<'_>) -> Result<FeedRow, Fault> {
    let kind: String = row.get("kind")?;
    Ok(FeedRow {
        seq: seq(row, "seq")?,
        kind: FeedKind::from_word(&kind).ok_or_else(|| crate::sql::bad("kind"))?,
        at: moment(row, "at")?,
        date: parsed(row, "date")?,
        actor: row.get("actor")?,
        approver: parsed_opt(row, "approver")?,
        subject: row.get("subject")?,
        amount: row.get("amount")?,
        reason: row.get("reason")?,
    })
}
