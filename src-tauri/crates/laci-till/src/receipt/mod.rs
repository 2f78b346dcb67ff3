//! Receipts: the stored document on the screen, as text, and as a PDF in the data folder.

use std::path::{Path, PathBuf};

use laci_core::{Lang, Refusal, SaleId, SaleNumber};
use laci_ledger::SaleRow;
use laci_qris::symbol::{Level, Symbol};
use laci_receipt::render;
use laci_receipt::{Columns, Document, Row, Slip, layout};

use crate::error::{Result, Sentence, TillError};
use crate::till::Till;
use crate::wire::{FileView, ReceiptRow, ReceiptView};

/// What a receipt can be written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReceiptFormat {
    Text,
    Pdf,
}

impl Till {
    pub fn receipt_show(&self, sale: SaleId, columns: u16) -> Result<ReceiptView> {
        let slip = self.slip(sale, columns)?;
        let rows = slip.rows.iter().map(screen_row).collect::<Result<_>>()?;
        Ok(ReceiptView { columns: u16::try_from(slip.columns.count()).unwrap_or(32), rows })
    }

    /// The receipt as bytes. Refused: `sale_unknown`, `sale_not_paid`, `receipt_columns`.
    pub fn receipt_bytes(
        &self,
        sale: SaleId,
        columns: u16,
        format: ReceiptFormat,
    ) -> Result<Vec<u8>> {
        let slip = self.slip(sale, columns)?;
        Ok(match format {
            ReceiptFormat::Text => render::text(&slip).into_bytes(),
            ReceiptFormat::Pdf => pdf(&slip)?,
        })
    }

    /// Writes the PDF into the data folder's `receipts/` and says where.
    pub fn receipt_pdf(&self, sale: SaleId, columns: u16) -> Result<FileView> {
        let row = self.sale_row(sale)?;
        let bytes = self.receipt_bytes(sale, columns, ReceiptFormat::Pdf)?;
        let path = self.receipt_path(&row, columns);
        write_file(&path, &bytes)?;
        Ok(FileView { path: path.display().to_string() })
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

    /// `receipts/2026-11-20/A01-0148.pdf`; other widths carry theirs: `A01-0148-48.pdf`.
    pub(crate) fn receipt_path(&self, row: &SaleRow, columns: u16) -> PathBuf {
        let date = row.turnover_date.unwrap_or(row.recorded_date).to_string();
        let number = row.sale.number;
        let name =
            if columns == 32 { format!("{number}.pdf") } else { format!("{number}-{columns}.pdf") };
        self.place().receipts().join(date).join(name)
    }

    fn slip(&self, sale: SaleId, columns: u16) -> Result<Slip> {
        let columns = Columns::from_count(usize::from(columns)).ok_or_else(bad_columns)?;
        let hash = self.sale_row(sale)?.receipt.ok_or(Refusal::SaleNotPaid)?;
        let bytes = self.read(|view| view.blob(hash))?.ok_or_else(lost)?;
        let document: Document = serde_json::from_slice(&bytes).map_err(|_| lost())?;
        Ok(layout(&document, columns, None))
    }
}

fn pdf(slip: &Slip) -> Result<Vec<u8>> {
    render::pdf(slip)
        .map_err(|error| TillError::Failed(Sentence::of(error.code(), |lang| error.sentence(lang))))
}

/// Writes a receipt where it was asked for, whole or not at all.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        // A folder that cannot be made shows as the write's own error, with its sentence.
        let _ = std::fs::create_dir_all(folder);
    }
    laci_receipt::write(path, bytes)
        .map_err(|error| TillError::Failed(Sentence::of(error.code(), |lang| error.sentence(lang))))
}

fn screen_row(row: &Row) -> Result<ReceiptRow> {
    Ok(match row {
        Row::Text { text, bold, double } => {
            ReceiptRow::Text { text: text.clone(), bold: *bold, double: *double }
        }
        Row::Rule => ReceiptRow::Rule,
        Row::Gap(lines) => ReceiptRow::Gap { lines: *lines },
        Row::Qr { payload } => ReceiptRow::Qr { svg: Symbol::draw(payload, Level::M)?.to_svg() },
    })
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
