//! A small ledger with something of everything: it becomes the fixture of a schema version, once. All names are made
//! up.

use std::path::Path;

use laci_core::{
    Attempt, AttemptId, AttemptState, Body, Evidence, GatewayName, GatewaySettings, Hash, Limits,
    Method, OutboxEnd, OutboxId, OwnQris, PinnedMerchant, Presentment, Rupiah, Sale, SaleId,
    SaleLine, Source, Terms, UnixMs, Zone,
};
use laci_ledger::{Folder, Ledger, LedgerError, Lockout, Op, PollState, Takes, TransactError, Tx};

use crate::shop::{START_MS, at, bill, gateway, genesis, new_id, own_qris, paid, seen, shop_in};

type Written<T> = Result<T, LedgerError>;

/// Makes the ledger in `folder`, with a second epoch after a restore, and closes it.
pub(crate) fn make(folder: &Folder, beside: &Path) {
    let ledger = Ledger::create(folder, genesis(false), UnixMs(START_MS)).unwrap();
    settings(&ledger);
    sales(&ledger);
    let copy = beside.join("cadangan.laci");
    ledger.backup(&copy, &mut |_, _| true).unwrap();
    write(&ledger, 50, |tx| sold(tx, 50, "Hilang bersama disk", 9_000, own_qris(11)));
    ledger.write_anchor().unwrap();
    drop(ledger);
    Ledger::restore(folder, &copy, (false, Takes::SameLedger), at(60).now, &mut |_, _| true)
        .unwrap();
    let ledger = Ledger::open(folder, false).unwrap();
    let (sale, attempt) = write(&ledger, 61, |tx| sold(tx, 61, "Kopi susu", 18_000, own_qris(-7)));
    see(&ledger, 61, attempt, seen(Source::Till, AttemptState::Unverified));
    let mut word = seen(Source::Person, AttemptState::Confirmed);
    word.reason = Some("Dilihat di aplikasi bank".to_owned());
    see(&ledger, 62, attempt, word);
    cover(&ledger, 62, sale, attempt);
    ledger.note_lockout("owner", Lockout { failures: 2, left_ms: 0 }).unwrap();
}

fn settings(ledger: &Ledger) {
    write(ledger, 1, |tx| {
        tx.append(shop_in(Zone::Wita, "03:00"))?;
        let limits = Limits { max_amount: Rupiah::from_u32(5_000_000), ..Limits::default() };
        tx.append(Body::LimitsSet { limits })?;
        let own_qris = OwnQris {
            payload: "00020101021126360014ID.CO.CONTOH.WWW0118936000000000000001".to_owned(),
            merchant: "WARUNG CONTOH".to_owned(),
            pin: PinnedMerchant::Nmid("ID0000000000001".to_owned()),
        };
        tx.append(Body::OwnQrisSet { own_qris })?;
        let record = br#"{"kib":19456,"passes":2,"salt":"00","hash":"00"}"#;
        let hash = tx.put_blob(record)?;
        tx.append(Body::OwnerPinSet { hash })
    });
    write(ledger, 2, |tx| {
        for name in ["kropay", "lama"] {
            let gateway = GatewaySettings {
                name: GatewayName::new(name).unwrap(),
                kind: "kropay".to_owned(),
                base_url: "https://contoh.invalid".to_owned(),
                options: [("min_recheck_ms".to_owned(), "0".to_owned())].into(),
                key_hint: "0000".to_owned(),
            };
            tx.append(Body::GatewaySet { gateway })?;
        }
        let pin = PinnedMerchant::Pan("936000000000000001".to_owned());
        tx.append(Body::GatewayPinned {
            name: GatewayName::new("kropay").unwrap(),
            method: None,
            pin,
        })?;
        tx.append(Body::GatewayRemoved { name: GatewayName::new("lama").unwrap() })
    });
}

fn sales(ledger: &Ledger) {
    let (sale, attempt) = write(ledger, 10, |tx| sold(tx, 10, "=2+3 Fotokopi", 50_000, gateway()));
    sending(ledger, 10, attempt);
    see(ledger, 10, attempt, answered(ledger, "PG-1", 50_347));
    poll(ledger, attempt, None);
    see(ledger, 12, attempt, paid("PG-1", 50_347));
    cover(ledger, 12, sale, attempt);
    write(ledger, 13, |tx| tx.append(Body::ReceiptCopied { sale_id: sale, nth: 1 }));

    let (sale, attempt) = write(ledger, 20, |tx| sold(tx, 20, "Nasi bungkus", 15_000, gateway()));
    sending(ledger, 20, attempt);
    see(ledger, 20, attempt, bill("PG-2", 15_000, Some(at(25).now)));
    see(ledger, 26, attempt, seen(Source::Poll, AttemptState::Expired));
    let mut late = paid("PG-2", 15_000);
    late.observed.paid_at = Some(at(27).now);
    see(ledger, 28, attempt, late);
    cover(ledger, 28, sale, attempt);

    let (_, open) = write(ledger, 30, |tx| sold(tx, 30, "Cetak foto", 25_000, gateway()));
    sending(ledger, 30, open);
    see(ledger, 30, open, bill("PG-3", 25_000, Some(at(9_000).now)));
    poll(ledger, open, Some("timeout"));
    write(ledger, 31, |tx| sold(tx, 31, "Belum dikirim", 5_000, gateway()));

    let (_, unverified) = write(ledger, 35, |tx| sold(tx, 35, "Teh", 6_000, own_qris(4)));
    see(ledger, 35, unverified, seen(Source::Till, AttemptState::Unverified));
    let (sale, cancelled) = write(ledger, 40, |tx| sold(tx, 40, "Batal", 7_000, own_qris(9)));
    see(ledger, 40, cancelled, seen(Source::Till, AttemptState::Unverified));
    see(ledger, 41, cancelled, seen(Source::Person, AttemptState::Cancelled));
    write(ledger, 41, |tx| tx.append(Body::SaleVoided { sale_id: sale }));
}

fn write<T>(ledger: &Ledger, minute: i64, work: impl FnOnce(&mut Tx<'_>) -> Written<T>) -> T {
    let done = ledger.transact(Op::Evidence, at(minute), work);
    done.map_err(TransactError::<LedgerError>::into_work).unwrap().value
}

/// Two lines and an order of the caller's.
fn sold(
    tx: &mut Tx<'_>,
    minute: i64,
    name: &str,
    rupiah: u32,
    method: Method,
) -> Written<(SaleId, AttemptId)> {
    let line = |name: &str, quantity, rupiah| SaleLine {
        name: name.to_owned(),
        quantity,
        unit_price: Rupiah::from_u32(rupiah),
    };
    let total = Rupiah::from_u32(rupiah);
    let sale = Sale {
        id: SaleId(new_id()),
        number: tx.next_sale_number()?,
        lines: vec![line(name, 2, (rupiah - 1_000) / 2), line("Plastik", 1, 1_000)],
        total,
        order: Some(format!("P-{minute}")),
    };
    let attempt = Attempt {
        id: AttemptId(new_id()),
        sale_id: sale.id,
        started_at: at(minute).now,
        terms: Terms { amount: total, method },
    };
    let ids = (sale.id, attempt.id);
    tx.append(Body::SaleRecorded { sale })?;
    tx.append(Body::AttemptStarted { attempt })?;
    Ok(ids)
}

/// The create that an attempt owes: being sent, then done.
fn sending(ledger: &Ledger, minute: i64, attempt: AttemptId) {
    let row = ledger.read(|view| view.attempt(attempt)).unwrap().unwrap();
    let item: OutboxId = row.create.unwrap().id;
    write(ledger, minute, |tx| {
        tx.append(Body::OutboxSending { item, tries: 1, attempt_id: Some(attempt) })
    });
    write(ledger, minute, |tx| tx.append(Body::OutboxEnded { item, end: OutboxEnd::Done }));
}

/// The gateway's answer with its QR and its raw body.
fn answered(ledger: &Ledger, name: &str, total: u32) -> Evidence {
    let mut piece = bill(name, total, Some(at(9_000).now));
    let payload = "00020101021226360014ID.CO.CONTOH.WWW".to_owned();
    piece.observed.presentment = Some(Presentment::Qris { payload });
    let body = format!(r#"{{"invoice":"{name}","total":{total}}}"#);
    piece.raw = Some(write(ledger, 10, |tx| tx.put_blob(body.as_bytes())));
    piece
}

fn see(ledger: &Ledger, minute: i64, attempt_id: AttemptId, evidence: Evidence) {
    write(ledger, minute, |tx| tx.append(Body::EvidenceAdded { attempt_id, evidence }));
}

fn poll(ledger: &Ledger, attempt: AttemptId, problem: Option<&str>) {
    let state = PollState {
        next_at_ms: at(40).now,
        last_asked_at_ms: at(39).now,
        misses: u32::from(problem.is_some()),
        last_problem: problem.map(str::to_owned),
    };
    ledger.note_poll(attempt, &state).unwrap();
}

fn cover(ledger: &Ledger, minute: i64, sale_id: SaleId, attempt_id: AttemptId) {
    write(ledger, minute, |tx| {
        let receipt: Hash = tx.put_blob(format!("struk {sale_id}").as_bytes())?;
        tx.append(Body::SaleCovered { sale_id, attempt_id, receipt })
    });
}
