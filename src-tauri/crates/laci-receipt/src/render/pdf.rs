//! Rows as a PDF of one page, as wide as the paper and as long as the rows need; only a receipt longer than a PDF's
//! page may be goes on to a second.
//!
//! The same slip gives the same bytes: the only moment in the file is the sale's, and the file's id is the hash of
//! its rows. Deliberately absent: wrapping and measuring (a row's cells are already counted) and pictures (a QR is
//! drawn as rectangles, so that it prints sharp at any size).

// Millimetres and points are fractions by nature; no amount of money is computed here.
#![allow(clippy::float_arithmetic)]

use std::borrow::Cow;

use laci_core::Hash;
use laci_qris::symbol::{QUIET_ZONE, Symbol};
use printpdf::{
    Color, CurTransMat, DateTime, DictItem, FontId, Greyscale, Mm, Op, ParsedFont, PdfDocument,
    PdfFont, PdfFontHandle, PdfPage, PdfSaveOptions, Point, Pt, TextItem,
};

use super::{RenderError, dark_runs, symbol, text};
use crate::layout::{Columns, Row, Slip};

const REGULAR: &[u8] = include_bytes!("../../fonts/DejaVuSansMono.subset.ttf");
const BOLD: &[u8] = include_bytes!("../../fonts/DejaVuSansMono-Bold.subset.ttf");
/// A glyph's width in thousandths of an em (1233/2048), cut as the PDF's width table cuts it.
const ADVANCE: f32 = 0.602;
/// Glyphs are wider than their cells by this part of a cell, and set closer by as much; text that is set in starts
/// later by a little less. Nobody sees it, but readers that rebuild columns from positions (pdftotext) round a text
/// that just misses a cell's edge to the wrong column.
const OVERLAP: f32 = 0.02;
const NUDGE: f32 = 0.015;
/// Row height and the baseline's depth in it, in em.
const PITCH: f32 = 1.25;
const BASELINE: f32 = 0.97;
/// White above the first row and below the last, in mm.
const HEAD_MM: f32 = 5.0;
const FOOT_MM: f32 = 6.0;
/// The longest page in points: viewers take 14,400 (ISO 32000-1, annex C), here less the margins.
const ROWS_PT_MAX: f32 = 14_000.0;
const PT_PER_MM: f32 = 72.0 / 25.4;
/// Thermal heads print 8 dots per mm; a QR's module is a whole number of them.
const DOT_MM: f32 = 0.125;
/// What a QR and its quiet zone take at most if its modules can stay at four dots or more, in dots.
const QR_DOTS: usize = 208;
const QR_MODULE_DOTS_MIN: usize = 4;

/// Draws the slip. At most a few hundred kilobytes of memory; the file is under 30 KB for an ordinary receipt.
///
/// # Errors
/// [`RenderError::Qr`], [`RenderError::Font`], [`RenderError::Pdf`].
pub fn pdf(slip: &Slip) -> Result<Vec<u8>, RenderError> {
    let paper = Paper::of(slip.columns);
    let rows = prepared(slip)?;
    let mut document = PdfDocument::new(&slip.title);
    let info = &mut document.metadata.info;
    info.creator = "Laci".to_owned();
    info.producer = "Laci".to_owned();
    if let Ok(at) = DateTime::from_unix_timestamp(slip.sold_at.0.div_euclid(1000)) {
        info.creation_date = at;
        info.modification_date = at;
    }
    for (id, bytes) in [(regular(), REGULAR), (bold(), BOLD)] {
        let font = ParsedFont::from_bytes(bytes, 0, &mut Vec::new()).ok_or(RenderError::Font)?;
        document.resources.fonts.map.insert(id, PdfFont::new(font));
    }
    document.pages = pages(&rows, &paper).into_iter().map(|rows| drawn(rows, &paper)).collect();
    saved(&document, slip)
}

/// The fonts' names in the file; printpdf would give random ones.
fn regular() -> FontId {
    FontId("DejaVuSansMono".to_owned())
}

fn bold() -> FontId {
    FontId("DejaVuSansMono-Bold".to_owned())
}

fn saved(document: &PdfDocument, slip: &Slip) -> Result<Vec<u8>, RenderError> {
    // The fonts are cut down already; "insecure" only lets our own operators through.
    let options =
        PdfSaveOptions { subset_fonts: false, secure: false, ..PdfSaveOptions::default() };
    let mut warnings = Vec::new();
    let mut file = document.to_lopdf_document(&options, &mut warnings);
    if let Some(warning) = warnings.pop() {
        return Err(RenderError::Pdf(warning.msg));
    }
    let failed = |why: &dyn std::fmt::Display| RenderError::Pdf(why.to_string());
    let seen = format!("{} {}\n{}", slip.title, slip.columns.count(), text(slip));
    let id = Hash::of_bytes(seen.as_bytes()).to_string();
    // printpdf claims PDF/X without meeting it.
    let info = file.trailer.get(b"Info").and_then(|info| info.as_reference());
    let info = info.and_then(|info| file.get_dictionary_mut(info));
    info.map_err(|why| failed(&why))?.remove(b"GTS_PDFXVersion");
    let ids = file.trailer.get_mut(b"ID").and_then(|id| id.as_array_mut());
    for random in ids.map_err(|why| failed(&why))? {
        *random.as_str_mut().map_err(|why| failed(&why))? = id.as_bytes().to_vec();
    }
    file.compress();
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|why| failed(&why))?;
    Ok(bytes)
}

/// Paper and type, in points unless named otherwise.
struct Paper {
    columns: usize,
    width_mm: f32,
    margin: f32,
    printable: f32,
    printable_dots: usize,
    cell: f32,
    size: f32,
}

impl Paper {
    fn of(columns: Columns) -> Self {
        // Each count has its paper: facts of the printers that are sold, not arithmetic.
        let (width_mm, printable_mm, printable_dots) = match columns {
            Columns::C32 => (58.0, 48.0, 384),
            Columns::C42 | Columns::C48 => (80.0, 72.0, 576),
        };
        let printable = printable_mm * PT_PER_MM;
        let cell = printable / columns.count() as f32;
        Self {
            columns: columns.count(),
            width_mm,
            margin: (width_mm - printable_mm) / 2.0 * PT_PER_MM,
            printable,
            printable_dots,
            cell,
            size: cell * (1.0 + OVERLAP) / ADVANCE,
        }
    }

    fn height_of(&self, row: &Drawn<'_>) -> f32 {
        let rows = |count: f32| count * self.size * PITCH;
        match row {
            Drawn::Text { double: false, .. } => rows(1.0),
            Drawn::Text { double: true, .. } => rows(2.0),
            Drawn::Qr { symbol } => self.module(symbol) * side(symbol),
            Drawn::Gap(count) => rows(f32::from(*count)),
        }
    }

    /// A module's side in points: as many dots as fit the wished size, at least four, unless the symbol is so large
    /// that the paper has room for fewer.
    fn module(&self, symbol: &Symbol) -> f32 {
        let modules = symbol.modules() + 2 * QUIET_ZONE;
        let wished = (QR_DOTS / modules).max(QR_MODULE_DOTS_MIN);
        let dots = wished.min(self.printable_dots / modules);
        dots as f32 * DOT_MM * PT_PER_MM
    }
}

/// Modules per side with the quiet zone.
fn side(symbol: &Symbol) -> f32 {
    (symbol.modules() + 2 * QUIET_ZONE) as f32
}

/// A row with what it takes to draw it.
enum Drawn<'a> {
    Text { text: Cow<'a, str>, bold: bool, double: bool },
    Qr { symbol: Symbol },
    Gap(u8),
}

fn prepared(slip: &Slip) -> Result<Vec<Drawn<'_>>, RenderError> {
    let draw = |row| {
        Ok(match row {
            &Row::Text { ref text, bold, double } => {
                Drawn::Text { text: text.into(), bold, double }
            }
            Row::Rule => Drawn::Text {
                text: "-".repeat(slip.columns.count()).into(),
                bold: false,
                double: false,
            },
            Row::Qr { payload } => Drawn::Qr { symbol: symbol(payload)? },
            Row::Gap(count) => Drawn::Gap(*count),
        })
    };
    slip.rows.iter().map(draw).collect()
}

/// The rows of each page.
fn pages<'a>(rows: &'a [Drawn<'a>], paper: &Paper) -> Vec<&'a [Drawn<'a>]> {
    let mut pages = Vec::new();
    let (mut start, mut height) = (0, 0.0);
    for (at, row) in rows.iter().enumerate() {
        let more = paper.height_of(row);
        if height + more > ROWS_PT_MAX {
            pages.extend(rows.get(start..at));
            (start, height) = (at, 0.0);
        }
        height += more;
    }
    pages.extend(rows.get(start..));
    pages
}

fn drawn(rows: &[Drawn<'_>], paper: &Paper) -> PdfPage {
    let content: f32 = rows.iter().map(|row| paper.height_of(row)).sum();
    let height_mm = HEAD_MM + content / PT_PER_MM + FOOT_MM;
    let mut top = (height_mm - HEAD_MM) * PT_PER_MM;
    let black = Color::Greyscale(Greyscale { percent: 0.0, icc_profile: None });
    let mut ops = vec![Op::SetFillColor { col: black }];
    for row in rows {
        match row {
            Drawn::Text { text, bold, double } => {
                ops.extend(text_ops(paper, text, *bold, *double, top));
            }
            Drawn::Qr { symbol } => ops.extend(qr_ops(paper, symbol, top)),
            Drawn::Gap(_) => {}
        }
        top -= paper.height_of(row);
    }
    PdfPage::new(Mm(paper.width_mm), Mm(height_mm), ops)
}

fn text_ops(paper: &Paper, text: &str, is_bold: bool, double: bool, top: f32) -> [Op; 6] {
    let (size, cell) =
        if double { (paper.size * 2.0, paper.cell * 2.0) } else { (paper.size, paper.cell) };
    let font = PdfFontHandle::External(if is_bold { bold() } else { regular() });
    let set_in = text.trim_start_matches(' ');
    let indent = text.len() - set_in.len();
    // A text that ends at the right edge must not be pushed over it.
    let nudge = if indent > 0 && text.len() < paper.columns { NUDGE } else { 0.0 };
    let left = (indent as f32 + nudge) * cell;
    let pos = Point { x: Pt(paper.margin + left), y: Pt(top - size * BASELINE) };
    [
        Op::StartTextSection,
        Op::SetFont { font, size: Pt(size) },
        Op::SetCharacterSpacing { multiplier: -OVERLAP * cell },
        Op::SetTextCursor { pos },
        Op::ShowText { items: vec![TextItem::Text(set_in.to_owned())] },
        Op::EndTextSection,
    ]
}

/// One filled path in units of modules, of whole numbers. A single fill leaves no hair lines between rectangles
/// that touch, and the short operator (`x y width height re`) keeps a dense symbol's file small.
fn qr_ops(paper: &Paper, symbol: &Symbol, top: f32) -> Vec<Op> {
    let module = paper.module(symbol);
    let left = paper.margin + (paper.printable - module * side(symbol)) / 2.0;
    let matrix = CurTransMat::Raw([module, 0.0, 0.0, -module, left, top]);
    let mut ops = vec![Op::SaveGraphicsState, Op::SetTransformationMatrix { matrix }];
    ops.extend(dark_runs(symbol).into_iter().map(|(x, y, length)| {
        let numbers = [x + QUIET_ZONE, y + QUIET_ZONE, length, 1];
        operator("re", &numbers)
    }));
    ops.push(operator("f", &[]));
    ops.push(Op::RestoreGraphicsState);
    ops
}

/// A PDF operator that printpdf has no name for.
fn operator(key: &str, numbers: &[usize]) -> Op {
    // A symbol has at most 177 modules a side.
    let value = numbers.iter().map(|&number| DictItem::Int(number as i64)).collect();
    Op::Unknown { key: key.to_owned(), value }
}
