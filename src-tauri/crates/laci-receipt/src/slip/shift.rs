//! The X and Z of a shift: turnover, the other money, the drawer, and what anchors them.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use laci_core::books::{Drawer, Pocket, Report, Tally, Way, ZNumber};
use laci_core::{BusinessDate, GatewayName, Hash, Rupiah, UnixMs, Zone};
use serde::{Deserialize, Serialize};

use crate::document::ShopHead;
use crate::layout::page::{Page, date_and_time};
use crate::layout::{Columns, Reprint, Slip};

/// In the order in which a report shows them.
const WAYS: [Way; 4] = [Way::Cash, Way::Qris, Way::Transfer, Way::Bon];

/// Whether the shift goes on (X) or was closed (Z).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ShiftKind {
    X,
    /// `chain` is the Z's own hash, over the one before ([`laci_core::books::Z`]).
    Z {
        number: ZNumber,
        chain: Hash,
    },
}

/// A shift's report with its names resolved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShiftSlip {
    pub kind: ShiftKind,
    pub shop: ShopHead,
    /// The shop's zone; every moment is shown in it, with its name.
    pub zone: Zone,
    /// The register's shifts count from 1.
    pub shift: u32,
    pub date: BusinessDate,
    pub opened_at: UnixMs,
    /// When the shift was closed; of an X, when it was made.
    pub at: UnixMs,
    /// The person's name.
    pub cashier: String,
    /// What the shop calls its gateways. One that is missing, or blank, is shown by its name.
    pub gateways: BTreeMap<GatewayName, String>,
    pub report: Report,
    /// Why the counted cash is not the expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How often the drawer was counted and what the first, blind count came to, when it was more than once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recounted: Option<(u32, Rupiah)>,
    /// The log's head when the report was made.
    pub head_seq: u64,
    pub head: Hash,
    /// Made in practice mode: no money moved.
    #[serde(default)]
    pub practice: bool,
}

/// Lays `slip` out for `columns`, marked as a copy if `reprint` says so. The same arguments give the same rows.
pub fn layout_shift(slip: &ShiftSlip, columns: Columns, reprint: Option<Reprint>) -> Slip {
    let mut page = Page::new(columns, slip.practice);
    head(&mut page, slip);
    turnover(&mut page, slip);
    page.rule();
    other_money(&mut page, &slip.report);
    drawer(&mut page, &slip.report.cash);
    match slip.kind {
        ShiftKind::X => page.left("Kas belum dihitung"),
        ShiftKind::Z { .. } => counted(&mut page, slip),
    }
    page.rule();
    foot(&mut page, slip);
    let title = match slip.kind {
        ShiftKind::X => format!("Laporan X shift {}", slip.shift),
        ShiftKind::Z { number, .. } => format!("Laporan {number}"),
    };
    let rows = page.finished(slip.zone, slip.practice, reprint);
    Slip { columns, title, sold_at: slip.at, rows }
}

fn head(page: &mut Page, slip: &ShiftSlip) {
    let at = date_and_time(slip.at, slip.zone);
    match slip.kind {
        ShiftKind::X => {
            page.centred("LAPORAN X", true);
            page.centred("BELUM TUTUP", true);
            page.centred(&slip.shop.name, false);
            page.pair("Sampai", &at, false);
        }
        ShiftKind::Z { number, .. } => {
            page.centred("LAPORAN Z", true);
            page.centred(&slip.shop.name, false);
            page.pair(&number.to_string(), &at, false);
        }
    }
    page.person(&format!("Shift {}", slip.shift), &slip.cashier);
    page.pair("Dibuka", &date_and_time(slip.opened_at, slip.zone), false);
    page.pair("Hari usaha", &day_first(slip.date), false);
    page.rule();
}

/// `20-11-2026`, as moments are written.
fn day_first(date: BusinessDate) -> String {
    date.to_string().rsplitn(3, '-').collect::<Vec<_>>().join("-")
}

fn turnover(page: &mut Page, slip: &ShiftSlip) {
    let report = &slip.report;
    page.money("Omzet", report.turnover, false);
    let unsettled = report.open.unsettled;
    for way in WAYS {
        let is_shown = way == Way::Qris && unsettled != Rupiah::ZERO;
        let tally = report.by_method.get(&way).copied();
        if tally.is_some() || is_shown {
            page.part(1, way_name(way), tally.unwrap_or_default().amount);
        }
        if way == Way::Qris {
            gateways(page, slip);
            if unsettled != Rupiah::ZERO {
                page.part(2, "belum masuk rekening", unsettled);
            }
        }
    }
    page.pair("Jumlah penjualan", &report.sales.to_string(), false);
    tally(page, "Dikonfirmasi manual", report.confirmed);
}

fn way_name(way: Way) -> &'static str {
    match way {
        Way::Cash => "Tunai",
        Way::Qris => "QRIS",
        Way::Transfer => "Transfer",
        Way::Bon => "Bon",
    }
}

/// The largest first.
fn gateways(page: &mut Page, slip: &ShiftSlip) {
    let mut pockets: Vec<(&Pocket, &Tally)> = slip.report.by_gateway.iter().collect();
    pockets.sort_by_key(|(_, tally)| Reverse(tally.amount));
    for (pocket, tally) in pockets {
        let name = match pocket {
            Pocket::Gateway(gateway) => slip
                .gateways
                .get(gateway)
                .filter(|title| !title.trim().is_empty())
                .map_or(gateway.as_str(), String::as_str),
            Pocket::OwnQris => "QRIS toko",
            Pocket::Bank => way_name(Way::Transfer),
        };
        page.part(2, name, tally.amount);
    }
}

/// Money that is no turnover: what the shop gave or lost is below zero. Nothing when there was none.
fn other_money(page: &mut Page, report: &Report) {
    let bon_paid = counted_label("Bon dibayar", report.bon_paid);
    let bills = counted_label("Titipan tagihan", report.bills);
    let all = [
        ("Kode unik", report.unique_code),
        ("Retur", report.refunds.amount.negated()),
        ("Biaya QRIS", report.fees.negated()),
        ("Kelebihan bayar", report.surplus),
        (bon_paid.as_str(), report.bon_paid.amount),
        (bills.as_str(), report.bills.amount),
    ];
    if all.iter().all(|(_, amount)| *amount == Rupiah::ZERO) {
        return;
    }
    page.left("Di luar omzet");
    for (label, amount) in all {
        if amount != Rupiah::ZERO {
            page.part(1, label, amount);
        }
    }
    page.rule();
}

fn drawer(page: &mut Page, cash: &Drawer) {
    page.money("Modal awal", cash.float, false);
    page.money("Penjualan tunai", cash.sales, false);
    let others = [
        // Shorter than on the screen, so that millions stand beside it on 58 mm.
        ("Tagihan tunai", cash.bills),
        ("Bon dibayar tunai", cash.bon_paid),
        ("Pembulatan", cash.rounding),
        ("Retur tunai", cash.refunds),
        ("Kas masuk", cash.cash_in),
        ("Kas keluar", cash.cash_out),
        ("Setor", cash.setor),
    ];
    for (label, amount) in others {
        if amount != Rupiah::ZERO {
            page.money(label, amount, false);
        }
    }
    page.money("KAS DIHARAPKAN", cash.expected, true);
}

fn counted(page: &mut Page, slip: &ShiftSlip) {
    let cash = &slip.report.cash;
    // A Z whose report holds no close says so: an empty place would read as nothing missing.
    match cash.counted {
        Some(counted) => page.money("KAS DIHITUNG", counted, true),
        None => page.pair("KAS DIHITUNG", "tidak ada", true),
    }
    if let Some(difference) = cash.difference {
        let label = match difference.cmp(&Rupiah::ZERO) {
            std::cmp::Ordering::Less => "SELISIH KURANG",
            std::cmp::Ordering::Equal => "COCOK",
            std::cmp::Ordering::Greater => "SELISIH LEBIH",
        };
        page.money(label, difference, true);
    }
    if let Some((times, first)) = slip.recounted {
        page.money(&format!("Dihitung {times} kali, dulu"), first, false);
    }
    if let Some(reason) = &slip.reason {
        page.reason(reason);
    }
}

fn foot(page: &mut Page, slip: &ShiftSlip) {
    let report = &slip.report;
    tally(page, "Belum verifikasi", report.open.unverified);
    tally(page, "Belum lunas", report.open.unpaid);
    page.left(&format!("Batal ({}) Retur ({})", report.voided, report.refunds.count));
    match slip.kind {
        ShiftKind::X => {}
        ShiftKind::Z { chain, .. } => page.pair("Rantai", &chain.short(), false),
    }
    page.pair("Buku", &format!("{} {}", slip.head_seq, slip.head.short()), false);
}

fn tally(page: &mut Page, label: &str, tally: Tally) {
    if tally != Tally::default() {
        page.money(&counted_label(label, tally), tally.amount, false);
    }
}

/// `Belum verifikasi (1)`
fn counted_label(label: &str, tally: Tally) -> String {
    format!("{label} ({})", tally.count)
}
