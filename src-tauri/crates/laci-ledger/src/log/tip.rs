//! What the next entry needs to know of the last one: its place, its hash, and the hybrid clock.

use laci_core::{Actor, Body, BusinessDate, CutOff, Entry, Hash, UnixMs, Zone};

use crate::change::{Head, Moment};

/// A clock that is set back by less says nothing: time servers do that.
const CLOCK_SLACK_MS: i64 = 60_000;

/// The end of the log as the writer knows it, with the shop's calendar at that point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tip {
    pub(crate) head: Head,
    clock_ms: i64,
    clock_n: u32,
    at: UnixMs,
    zone: Zone,
    cut_off: CutOff,
}

impl Tip {
    /// Before the first entry.
    pub(crate) fn start() -> Self {
        let head = Head { seq: 0, hash: Hash::GENESIS };
        let (zone, cut_off) = (Zone::default(), CutOff::default());
        Self { head, clock_ms: i64::MIN, clock_n: 0, at: UnixMs(i64::MIN), zone, cut_off }
    }

    /// After `entry`; `calendar` is the shop's, once it is set.
    pub(crate) fn after(entry: &Entry, hash: Hash, calendar: Option<(Zone, CutOff)>) -> Self {
        let (zone, cut_off) = calendar.unwrap_or_default();
        let head = Head { seq: entry.seq, hash };
        let Entry { clock_ms, clock_n, at, .. } = *entry;
        Self { head, clock_ms, clock_n, at, zone, cut_off }
    }

    /// The next entry. Its hybrid clock is above every earlier one, even when the wall clock was set back.
    pub(crate) fn next(&self, moment: Moment, body: Body) -> Entry {
        let (clock_ms, clock_n) = self.clock_after(moment.now);
        let back = self.at.since_ms(moment.now);
        Entry {
            seq: self.head.seq + 1,
            at: moment.now,
            clock_ms,
            clock_n,
            date: BusinessDate::of(moment.now, self.zone, self.cut_off),
            actor: moment.actor,
            approver: moment.approver,
            set_back_ms: (back > CLOCK_SLACK_MS).then_some(back),
            body,
        }
    }

    /// Moves behind `entry`. A shop's new calendar holds from the entry after the one that sets it.
    pub(crate) fn step(&mut self, entry: &Entry, hash: Hash) {
        let calendar = match &entry.body {
            Body::ShopSet { shop } => (shop.zone, shop.cut_off),
            Body::LedgerCreated { .. }
            | Body::LimitsSet { .. }
            | Body::OwnQrisSet { .. }
            | Body::OwnerPinSet { .. }
            | Body::GatewaySet { .. }
            | Body::GatewayRemoved { .. }
            | Body::GatewayPinned { .. }
            | Body::GatewayCall { .. }
            | Body::SaleRecorded { .. }
            | Body::SaleVoided { .. }
            | Body::AttemptStarted { .. }
            | Body::EvidenceAdded { .. }
            | Body::SaleCovered { .. }
            | Body::OutboxSending { .. }
            | Body::OutboxEnded { .. }
            | Body::ReceiptCopied { .. }
            | Body::Inbox { .. }
            | Body::BookRulesSet { .. }
            | Body::Bill { .. }
            | Body::People { .. }
            | Body::Shift { .. }
            | Body::SaleRefunded { .. }
            | Body::LedgerRestored { .. } => (self.zone, self.cut_off),
        };
        *self = Self::after(entry, hash, Some(calendar));
    }

    fn clock_after(&self, now: UnixMs) -> (i64, u32) {
        if now.0 > self.clock_ms {
            return (now.0, 0);
        }
        match self.clock_n.checked_add(1) {
            Some(n) => (self.clock_ms, n),
            None => (self.clock_ms.saturating_add(1), 0),
        }
    }
}

/// Whether `later` stands after `earlier` by the hybrid clock.
pub(crate) fn clock_rises(earlier: (i64, u32), later: &Entry) -> bool {
    (later.clock_ms, later.clock_n) > earlier
}

/// The moment of a program's own first entry.
pub(crate) fn by_the_till(now: UnixMs) -> Moment {
    Moment { now, actor: Actor::Till, approver: None }
}

#[cfg(test)]
mod tests {
    use laci_core::SaleId;

    use super::*;

    fn body() -> Body {
        Body::SaleVoided { sale_id: SaleId(uuid::Uuid::from_u128(1)) }
    }

    #[test]
    fn the_hybrid_clock_only_rises() {
        let mut tip = Tip::start();
        let mut last = (i64::MIN, 0);
        for now in [1_000, 1_000, 400, i64::MIN, 1_001, 5] {
            let entry = tip.next(by_the_till(UnixMs(now)), body());
            assert_eq!(entry.at, UnixMs(now), "the wall clock is recorded as it was");
            assert!(clock_rises(last, &entry), "{last:?} then {entry:?}");
            last = (entry.clock_ms, entry.clock_n);
            tip.step(&entry, Hash::GENESIS);
        }
        assert_eq!(last, (1_001, 1));
        tip.clock_n = u32::MAX;
        let entry = tip.next(by_the_till(UnixMs(0)), body());
        assert_eq!((entry.clock_ms, entry.clock_n), (1_002, 0), "a full counter carries over");
    }
}
