//! The one place that sends: admits a call by the gateway's budget, sends it, retries looks, cuts keys out of
//! whatever came back, notes the gateway's health, and hands the reply to the provider to read.
//!
//! Deliberately absent: retries of a create, schedules of polls, storage. All state here is in memory.

mod budget;
mod call_error;
mod health;
mod http;
mod jitter;
mod lane;
mod outcome;
mod private_dns;
mod transport;
mod urgency;

use std::sync::Arc;
use std::time::Duration;

use laci_core::{GatewayName, UnixMs};
use tokio::time::Instant;

use crate::contract::{
    BillAnswer, BillAsk, BillStep, Biller, CallAnswer, CheckAnswer, Collector, CreateAnswer,
    CreateAsk, Doubt, FindAnswer, Given, ListAnswer, ListAsk, Operation, Reply, Request,
    StatusAnswer, StatusAsk,
};
use crate::gateway::Gateway;
use lane::{Lanes, Outcome};
use outcome::{
    bill_outcome, call_outcome, check_outcome, create_outcome, find_outcome, list_outcome,
    status_outcome,
};
use urgency::Urgency;

pub use call_error::{CallError, HeldWhy};
pub use health::{Health, HealthState};
pub use http::HttpTransport;
pub use transport::{NotSent, OnWire, Reach, Sending, Timeouts, Transport, TransportError};

/// Before the second try, doubling; plus up to as much again by chance.
const RETRY_FIRST_MS: u64 = 250;
/// A call waits at most this long for its turn; beyond it the caller is told when to come back.
const MAX_WAIT: Duration = Duration::from_secs(2);

/// An answer with what stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered<A> {
    pub answer: A,
    /// The body as it came, keys cut out; `None` when no whole reply came.
    pub raw: Option<Vec<u8>>,
    pub http_status: Option<u16>,
    /// From sending to the whole answer (of the last try), in milliseconds.
    pub latency_ms: u32,
    /// The server's clock less ours, in milliseconds, where the reply carried a `Date`.
    pub clock_offset_ms: Option<i64>,
}

/// Sends for every gateway of this process; shared, so that all windows and workers keep one budget.
pub struct Executor {
    transport: Arc<dyn Transport>,
    lanes: Lanes,
}

/// The last try's end.
struct Exchange {
    result: Result<Reply, TransportError>,
    latency_ms: u32,
    clock_offset_ms: Option<i64>,
}

impl Executor {
    /// `jitter_seed` is any number; tests pass a fixed one.
    pub fn new(transport: Arc<dyn Transport>, jitter_seed: u64) -> Self {
        Self { transport, lanes: Lanes::new(jitter_seed) }
    }

    /// Sends one create, once. `Err` is certain not to have made a bill; time-outs and the like are
    /// [`CreateAnswer::Unknown`]. The future must run to its end: spawn it, and wait for it as long as you like.
    pub async fn create(
        &self,
        gateway: &Gateway,
        ask: &CreateAsk,
    ) -> Result<Answered<CreateAnswer>, CallError> {
        let collector = collector(gateway)?;
        let request = collector.create(ask);
        let exchange = self.exchange(gateway, request, Urgency::Create, ask.now).await?;
        let read = |reply: &Reply| collector.read_create(ask, reply);
        self.conclude(gateway, exchange, read, CreateAnswer::unknown, create_outcome)
    }

    /// Looks a bill up by our reference; `None` where the provider has no such call.
    pub async fn find(
        &self,
        gateway: &Gateway,
        ask: &CreateAsk,
    ) -> Result<Option<Answered<FindAnswer>>, CallError> {
        let collector = collector(gateway)?;
        let Some(request) = collector.find(ask) else { return Ok(None) };
        let exchange = self.exchange(gateway, request, Urgency::Look, ask.now).await?;
        let read = |reply: &Reply| collector.read_find(ask, reply);
        self.conclude(gateway, exchange, read, FindAnswer::Unreadable, find_outcome).map(Some)
    }

    /// One call of the kind's table. A look may be sent again, but at a provider that pays bills; everything else leaves
    /// once. What a gateway answers with 405 is asked in the table's other way.
    pub async fn call(
        &self,
        gateway: &Gateway,
        operation: &Operation,
        given: &Given,
        now: UnixMs,
    ) -> Result<Answered<CallAnswer>, CallError> {
        let urgency = Urgency::of(operation.effect, gateway.kind());
        let provider = gateway.provider();
        let mut asked = operation;
        let mut exchange =
            self.exchange(gateway, provider.call(asked, given), urgency, now).await?;
        let refused = matches!(&exchange.result, Ok(reply) if reply.status == 405);
        if let Some(other) = asked.on_405.and_then(|name| gateway.kind().operation(name))
            && refused
        {
            asked = other;
            exchange = self.exchange(gateway, provider.call(asked, given), urgency, now).await?;
        }
        let read = |reply: &Reply| provider.read_call(asked, given, reply);
        self.conclude(gateway, exchange, read, CallAnswer::Unknown, call_outcome)
    }

    pub async fn status(
        &self,
        gateway: &Gateway,
        ask: &StatusAsk,
    ) -> Result<Answered<StatusAnswer>, CallError> {
        let collector = collector(gateway)?;
        let request = collector.status(ask);
        let exchange = self.exchange(gateway, request, Urgency::Look, ask.now).await?;
        let read = |reply: &Reply| collector.read_status(ask, reply);
        self.conclude(gateway, exchange, read, StatusAnswer::Unreadable, status_outcome)
    }

    /// One page of a list of bills; `None` where the provider has no such call.
    pub async fn list(
        &self,
        gateway: &Gateway,
        ask: &ListAsk,
        now: UnixMs,
    ) -> Result<Option<Answered<ListAnswer>>, CallError> {
        let collector = collector(gateway)?;
        let Some(request) = collector.list(ask) else { return Ok(None) };
        let exchange = self.exchange(gateway, request, Urgency::Look, now).await?;
        let read = |reply: &Reply| collector.read_list(ask, reply);
        self.conclude(gateway, exchange, read, ListAnswer::Unreadable, list_outcome).map(Some)
    }

    /// One step of a bill, sent once; looks too, since a provider wants a minute between two calls about one
    /// purchase. `Err` is certain not to have spent anything. As a create's, its future must run to its end.
    pub async fn bill(
        &self,
        gateway: &Gateway,
        step: BillStep,
        ask: &BillAsk,
        now: UnixMs,
    ) -> Result<Answered<BillAnswer>, CallError> {
        let biller = biller(gateway)?;
        let request = biller.bill(step, ask);
        let exchange = self.exchange(gateway, request, Urgency::Create, now).await?;
        let read = |reply: &Reply| biller.read_bill(step, ask, reply);
        self.conclude(gateway, exchange, read, BillAnswer::Unreadable, bill_outcome)
    }

    /// "Test connection": one harmless look. `now` is the wall clock.
    pub async fn check(
        &self,
        gateway: &Gateway,
        now: UnixMs,
    ) -> Result<Answered<CheckAnswer>, CallError> {
        let request = gateway.provider().check();
        let urgency = Urgency::of_look(gateway.kind());
        let exchange = self.exchange(gateway, request, urgency, now).await?;
        let read = |reply: &Reply| gateway.provider().read_check(reply);
        self.conclude(gateway, exchange, read, CheckAnswer::Unreadable, check_outcome)
    }

    pub fn health(&self, name: &GatewayName) -> Health {
        self.lanes.health(name, Instant::now())
    }

    /// 0 up to `bound` milliseconds by chance, so that bills that were made together are not asked about together.
    pub fn jitter_ms(&self, bound: i64) -> i64 {
        let drawn = self.lanes.jitter(u64::try_from(bound).unwrap_or(0));
        i64::try_from(drawn).unwrap_or(0)
    }

    /// Drops what is known of a gateway that was removed or set up anew.
    pub fn forget(&self, name: &GatewayName) {
        self.lanes.forget(name);
    }

    /// Tries until there is an answer, an end of tries, or a pause; no lock is held while it waits.
    async fn exchange(
        &self,
        gateway: &Gateway,
        request: Request,
        urgency: Urgency,
        now: UnixMs,
    ) -> Result<Exchange, CallError> {
        let began = Instant::now();
        let mut tried = 0;
        loop {
            self.admit(gateway, urgency).await?;
            let exchange = self.try_once(gateway, &request, began, now).await;
            tried += 1;
            let paused = self.lanes.is_paused(gateway.name(), Instant::now());
            if tried == urgency.tries() || paused || !worth_another(&exchange.result) {
                return Ok(exchange);
            }
            let base = RETRY_FIRST_MS << (tried - 1);
            tokio::time::sleep(Duration::from_millis(base + self.lanes.jitter(base))).await;
        }
    }

    /// Waits for a token, if it is near enough.
    async fn admit(&self, gateway: &Gateway, urgency: Urgency) -> Result<(), CallError> {
        let began = Instant::now();
        let urgent = urgency == Urgency::Create;
        let unmetered = !urgent && gateway.common().min_recheck_ms == 0;
        loop {
            let now = Instant::now();
            let Err(wait) = self.lanes.take(gateway.name(), now, urgent, unmetered) else {
                return Ok(());
            };
            let (length, why) = match wait {
                budget::Wait::Budget(length) => (length, HeldWhy::Budget),
                budget::Wait::Pause(length) => (length, HeldWhy::AskedToPause),
            };
            if now.duration_since(began) + length > MAX_WAIT {
                let wait_ms = u64::try_from(length.as_millis()).unwrap_or(u64::MAX);
                return Err(CallError::Held { wait_ms, why });
            }
            tokio::time::sleep(length).await;
        }
    }

    async fn try_once(
        &self,
        gateway: &Gateway,
        request: &Request,
        began: Instant,
        now: UnixMs,
    ) -> Exchange {
        let sent = Instant::now();
        let result = self.transport.send(on_wire(gateway, request)).await;
        let arrived = Instant::now();
        let sign = request.content.as_ref().and_then(|content| content.sign.as_ref());
        let redactor = gateway.redactor().and(sign);
        let latency_ms = whole_ms(arrived.duration_since(sent));
        let result = match result {
            Ok(reply) => Ok(Reply { body: redactor.bytes(reply.body), ..reply }),
            Err(TransportError::Redirected { to }) => {
                Err(TransportError::Redirected { to: redactor.text(&to) })
            }
            Err(error) => Err(error),
        };
        let wall = now.plus_ms(i64::from(whole_ms(arrived.duration_since(began))));
        if let Ok(reply) = &result {
            self.lanes.note_limits(gateway.name(), reply, wall, arrived);
        }
        // `Date` counts whole seconds: half of one makes it right on average.
        let clock_offset_ms = result
            .as_ref()
            .ok()
            .and_then(Reply::server_time)
            .map(|server| server.plus_ms(500).since_ms(wall));
        Exchange { result, latency_ms, clock_offset_ms }
    }

    fn conclude<A>(
        &self,
        gateway: &Gateway,
        exchange: Exchange,
        read: impl Fn(&Reply) -> A,
        doubt: impl Fn(Doubt) -> A,
        outcome: impl Fn(&A) -> Outcome,
    ) -> Result<Answered<A>, CallError> {
        let Exchange { result, latency_ms, clock_offset_ms } = exchange;
        let (answer, reply) = match result {
            Ok(reply) => (read(&reply), Some(reply)),
            Err(TransportError::NotSent(why)) => {
                self.lanes.record(
                    gateway.name(),
                    Instant::now(),
                    Outcome::Failed(why.code()),
                    None,
                );
                tracing::warn!(gateway = %gateway.name(), code = why.code(), "not sent");
                return Err(CallError::NotSent(why));
            }
            Err(TransportError::NoAnswer(why)) => (doubt(Doubt::NoAnswer(why)), None),
            Err(TransportError::TooLarge) => (doubt(Doubt::TooLarge), None),
            Err(TransportError::Redirected { to }) => (doubt(Doubt::Redirected { to }), None),
        };
        let outcome = outcome(&answer);
        let timing = reply.as_ref().map(|_| (latency_ms, clock_offset_ms));
        self.lanes.record(gateway.name(), Instant::now(), outcome, timing);
        let http_status = reply.as_ref().map(|reply| reply.status);
        match outcome {
            Outcome::Ok => {
                tracing::debug!(gateway = %gateway.name(), http_status, latency_ms, "answered")
            }
            Outcome::Failed(code) => {
                tracing::warn!(gateway = %gateway.name(), http_status, latency_ms, code, "no use");
            }
        }
        let raw = reply.map(|reply| reply.body);
        Ok(Answered { answer, raw, http_status, latency_ms, clock_offset_ms })
    }
}

/// A gateway that pays bills makes none: asking it for one is never sent.
fn collector(gateway: &Gateway) -> Result<&dyn Collector, CallError> {
    gateway.collector().ok_or(CallError::NotSent(NotSent::Invalid))
}

fn biller(gateway: &Gateway) -> Result<&dyn Biller, CallError> {
    gateway.biller().ok_or(CallError::NotSent(NotSent::Invalid))
}

fn on_wire(gateway: &Gateway, request: &Request) -> OnWire {
    let (base, common) = (gateway.base(), gateway.common());
    OnWire {
        method: request.method,
        url: base.join(&request.target),
        headers: request.headers.clone(),
        content: request.content.clone(),
        timeouts: Timeouts { connect_ms: common.connect_timeout_ms, total_ms: common.timeout_ms },
        reach: if base.is_plain_http() { Reach::PrivateHttp } else { Reach::Https },
    }
}

/// Failures that may be gone a moment later, and server errors; asked of looks only.
fn worth_another(result: &Result<Reply, TransportError>) -> bool {
    match result {
        Ok(reply) => reply.is_5xx(),
        Err(TransportError::NotSent(why)) => match why {
            NotSent::Dns | NotSent::Unreachable | NotSent::ConnectTimeout => true,
            NotSent::Tls | NotSent::PublicHttp | NotSent::Invalid => false,
        },
        Err(
            TransportError::NoAnswer(_)
            | TransportError::TooLarge
            | TransportError::Redirected { .. },
        ) => false,
    }
}

fn whole_ms(length: Duration) -> u32 {
    u32::try_from(length.as_millis()).unwrap_or(u32::MAX)
}
