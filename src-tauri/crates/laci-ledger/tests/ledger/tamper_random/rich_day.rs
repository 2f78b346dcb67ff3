//! A small ledger that has a row in every table, closed; and the same one as it lies while the till runs, with its
//! newest entries in the WAL.

use std::path::Path;

use laci_core::books::RefundBy;
use laci_core::{
    AttemptState, Body, CashMove, GatewayName, GatewaySettings, OutboxEnd, OutboxId, PeopleChange,
    PersonId, PinnedMerchant, Role, ShiftEvent, Source, Zone,
};
use laci_ledger::{Folder, LedgerError, Op, TransactError, Tx};

use crate::behind::copy_files;
use crate::counter::{
    count_and_close, cover, moved, opened, people, person, rp, sell, sell_for_cash, shift,
    with_fees,
};
use crate::shop::{at, bill, folder_in, gateway, genesis, own_qris, paid, seen, shop_in};

pub(super) struct RichDay {
    /// Closed by the till.
    pub(super) closed: Folder,
    /// Copied while the till ran, after the high-water mark was written.
    pub(super) running: Folder,
    /// The last entry of both.
    pub(super) end: u64,
    _dir: tempfile::TempDir,
}

pub(super) fn make(dir: tempfile::TempDir) -> RichDay {
    let folder = folder_in(&dir.path().join("shop"));
    let running = folder_in(&dir.path().join("running"));
    let ledger = laci_ledger::Ledger::create(&folder, genesis(false), at(0).now).unwrap();
    let write = |minute, work: &dyn Fn(&mut Tx<'_>) -> Result<(), LedgerError>| {
        let done = ledger.transact(Op::Evidence, at(minute), work);
        done.map_err(TransactError::<LedgerError>::into_work).unwrap();
    };
    write(1, &settings);
    write(2, &everybody);
    write(10, &|tx| {
        tx.append(opened(1, 50_000))?;
        by_gateway(tx)
    });
    write(11, &by_own_qris);
    write(12, &out_of_the_ordinary);
    // The clock was set back, and the day goes on.
    write(-60, &|tx| {
        count_and_close(tx, at(-60), -500)?;
        tx.append(opened(2, 20_000))?;
        tx.append(moved(CashMove::InFromOwner, 5_000)).map(drop)
    });
    write(-59, &|tx| count_and_close(tx, at(-59), 0).map(drop));
    let end = ledger.head().seq;
    ledger.write_anchor().unwrap();
    copy_ledger(&folder, &running);
    drop(ledger);
    RichDay { closed: folder, running, end, _dir: dir }
}

pub(super) fn copy_ledger(from: &Folder, to: &Folder) {
    remove(&from.data.join("ballast"));
    copy_files(&from.data, &to.data);
    copy_files(&from.anchors, &to.anchors);
    remove(&to.data.join("laci.db-shm"));
}

fn remove(file: &Path) {
    let _ = std::fs::remove_file(file);
}

fn settings(tx: &mut Tx<'_>) -> Result<(), LedgerError> {
    tx.append(shop_in(Zone::Wita, "04:00"))?;
    tx.append(with_fees())?;
    let name = GatewayName::new("kropay").unwrap();
    let settings = GatewaySettings {
        name: name.clone(),
        kind: "kropay".to_owned(),
        base_url: "https://contoh.invalid".to_owned(),
        options: [].into(),
        key_hint: "0000".to_owned(),
    };
    tx.append(Body::GatewaySet { gateway: settings })?;
    let pin = PinnedMerchant::Pan("936000000000000001".to_owned());
    tx.append(Body::GatewayPinned { name, method: None, pin }).map(drop)
}

fn everybody(tx: &mut Tx<'_>) -> Result<(), LedgerError> {
    let ani = PersonId(crate::shop::new_id());
    let hash = tx.put_blob(b"a PIN's record")?;
    tx.append(Body::OwnerPinSet { hash })?;
    tx.put_blob(b"Ani")?;
    tx.append(person(ani, Role::Cashier, "Ani"))?;
    tx.append(people(PeopleChange::PinSet { id: ani, hash }))?;
    let hash = tx.put_blob(b"hashes of codes")?;
    tx.append(people(PeopleChange::RecoverySet { hash }))?;
    tx.append(people(PeopleChange::RecoveryUsed { place: 1 })).map(drop)
}

/// A sale by gateway with a late second payment, its effects and a refund of it.
fn by_gateway(tx: &mut Tx<'_>) -> Result<(), LedgerError> {
    let (sale_id, attempt_id) = sell(tx, at(10), 10_000, gateway())?;
    let item = OutboxId(tx.head().seq);
    tx.append(Body::OutboxSending { item, tries: 1, attempt_id: Some(attempt_id) })?;
    tx.append(Body::OutboxEnded { item, end: OutboxEnd::Done })?;
    let mut payment = paid("PG-1", 10_020);
    payment.raw = Some(tx.put_blob(b"an answer")?);
    for evidence in [bill("PG-1", 10_020, None), payment] {
        tx.append(Body::EvidenceAdded { attempt_id, evidence })?;
    }
    cover(tx, sale_id, attempt_id)?;
    tx.append(Body::EvidenceAdded { attempt_id, evidence: paid("PG-1b", 10_020) })?;
    let (amount, reason) = (rp(1_000), "Rusak".to_owned());
    tx.append(Body::SaleRefunded {
        sale_id,
        amount,
        by: RefundBy::Transfer,
        reason,
        surplus: false,
    })?;
    tx.append(Body::ReceiptCopied { sale_id, nth: 1 }).map(drop)
}

fn by_own_qris(tx: &mut Tx<'_>) -> Result<(), LedgerError> {
    let (sale_id, attempt_id) = sell(tx, at(11), 25_000, own_qris(17))?;
    let mut word = seen(Source::Person, AttemptState::Confirmed);
    word.reason = Some("Dilihat di aplikasi bank".to_owned());
    for evidence in [seen(Source::Till, AttemptState::Unverified), word] {
        tx.append(Body::EvidenceAdded { attempt_id, evidence })?;
    }
    cover(tx, sale_id, attempt_id).map(drop)
}

fn out_of_the_ordinary(tx: &mut Tx<'_>) -> Result<(), LedgerError> {
    sell_for_cash(tx, at(12), 12_345, 20_000, -45)?;
    let (sale_id, _) = sell(tx, at(12), 7_000, gateway())?;
    tx.append(Body::SaleVoided { sale_id })?;
    tx.append(moved(CashMove::Out, 7_500))?;
    tx.append(shift(ShiftEvent::DrawerOpened { reason: "Tukar uang".to_owned() })).map(drop)
}
