//! The paper of shifts: X, Z and cash slips, and the recovery codes' slip. Names are resolved here; the layout is
//! laci-receipt's.

use std::collections::BTreeMap;
use std::path::PathBuf;

use laci_core::books::{Report, ZNumber, ZReport};
use laci_core::{CashMove, Closing, GatewayName, Refusal, Rupiah};
use laci_ledger::{PersonRow, ShiftRow};
use laci_receipt::document::{Anchor, ShopHead};
use laci_receipt::{
    CashSlip, CashSlipKind, CodesSlip, Columns, Reprint, ShiftKind, ShiftSlip, Slip, layout_cash,
    layout_codes, layout_shift, render,
};

use super::sums::{Drawn, stored};
use crate::by::By;
use crate::error::Result;
use crate::receipt::{screen_view, undrawn, write_file};
use crate::till::Till;
use crate::wire::ReceiptView;

const COLUMNS: u16 = 32;

impl Till {
    /// The open shift so far; nothing is counted and nothing is closed. Refused: `shift_not_open`.
    pub fn shift_x(&self) -> Result<(ShiftRow, Report, Slip)> {
        let (shift, report) = self.report_so_far()?;
        let head = self.ledger.head();
        let people = self.read(|view| view.people())?;
        let z = ZReport {
            number: ZNumber::FIRST,
            shift: shift.number,
            date: shift.date,
            opened_at: shift.opened_at,
            closed_at: self.ports.now(),
            cashier: shift.cashier.clone(),
            head_seq: head.seq,
            head: head.hash,
            counts: 0,
            first_counted: Rupiah::ZERO,
            report: report.clone(),
        };
        let slip = self.shift_slip(ShiftKind::X, &z, &people, None)?;
        Ok((shift, report, layout_shift(&slip, Columns::C32, None)))
    }

    pub fn shift_x_view(&self) -> Result<ReceiptView> {
        let (_, _, slip) = self.shift_x()?;
        screen_view(&slip, COLUMNS)
    }

    /// An X's text, as on paper. Refused: `shift_not_open`.
    pub fn shift_x_text(&self) -> Result<String> {
        let (_, _, slip) = self.shift_x()?;
        Ok(render::text(&slip))
    }

    /// A Z by its number (`Z-000327`, `327`), the last one without; with what its close says. Refused: `shift_unknown`.
    pub fn z_named(&self, number: Option<&str>) -> Result<(ShiftRow, ZReport)> {
        let row = match number {
            None => self.read(|view| view.shifts(2))?.into_iter().find(|row| !row.is_open()),
            Some(text) => {
                let number = self.z_number(text)?;
                self.read(|view| view.shift_of_z(number))?
            }
        };
        let row = row.ok_or(Refusal::ShiftUnknown)?;
        let report = self.stored_z(&row)?.1;
        Ok((row, report))
    }

    fn z_number(&self, text: &str) -> Result<ZNumber> {
        if let Ok(number) = text.parse::<ZNumber>() {
            return Ok(number);
        }
        let counter = text.parse().map_err(|_| Refusal::ShiftUnknown)?;
        Ok(ZNumber { epoch: self.ledger.header().epoch, counter })
    }

    /// A Z that was printed before, marked as a copy.
    pub fn z_again(&self, number: Option<&str>) -> Result<ReceiptView> {
        let (row, _) = self.z_named(number)?;
        self.z_slip(&row, Some(Reprint { nth: 1, printed_at: self.ports.now() }))
    }

    pub(super) fn z_slip(&self, row: &ShiftRow, reprint: Option<Reprint>) -> Result<ReceiptView> {
        screen_view(&self.z_laid_out(row, reprint)?, COLUMNS)
    }

    /// A Z's text, as on paper.
    pub fn z_text(&self, row: &ShiftRow) -> Result<String> {
        Ok(render::text(&self.z_laid_out(row, None)?))
    }

    fn z_laid_out(&self, row: &ShiftRow, reprint: Option<Reprint>) -> Result<Slip> {
        let (closing, z) = self.stored_z(row)?;
        let people = self.read(|view| view.people())?;
        let kind = ShiftKind::Z { number: closing.number, chain: closing.hash };
        let slip = self.shift_slip(kind, &z, &people, closing.reason)?;
        Ok(layout_shift(&slip, Columns::C32, reprint))
    }

    fn stored_z(&self, row: &ShiftRow) -> Result<(Closing, ZReport)> {
        let closing = row.closing.clone().ok_or(Refusal::ShiftUnknown)?;
        let z = self.ledger.read(|view| Ok(stored(view, &closing)))??;
        Ok((closing, z))
    }

    /// Writes a Z's PDF beside the day's receipts and says where.
    pub(super) fn z_file(&self, row: &ShiftRow) -> Result<String> {
        let bytes = render::pdf(&self.z_laid_out(row, None)?).map_err(undrawn)?;
        let number = row.closing.as_ref().map(|closing| closing.number.to_string());
        let name = format!("{}.pdf", number.ok_or(Refusal::ShiftUnknown)?);
        let path: PathBuf = self.place().receipts().join(row.date.to_string()).join(name);
        write_file(&path, &bytes)?;
        Ok(path.display().to_string())
    }

    pub(super) fn z_preview(&self, drawn: &Drawn, people: &[PersonRow]) -> Result<ReceiptView> {
        let kind = ShiftKind::Z { number: drawn.z.number, chain: drawn.z.hash };
        let slip = self.shift_slip(kind, &drawn.report, people, None)?;
        screen_view(&layout_shift(&slip, Columns::C32, None), COLUMNS)
    }

    fn shift_slip(
        &self,
        kind: ShiftKind,
        z: &ZReport,
        people: &[PersonRow],
        reason: Option<String>,
    ) -> Result<ShiftSlip> {
        let settings = self.settings()?;
        let shop = settings.shop.ok_or_else(Self::not_set_up)?;
        let gateways: BTreeMap<GatewayName, String> = settings
            .gateways
            .iter()
            .map(|set| {
                let title = crate::gateways::title_of(&settings.gateways, &set.name);
                (set.name.clone(), title)
            })
            .collect();
        Ok(ShiftSlip {
            kind,
            shop: ShopHead { name: shop.name, address: shop.address, phone: shop.phone },
            zone: shop.zone,
            shift: z.shift,
            date: z.date,
            opened_at: z.opened_at,
            at: z.closed_at,
            cashier: self.called(people, &z.cashier),
            gateways,
            report: z.report.clone(),
            reason,
            recounted: (z.counts > 1).then_some((z.counts, z.first_counted)),
            head_seq: z.head_seq,
            head: z.head,
            practice: self.practice(),
        })
    }

    pub(super) fn cash_slip(
        &self,
        by: By,
        kind: CashMove,
        amount: Rupiah,
        reason: &str,
        shift: u32,
    ) -> Result<ReceiptView> {
        let shop = self.settings()?.shop.ok_or_else(Self::not_set_up)?;
        let (people, head) = (self.read(|view| view.people())?, self.ledger.head());
        let title = match kind {
            CashMove::InFromOwner | CashMove::InOther => CashSlipKind::In,
            CashMove::Out => CashSlipKind::Out,
            CashMove::SetorToOwner => CashSlipKind::ToOwner,
            CashMove::SetorToBank => CashSlipKind::ToBank,
        };
        let slip = CashSlip {
            shop: ShopHead { name: shop.name, address: shop.address, phone: shop.phone },
            zone: shop.zone,
            title,
            amount,
            reason: reason.to_owned(),
            cashier: self.called(&people, &by.actor().key()),
            approver: by.approver().map(|person| self.called(&people, &person.to_string())),
            at: self.ports.now(),
            shift,
            anchor: Anchor::new(head.seq, head.hash),
            practice: self.practice(),
        };
        screen_view(&layout_cash(&slip, Columns::C32, None), COLUMNS)
    }

    /// The recovery codes as they are printed, this once.
    pub fn recovery_slip(&self, by: By, codes: &[String]) -> Result<ReceiptView> {
        let shop = self.settings()?.shop.ok_or_else(Self::not_set_up)?;
        let people = self.read(|view| view.people())?;
        let slip = CodesSlip {
            shop: ShopHead { name: shop.name, address: shop.address, phone: shop.phone },
            zone: shop.zone,
            at: self.ports.now(),
            person: self.called(&people, &by.actor().key()),
            codes: codes.to_vec(),
        };
        screen_view(&layout_codes(&slip, Columns::C32), COLUMNS)
    }
}
