//! Ask a gateway for a bill, at most once, except for the one retry with the same key that its contract allows.
//!
//! The asking runs to its end in a task of its own. Whoever waits for a QR may stop waiting: from then on an
//! answer is kept and watched, but never shown, so that the next way to pay can be tried at once.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use laci_core::create::{AfterCreate, LookedUp, after_create};
use laci_core::{Attempt, AttemptState, Body, Method, Observed, OutboxEnd, OutboxId, SaleLine};
use laci_gateway::{
    AskItem, CallError, Collector, CreateAnswer, CreateAsk, FindAnswer, Gateway, OurRef, Uncertain,
};
use laci_ledger::Op;

use super::answer::{Finding, Found};
use super::order::Charge;
use crate::by::By;
use crate::error::{Result, Sentence, TillError};
use crate::till::{Flight, Till, speaking};

/// How long a cashier waits for one gateway before the next way is tried.
pub(super) const PATIENCE: Duration = Duration::from_secs(8);

/// Whether somebody still waits for this QR.
#[derive(Default)]
pub(super) struct Window(tokio::sync::Mutex<WindowState>);

#[derive(Default)]
struct WindowState {
    closed: bool,
    answered: bool,
}

impl Till {
    /// Asks the attempt's gateway for a bill and commits what it learns. With a `patience`, waiting ends after it.
    pub(super) async fn create_bill(
        self: &Arc<Self>,
        attempt: &Attempt,
        charge: &Charge,
        patience: Option<Duration>,
        flight: Option<Flight>,
    ) -> Result<()> {
        let Method::Gateway { gateway, .. } = &attempt.terms.method else { return Ok(()) };
        let gateway = self.gateway(gateway)?;
        let mut ask = self.create_ask(attempt)?;
        ask.customer_name = charge.customer.clone();
        if let Some(text) = &charge.description {
            ask.description = text.clone();
        }
        let window = Arc::new(Window::default());
        let task = {
            let (till, attempt, window) = (self.clone(), attempt.clone(), window.clone());
            let lang = till.lang();
            tokio::spawn(speaking(lang, async move {
                let _flying = flight;
                till.ask_for_bill(&gateway, &attempt, &ask, &window).await
            }))
        };
        let Some(patience) = patience else { return task.await.map_err(|_| stopped())? };
        match tokio::time::timeout(patience, task).await {
            Ok(ended) => ended.map_err(|_| stopped())?,
            Err(_) => self.stop_waiting(attempt, &window).await,
        }
    }

    /// What an attempt's create asks, as far as the ledger knows it: the same at its first try and at any later one.
    pub(super) fn create_ask(&self, attempt: &Attempt) -> Result<CreateAsk> {
        let (method, extra) = match &attempt.terms.method {
            Method::Gateway { method, extra, .. } => (method.clone(), extra.clone()),
            Method::OwnQris { .. } | Method::Cash { .. } => (None, BTreeMap::new()),
        };
        let sale = self.read(|view| view.sale(attempt.sale_id))?;
        let number = sale.as_ref().map(|row| row.sale.number.to_string());
        let lines = sale.map(|row| row.sale.lines).unwrap_or_default();
        let item = |line: SaleLine| AskItem {
            name: line.name,
            quantity: line.quantity,
            price: line.unit_price,
        };
        Ok(CreateAsk {
            our_ref: OurRef::from(attempt.id),
            amount: attempt.terms.amount,
            description: number.unwrap_or_default(),
            customer_name: None,
            items: lines.into_iter().map(item).collect(),
            since: attempt.started_at,
            now: self.ports.now(),
            method,
            extra,
        })
    }

    async fn stop_waiting(&self, attempt: &Attempt, window: &Window) -> Result<()> {
        let mut state = window.0.lock().await;
        if !state.answered {
            state.closed = true;
            let observed = Observed::bare(AttemptState::Unknown);
            let found = Found::plain(Finding::Create, observed, Some("no_answer_yet".to_owned()));
            self.commit_found(Op::Evidence, attempt, found, None)?;
        }
        Ok(())
    }

    async fn ask_for_bill(
        &self,
        gateway: &Gateway,
        attempt: &Attempt,
        ask: &CreateAsk,
        window: &Window,
    ) -> Result<()> {
        let (item, _) = self.owed_create(attempt)?;
        self.commit_sending(By::TILL, attempt, (item, 1))?;
        match self.ask_marked(gateway, attempt, ask, item, window).await? {
            None => Ok(()),
            Some(error) => self.commit_not_sent(attempt, item, error, window).await,
        }
    }

    /// Sends a create that is marked as being sent, and commits what it learns. Answers why it certainly reached nobody,
    /// which is the caller's to tell.
    pub(super) async fn ask_marked(
        &self,
        gateway: &Gateway,
        attempt: &Attempt,
        ask: &CreateAsk,
        item: OutboxId,
        window: &Window,
    ) -> Result<Option<CallError>> {
        let first = self.executor.create(gateway, ask).await;
        laci_ledger::fault::point("create.answered");
        let first = match first {
            Err(error) => return Ok(Some(error)),
            Ok(answered) => answered,
        };
        let nameless =
            matches!(&first.answer, CreateAnswer::Unknown(open) if open.gateway_id.is_none());
        let retry = gateway.collector().map(Collector::create_retry);
        match after_create(nameless, retry) {
            AfterCreate::Keep => {
                self.commit_answer(attempt, item, first.answer, first.raw, window).await?;
            }
            AfterCreate::SendAgain => {
                let why = Found::of_answer(first.answer, first.raw);
                self.commit_found(Op::Evidence, attempt, why, None)?;
                self.ask_again(By::TILL, gateway, attempt, ask, (item, 2), window).await?;
            }
            AfterCreate::LookUp => {
                // It is never sent again by itself, whatever the look-up says.
                let why = Found::of_answer(first.answer, first.raw);
                let end = Some((item, OutboxEnd::Unknown));
                self.commit_found(Op::Evidence, attempt, why, end)?;
                self.look_up(gateway, attempt, ask, item, window).await?;
            }
        }
        Ok(None)
    }

    /// The same reference once more: the contract's one retry, or a person's word. `owed` names the effect and which
    /// try this is. What cannot be learnt leaves the attempt unknown.
    pub(super) async fn ask_again(
        &self,
        by: By,
        gateway: &Gateway,
        attempt: &Attempt,
        ask: &CreateAsk,
        owed: (OutboxId, u8),
        window: &Window,
    ) -> Result<()> {
        let (item, _) = owed;
        self.commit_sending(by, attempt, owed)?;
        match self.executor.create(gateway, ask).await {
            Ok(second) => {
                let answer = second.answer.of_retry();
                self.commit_answer(attempt, item, answer, second.raw, window).await
            }
            Err(error) => {
                let observed = Observed::bare(AttemptState::Unknown);
                let found = Found::plain(Finding::Create, observed, Some(error.code().to_owned()));
                self.commit_found(Op::Evidence, attempt, found, Some((item, OutboxEnd::Unknown)))
            }
        }
    }

    /// Looks for the bill that an unanswered create may have made. One that is there and whole may be shown to whoever
    /// still waits. Answers what was found.
    pub(super) async fn look_up(
        &self,
        gateway: &Gateway,
        attempt: &Attempt,
        ask: &CreateAsk,
        item: OutboxId,
        window: &Window,
    ) -> Result<LookedUp> {
        let (answer, raw) = match self.executor.find(gateway, ask).await {
            Ok(Some(found)) => (found.answer, found.raw),
            Ok(None) | Err(_) => return Ok(LookedUp::NothingLearnt),
        };
        let created = match answer {
            FindAnswer::Found(bill) => CreateAnswer::Created(bill),
            FindAnswer::Known { gateway_id, why } => {
                CreateAnswer::Unknown(Uncertain { why, gateway_id: Some(gateway_id) })
            }
            FindAnswer::NotThere => return Ok(LookedUp::NotThere),
            FindAnswer::Unreadable(_) => return Ok(LookedUp::NothingLearnt),
        };
        self.commit_answer(attempt, item, created, raw, window).await?;
        Ok(LookedUp::Found)
    }

    /// The window of a bill that nobody waits for: after a restart, or from the outbox.
    pub(super) fn nobody_waits() -> Window {
        Window(tokio::sync::Mutex::new(WindowState { closed: true, answered: false }))
    }

    /// The create that an attempt owes, and which try the next one is.
    pub(super) fn owed_create(&self, attempt: &Attempt) -> Result<(OutboxId, u8)> {
        let row = self.attempt_row(attempt.id)?;
        row.create.map(|owed| (owed.id, owed.tries.saturating_add(1))).ok_or_else(stopped)
    }

    fn commit_sending(
        &self,
        by: By,
        attempt: &Attempt,
        (item, tries): (OutboxId, u8),
    ) -> Result<()> {
        self.transact(Op::Sending, by, |tx| {
            tx.append(Body::OutboxSending { item, tries, attempt_id: Some(attempt.id) })?;
            Ok(())
        })?;
        laci_ledger::fault::point("create.sending");
        Ok(())
    }

    pub(super) async fn commit_not_sent(
        &self,
        attempt: &Attempt,
        item: OutboxId,
        error: CallError,
        window: &Window,
    ) -> Result<()> {
        let mut state = window.0.lock().await;
        state.answered = true;
        let observed = Observed::bare(AttemptState::Rejected);
        let found = Found::plain(Finding::Create, observed, Some(error.code().to_owned()));
        self.commit_found(Op::Evidence, attempt, found, Some((item, OutboxEnd::NotSent)))
    }

    async fn commit_answer(
        &self,
        attempt: &Attempt,
        item: OutboxId,
        answer: CreateAnswer,
        raw: Option<Vec<u8>>,
        window: &Window,
    ) -> Result<()> {
        let mut state = window.0.lock().await;
        let end = match &answer {
            CreateAnswer::Created(_) | CreateAnswer::Refused(_) => OutboxEnd::Done,
            CreateAnswer::Unknown(_) => OutboxEnd::Unknown,
        };
        let mut found = Found::of_answer(answer, raw);
        if state.closed {
            found.observed = found.observed.unshown();
        }
        state.answered = true;
        self.commit_found(Op::Evidence, attempt, found, Some((item, end)))?;
        self.changed(attempt.id)
    }
}

fn stopped() -> TillError {
    TillError::Unknown(Sentence::new(
        "outcome_unknown",
        "Permintaan ke gateway terhenti sebelum selesai. Tidak ada yang hilang: pembayaran ini tetap diawasi. Periksa di Riwayat sebelum menagih lagi.",
        "The request to the gateway stopped before its end. Nothing is lost: this payment stays watched. Look in History before charging again.",
    ))
}
