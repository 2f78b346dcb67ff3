//! Starting, stopping, and the handle by which a Rust test plays the customer.

use std::net::{Ipv4Addr, SocketAddr};
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::app::{App, Duplicates, Shape};
use crate::book::{BillView, Book, Event, NoSuchBill};
use crate::fault::{Fault, Operation};
use crate::line::{Cut, Lines, Stop};
use crate::ppob::Ppob;
use crate::{control, gateways, kropay, page};

const MAX_BODY_BYTES: usize = 64 * 1024;
/// How long open calls may take to end once the sandbox stops.
const STOP_WAIT: Duration = Duration::from_secs(2);

#[derive(Clone, Debug)]
pub struct SandboxOptions {
    /// Loopback only; port 0 takes any free one.
    pub listen: SocketAddr,
    /// What every gateway's key must be.
    pub api_key: String,
    pub duplicates: Duplicates,
    pub bayargg_shape: Shape,
    /// How many bills are remembered; the oldest go first.
    pub max_bills: usize,
    /// Where the unique codes begin.
    pub seed: u64,
    /// The shop's deposit at a gateway that pays bills, in rupiah.
    pub deposit: u64,
    /// Whether a whole price list is handed out only once in five minutes.
    pub list_limit: bool,
}

impl Default for SandboxOptions {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            api_key: "kunci-latihan".to_owned(),
            duplicates: Duplicates::SameBill,
            bayargg_shape: Shape::Document,
            max_bills: 10_000,
            seed: 17,
            deposit: 1_000_000,
            list_limit: true,
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Other machines must not reach it: it takes anybody's word for a payment.
    #[error("the sandbox listens on this machine only (127.0.0.1 or ::1), not on {0}")]
    NotLoopback(SocketAddr),
    #[error("the sandbox cannot listen: {0}")]
    Listen(#[from] std::io::Error),
}

/// A running sandbox. Dropping it stops it without waiting.
#[derive(Debug)]
pub struct Sandbox {
    address: SocketAddr,
    app: App,
    stop: watch::Sender<bool>,
    server: JoinHandle<std::io::Result<()>>,
}

impl Sandbox {
    /// Listens at once; returns when it does.
    ///
    /// # Errors
    /// [`StartError`]
    pub async fn start(options: SandboxOptions) -> Result<Self, StartError> {
        if !options.listen.ip().is_loopback() {
            return Err(StartError::NotLoopback(options.listen));
        }
        let listener = TcpListener::bind(options.listen).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = watch::channel(false);
        let mut book = Book::new(options.max_bills, options.seed);
        book.ppob = Ppob::new(options.deposit, options.list_limit, options.max_bills);
        let mut app = App::new(book, &options.api_key, options.duplicates, Stop(stopped));
        app.bayargg_shape = options.bayargg_shape;
        let calls = gateways::ALL.iter().map(|gateway| (gateway.routes)());
        let router = calls
            .fold(Router::new(), Router::merge)
            .merge(page::routes())
            .merge(control::routes())
            .fallback(kropay::not_found)
            .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
            .with_state(app.clone());
        let service = router.into_make_service_with_connect_info::<Cut>();
        let until = app.stop.clone();
        let serving = axum::serve(Lines(listener), service).with_graceful_shutdown(until.stopped());
        let server = tokio::spawn(async move { serving.await });
        Ok(Self { address, app, stop, server })
    }

    /// `http://127.0.0.1:port`: Kropay's base URL, and the customer's page.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The base URL of the gateway whose code is `kind`; `None` for one that is not played.
    pub fn base_url(&self, kind: &str) -> Option<String> {
        let mut all = gateways::ALL.iter().map(|gateway| gateway.played);
        let base = all.find(|played| played.code == kind)?.base;
        Some(format!("{}{base}", self.url()))
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The customer pays.
    ///
    /// # Errors
    /// [`NoSuchBill`]
    pub fn pay(&self, reference: &str) -> Result<BillView, NoSuchBill> {
        self.happen(reference, Event::Pay)
    }

    /// The customer pays, one minute after the bill expired.
    ///
    /// # Errors
    /// [`NoSuchBill`]
    pub fn pay_late(&self, reference: &str) -> Result<BillView, NoSuchBill> {
        self.happen(reference, Event::PayLate)
    }

    /// # Errors
    /// [`NoSuchBill`]
    pub fn expire(&self, reference: &str) -> Result<BillView, NoSuchBill> {
        self.happen(reference, Event::Expire)
    }

    /// # Errors
    /// [`NoSuchBill`]
    pub fn fail(&self, reference: &str) -> Result<BillView, NoSuchBill> {
        self.happen(reference, Event::Fail)
    }

    /// # Errors
    /// [`NoSuchBill`]
    pub fn cancel(&self, reference: &str) -> Result<BillView, NoSuchBill> {
        self.happen(reference, Event::Cancel)
    }

    /// What was paid is given back.
    ///
    /// # Errors
    /// [`NoSuchBill`]
    pub fn reverse(&self, reference: &str) -> Result<BillView, NoSuchBill> {
        self.happen(reference, Event::Reverse)
    }

    fn happen(&self, reference: &str, event: Event) -> Result<BillView, NoSuchBill> {
        let mut book = self.app.book();
        let bill = book.happen(reference, event)?;
        Ok(book.view(&bill))
    }

    /// Newest first.
    pub fn bills(&self) -> Vec<BillView> {
        self.app.book().views()
    }

    pub fn bill(&self, reference: &str) -> Option<BillView> {
        let mut book = self.app.book();
        book.bill(reference).map(|bill| book.view(&bill))
    }

    /// How many creates arrived with this name of the merchant's, whatever was answered.
    pub fn creates(&self, merchant_ref: &str) -> u32 {
        self.app.book().creates(merchant_ref)
    }

    /// How many creates arrived whose name holds `part`.
    pub fn creates_with(&self, part: &str) -> u32 {
        let book = self.app.book();
        let named = book.all_creates().iter().filter(|(name, _)| name.contains(part));
        named.map(|(_, count)| count).sum()
    }

    /// Forgets the faults that still wait.
    pub fn clear_faults(&self) {
        self.app.book().faults.clear();
    }

    /// What is left of the shop's deposit, in rupiah.
    pub fn balance(&self) -> u64 {
        self.app.book().ppob.balance()
    }

    /// How many calls that spend the deposit arrived with this reference, whatever was answered.
    pub fn pays(&self, ref_id: &str) -> u32 {
        self.app.book().ppob.pays(ref_id)
    }

    /// How many calls of this name arrived at the gateway that pays bills: `inquiry`, `pay`, `status`, `topup`,
    /// `price_list`, `balance`, `deposit`, `pln_check`.
    pub fn calls(&self, name: &str) -> u32 {
        self.app.book().ppob.calls(name)
    }

    /// Whether the gateway that pays bills has the shop's address on its list; it has until told otherwise.
    pub fn know_address(&self, known: bool) {
        self.app.book().ppob.known_address = known;
    }

    /// For the next `times` calls of `operation`, after the faults that wait already; `false` when 100 wait.
    pub fn set_fault(&self, operation: Operation, fault: Fault, times: u32) -> bool {
        self.app.book().set_fault(operation, fault, times)
    }

    /// Forgets bills, counts and faults.
    pub fn reset(&self) {
        self.app.book().reset();
    }

    /// Ends silences, answers what is under way, and frees the port; at most two seconds.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        if tokio::time::timeout(STOP_WAIT, &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}
