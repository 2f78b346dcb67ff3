//! Receipts: the stored document on the screen, as text, and as a PDF in the data folder.

use std::path::{Path, PathBuf};

use laci_core::{Body, Lang, Refusal, SaleId, SaleNumber};
use laci_ledger::{Op, SaleRow};
use laci_receipt::render::{self, ScreenRow};
use laci_receipt::{Columns, Document, RenderError, Reprint, Slip, layout};

use crate::by::By;
use crate::error::{Result, Sentence, TillError};
use crate::till::Till;
use crate::wire::{FileView, ReceiptRow, ReceiptView};

/// What a receipt can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptFormat {
    Text,
    Pdf,
}

/// A receipt that was made.
pub struct Receipt {
    pub bytes: Vec<u8>,
    /// Where it lies when no other place is named.
    pub usual_path: PathBuf,
    /// Which copy it is; none for the original.
    pub copy: Option<u32>,
}

impl Till {
    pub fn receipt_show(&self, sale: SaleId, columns: u16) -> Result<ReceiptView> {
        screen_view(&self.slip(sale, columns, None)?, columns)
    }

    /// The receipt as bytes; a copy is counted in the log before it exists.
    ///
    /// Refused: `sale_unknown`, `sale_not_paid`, `receipt_columns`.
    pub fn receipt(
        &self,
        by: By,
        sale: SaleId,
        columns: u16,
        format: ReceiptFormat,
        copy: bool,
    ) -> Result<Receipt> {
        self.slip(sale, columns, None)?;
        let reprint = copy.then(|| self.count_copy(by, sale)).transpose()?;
        let slip = self.slip(sale, columns, reprint)?;
        let bytes = match format {
            ReceiptFormat::Text => render::text(&slip).into_bytes(),
            ReceiptFormat::Pdf => render::pdf(&slip).map_err(undrawn)?,
        };
        let usual_path = self.receipt_path(&self.sale_row(sale)?, columns, reprint);
        Ok(Receipt { bytes, usual_path, copy: reprint.map(|reprint| reprint.nth) })
    }

    /// Writes the original's PDF into the data folder's `receipts/` and says where.
    pub fn receipt_pdf(&self, by: By, sale: SaleId, columns: u16) -> Result<FileView> {
        let receipt = self.receipt(by, sale, columns, ReceiptFormat::Pdf, false)?;
        write_file(&receipt.usual_path, &receipt.bytes)?;
        Ok(FileView { path: receipt.usual_path.display().to_string() })
    }

    fn count_copy(&self, by: By, sale: SaleId) -> Result<Reprint> {
        let printed_at = self.ports.now();
        let committed = self.transact(Op::Receipt, by, |tx| {
            let row = tx.sale(sale)?.ok_or(Refusal::SaleUnknown)?;
            let nth = row.copies.saturating_add(1);
            tx.append(Body::ReceiptCopied { sale_id: sale, nth })?;
            Ok(nth)
        })?;
        Ok(Reprint { nth: committed.value, printed_at })
    }

    /// A sale named by its id or by the number on its receipt.
    pub fn sale_named(&self, name: &str) -> Result<SaleId> {
        if let Ok(id) = name.parse::<SaleId>() {
            return Ok(self.sale_row(id)?.sale.id);
        }
        let number: SaleNumber = name.parse().map_err(|_| Refusal::SaleUnknown)?;
        let row = self.read(|view| view.sale_by_number(number))?;
        Ok(row.ok_or(Refusal::SaleUnknown)?.sale.id)
    }

    pub(crate) fn sale_row(&self, id: SaleId) -> Result<SaleRow> {
        Ok(self.read(|view| view.sale(id))?.ok_or(Refusal::SaleUnknown)?)
    }

    /// `receipts/2026-11-20/A01-0148.pdf`; other widths and copies say so: `A01-0148-48-salinan-1.pdf`.
    fn receipt_path(&self, row: &SaleRow, columns: u16, reprint: Option<Reprint>) -> PathBuf {
        let date = row.turnover_date.unwrap_or(row.recorded_date).to_string();
        let mut name = row.sale.number.to_string();
        if columns != 32 {
            name.push_str(&format!("-{columns}"));
        }
        if let Some(reprint) = reprint {
            name.push_str(&format!("-salinan-{}", reprint.nth));
        }
        self.place().receipts().join(date).join(name + ".pdf")
    }

    fn slip(&self, sale: SaleId, columns: u16, reprint: Option<Reprint>) -> Result<Slip> {
        let columns = Columns::from_count(usize::from(columns)).ok_or_else(bad_columns)?;
        let hash = self.sale_row(sale)?.receipt.ok_or(Refusal::SaleNotPaid)?;
        let bytes = self.read(|view| view.blob(hash))?.ok_or_else(lost)?;
        let document: Document = serde_json::from_slice(&bytes).map_err(|_| lost())?;
        Ok(layout(&document, columns, reprint))
    }
}

/// Laid-out rows as the window draws them.
pub(crate) fn screen_view(slip: &Slip, columns: u16) -> Result<ReceiptView> {
    let screen = render::screen(slip).map_err(undrawn)?;
    Ok(ReceiptView { columns, rows: screen.rows.into_iter().map(row_view).collect() })
}

pub(crate) fn undrawn(error: RenderError) -> TillError {
    TillError::Failed(Sentence::of(error.code(), |lang| error.sentence(lang)))
}

/// Writes a receipt where it was asked for, whole or not at all.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let unwritten = |error: laci_receipt::WriteError| {
        TillError::Failed(Sentence::of(error.code(), |lang| error.sentence(lang)))
    };
    laci_receipt::write_in_new_folder(path, bytes).map_err(unwritten)
}

fn row_view(row: ScreenRow) -> ReceiptRow {
    match row {
        ScreenRow::Text { text, bold, double } => ReceiptRow::Text { text, bold, double },
        ScreenRow::Rule => ReceiptRow::Rule,
        ScreenRow::Gap { rows } => ReceiptRow::Gap { lines: rows },
        ScreenRow::Qr { path, side } => {
            ReceiptRow::Qr { path, side: u16::try_from(side).unwrap_or(0) }
        }
    }
}

fn bad_columns() -> TillError {
    let words = |lang| match lang {
        Lang::Id => "Lebar struk hanya 32, 42 atau 48 kolom.".to_owned(),
        Lang::En => "A receipt is 32, 42 or 48 columns wide.".to_owned(),
    };
    TillError::Refused(Sentence::of("receipt_columns", words))
}

fn lost() -> TillError {
    TillError::Integrity(Sentence::new(
        "receipt_lost",
        "Isi struk ini tidak terbaca dari buku. Penjualannya tetap tercatat. Hubungi bantuan.",
        "This receipt's content cannot be read from the books. The sale stays recorded. Ask for support.",
    ))
}
