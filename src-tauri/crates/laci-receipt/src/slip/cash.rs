//! The paper for money that goes into the drawer or out of it without a sale.

use laci_core::{Rupiah, UnixMs, Zone};
use serde::{Deserialize, Serialize};

use crate::document::{Anchor, ShopHead};
use crate::layout::page::{Page, date_and_time};
use crate::layout::{Columns, Reprint, Slip};

/// What moved the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CashSlipKind {
    /// Kas masuk.
    In,
    /// Kas keluar.
    Out,
    /// Setor: taken out and handed to the owner.
    ToOwner,
    /// Setor: taken out and brought to the bank.
    ToBank,
}

impl CashSlipKind {
    pub const ALL: [Self; 4] = [Self::In, Self::Out, Self::ToOwner, Self::ToBank];

    fn title(self) -> &'static str {
        match self {
            Self::In => "Kas masuk",
            Self::Out => "Kas keluar",
            Self::ToOwner => "Setor ke pemilik",
            Self::ToBank => "Setor ke bank",
        }
    }

    /// Whether the money changes hands, and both of them sign.
    fn is_handed_over(self) -> bool {
        match self {
            Self::ToOwner | Self::ToBank => true,
            Self::In | Self::Out => false,
        }
    }
}

/// One movement of cash without a sale.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CashSlip {
    pub shop: ShopHead,
    /// The shop's zone; the moment is shown in it, with its name.
    pub zone: Zone,
    pub title: CashSlipKind,
    /// What moved, in rupiah: a magnitude, whichever way it went.
    pub amount: Rupiah,
    pub reason: String,
    /// The person's name.
    pub cashier: String,
    /// The name of who allowed it, when it took a second person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approver: Option<String>,
    pub at: UnixMs,
    /// The register's shifts count from 1.
    pub shift: u32,
    pub anchor: Anchor,
    /// Made in practice mode: no money moved.
    #[serde(default)]
    pub practice: bool,
}

/// Lays `slip` out for `columns`, marked as a copy if `reprint` says so. The same arguments give the same rows.
pub fn layout_cash(slip: &CashSlip, columns: Columns, reprint: Option<Reprint>) -> Slip {
    let title = slip.title.title();
    let mut page = Page::new(columns, slip.practice);
    page.centred(&title.to_uppercase(), true);
    page.shop(&slip.shop);
    page.pair(&format!("Shift {}", slip.shift), &date_and_time(slip.at, slip.zone), false);
    page.left(&format!("Kasir {}", slip.cashier));
    if let Some(approver) = &slip.approver {
        page.left(&format!("Disetujui {approver}"));
    }
    page.rule();
    page.money("JUMLAH", slip.amount, true);
    page.reason(&slip.reason);
    page.rule();
    if slip.title.is_handed_over() {
        page.signature("Diserahkan");
        page.signature("Diterima");
    }
    page.anchor(&slip.anchor);
    Slip {
        columns,
        title: format!("{title} {}", slip.anchor.seq),
        sold_at: slip.at,
        rows: page.finished(slip.zone, slip.practice, reprint),
    }
}
