//! What reports are made of: book lines of a shift or of days, and the sums of the postings.

use laci_core::books::{Account, Balances, Fact, Leg, Line, Standing};
use laci_core::{BusinessDate, Rupiah};
use rusqlite::{Connection, Row, params};

use crate::sql::{Fault, json, money, parsed, seq};

/// A report's line, its place in the log and its business date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookRow {
    pub seq: u64,
    pub date: BusinessDate,
    pub line: Line,
}

/// In the order of the log. The lines of a shift stand between two Zs, so they are found by where the log stood at the
/// one before: `after` is its entry, 0 when there is none.
pub(crate) fn of_shift(conn: &Connection, shift: u32, after: u64) -> Result<Vec<BookRow>, Fault> {
    let sql = "SELECT * FROM book_line WHERE seq > ?1 AND shift = ?2 ORDER BY seq, part";
    conn.prepare_cached(sql)?.query_and_then(params![crate::sql::int(after), shift], row)?.collect()
}

/// Both days included.
pub(crate) fn of_dates(
    conn: &Connection,
    from: BusinessDate,
    to: BusinessDate,
) -> Result<Vec<BookRow>, Fault> {
    let sql = "SELECT * FROM book_line WHERE date BETWEEN ?1 AND ?2 ORDER BY seq, part";
    conn.prepare_cached(sql)?.query_and_then([from.to_string(), to.to_string()], row)?.collect()
}

/// The first and the last business date that anything was booked on.
pub(crate) fn dates(conn: &Connection) -> Result<Option<(BusinessDate, BusinessDate)>, Fault> {
    let sql = "SELECT min(date) AS first, max(date) AS last FROM book_line HAVING count(*) > 0";
    let mut statement = conn.prepare_cached(sql)?;
    statement
        .query_and_then([], |row| Ok((parsed(row, "first")?, parsed(row, "last")?)))?
        .next()
        .transpose()
}

/// Every account that ever moved.
pub(crate) fn balances(conn: &Connection) -> Result<Balances, Fault> {
    let sql = "SELECT account, sum(amount) AS amount FROM posting GROUP BY account";
    let leg = |row: &Row<'_>| -> Result<Leg, Fault> {
        let account: Account = parsed(row, "account")?;
        Ok(Leg { account, amount: money(row, "amount")? })
    };
    let legs: Vec<Leg> =
        conn.prepare_cached(sql)?.query_and_then([], leg)?.collect::<Result<_, Fault>>()?;
    let mut balances = Balances::default();
    balances.post(&legs).map_err(|_| crate::sql::bad("amount"))?;
    Ok(balances)
}

/// The first entry whose legs do not sum to zero; there is never one. Added up here, since a table that was changed
/// behind our back may hold what SQLite's own sum overflows on.
pub(crate) fn unbalanced(conn: &Connection) -> Result<Option<u64>, Fault> {
    let sql = "SELECT seq, part, amount FROM posting ORDER BY seq, part";
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let (mut place, mut sum) = ((0, 0), 0_i128);
    while let Some(row) = rows.next()? {
        let next: (u64, i64) = (seq(row, "seq")?, row.get("part")?);
        if next != place && sum != 0 {
            break;
        }
        sum = sum.saturating_add(i128::from(row.get::<_, i64>("amount")?));
        place = next;
    }
    Ok((sum != 0).then_some(place.0))
}

fn row(row: &Row<'_>) -> Result<BookRow, Fault> {
    let fact: Fact = json(row, "fact")?;
    let line = Line {
        shift: row.get("shift")?,
        hour: row.get("hour")?,
        cashier: row.get("cashier")?,
        fact,
    };
    Ok(BookRow { seq: seq(row, "seq")?, date: parsed(row, "date")?, line })
}

/// Open sales by whether anybody can have paid them unseen. What gateways still have to pay out is not known before
/// settlements are recorded, so nothing is claimed of it.
pub(crate) fn standing(conn: &Connection, from: BusinessDate) -> Result<Standing, Fault> {
    let sql = "
SELECT coalesce(a.state = 'unverified', 0) AS unverified, coalesce(a.total, s.total) AS total
FROM sale s LEFT JOIN attempt a ON a.id =
  (SELECT l.id FROM attempt l WHERE l.sale_id = s.id ORDER BY l.seq DESC LIMIT 1)
WHERE s.state = 'open' AND s.book_date >= ?1";
    let mut standing = Standing::default();
    let mut statement = conn.prepare_cached(sql)?;
    let mut rows = statement.query([from.to_string()])?;
    while let Some(row) = rows.next()? {
        let unverified: bool = row.get("unverified")?;
        let tally = if unverified { &mut standing.unverified } else { &mut standing.unpaid };
        tally.add(money(row, "total")?).map_err(|_| crate::sql::bad("total"))?;
    }
    Ok(standing)
}

/// A name's pieces and rupiah over the covered sales of some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductTally {
    pub name: String,
    pub quantity: u64,
    pub amount: Rupiah,
}

/// The largest amount first.
pub(crate) fn products(
    conn: &Connection,
    from: BusinessDate,
    to: BusinessDate,
) -> Result<Vec<ProductTally>, Fault> {
    use std::collections::BTreeMap;

    use laci_core::SaleLine;
    let sql = "SELECT lines FROM sale WHERE state = 'covered' AND book_date BETWEEN ?1 AND ?2";
    let mut statement = conn.prepare_cached(sql)?;
    let all = statement.query_and_then([from.to_string(), to.to_string()], |row| {
        json::<Vec<SaleLine>>(row, "lines")
    })?;
    let mut tallies: BTreeMap<String, (u64, Rupiah)> = BTreeMap::new();
    for lines in all {
        for line in lines? {
            let amount = line.amount().map_err(|_| crate::sql::bad("lines"))?;
            let tally = tallies.entry(line.name).or_default();
            tally.0 = tally.0.saturating_add(u64::from(line.quantity));
            tally.1 = tally.1.checked_add(amount).map_err(|_| crate::sql::bad("lines"))?;
        }
    }
    let mut tallies: Vec<ProductTally> = tallies
        .into_iter()
        .map(|(name, (quantity, amount))| ProductTally { name, quantity, amount })
        .collect();
    tallies.sort_by(|a, b| b.amount.cmp(&a.amount).then_with(|| a.name.cmp(&b.name)));
    Ok(tallies)
}
