//! What a counter does beside the bare entries: sales at a price, a drawer, a shift's end with its Z, people.

use laci_core::books::{Fact, Line, Report, Z, ZNumber, ZReport, legs};
use laci_core::{
    Attempt, AttemptId, Body, BookRules, CashMove, Closing, Hash, Method, PeopleChange, Person,
    PersonId, Role, Rupiah, SaleId, ShiftEvent, Terms,
};
use laci_ledger::{
    BookRow, Committed, Folder, LedgerError, Moment, Op, ShiftRow, TransactError, Tx,
};

use crate::behind::raw;
use crate::shop::{RECEIPT, TestShop, covered, new_id, sale};

pub(crate) type Refused = TransactError<LedgerError>;

pub(crate) fn rp(rupiah: i64) -> Rupiah {
    Rupiah::new(rupiah).unwrap()
}

/// 0.7 % of everything, so that fees show.
pub(crate) fn with_fees() -> Body {
    let class = laci_core::books::MerchantClass::Uke;
    Body::BookRulesSet { rules: BookRules { class, ..BookRules::default() } }
}

pub(crate) fn shift(event: ShiftEvent) -> Body {
    Body::Shift { event }
}

pub(crate) fn opened(number: u32, float: i64) -> Body {
    shift(ShiftEvent::Opened { shift: number, float: rp(float), by: None })
}

pub(crate) fn moved(kind: CashMove, amount: i64) -> Body {
    shift(ShiftEvent::CashMoved { kind, amount: rp(amount), reason: "Es batu".to_owned() })
}

pub(crate) fn counted(number: u32, counted: i64) -> Body {
    let (count, witness) = (None, None);
    shift(ShiftEvent::Counted { shift: number, counted: rp(counted), count, witness })
}

pub(crate) fn people(change: PeopleChange) -> Body {
    Body::People { change }
}

/// Names the blob that must be stored with it.
pub(crate) fn person(id: PersonId, role: Role, name: &str) -> Body {
    let name = Hash::of_bytes(name.as_bytes());
    people(PeopleChange::Set { person: Person { id, role, name } })
}

impl TestShop {
    /// One transaction at a moment of its own, which must hold.
    pub(crate) fn done<T>(
        &self,
        moment: Moment,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, LedgerError>,
    ) -> T {
        self.tried(moment, work).unwrap().value
    }

    pub(crate) fn tried<T>(
        &self,
        moment: Moment,
        work: impl FnOnce(&mut Tx<'_>) -> Result<T, LedgerError>,
    ) -> Result<Committed<T>, Refused> {
        self.ledger.transact(Op::Evidence, moment, work)
    }

    /// The stable code of a refusal.
    pub(crate) fn refused(&self, moment: Moment, body: Body) -> String {
        self.tried(moment, |tx| tx.append(body)).unwrap_err().into_work().to_string()
    }

    pub(crate) fn lines_of(&self, number: u32) -> Vec<BookRow> {
        self.ledger.read(|view| view.lines_of_shift(number)).unwrap()
    }
}

/// Records a sale of one thing at a price, and an attempt for it.
pub(crate) fn sell(
    tx: &mut Tx<'_>,
    moment: Moment,
    price: u32,
    method: Method,
) -> Result<(SaleId, AttemptId), LedgerError> {
    let sale = sale(tx, price)?;
    let attempt = Attempt {
        id: AttemptId(new_id()),
        sale_id: sale.id,
        started_at: moment.now,
        terms: Terms { amount: sale.total, method },
    };
    let ids = (sale.id, attempt.id);
    tx.append(Body::SaleRecorded { sale })?;
    tx.append(Body::AttemptStarted { attempt })?;
    Ok(ids)
}

/// The entry by which the attempt's money covers its sale.
pub(crate) fn cover(tx: &mut Tx<'_>, sale: SaleId, attempt: AttemptId) -> Result<u64, LedgerError> {
    tx.put_blob(RECEIPT)?;
    tx.append(covered(sale, attempt))
}

/// A whole cash sale in one transaction; returns the cover's entry.
pub(crate) fn sell_for_cash(
    tx: &mut Tx<'_>,
    moment: Moment,
    price: u32,
    tendered: i64,
    rounding: i64,
) -> Result<(SaleId, u64), LedgerError> {
    let method = Method::Cash { tendered: rp(tendered), rounding: rp(rounding) };
    let (sale, attempt) = sell(tx, moment, price, method)?;
    Ok((sale, cover(tx, sale, attempt)?))
}

/// The open shift's report so far.
fn report_of(tx: &Tx<'_>, row: &ShiftRow) -> Result<Report, LedgerError> {
    let lines: Vec<Line> = tx.lines_of_shift(row.number)?.into_iter().map(|row| row.line).collect();
    Ok(Report::of(&lines, tx.standing(row.date)?).unwrap())
}

/// What closing the open shift on its locked count comes to, with its Z stored; not yet appended.
pub(crate) fn closing(tx: &mut Tx<'_>, moment: Moment) -> Result<Closing, LedgerError> {
    let row = tx.open_shift()?.expect("a shift is open");
    let mut report = report_of(tx, &row)?;
    let (expected, counted) =
        (report.cash.expected, row.counted.map_or(Rupiah::ZERO, |counted| counted.counted));
    report.cash.take(&Fact::ShiftClosed { expected, counted }).unwrap();
    let (last, previous) =
        tx.last_z()?.map_or((None, Hash::GENESIS), |(number, hash)| (Some(number), hash));
    let number = ZNumber::next(last, tx.header().epoch).unwrap();
    let z = ZReport {
        number,
        shift: row.number,
        date: row.date,
        opened_at: row.opened_at,
        closed_at: moment.now,
        cashier: row.cashier,
        head_seq: tx.head().seq,
        head: tx.head().hash,
        counts: 1,
        first_counted: laci_core::Rupiah::ZERO,
        report,
    };
    let z = Z::new(&z, previous).unwrap();
    let report = tx.put_blob(z.text.as_bytes())?;
    Ok(Closing {
        shift: row.number,
        expected,
        counted,
        number,
        previous,
        hash: z.hash,
        report,
        reason: None,
        handed_to: None,
    })
}

/// Counts the drawer, `more` rupiah beyond what is expected (at least nothing lies in it), and closes the shift.
pub(crate) fn count_and_close(
    tx: &mut Tx<'_>,
    moment: Moment,
    more: i64,
) -> Result<ZNumber, LedgerError> {
    let row = tx.open_shift()?.expect("a shift is open");
    let expected = report_of(tx, &row)?.cash.expected.get();
    tx.append(counted(row.number, (expected + more).max(0)))?;
    let closing = closing(tx, moment)?;
    let z = closing.number;
    tx.append(shift(ShiftEvent::Closed { closing }))?;
    Ok(z)
}

/// Each entry's postings from the table itself, summed; none may be anything but zero.
pub(crate) fn entries_out_of_balance(folder: &Folder) -> Vec<(i64, i64)> {
    let conn = raw(folder);
    let sql = "SELECT seq, sum(amount) FROM posting GROUP BY seq HAVING sum(amount) <> 0";
    let mut statement = conn.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.collect::<Result<_, _>>().unwrap()
}

/// The table's postings are exactly the legs of the table's facts.
pub(crate) fn postings_are_the_legs(folder: &Folder, rows: &[BookRow]) {
    let conn = raw(folder);
    let stored: i64 = conn.query_row("SELECT count(*) FROM posting", [], |row| row.get(0)).unwrap();
    let legs: usize = rows.iter().map(|row| legs(&row.line.fact).unwrap().len()).sum();
    assert_eq!(usize::try_from(stored).unwrap(), legs);
}
