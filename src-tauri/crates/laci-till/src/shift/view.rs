//! What screens and verbs read of shifts.

use laci_core::books::{By as Paid, Denomination, Drawer, Fact};
use laci_core::{CashMove, Lang, Refusal, Rupiah, Zone};
use laci_ledger::{FeedKind, FeedRow, PersonRow, ShiftRow};

use super::sums::{drawn, report_of};
use crate::error::Result;
use crate::till::Till;
use crate::wire::{CountedView, Difference, DrawerLine, PieceView, ShiftNow, ShiftView, ZRow};

const ZS_MAX: u32 = 200;

impl Till {
    pub fn shift_now(&self) -> Result<ShiftNow> {
        let (newest, people) = self.read(|view| Ok((view.newest_shift()?, view.people()?)))?;
        let open = newest.as_ref().filter(|shift| shift.is_open());
        let next = newest.as_ref().map_or(1, |last| last.number.saturating_add(1));
        let before = if open.is_some() { Rupiah::ZERO } else { self.cash_before(next)? };
        Ok(ShiftNow {
            open: open.map(|shift| self.shift_view(shift, &people)),
            next,
            before: before.get(),
            pieces: Denomination::ALL.into_iter().filter_map(piece_view).collect(),
        })
    }

    /// Cash that was taken for the shift that comes next.
    fn cash_before(&self, next: u32) -> Result<Rupiah> {
        let rows = self.read(|view| view.lines_of_shift(next))?;
        let mut sum = Rupiah::ZERO;
        for row in rows {
            let Fact::SaleCovered { parts } = row.line.fact else { continue };
            for part in parts {
                if let Paid::Cash { tendered, change, .. } = part.by {
                    let kept = tendered.checked_sub(change);
                    let more = kept.and_then(|kept| sum.checked_add(kept));
                    sum = more.map_err(|_| Refusal::AmountTooLarge)?;
                }
            }
        }
        Ok(sum)
    }

    pub(super) fn shift_view(&self, shift: &ShiftRow, people: &[PersonRow]) -> ShiftView {
        ShiftView {
            number: shift.number,
            cashier: self.called(people, &shift.cashier),
            opened_at: shift.opened_at.0,
            date: shift.date.to_string(),
            float: shift.float.get(),
            counted: shift.counted.as_ref().map(|counted| CountedView {
                at: counted.at.0,
                total: counted.counted.get(),
                pieces: counted.count.as_ref().and_then(|count| {
                    serde_json::from_value(serde_json::to_value(count).ok()?).ok()
                }),
                witness: counted.witness.clone(),
                counts: counted.counts,
            }),
        }
    }

    /// What the locked count of the open shift comes to now. Refused: `shift_not_open`, `shift_not_counted`.
    pub fn shift_difference(&self) -> Result<Difference> {
        let now = self.ports.now();
        let head = self.ledger.head();
        let found = self.ledger.read(|view| {
            Ok((|| -> Result<_> {
                let shift = view.open_shift()?.ok_or(Refusal::ShiftNotOpen)?;
                let counted = shift.counted.clone().ok_or(Refusal::ShiftNotCounted)?;
                let moves = view.feed_since(shift.opened_seq, FeedKind::CashMoved)?;
                let people = view.people()?;
                let drawn = drawn(view, (head.seq, head.hash), &shift, &counted, now)?;
                Ok((shift, counted, moves, people, drawn))
            })())
        })?;
        let (shift, counted, moves, people, drawn) = found?;
        let difference = counted.counted.checked_sub(drawn.expected);
        let preview = self.z_preview(&drawn, &people)?;
        Ok(Difference {
            shift: self.shift_view(&shift, &people),
            now: now.0,
            counted: counted.counted.get(),
            expected: drawn.expected.get(),
            difference: difference.map_err(|_| Refusal::AmountTooLarge)?.get(),
            lines: drawer_lines(&drawn.report.report.cash, &moves, self.zone(), self.lang()),
            preview,
        })
    }

    /// The Zs that were printed, newest first.
    pub fn z_list(&self) -> Result<Vec<ZRow>> {
        let (shifts, people) = self.read(|view| Ok((view.shifts(ZS_MAX)?, view.people()?)))?;
        let rows = shifts.iter().filter_map(|shift| {
            let closing = shift.closing.as_ref()?;
            Some(ZRow {
                shift: shift.number,
                number: closing.number.to_string(),
                date: shift.date.to_string(),
                closed_at: shift.closed_at?.0,
                cashier: self.called(&people, &shift.cashier),
                difference: closing.counted.checked_sub(closing.expected).ok()?.get(),
            })
        });
        Ok(rows.collect())
    }

    /// The report of the open shift so far. Refused: `shift_not_open`.
    pub(super) fn report_so_far(&self) -> Result<(ShiftRow, laci_core::books::Report)> {
        self.ledger.read(|view| {
            Ok((|| -> Result<_> {
                let shift = view.open_shift()?.ok_or(Refusal::ShiftNotOpen)?;
                let report = report_of(view, &shift)?;
                Ok((shift, report))
            })())
        })?
    }
}

fn piece_view(piece: Denomination) -> Option<PieceView> {
    let key = serde_json::to_value(piece).ok()?.as_str()?.to_owned();
    Some(PieceView { key, value: piece.value().get(), coin: piece.is_coin() })
}

/// The lines of the close in the order of the drawing, each movement of cash by itself with its reason.
fn drawer_lines(drawer: &Drawer, moves: &[FeedRow], zone: Zone, lang: Lang) -> Vec<DrawerLine> {
    let pick = |id: &'static str, en: &'static str| match lang {
        Lang::Id => id,
        Lang::En => en,
    };
    let fixed = [
        (pick("Modal awal", "Float"), drawer.float, true),
        (
            pick("Penjualan tunai, bersih kembalian", "Cash sales, without change"),
            drawer.sales,
            true,
        ),
        (pick("Titipan tagihan tunai", "Cash for bills"), drawer.bills, false),
        (pick("Bon dibayar tunai", "Bons paid in cash"), drawer.bon_paid, false),
        (pick("Pembulatan", "Rounding"), drawer.rounding, false),
        (pick("Retur tunai", "Refunds in cash"), drawer.refunds, false),
    ];
    let mut lines: Vec<DrawerLine> = fixed
        .into_iter()
        .filter(|(_, amount, always)| *always || *amount != Rupiah::ZERO)
        .map(|(label, amount, _)| DrawerLine { label: label.to_owned(), amount: amount.get() })
        .collect();
    lines.extend(moves.iter().filter_map(|moved| move_line(moved, zone, lang)));
    lines
}

fn move_line(moved: &FeedRow, zone: Zone, lang: Lang) -> Option<DrawerLine> {
    let kind =
        CashMove::ALL.into_iter().find(|kind| Some(kind.as_str()) == moved.subject.as_deref())?;
    let amount = moved.amount?;
    let (id, en, sign) = match kind {
        CashMove::InFromOwner | CashMove::InOther => ("Kas masuk", "Cash in", 1),
        CashMove::Out => ("Kas keluar", "Cash out", -1),
        CashMove::SetorToOwner => ("Setor ke pemilik", "Setor to the owner", -1),
        CashMove::SetorToBank => ("Setor ke bank", "Setor to the bank", -1),
    };
    let word = match lang {
        Lang::Id => id,
        Lang::En => en,
    };
    let reason = moved.reason.as_deref().unwrap_or_default();
    let label = if reason.is_empty() {
        let at = moved.at.at(zone);
        format!("{word} {:02}.{:02}", at.hour(), at.minute())
    } else {
        format!("{word}: {reason}")
    };
    Some(DrawerLine { label, amount: amount.saturating_mul(sign) })
}
