//! From something told to evidence on the one attempt that asked for exactly this, or to the inbox: decided and committed
//! in one transaction, so that the same twice is one whoever comes at the same moment.

use laci_core::told::{Candidate, Fate, Told, Was, place};
use laci_core::{
    AttemptId, AttemptState, Body, Evidence, Hash, InboxEvent, Observed, Rupiah, Source, UnixMs,
};
use laci_ledger::{AttemptRow, Op, Tx, View};

use crate::by::By;
use crate::error::Result;
use crate::payment::{Cover, cover_if_paid};
use crate::till::Till;

/// A moment that is known more exactly than this is one that a receipt may name.
const EXACT_MS: i64 = 60_000;

/// Something that was told of money.
#[derive(Clone, Debug)]
pub(crate) struct Telling {
    pub source: Source,
    /// None where it names none, or more than one.
    pub amount: Option<Rupiah>,
    /// Between which moments the money came.
    pub from: UnixMs,
    pub to: UnixMs,
    /// Which app or file told it.
    pub about: String,
    /// What was told, as it is kept: the same bytes are the same telling.
    pub raw: Vec<u8>,
}

/// Where it went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Placed {
    Pays(AttemptId, Cover),
    Repeats(AttemptId, Cover),
    Inbox,
    /// It was told before.
    Before,
}

impl Till {
    /// Commits what was told, in its order. What it covers, sounds and prints as any other payment does.
    pub(crate) fn money_told(&self, by: By, tellings: &[Telling]) -> Result<Vec<Placed>> {
        let now = self.ports.now();
        let placed = self.transact(Op::Told, by, |tx| {
            tellings.iter().map(|telling| self.place_one(tx, telling, now)).collect::<Result<_>>()
        })?;
        let placed: Vec<Placed> = placed.value;
        for one in &placed {
            if let Placed::Pays(id, cover) | Placed::Repeats(id, cover) = one {
                self.followed(*id, *cover)?;
            }
        }
        if placed.contains(&Placed::Inbox) {
            self.tell(crate::wire::Push::StripChanged);
        }
        Ok(placed)
    }

    fn place_one(&self, tx: &mut Tx<'_>, telling: &Telling, now: UnixMs) -> Result<Placed> {
        if tx.was_told(Hash::of_bytes(&telling.raw))? {
            return Ok(Placed::Before);
        }
        let raw = tx.put_blob(&telling.raw)?;
        let fate = fate(tx, telling)?;
        let id = match fate {
            Fate::Pays(id) | Fate::Repeats(id) => id,
            Fate::Inbox => {
                let (id, about) = (self.ports.inbox_id(), telling.about.clone());
                let (source, amount, at) = (telling.source, telling.amount, telling.from);
                let event = InboxEvent::Seen { id, source, amount, at, about, raw };
                tx.append(Body::Inbox { event })?;
                return Ok(Placed::Inbox);
            }
        };
        let mut observed = Observed::bare(AttemptState::Paid);
        observed.amount = telling.amount;
        let exact = telling.to.since_ms(telling.from) < EXACT_MS;
        observed.paid_at = exact.then_some(telling.from);
        let evidence =
            Evidence { source: telling.source, at: now, observed, raw: Some(raw), reason: None };
        tx.append(Body::EvidenceAdded { attempt_id: id, evidence })?;
        let cover = cover_if_paid(tx, id)?;
        Ok(match fate {
            // What another source told before changes nothing that anybody must hear of.
            Fate::Repeats(_) => Placed::Repeats(id, Cover::Unchanged),
            Fate::Pays(_) | Fate::Inbox => Placed::Pays(id, cover),
        })
    }

    /// What the counter hears and sees of it.
    pub(crate) fn followed(&self, id: AttemptId, cover: Cover) -> Result<()> {
        if cover == Cover::Now {
            self.wake.notify_one();
            let attempt = self.attempt_row(id)?.attempt;
            self.siblings_changed(&attempt)?;
        }
        self.sounded(id, cover)?;
        self.changed(id)
    }
}

/// Whose it is by the rule of laci-core.
pub(crate) fn fate(view: &View<'_>, telling: &Telling) -> Result<Fate> {
    let Some(amount) = telling.amount else { return Ok(Fate::Inbox) };
    let rows = view.attempts_of_own_total(amount)?;
    let candidates: Vec<Candidate> = rows.iter().map(candidate).collect();
    let Telling { source, from, to, .. } = *telling;
    Ok(place(&Told { source, amount, from, to }, &candidates))
}

fn candidate(row: &AttemptRow) -> Candidate {
    use laci_core::AttemptState as S;
    let ended = row.evidence.iter().map(|piece| piece.at).max();
    let ended = ended.unwrap_or(row.attempt.started_at);
    let was = match row.standing.state {
        S::Confirmed | S::Paid => Was::Covered(row.standing.paid_at.unwrap_or(ended)),
        S::Rejected | S::Failed | S::Expired | S::Cancelled => Was::TakenBack(ended),
        S::Planned | S::Submitting | S::Unknown | S::Pending | S::Unverified => Was::Open,
    };
    Candidate {
        id: row.attempt.id,
        sale: row.attempt.sale_id,
        started_at: row.attempt.started_at,
        total: row.standing.total,
        was,
        told_by: row.evidence.iter().map(|piece| piece.source).collect(),
    }
}
