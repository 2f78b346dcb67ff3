//! Reading the ledger: one snapshot, every question that the till asks. Deliberately absent: anything that writes.

use std::collections::BTreeSet;

use laci_core::books::{Balances, Standing, ZNumber};
use laci_core::{
    AttemptId, Bill, BillId, BusinessDate, CallEnd, Closing, Columns, Entry, GatewayName, Hash,
    InboxId, OutboxId, Rupiah, SaleId, SaleNumber, UnixMs,
};
use rusqlite::Connection;

use crate::error::LedgerError;
use crate::header::Header;
use crate::lockout::{self, Lockout};
use crate::log::{blob, rows};
use crate::poll::{self, PollState};
use crate::projection;
use crate::projection::bill::{self, BillFilter, BillRow};
use crate::projection::feed::{self, FeedKind, FeedRow};
use crate::projection::inbox::{self, InboxRow};
use crate::projection::outbox::{self, OutboxQueue, OutboxRow};
use crate::projection::people::{self, PersonRow, Recovery};
use crate::projection::sale::{self, SaleRow};
use crate::projection::settings::{self, Settings};
use crate::projection::shift::{self, ShiftRow};
use crate::query::attempt::{self, AttemptFilter, AttemptRow};
use crate::query::books::{self, BookRow, ProductTally};
use crate::query::history::{self, HistoryFilter, HistoryPage};
use crate::query::watch;

const ENTRIES_MAX: u32 = 10_000;
const OUTBOX_MAX: u32 = 1_000;
const FEED_MAX: u32 = 500;
const SHIFTS_MAX: u32 = 1_000;
const INBOX_MAX: u32 = 500;
const OWN_TOTAL_MAX: u32 = 200;

/// The ledger at one moment. All answers of one view belong together.
pub struct View<'a> {
    pub(crate) conn: &'a Connection,
    pub(crate) header: &'a Header,
}

impl View<'_> {
    pub fn header(&self) -> Header {
        *self.header
    }

    pub fn settings(&self) -> Result<Settings, LedgerError> {
        Ok(settings::all(self.conn)?)
    }

    /// The number of this register's next sale.
    pub fn next_sale_number(&self) -> Result<SaleNumber, LedgerError> {
        let Header { register, epoch, .. } = *self.header;
        let counter = sale::next_counter(self.conn, register, epoch)?;
        Ok(SaleNumber { register, epoch, counter })
    }

    /// When the ledger was restored last: what was done after its copy is not in it.
    pub fn restored_at(&self) -> Result<Option<UnixMs>, LedgerError> {
        Ok(projection::settings::restored_at(self.conn)?)
    }

    /// What came for a covered sale beyond what it cost and was not given back yet, in rupiah.
    pub fn surplus_of(&self, id: SaleId) -> Result<Rupiah, LedgerError> {
        Ok(projection::books::surplus_of(self.conn, id)?)
    }

    pub fn sale(&self, id: SaleId) -> Result<Option<SaleRow>, LedgerError> {
        Ok(sale::by_id(self.conn, id)?)
    }

    pub fn sale_by_number(&self, number: SaleNumber) -> Result<Option<SaleRow>, LedgerError> {
        Ok(sale::by_number(self.conn, number)?)
    }

    /// The sale that the caller's own id made.
    pub fn sale_by_order(&self, order: &str) -> Result<Option<SaleRow>, LedgerError> {
        Ok(sale::by_order(self.conn, order)?)
    }

    pub fn attempt(&self, id: AttemptId) -> Result<Option<AttemptRow>, LedgerError> {
        Ok(attempt::by_id(self.conn, id)?)
    }

    /// In the order in which they were started.
    pub fn attempts_of(&self, sale: SaleId) -> Result<Vec<AttemptRow>, LedgerError> {
        Ok(attempt::of_sale(self.conn, sale)?)
    }

    /// Newest first.
    pub fn attempts(&self, filter: &AttemptFilter) -> Result<Vec<AttemptRow>, LedgerError> {
        Ok(attempt::list(self.conn, filter)?)
    }

    /// Gateway attempts that the gateway named and that are not paid, until 24 hours after they expire (or started,
    /// when they have no expiry); at most `limit` of each gateway. Soonest due first; one that was never asked comes
    /// before all.
    pub fn to_watch(
        &self,
        now: UnixMs,
        limit: u32,
    ) -> Result<Vec<(AttemptRow, Option<PollState>)>, LedgerError> {
        Ok(watch::to_watch(self.conn, None, now, limit)?)
    }

    /// The same of one gateway.
    pub fn to_watch_of(
        &self,
        gateway: &GatewayName,
        now: UnixMs,
        limit: u32,
    ) -> Result<Vec<(AttemptRow, Option<PollState>)>, LedgerError> {
        Ok(watch::to_watch(self.conn, Some(gateway), now, limit)?)
    }

    /// The attempts whose bill has this name, with their gateways.
    pub fn attempts_named(
        &self,
        gateway_id: &str,
    ) -> Result<Vec<(AttemptId, GatewayName)>, LedgerError> {
        Ok(watch::named(self.conn, gateway_id)?)
    }

    /// Paid attempts of one gateway since a moment, last asked about before another; the longest unasked first.
    pub fn paid_through(
        &self,
        gateway: &GatewayName,
        (since, asked): (UnixMs, UnixMs),
        limit: u32,
    ) -> Result<Vec<(AttemptRow, Option<PollState>)>, LedgerError> {
        Ok(watch::paid_through(self.conn, gateway, (since, asked), limit)?)
    }

    pub fn poll_of(&self, attempt: AttemptId) -> Result<Option<PollState>, LedgerError> {
        Ok(poll::of(self.conn, attempt)?)
    }

    pub fn bill(&self, id: BillId) -> Result<Option<BillRow>, LedgerError> {
        Ok(bill::by_id(self.conn, id)?)
    }

    /// Every other bill of its customer at its gateway, in the order of the log.
    pub fn bills_beside(&self, of: &Bill) -> Result<Vec<BillRow>, LedgerError> {
        Ok(bill::others(self.conn, of)?)
    }

    /// Newest first.
    pub fn bills(&self, filter: &BillFilter) -> Result<Vec<BillRow>, LedgerError> {
        Ok(bill::list(self.conn, filter)?)
    }

    /// Bills whose payment left after `since` and whose end is open, with when they are asked about; at most 1,000. Soonest
    /// due first; one that was never asked comes before all.
    pub fn open_bills(
        &self,
        since: UnixMs,
    ) -> Result<Vec<(BillRow, Option<PollState>)>, LedgerError> {
        let open = bill::open(self.conn, since, OUTBOX_MAX)?;
        open.into_iter()
            .map(|row| {
                let poll = poll::of(self.conn, row.bill.id)?;
                Ok((row, poll))
            })
            .collect()
    }

    pub fn poll_of_bill(&self, bill: BillId) -> Result<Option<PollState>, LedgerError> {
        Ok(poll::of(self.conn, bill)?)
    }

    /// The shop's deposit at a gateway as it told it last, beside a bill.
    pub fn bill_deposit(&self, gateway: &GatewayName) -> Result<Option<Rupiah>, LedgerError> {
        Ok(bill::deposit(self.conn, gateway)?)
    }

    /// What is held against whoever gives `who`'s PIN.
    pub fn lockout(&self, who: &str) -> Result<Lockout, LedgerError> {
        Ok(lockout::of(self.conn, who)?)
    }

    /// Everybody whom a wrong PIN is held against.
    pub fn lockouts(&self) -> Result<Vec<(String, Lockout)>, LedgerError> {
        Ok(lockout::all(self.conn)?)
    }

    /// The totals of the shop's own QRIS that are reserved by attempts which no entry has ended.
    pub fn open_own_totals(&self) -> Result<BTreeSet<Rupiah>, LedgerError> {
        Ok(projection::attempt::open_own_totals(self.conn)?)
    }

    /// The newest attempt that this gateway calls so, among those that are watched and the newest 50,000 entries.
    pub fn attempt_of_gateway(
        &self,
        gateway: &GatewayName,
        gateway_id: &str,
    ) -> Result<Option<AttemptRow>, LedgerError> {
        Ok(attempt::of_gateway_id(self.conn, gateway, gateway_id)?)
    }

    /// The newest attempts on the shop's own QRIS that asked for exactly this total, at most 200.
    pub fn attempts_of_own_total(&self, total: Rupiah) -> Result<Vec<AttemptRow>, LedgerError> {
        Ok(attempt::of_own_total(self.conn, total, OWN_TOTAL_MAX)?)
    }

    /// Money that was told of and has no sale, newest first, at most 500; with `all` also what a person settled.
    pub fn inbox(&self, all: bool) -> Result<Vec<InboxRow>, LedgerError> {
        Ok(inbox::list(self.conn, all, INBOX_MAX)?)
    }

    pub fn inbox_row(&self, id: InboxId) -> Result<Option<InboxRow>, LedgerError> {
        Ok(inbox::by_id(self.conn, id)?)
    }

    /// How much waits in the inbox: rows, and the rupiah that they name.
    pub fn inbox_waiting(&self) -> Result<(u32, Rupiah), LedgerError> {
        Ok(inbox::waiting(self.conn)?)
    }

    /// Whether exactly this was told before, wherever it went.
    pub fn was_told(&self, raw: Hash) -> Result<bool, LedgerError> {
        Ok(inbox::was_told(self.conn, raw)?)
    }

    /// How statements with this header are read.
    pub fn columns_of(&self, header: Hash) -> Result<Option<Columns>, LedgerError> {
        Ok(inbox::columns_of(self.conn, header)?)
    }

    pub fn history(&self, filter: &HistoryFilter) -> Result<HistoryPage, LedgerError> {
        Ok(history::page(self.conn, filter)?)
    }

    /// How a call of this name ended whose effect may stand at the gateway; `None` where the same may be sent.
    pub fn call_standing(
        &self,
        gateway: &GatewayName,
        operation: &str,
        reference: &str,
    ) -> Result<Option<CallEnd>, LedgerError> {
        Ok(projection::call::standing(self.conn, gateway, operation, reference)?)
    }

    /// Effects that are queued, or were being sent when nobody saw their end; oldest first, at most 1,000. What may
    /// be done with one that was being sent is its class's business.
    pub fn outbox_due(&self, queue: OutboxQueue) -> Result<Vec<OutboxRow>, LedgerError> {
        Ok(outbox::due(self.conn, queue, OUTBOX_MAX)?)
    }

    /// Effects that wait until the outside can be reached; oldest first, at most 1,000.
    pub fn outbox_waiting(&self) -> Result<Vec<OutboxRow>, LedgerError> {
        Ok(outbox::waiting(self.conn, OUTBOX_MAX)?)
    }

    /// Effects that were ever put off, whatever became of them; newest first.
    pub fn outbox_put_off(&self, limit: u32) -> Result<Vec<OutboxRow>, LedgerError> {
        Ok(outbox::put_off_ever(self.conn, limit.min(OUTBOX_MAX))?)
    }

    pub fn outbox(&self, item: OutboxId) -> Result<Option<OutboxRow>, LedgerError> {
        Ok(outbox::by_id(self.conn, item)?)
    }

    /// How many effects of all kinds are not ended.
    pub fn outbox_unsent(&self) -> Result<u64, LedgerError> {
        Ok(outbox::unsent(self.conn)?)
    }

    /// Everybody in the order in which they were added, whoever left included.
    pub fn people(&self) -> Result<Vec<PersonRow>, LedgerError> {
        Ok(people::all(self.conn)?)
    }

    /// Whether anybody has a PIN.
    pub fn has_pin(&self) -> Result<bool, LedgerError> {
        Ok(people::has_pin(self.conn)?)
    }

    pub fn recovery(&self) -> Result<Option<Recovery>, LedgerError> {
        Ok(people::recovery(self.conn)?)
    }

    /// The shift that is open now.
    pub fn open_shift(&self) -> Result<Option<ShiftRow>, LedgerError> {
        Ok(shift::current(self.conn)?)
    }

    pub fn newest_shift(&self) -> Result<Option<ShiftRow>, LedgerError> {
        Ok(shift::newest(self.conn)?)
    }

    pub fn shift(&self, number: u32) -> Result<Option<ShiftRow>, LedgerError> {
        Ok(shift::by_number(self.conn, number)?)
    }

    pub fn shift_of_z(&self, number: ZNumber) -> Result<Option<ShiftRow>, LedgerError> {
        Ok(shift::by_z(self.conn, number)?)
    }

    /// At most 1,000, newest first.
    pub fn shifts(&self, limit: u32) -> Result<Vec<ShiftRow>, LedgerError> {
        Ok(shift::list(self.conn, limit.min(SHIFTS_MAX))?)
    }

    /// Every shift's end, first to last.
    pub fn closings(&self) -> Result<Vec<Closing>, LedgerError> {
        Ok(shift::closings(self.conn)?)
    }

    pub fn last_z(&self) -> Result<Option<(ZNumber, Hash)>, LedgerError> {
        Ok(shift::last_z(self.conn)?)
    }

    /// The book lines of a shift so far, in the order of the log; those before it opened included, since they belong to
    /// the shift that comes next.
    pub fn lines_of_shift(&self, number: u32) -> Result<Vec<BookRow>, LedgerError> {
        let before = number.checked_sub(1).map(|n| shift::by_number(self.conn, n)).transpose()?;
        let after = before.flatten().and_then(|row| row.closed_seq).unwrap_or(0);
        Ok(books::of_shift(self.conn, number, after)?)
    }

    /// The book lines of some business dates, both ends included, in the order of the log.
    pub fn lines_of_dates(
        &self,
        from: BusinessDate,
        to: BusinessDate,
    ) -> Result<Vec<BookRow>, LedgerError> {
        Ok(books::of_dates(self.conn, from, to)?)
    }

    /// The first and the last business date that anything was booked on.
    pub fn booked_dates(&self) -> Result<Option<(BusinessDate, BusinessDate)>, LedgerError> {
        Ok(books::dates(self.conn)?)
    }

    /// What was sold on some business dates, the largest amount first; covered sales only.
    pub fn products(
        &self,
        from: BusinessDate,
        to: BusinessDate,
    ) -> Result<Vec<ProductTally>, LedgerError> {
        Ok(books::products(self.conn, from, to)?)
    }

    /// The balance of every account: the sum of its postings.
    pub fn balances(&self) -> Result<Balances, LedgerError> {
        Ok(books::balances(self.conn)?)
    }

    /// What is open now: sales since `from` that nothing covers.
    pub fn standing(&self, from: BusinessDate) -> Result<Standing, LedgerError> {
        Ok(books::standing(self.conn, from)?)
    }

    /// What happened besides sales, newest first: at most `limit` (itself at most 500) before the entry `before`.
    pub fn feed(&self, before: u64, limit: u32) -> Result<Vec<FeedRow>, LedgerError> {
        Ok(feed::page(self.conn, before, limit.min(FEED_MAX))?)
    }

    /// The feed's rows of one kind after an entry, in the order of the log.
    pub fn feed_since(&self, after: u64, kind: FeedKind) -> Result<Vec<FeedRow>, LedgerError> {
        Ok(feed::since(self.conn, after, kind)?)
    }

    /// A raw body; none when it was never stored or was erased.
    pub fn blob(&self, hash: Hash) -> Result<Option<Vec<u8>>, LedgerError> {
        Ok(blob::get(self.conn, hash)?)
    }

    /// Up to `limit` (at most 10,000) entries from `from_seq` on, each with its hash.
    pub fn entries(&self, from_seq: u64, limit: u32) -> Result<Vec<(Entry, Hash)>, LedgerError> {
        Ok(rows::from(self.conn, from_seq, limit.min(ENTRIES_MAX))?)
    }
}
