//! From what a gateway said to evidence: the QR checked before it may be shown, only what is new kept, and the
//! sale covered in the same transaction when the fold says so.

use laci_core::{
    Attempt, AttemptState, Body, Evidence, GatewayName, Method, Observed, OutboxEnd, OutboxId,
    Presentment, Source,
};
use laci_gateway::{CreateAnswer, OurRef};
use laci_ledger::{Op, Tx};
use laci_qris::Pin;

use super::cover::{Cover, cover_if_paid};
use super::put_off::link_may_be_shown;
use crate::by::By;
use crate::error::{Result, qris_lang};
use crate::merchant::{from_pin, to_pin};
use crate::till::Till;

/// Which call it came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finding {
    Create,
    Poll,
    /// A status call that the gateway's callback asked for.
    Webhook,
}

/// One observation on its way into the log.
pub(super) struct Found {
    pub(super) finding: Finding,
    pub(super) observed: Observed,
    pub(super) reason: Option<String>,
    pub(super) raw: Option<Vec<u8>>,
}

impl Found {
    pub(super) fn plain(finding: Finding, observed: Observed, reason: Option<String>) -> Self {
        Self { finding, observed, reason, raw: None }
    }

    pub(super) fn of_answer(answer: CreateAnswer, raw: Option<Vec<u8>>) -> Self {
        let (observed, reason) = match answer {
            CreateAnswer::Created(bill) => {
                let mut observed = Observed::bare(AttemptState::Pending);
                observed.gateway_id = Some(bill.gateway_id);
                observed.amount = Some(bill.total);
                observed.expires_at = bill.expires_at;
                observed.presentment = Some(bill.presentment);
                (observed, None)
            }
            CreateAnswer::Refused(refused) => {
                (Observed::bare(AttemptState::Rejected), Some(refused.code().to_owned()))
            }
            CreateAnswer::Unknown(open) => {
                let mut observed = Observed::bare(AttemptState::Unknown);
                observed.gateway_id = open.gateway_id;
                (observed, Some(open.why.code().to_owned()))
            }
        };
        Self { finding: Finding::Create, observed, reason, raw }
    }
}

impl Till {
    /// Commits `found` if it says anything new, and whatever follows from it.
    pub(super) fn commit_found(
        &self,
        op: Op,
        attempt: &Attempt,
        mut found: Found,
        ended: Option<(OutboxId, OutboxEnd)>,
    ) -> Result<()> {
        let now = self.ports.now();
        let lang = self.lang();
        let committed = self.transact(op, By::TILL, |tx| {
            let anothers = names_anothers_bill(tx, attempt, &found)?;
            if anothers {
                let raw = found.raw.take();
                let reason = Some("bill_of_another_sale".to_owned());
                let observed = Observed::bare(AttemptState::Unknown);
                found = Found { raw, ..Found::plain(found.finding, observed, reason) };
            }
            if let Some((item, end)) = ended.clone() {
                let end = if anothers { OutboxEnd::Unknown } else { end };
                tx.append(Body::OutboxEnded { item, end })?;
            }
            went_back(tx, attempt, &mut found)?;
            if found.observed.presentment.is_some() && !link_may_be_shown(tx, attempt.id)? {
                found.observed = found.observed.unshown();
            }
            if let Method::Gateway { gateway, method, .. } = &attempt.terms.method {
                found.observed = found.observed.watched_by(self.watch_id(gateway, attempt));
                refuse_far_total(attempt, &mut found);
                let by_setting = self.expected_nmid(gateway, method.as_deref());
                let from = (gateway, method.as_deref(), by_setting);
                checked_presentment(tx, from, &mut found, lang)?;
            }
            let known = tx.attempt(attempt.id)?.map(|row| row.evidence).unwrap_or_default();
            if !found.observed.is_new_to(&known) {
                return Ok(None);
            }
            let raw = found.raw.as_deref().map(|bytes| tx.put_blob(bytes)).transpose()?;
            let source = match found.finding {
                Finding::Create => Source::Create,
                Finding::Poll => Source::Poll,
                Finding::Webhook => Source::Webhook,
            };
            let evidence =
                Evidence { source, at: now, observed: found.observed, raw, reason: found.reason };
            tx.append(Body::EvidenceAdded { attempt_id: attempt.id, evidence })?;
            Ok(Some(cover_if_paid(tx, attempt.id)?))
        })?;
        if committed.value == Some(Cover::Now) {
            laci_ledger::fault::point("paid.committed");
            self.wake.notify_one();
            self.siblings_changed(attempt)?;
        }
        if let Some(cover) = committed.value {
            self.sounded(attempt.id, cover)?;
        }
        Ok(())
    }
}

impl Till {
    /// Our own reference, where it is the bill's name at the gateway.
    fn watch_id(&self, name: &GatewayName, attempt: &Attempt) -> Option<String> {
        let gateway = self.gateway(name).ok()?;
        gateway.collector()?.watch_id(&OurRef::from(attempt.id))
    }

    /// Whose QR it must be by the owner's setting: the way's own one before the gateway's.
    fn expected_nmid(&self, name: &GatewayName, method: Option<&str>) -> Option<String> {
        let gateway = self.gateway(name).ok()?;
        let own = gateway.collector().and_then(|collector| collector.expected_nmid(method));
        own.or_else(|| gateway.common().expected_nmid.clone())
    }
}

/// Whether a create was answered with a bill that is another attempt's: one payment would cover two sales.
fn names_anothers_bill(tx: &Tx<'_>, attempt: &Attempt, found: &Found) -> Result<bool> {
    let (Finding::Create, Some(id)) = (found.finding, &found.observed.gateway_id) else {
        return Ok(false);
    };
    let Method::Gateway { gateway, .. } = &attempt.terms.method else { return Ok(false) };
    let settings = tx.settings()?;
    let place = |name: &GatewayName| {
        let set = settings.gateways.iter().find(|set| &set.name == name);
        set.map(|set| (set.kind.as_str(), set.base_url.as_str()))
    };
    // Two gateways of one kind at one address may be one account, and one that was removed may be this one.
    let same = |name: &GatewayName| place(name).is_none_or(|at| Some(at) == place(gateway));
    let named = tx.attempts_named(id)?;
    Ok(named.iter().any(|(other, name)| *other != attempt.id && same(name)))
}

/// A gateway that ends a bill which it called paid has given the money back.
fn went_back(tx: &Tx<'_>, attempt: &Attempt, found: &mut Found) -> Result<()> {
    let ended = matches!(found.observed.state, AttemptState::Cancelled | AttemptState::Failed);
    let was_paid =
        tx.attempt(attempt.id)?.is_some_and(|row| row.standing.state == AttemptState::Paid);
    if found.finding != Finding::Create && ended && was_paid && found.observed.review.is_none() {
        found.observed.review = Some(laci_core::attempt::REVERSED.to_owned());
    }
    Ok(())
}

/// A gateway adds a unique code or a small fee; more than Rp 1.000 and 2 % of the price is not what was asked.
fn refuse_far_total(attempt: &Attempt, found: &mut Found) {
    let price = attempt.terms.amount.get();
    let most = price.saturating_add(1_000.max(price / 50));
    let far = found.observed.amount.is_some_and(|total| total.get() > most);
    if found.finding == Finding::Create && far {
        found.observed.presentment = None;
        found.observed.review = Some("total_too_far".to_owned());
    }
}

/// Takes a QR away that must not be shown, with the reason; pins the merchant of the first QR of a gateway's way to
/// pay, unless a setting names it.
fn checked_presentment(
    tx: &mut Tx<'_>,
    (gateway, method, by_setting): (&GatewayName, Option<&str>, Option<String>),
    found: &mut Found,
    lang: laci_core::Lang,
) -> Result<()> {
    let Some(Presentment::Qris { payload }) = &found.observed.presentment else { return Ok(()) };
    let settings = tx.settings()?;
    let pin = match by_setting {
        Some(nmid) => Some(Pin::Nmid(nmid)),
        None => settings.pin_of(gateway, method).map(to_pin),
    };
    let total =
        found.observed.amount.and_then(|total| u64::try_from(total.get()).ok()).unwrap_or(0);
    match laci_qris::check_gateway_qr(payload, total, pin.as_ref()) {
        Ok(qris) => {
            if let (None, Some(seen)) = (&pin, laci_qris::pin_of(&qris)) {
                let pin = from_pin(seen);
                let (name, method) = (gateway.clone(), method.map(str::to_owned));
                tx.append(Body::GatewayPinned { name, method, pin })?;
            }
        }
        Err(refusal) => {
            found.observed.presentment = None;
            found.observed.review = Some(refusal.code().to_owned());
            found.reason = Some(refusal.sentence(qris_lang(lang)));
        }
    }
    Ok(())
}
