//! The paper with a person's recovery codes. It is printed once: there is no copy of it, and none is stored.

use std::fmt;

use laci_core::{UnixMs, Zone};

use crate::document::ShopHead;
use crate::layout::page::{Page, date_and_time};
use crate::layout::{Columns, Slip};

/// Recovery codes in the clear. It cannot be serialised and its `Debug` hides the codes, so that neither a log nor a
/// file gets them by accident; the [`Slip`] that is made of it holds them.
#[derive(Clone, PartialEq, Eq)]
pub struct CodesSlip {
    pub shop: ShopHead,
    pub zone: Zone,
    pub at: UnixMs,
    /// The name of whom they let in.
    pub person: String,
    /// In ASCII, in the order of their numbers on the paper.
    pub codes: Vec<String>,
}

impl fmt::Debug for CodesSlip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodesSlip")
            .field("person", &self.person)
            .field("codes", &self.codes.len())
            .finish_non_exhaustive()
    }
}

/// Lays `slip` out for `columns`. The same arguments give the same rows.
pub fn layout_codes(slip: &CodesSlip, columns: Columns) -> Slip {
    let mut page = Page::new(columns, false);
    page.centred("KODE PEMULIHAN", true);
    page.centred(&slip.shop.name, false);
    page.person("Untuk", &slip.person);
    page.pair("Dibuat", &date_and_time(slip.at, slip.zone), false);
    page.rule();
    page.left("Tiap kode hanya bisa dipakai satu kali untuk masuk. Simpan jauh dari mesin kasir.");
    page.rule();
    let digits = slip.codes.len().to_string().len();
    for (number, code) in (1..).zip(&slip.codes) {
        page.hanging(&format!("{number:>digits$}. "), code, true);
    }
    page.rule();
    page.left("Coret kode yang sudah dipakai.");
    page.left("Kertas hilang? Buat kode baru.");
    Slip {
        columns,
        title: "Kode pemulihan".to_owned(),
        sold_at: slip.at,
        rows: page.finished(slip.zone, false, None),
    }
}
