//! An export: whole or not there, and checked again here without any of the ledger's own code.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::Engine;
use laci_core::{Body, Lang, Rupiah, SaleLine};
use laci_ledger::{ExportError, Exported, Folder, Ledger, LedgerError, Op, TransactError};
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::behind::{names, raw, unguarded};
use crate::child;
use crate::golden::rich;
use crate::shop::{TestShop, at, folder_in, more, sale, shop_in};

const FILES: [&str; 6] =
    ["README.txt", "blobs.jsonl", "log.jsonl", "payments.csv", "sale_lines.csv", "sales.csv"];

/// A ledger with something of everything, in its second epoch.
fn rich_ledger() -> (Ledger, Folder, tempfile::TempDir) {
    let dir = tempfile::tempdir().unwrap();
    let folder = folder_in(dir.path());
    rich::make(&folder, dir.path());
    (Ledger::open(&folder, false).unwrap(), folder, dir)
}

fn export(ledger: &Ledger, to: &Path) -> Result<Exported, ExportError> {
    ledger.export(to, at(90).now, &mut |_, _| true)
}

fn text(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).unwrap()
}

fn json_lines(folder: &Path, name: &str) -> Vec<Value> {
    text(folder, name).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The rows of a table by the names of its columns.
fn table(folder: &Path, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(folder.join(name)).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// The recipe of the README, written anew: SHA-256 over a word, the hash before, the length, the bytes.
fn chained_anew(folder: &Path) -> (u64, String) {
    let mut before = [0_u8; 32];
    let mut count = 0;
    for line in json_lines(folder, "log.jsonl") {
        let entry = line["entry"].as_str().unwrap().as_bytes();
        let mut sha = Sha256::new();
        sha.update(b"laci-log-entry/1\n");
        sha.update(before);
        sha.update(u64::try_from(entry.len()).unwrap().to_be_bytes());
        sha.update(entry);
        before = sha.finalize().into();
        count += 1;
        assert_eq!(line["seq"], count);
        assert_eq!(line["hash"], hex(&before), "entry {count}");
        let inside: Value = serde_json::from_slice(entry).unwrap();
        assert_eq!(inside["seq"], count, "the entry itself is JSON as well");
    }
    (count, hex(&before))
}

#[test]
fn anybody_can_compute_the_chain_from_the_lines_alone() {
    let (ledger, _, dir) = rich_ledger();
    let to = dir.path().join("ekspor");
    let exported = export(&ledger, &to).unwrap();
    assert_eq!(chained_anew(&to), (exported.entries, exported.head.hash.to_string()));
    assert_eq!(exported.head, ledger.head());
    assert_eq!(names(&to), FILES);
    let mut files = exported.files.clone();
    files.sort();
    assert_eq!((files, &exported.folder), (names(&to), &to));
    let bytes = |name: &str| to.join(name).metadata().unwrap().len();
    assert_eq!(exported.bytes, FILES.into_iter().map(bytes).sum::<u64>());
    let page = text(&to, "README.txt");
    for fact in [&exported.head.hash.to_string(), "laci-log-entry/1", "2026-11-20T12:30:00+08:00"] {
        assert!(page.contains(fact), "{fact} in {page}");
    }
    assert!(page.find("jumlah catatan").unwrap() < page.find("entries").unwrap());
    assert!(!names(dir.path()).iter().any(|name| name.contains(".part")));
}

#[test]
fn every_body_is_there_under_its_hash() {
    let (ledger, folder, dir) = rich_ledger();
    let odd = [0xff_u8, 0, 1];
    let put = |tx: &mut laci_ledger::Tx<'_>| tx.put_blob(&odd);
    ledger.transact(Op::Evidence, at(80), put).map_err(work).unwrap();
    let to = dir.path().join("ekspor");
    export(&ledger, &to).unwrap();
    let base64 = base64::engine::general_purpose::STANDARD;
    let mut as_text = 0;
    let lines = json_lines(&to, "blobs.jsonl");
    for line in &lines {
        let bytes = match line["text"].as_str() {
            Some(text) => text.as_bytes().to_vec(),
            None => base64.decode(line["base64"].as_str().unwrap()).unwrap(),
        };
        as_text += usize::from(line["text"].is_string());
        assert_eq!(line["hash"], hex(&Sha256::digest(&bytes)));
        assert_eq!(line["erased"], false);
    }
    assert_eq!(lines.len() - as_text, 1, "one is no text");
    let named: Vec<_> = json_lines(&to, "log.jsonl").iter().filter_map(named_body).collect();
    assert!(named.len() >= 4, "{named:?}");
    for hash in named {
        assert!(lines.iter().any(|line| line["hash"] == hash.as_str()), "{hash} is named");
    }
    drop(ledger);
    let conn = raw(&folder);
    conn.execute_batch("UPDATE blob SET bytes = NULL, erased = 1").unwrap();
    drop(conn);
    let ledger = Ledger::open(&folder, false).unwrap();
    let erased = dir.path().join("terhapus");
    export(&ledger, &erased).unwrap();
    let left = json_lines(&erased, "blobs.jsonl");
    assert_eq!(left.len(), lines.len());
    let only_hash = |line: &Value| line["erased"] == true && line.as_object().unwrap().len() == 2;
    assert!(left.iter().all(only_hash), "{left:?}");
}

fn work(error: TransactError<LedgerError>) -> LedgerError {
    error.into_work()
}

fn named_body(line: &Value) -> Option<String> {
    let entry: Value = serde_json::from_str(line["entry"].as_str()?).unwrap();
    let body = &entry["body"];
    let names = [&body["hash"], &body["receipt"], &body["evidence"]["raw"]];
    names.into_iter().find_map(|name| name.as_str()).map(str::to_owned)
}

#[test]
fn the_tables_hold_each_sale_and_payment_once() {
    let (ledger, _, dir) = rich_ledger();
    let to = dir.path().join("ekspor");
    let exported = export(&ledger, &to).unwrap();
    let (sales, payments) = (table(&to, "sales.csv"), table(&to, "payments.csv"));
    let lines = table(&to, "sale_lines.csv");
    assert_eq!((sales.len(), payments.len(), lines.len()), (7, 7, 14));
    assert_eq!((exported.sales, exported.payments), (7, 7));
    let logged = |kind: &str| text(&to, "log.jsonl").matches(kind).count();
    assert_eq!(logged("\\\"type\\\":\\\"sale_recorded\\\""), 7, "as the log has them");
    let first = &sales[0];
    assert_eq!((&*first["number"], &*first["state"]), ("A01-0001", "covered"));
    assert_eq!((&*first["total"], &*first["order"]), ("50000", "P-10"), "whole rupiah");
    assert_eq!(first["recorded_at"], "2026-11-20T11:10:00+08:00", "the shop's zone");
    assert_eq!(first["covered_at"], "2026-11-20T11:12:00+08:00");
    assert_eq!(first["receipt_copies"], "1");
    let states: Vec<_> = sales.iter().map(|row| row["state"].as_str()).collect();
    let expected = ["covered", "covered", "open", "open", "open", "voided", "covered"];
    assert_eq!(states, expected);
    let paid = &payments[0];
    assert_eq!(paid["payment_id"], first["covered_by"]);
    assert_eq!((&*paid["sale_number"], &*paid["way"]), ("A01-0001", "gateway"));
    assert_eq!(
        (&*paid["amount"], &*paid["unique_code"], &*paid["total"]),
        ("50000", "347", "50347")
    );
    assert_eq!((&*paid["state"], &*paid["received"]), ("paid", "50347"));
    assert_eq!(payments[1]["flags"], "late");
    let last = &payments[6];
    assert_eq!((&*last["way"], &*last["unique_code"]), ("own_qris", "-7"), "a number stays one");
    assert_eq!(last["reason"], "Dilihat di aplikasi bank");
    let sums = |number: &str| {
        let of = lines.iter().filter(|line| line["number"] == number);
        of.map(|line| line["amount"].parse::<i64>().unwrap()).sum::<i64>()
    };
    for sale in &sales {
        assert_eq!(sums(&sale["number"]).to_string(), sale["total"], "{sale:?}");
    }
    assert!(text(&to, "sales.csv").ends_with("\r\n"), "lines end as RFC 4180 has it");
}

#[test]
fn what_a_person_typed_is_no_formula() {
    let shop = TestShop::new();
    shop.append(0, shop_in(laci_core::Zone::Wib, "00:00"));
    let wild = ["=HYPERLINK(\"x\")", "+1", "-1", "@x", "\t=1", " =1", "Kopi, \"tubruk\"\nbesar"];
    shop.write(Op::PaymentStart, 1, |tx| {
        let mut sale = sale(tx, 700)?;
        let line = |name: &&str| SaleLine {
            name: (*name).to_owned(),
            quantity: 1,
            unit_price: Rupiah::from_u32(100),
        };
        sale.lines = wild.iter().map(line).collect();
        sale.order = Some("=cmd()".to_owned());
        tx.append(Body::SaleRecorded { sale })
    })
    .unwrap();
    let to = shop.folder.data.parent().unwrap().join("ekspor");
    export(&shop.ledger, &to).unwrap();
    let names: Vec<_> =
        table(&to, "sale_lines.csv").into_iter().map(|row| row["name"].clone()).collect();
    let (formulas, plain) = wild.split_at(6);
    for (name, typed) in names.iter().zip(formulas) {
        assert_eq!(*name, format!("'{typed}"));
    }
    assert_eq!(&names[6..], plain, "commas, quotes and line ends come back");
    assert_eq!(table(&to, "sales.csv")[0]["order"], "'=cmd()");
    let (entries, _) = chained_anew(&to);
    assert_eq!(entries, 3);
    let entry = json_lines(&to, "log.jsonl")[2]["entry"].as_str().unwrap().to_owned();
    assert!(entry.contains("\"=cmd()\""), "in the log it is as it was typed: {entry}");
}

#[test]
fn an_empty_folder_is_taken_and_another_is_not() {
    let (shop, dir) = (TestShop::new(), tempfile::tempdir().unwrap());
    let to = dir.path().join("ekspor");
    std::fs::create_dir(&to).unwrap();
    export(&shop.ledger, &to).unwrap();
    let before = text(&to, "log.jsonl");
    more(&shop.ledger, 1);
    let again = export(&shop.ledger, &to).unwrap_err();
    assert_eq!(again.code(), "export_not_empty");
    assert!(again.sentence(Lang::Id).contains("Pilih folder baru"), "{again:?}");
    assert_eq!(text(&to, "log.jsonl"), before, "nothing was overwritten");
    let theirs = dir.path().join("foto");
    std::fs::create_dir(&theirs).unwrap();
    std::fs::write(theirs.join("log.jsonl"), "x").unwrap();
    assert_eq!(export(&shop.ledger, &theirs).unwrap_err().code(), "export_not_empty");
    assert_eq!(text(&theirs, "log.jsonl"), "x");
    let file = dir.path().join("berkas");
    std::fs::write(&file, "x").unwrap();
    assert_eq!(export(&shop.ledger, &file).unwrap_err().code(), "export_place");
    let nowhere = dir.path().join("tidak-ada").join("ekspor");
    assert_eq!(export(&shop.ledger, &nowhere).unwrap_err().code(), "export_place");
    let inside = shop.folder.data.join("ekspor");
    assert_eq!(export(&shop.ledger, &inside), Err(ExportError::InsideData));
    assert!(!inside.exists());
    assert_eq!(names(dir.path()), ["berkas", "ekspor", "foto"], "and nothing is left beside");
}

#[test]
fn a_folder_of_the_parts_name_is_not_taken_from_its_owner() {
    let (shop, dir) = (TestShop::new(), tempfile::tempdir().unwrap());
    let theirs = dir.path().join("ekspor.part");
    std::fs::create_dir(&theirs).unwrap();
    std::fs::write(theirs.join("surat.txt"), "x").unwrap();
    let error = export(&shop.ledger, &dir.path().join("ekspor")).unwrap_err();
    assert_eq!(error.code(), "export_place");
    assert_eq!(text(&theirs, "surat.txt"), "x");
}

#[test]
fn whoever_stops_it_has_nothing() {
    let (shop, dir) = (TestShop::new(), tempfile::tempdir().unwrap());
    more(&shop.ledger, 600);
    let to = dir.path().join("ekspor");
    let steps = |stop_at: u64| {
        let mut seen = Vec::new();
        let answer = shop.ledger.export(&to, at(1).now, &mut |done, of| {
            assert!(done <= of, "{done} of {of}");
            seen.push(done);
            u64::try_from(seen.len()).unwrap() < stop_at
        });
        (answer, seen)
    };
    for stop_at in 1..=5 {
        let (answer, seen) = steps(stop_at);
        assert_eq!(answer, Err(ExportError::Cancelled), "after {seen:?}");
        assert_eq!(names(dir.path()), [""; 0], "nothing is left");
    }
    let (answer, seen) = steps(u64::MAX);
    answer.unwrap();
    assert!(seen.is_sorted() && seen.len() > 5, "{seen:?}");
    assert_eq!(seen.last(), Some(&1_201), "601 entries and 600 sales");
}

#[test]
fn selling_goes_on_meanwhile() {
    let (shop, dir) = (TestShop::new(), tempfile::tempdir().unwrap());
    more(&shop.ledger, 300);
    let to = dir.path().join("ekspor");
    let mut sold = 0;
    let exported = shop.ledger.export(&to, at(1).now, &mut |_, _| {
        sold = more(&shop.ledger, 1);
        true
    });
    let exported = exported.unwrap();
    assert!(sold > 301, "{sold}");
    // The snapshot is taken at the first count, before anybody is told.
    assert_eq!((exported.entries, exported.sales), (301, 300), "one moment of it");
    assert_eq!(chained_anew(&to).0, 301);
}

#[test]
fn a_broken_log_is_not_exported() {
    let shop = TestShop::new();
    more(&shop.ledger, 1_200);
    let (folder, dir) = shop.closed();
    unguarded(&folder, |conn| {
        conn.execute_batch("UPDATE log SET entry = replace(entry, '500', '900') WHERE seq = 7")
            .unwrap();
    });
    // Beyond what is checked at the door.
    let ledger = Ledger::open(&folder, false).unwrap();
    let to: PathBuf = dir.path().join("ekspor");
    let error = export(&ledger, &to).unwrap_err();
    assert_eq!(error.code(), "integrity_broken");
    assert!(error.to_string().contains("entry 7"), "{error}");
    assert!(!to.exists());
}

/// Killed anywhere in it there is no folder of the export's name, and the next try makes it.
#[test]
fn a_kill_leaves_nothing_that_looks_whole() {
    for point in ["export.inside", "export.written"] {
        let shop = TestShop::new();
        more(&shop.ledger, 5);
        let (folder, dir) = shop.closed();
        child::run_killed_at("export", &folder, point);
        let to = dir.path().join("ekspor");
        assert!(!to.exists(), "{point}");
        assert!(dir.path().join("ekspor.part").exists(), "{point}: it had begun");
        assert_eq!(child::run("export", &folder).lines(), ["exported 6"], "{point}");
        assert_eq!(chained_anew(&to).0, 6);
        assert!(!dir.path().join("ekspor.part").exists(), "{point}: nothing is left of the first");
    }
}
