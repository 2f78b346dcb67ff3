//! A small shop for the tests: a folder that goes away, ids that count up, and the entries of a sale.

use std::sync::atomic::{AtomicU32, Ordering};

use laci_core::{
    Actor, Attempt, AttemptId, AttemptState, Body, Evidence, GatewayName, Hash, LedgerId, Method,
    Observed, Rupiah, Sale, SaleId, SaleLine, Shop, Source, Terms, UnixMs, Zone,
};
use laci_ledger::{Committed, Folder, Genesis, Ledger, LedgerError, Moment, Op, TransactError, Tx};
use uuid::Uuid;

/// 2026-11-20T10:00:00+07:00.
pub(crate) const START_MS: i64 = 1_795_143_600_000;

/// The body that [`covered`] names; [`TestShop::append`] stores it.
pub(crate) const RECEIPT: &[u8] = b"a receipt";

pub(crate) struct TestShop {
    pub(crate) folder: Folder,
    pub(crate) ledger: Ledger,
    _dir: tempfile::TempDir,
}

static IDS: AtomicU32 = AtomicU32::new(1);

pub(crate) fn new_id() -> Uuid {
    let (process, count) = (std::process::id(), IDS.fetch_add(1, Ordering::Relaxed));
    Uuid::from_u128(u128::from(process) << 64 | u128::from(count))
}

pub(crate) fn genesis(practice: bool) -> Genesis {
    Genesis { ledger_id: LedgerId(new_id()), register: 1, epoch: 1, practice }
}

pub(crate) fn folder_in(dir: &std::path::Path) -> Folder {
    Folder { data: dir.join("data"), anchors: dir.join("anchors") }
}

impl TestShop {
    pub(crate) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let folder = folder_in(dir.path());
        let ledger = Ledger::create(&folder, genesis(false), UnixMs(START_MS)).unwrap();
        Self { folder, ledger, _dir: dir }
    }

    /// Closes the ledger and gives back its folder.
    pub(crate) fn closed(self) -> (Folder, tempfile::TempDir) {
        drop(self.ledger);
        (self.folder, self._dir)
    }

    /// One transaction at `minute` minutes after the start.
    pub(crate) fn write<T>(
        &self,
        op: Op,
        minute: i64,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, LedgerError>,
    ) -> Result<Committed<T>, TransactError<LedgerError>> {
        self.ledger.transact(op, at(minute), work)
    }

    pub(crate) fn append(&self, minute: i64, body: Body) -> u64 {
        let work = |tx: &mut Tx<'_>| {
            tx.put_blob(RECEIPT)?;
            tx.append(body)
        };
        self.write(Op::Evidence, minute, work).unwrap().value
    }

    /// The bill and the payment of a whole sale of [`start`], as a gateway names them.
    pub(crate) fn pay(&self, minute: i64, attempt_id: AttemptId) {
        let name = format!("PG-{attempt_id}");
        for evidence in [bill(&name, 10_000, None), paid(&name, 10_000)] {
            self.append(minute, Body::EvidenceAdded { attempt_id, evidence });
        }
    }

    /// The same, and the cover that follows it; returns the cover's entry.
    pub(crate) fn cover(&self, minute: i64, sale_id: SaleId, attempt_id: AttemptId) -> u64 {
        self.pay(minute, attempt_id);
        self.append(minute, covered(sale_id, attempt_id))
    }

    /// Records a sale and starts an attempt for it.
    pub(crate) fn start(&self, minute: i64, method: Method) -> (SaleId, AttemptId) {
        self.write(Op::PaymentStart, minute, |tx| start(tx, minute, method)).unwrap().value
    }
}

pub(crate) fn at(minute: i64) -> Moment {
    Moment { now: UnixMs(START_MS).plus_ms(minute * 60_000), actor: Actor::Counter, approver: None }
}

pub(crate) fn start(
    tx: &mut Tx<'_>,
    minute: i64,
    method: Method,
) -> Result<(SaleId, AttemptId), LedgerError> {
    let sale = sale(tx, 10_000)?;
    let attempt = Attempt {
        id: AttemptId(new_id()),
        sale_id: sale.id,
        started_at: at(minute).now,
        terms: Terms { amount: sale.total, method },
    };
    let ids = (sale.id, attempt.id);
    tx.append(Body::SaleRecorded { sale })?;
    tx.append(Body::AttemptStarted { attempt })?;
    Ok(ids)
}

pub(crate) fn sale(tx: &Tx<'_>, rupiah: u32) -> Result<Sale, LedgerError> {
    let unit_price = Rupiah::from_u32(rupiah);
    let line = SaleLine { name: "Fotokopi".to_owned(), quantity: 1, unit_price };
    Ok(Sale {
        id: SaleId(new_id()),
        number: tx.next_sale_number()?,
        lines: vec![line],
        total: unit_price,
        order: None,
    })
}

pub(crate) fn gateway() -> Method {
    Method::Gateway {
        gateway: GatewayName::new("kropay").unwrap(),
        method: None,
        extra: Default::default(),
    }
}

pub(crate) fn own_qris(code: i64) -> Method {
    Method::OwnQris { unique_code: Rupiah::new(code).unwrap() }
}

pub(crate) fn seen(source: Source, state: AttemptState) -> Evidence {
    let at = UnixMs(START_MS);
    Evidence { source, at, observed: Observed::bare(state), raw: None, reason: None }
}

/// The gateway's answer to a create: its name for the bill, the total, and when it expires.
pub(crate) fn bill(name: &str, total: u32, expires: Option<UnixMs>) -> Evidence {
    let mut piece = seen(Source::Create, AttemptState::Pending);
    piece.observed.gateway_id = Some(name.to_owned());
    piece.observed.amount = Some(Rupiah::from_u32(total));
    piece.observed.expires_at = expires;
    piece
}

pub(crate) fn paid(name: &str, total: u32) -> Evidence {
    let mut piece = bill(name, total, None);
    piece.source = Source::Poll;
    piece.observed.state = AttemptState::Paid;
    piece
}

pub(crate) fn covered(sale_id: SaleId, attempt_id: AttemptId) -> Body {
    Body::SaleCovered { sale_id, attempt_id, receipt: Hash::of_bytes(RECEIPT) }
}

pub(crate) fn shop_in(zone: Zone, cut_off: &str) -> Body {
    let shop = Shop {
        name: "Warung Contoh".to_owned(),
        address: String::new(),
        phone: String::new(),
        zone,
        cut_off: cut_off.parse().unwrap(),
    };
    Body::ShopSet { shop }
}

/// Records `count` sales, one commit each; returns the last entry's number.
pub(crate) fn more(ledger: &Ledger, count: u32) -> u64 {
    for _ in 0..count {
        ledger
            .transact(Op::PaymentStart, at(0), |tx| {
                let sale = sale(tx, 500)?;
                tx.append(Body::SaleRecorded { sale })
            })
            .map_err(TransactError::<LedgerError>::into_work)
            .unwrap();
    }
    ledger.head().seq
}
