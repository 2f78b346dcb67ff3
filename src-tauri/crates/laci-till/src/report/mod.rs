//! Statistics of some business dates: one fold over the books' lines, and nothing beside it. A sale that nothing covers
//! is in none of it.
//!
//! Deliberately absent: the owner's screens, and files for spreadsheets with sheets; they come with the dashboard.

mod csv;
mod period;
mod text;

use std::collections::BTreeMap;

use laci_core::books::{By, Drawer, Fact, Pocket, Report, Standing, Tally, Way};
use laci_core::{BusinessDate, Refusal, Rupiah, Zone};
use laci_ledger::{BookRow, LedgerError, ProductTally};
use serde::Serialize;

use crate::error::Result;
use crate::till::Till;

pub use period::Period;

/// Everything that a report says; rupiah throughout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportView {
    /// Business dates, both ends included.
    pub from: String,
    pub to: String,
    pub zone: String,
    pub cut_off: String,
    pub totals: Totals,
    pub by_hour: Vec<HourTally>,
    pub by_day: Vec<DayTally>,
    pub by_method: Vec<MethodTally>,
    pub by_gateway: Vec<GatewayTally>,
    pub by_product: Vec<ProductLine>,
    pub by_cashier: Vec<CashierTally>,
    pub cash: CashLines,
    /// Whether every view of the turnover comes to the same.
    pub cross_foots: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Prices of the sales that were covered, before refunds.
    pub turnover: Rupiah,
    pub sales: u32,
    /// Turnover by sales, rounded down; 0 without sales.
    pub average: Rupiah,
    pub refunds: Rupiah,
    pub refund_count: u32,
    /// Turnover minus refunds.
    pub net: Rupiah,
    pub unique_code: Rupiah,
    pub rounding: Rupiah,
    /// What gateways are expected to keep.
    pub fees: Rupiah,
    /// Owed to customers who paid too much.
    pub surplus: Rupiah,
    /// Of the turnover: on a person's word.
    pub confirmed: Rupiah,
    pub confirmed_count: u32,
    pub voided: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HourTally {
    /// 0 to 23, on the shop's wall.
    pub hour: u8,
    pub sales: u32,
    pub amount: Rupiah,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DayTally {
    pub date: String,
    pub sales: u32,
    pub amount: Rupiah,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MethodTally {
    /// `cash`, `qris`, `transfer`, `bon`.
    pub method: Way,
    pub sales: u32,
    pub amount: Rupiah,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GatewayTally {
    /// As the shop calls it; `own_qris` for its own.
    pub gateway: String,
    pub title: String,
    pub sales: u32,
    pub amount: Rupiah,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProductLine {
    pub name: String,
    pub quantity: u64,
    pub amount: Rupiah,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CashierTally {
    /// A person's id, or `counter`.
    pub cashier: String,
    pub name: String,
    pub sales: u32,
    pub amount: Rupiah,
}

/// The drawers of these dates together, each line signed as it changes the cash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CashLines {
    pub float: Rupiah,
    pub received: Rupiah,
    /// Below zero: it goes back to customers.
    pub change: Rupiah,
    pub sales: Rupiah,
    pub bills: Rupiah,
    pub bon_paid: Rupiah,
    pub rounding: Rupiah,
    pub refunds: Rupiah,
    pub cash_in: Rupiah,
    pub cash_out: Rupiah,
    pub setor: Rupiah,
    /// Of the drawers that were closed on these dates, each from its own opening on, and of the open one so far.
    pub expected: Rupiah,
    pub counted: Option<Rupiah>,
    pub difference: Option<Rupiah>,
}

impl Till {
    /// Refused: `not_set_up`, `period_wrong`.
    pub fn report(&self, period: &Period) -> Result<ReportView> {
        let settings = self.settings()?;
        let shop = settings.shop.as_ref().ok_or_else(Self::not_set_up)?;
        let today = BusinessDate::of(self.ports.now(), shop.zone, shop.cut_off);
        let booked = self.read(|view| view.booked_dates())?;
        let (from, to) = period.dates(today, booked)?;
        let (rows, products, people) = self.read(|view| {
            Ok((view.lines_of_dates(from, to)?, view.products(from, to)?, view.people()?))
        })?;
        let report = summed(&rows)?;
        let by_cashier = report.by_cashier.iter().map(|(key, tally)| CashierTally {
            cashier: key.clone(),
            name: self.called(&people, key),
            sales: tally.count,
            amount: tally.amount,
        });
        let by_gateway = report.by_gateway.iter().map(|(pocket, tally)| {
            let (gateway, title) = match pocket {
                Pocket::Gateway(name) => {
                    (name.to_string(), crate::gateways::title_of(&settings.gateways, name))
                }
                Pocket::OwnQris => ("own_qris".to_owned(), "QRIS toko".to_owned()),
                Pocket::Bank => ("bank".to_owned(), "Transfer".to_owned()),
            };
            GatewayTally { gateway, title, sales: tally.count, amount: tally.amount }
        });
        let by_day = days(&rows)?;
        let in_products = Rupiah::checked_sum(products.iter().map(|line| line.amount));
        let in_days = Rupiah::checked_sum(by_day.iter().map(|day| day.amount));
        let cross_foots = report.cross_foots()
            && in_products == Ok(report.turnover)
            && in_days == Ok(report.turnover);
        Ok(ReportView {
            from: from.to_string(),
            to: to.to_string(),
            zone: zone_word(shop.zone),
            cut_off: shop.cut_off.to_string(),
            totals: totals(&report)?,
            by_hour: report.by_hour.iter().map(|(hour, tally)| hour_tally(*hour, tally)).collect(),
            by_day,
            by_method: report
                .by_method
                .iter()
                .map(|(way, tally)| method_tally(*way, tally))
                .collect(),
            by_gateway: by_gateway.collect(),
            by_product: products.into_iter().map(product_line).collect(),
            by_cashier: by_cashier.collect(),
            cash: cash_lines(&report.cash, &rows)?,
            cross_foots,
        })
    }
}

fn zone_word(zone: Zone) -> String {
    zone.as_str().to_owned()
}

/// What is open is left out: none of it happened on these dates.
fn summed(rows: &[BookRow]) -> Result<Report> {
    let lines = rows.iter().map(|row| &row.line);
    Report::of(lines, Standing::default())
        .map_err(|error| LedgerError::Contradiction { detail: error.code().to_owned() }.into())
}

fn days(rows: &[BookRow]) -> Result<Vec<DayTally>> {
    let mut days: BTreeMap<BusinessDate, Tally> = BTreeMap::new();
    for row in rows {
        if let Fact::SaleCovered { parts } = &row.line.fact {
            let price = Rupiah::checked_sum(parts.iter().map(|part| part.price));
            let price = price.map_err(|_| Refusal::AmountTooLarge)?;
            let tally = days.entry(row.date).or_default();
            tally.add(price).map_err(|_| Refusal::AmountTooLarge)?;
        }
    }
    let day = |(date, tally): (BusinessDate, Tally)| DayTally {
        date: date.to_string(),
        sales: tally.count,
        amount: tally.amount,
    };
    Ok(days.into_iter().map(day).collect())
}

fn totals(report: &Report) -> Result<Totals> {
    let net = report.turnover.checked_sub(report.refunds.amount);
    let average = report.turnover.get().checked_div(i64::from(report.sales)).unwrap_or_default();
    Ok(Totals {
        turnover: report.turnover,
        sales: report.sales,
        average: Rupiah::new(average).map_err(|_| Refusal::AmountTooLarge)?,
        refunds: report.refunds.amount,
        refund_count: report.refunds.count,
        net: net.map_err(|_| Refusal::AmountTooLarge)?,
        unique_code: report.unique_code,
        rounding: report.cash.rounding,
        fees: report.fees,
        surplus: report.surplus,
        confirmed: report.confirmed.amount,
        confirmed_count: report.confirmed.count,
        voided: report.voided,
    })
}

fn hour_tally(hour: u8, tally: &Tally) -> HourTally {
    HourTally { hour, sales: tally.count, amount: tally.amount }
}

fn method_tally(method: Way, tally: &Tally) -> MethodTally {
    MethodTally { method, sales: tally.count, amount: tally.amount }
}

fn product_line(tally: ProductTally) -> ProductLine {
    ProductLine { name: tally.name, quantity: tally.quantity, amount: tally.amount }
}

/// What the drawers that were closed on these dates should have held, and what the open one should hold: a shift that
/// began the day before is closed with all of it.
fn expected_of(rows: &[BookRow]) -> Result<Rupiah> {
    let (mut closed, mut since) = (Rupiah::ZERO, Drawer::default());
    for row in rows {
        if let Fact::ShiftClosed { expected, .. } = &row.line.fact {
            closed = closed.checked_add(*expected).map_err(|_| Refusal::AmountTooLarge)?;
            since = Drawer::default();
        } else {
            since.take(&row.line.fact).map_err(|_| Refusal::AmountTooLarge)?;
        }
    }
    Ok(closed.checked_add(since.expected).map_err(|_| Refusal::AmountTooLarge)?)
}

fn cash_lines(drawer: &Drawer, rows: &[BookRow]) -> Result<CashLines> {
    let (mut received, mut change) = (Rupiah::ZERO, Rupiah::ZERO);
    for row in rows {
        let Fact::SaleCovered { parts } = &row.line.fact else { continue };
        for part in parts {
            if let By::Cash { tendered, change: back, .. } = part.by {
                received = received.checked_add(tendered).map_err(|_| Refusal::AmountTooLarge)?;
                change = change.checked_sub(back).map_err(|_| Refusal::AmountTooLarge)?;
            }
        }
    }
    let expected = expected_of(rows)?;
    Ok(CashLines {
        float: drawer.float,
        received,
        change,
        sales: drawer.sales,
        bills: drawer.bills,
        bon_paid: drawer.bon_paid,
        rounding: drawer.rounding,
        refunds: drawer.refunds,
        cash_in: drawer.cash_in,
        cash_out: drawer.cash_out,
        setor: drawer.setor,
        expected,
        counted: drawer.counted,
        difference: drawer.difference,
    })
}
