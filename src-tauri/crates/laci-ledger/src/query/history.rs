//! The history screen: a row per sale, newest first, with the attempt that covered it or else its last one.

use laci_core::{
    AttemptId, AttemptState, BusinessDate, Method, Rupiah, SaleId, SaleNumber, UnixMs,
};
use rusqlite::{Connection, Row, named_params};

use crate::projection::attempt::method;
use crate::sql::{Fault, bad, moment, moment_opt, money, parsed, parsed_opt, seq};

/// The chips of the screen. Every sale stands under exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HistoryState {
    /// LUNAS.
    Paid,
    /// TERLAMBAT: paid after its bill expired.
    Late,
    /// BELUM LUNAS.
    Unpaid,
    /// BELUM TERVERIFIKASI: the last attempt is on the shop's own QRIS and nobody saw its money yet.
    Unverified,
    /// BATAL.
    Voided,
}

impl HistoryState {
    pub const ALL: [Self; 5] =
        [Self::Paid, Self::Late, Self::Unpaid, Self::Unverified, Self::Voided];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Paid => "paid",
            Self::Late => "late",
            Self::Unpaid => "unpaid",
            Self::Unverified => "unverified",
            Self::Voided => "voided",
        }
    }
}

/// Which sales to list. `date` is the day that a sale is booked under: its turnover date, or the date of recording
/// while it has none. `search` finds parts of a number, a line's name, an amount, an order or a gateway's id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryFilter {
    pub date: Option<BusinessDate>,
    pub state: Option<HistoryState>,
    pub search: Option<String>,
    /// For the next page: the `seq` of the last row of this one.
    pub before_seq: Option<u64>,
    /// At most 500.
    pub limit: u32,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryPage {
    pub rows: Vec<HistoryRow>,
    pub counts: HistoryCounts,
}

/// How many sales stand under each chip, for the filter's date and search.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HistoryCounts {
    pub paid: u64,
    pub late: u64,
    pub unpaid: u64,
    pub unverified: u64,
    pub voided: u64,
}

impl HistoryCounts {
    pub fn all(self) -> u64 {
        self.paid + self.late + self.unpaid + self.unverified + self.voided
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRow {
    /// The sale's entry; pages go by it.
    pub seq: u64,
    pub sale_id: SaleId,
    pub number: SaleNumber,
    pub recorded_at: UnixMs,
    pub covered_at: Option<UnixMs>,
    pub price: Rupiah,
    pub lines: u32,
    pub first_line: String,
    pub state: HistoryState,
    /// Another attempt than the covering one was paid as well.
    pub paid_twice: bool,
    /// The covering attempt, else the last; none before the first.
    pub attempt: Option<HistoryAttempt>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryAttempt {
    pub id: AttemptId,
    pub method: Method,
    pub state: AttemptState,
    /// What the customer pays with this attempt, unique code included.
    pub total: Rupiah,
    pub needs_review: bool,
}

/// Every sale that the date and the search let through, under its chip.
const FOUND: &str = "
WITH found AS (
  SELECT s.seq, s.id, s.number, s.recorded_at, s.covered_at, s.total AS price,
    a.id AS attempt_id, a.gateway, a.gateway_method, a.gateway_extra, a.unique_code, a.cash_tendered, a.cash_rounding,
    a.state AS attempt_state, a.total, a.needs_review, s.lines, s.key,
    CASE
      WHEN s.state = 'voided' THEN 'voided'
      WHEN s.state = 'covered' AND a.is_late THEN 'late'
      WHEN s.state = 'covered' THEN 'paid'
      WHEN a.state = 'unverified' THEN 'unverified'
      ELSE 'unpaid'
    END AS chip
  FROM sale s
  LEFT JOIN attempt a ON a.id = coalesce(s.covered_by,
    (SELECT l.id FROM attempt l WHERE l.sale_id = s.id ORDER BY l.seq DESC LIMIT 1))
  WHERE DATE_RULE
    AND (:like IS NULL
      OR s.number LIKE :like ESCAPE '\\'
      OR s.order_id LIKE :like ESCAPE '\\'
      OR s.total LIKE :digits ESCAPE '\\'
      OR a.total LIKE :digits ESCAPE '\\'
      OR EXISTS (SELECT 1 FROM json_each(s.lines) n WHERE n.value ->> 'name' LIKE :like ESCAPE '\\')
      OR EXISTS (SELECT 1 FROM attempt g
                 WHERE g.sale_id = s.id AND g.gateway_id LIKE :like ESCAPE '\\'))
)";

const LIMIT_MAX: u32 = 500;
const SEARCH_CHARS_MAX: usize = 80;

pub(crate) fn page(conn: &Connection, filter: &HistoryFilter) -> Result<HistoryPage, Fault> {
    let date = filter.date.map(|date| date.to_string());
    let search = filter.search.as_deref().map(str::trim).filter(|text| !text.is_empty());
    let like = search.map(like);
    let digits = search.and_then(digits);
    let found = found(date.is_some());
    let counts = counts(conn, &found, date.as_deref(), like.as_deref(), digits.as_deref())?;
    let sql = format!(
        "{found} SELECT found.*,
           json_array_length(lines) AS line_count, lines ->> '$[0].name' AS first_line,
           chip IN ('paid', 'late') AND EXISTS (
             SELECT 1 FROM attempt b WHERE b.sale_id = found.id AND b.id <> found.attempt_id
               AND b.state IN ('paid', 'confirmed')) AS paid_twice
         FROM found
         WHERE (:chip IS NULL OR chip = :chip) AND seq < :before ORDER BY key DESC LIMIT :limit"
    );
    let rows = conn
        .prepare_cached(&sql)?
        .query_and_then(
            named_params! {
                ":date": date,
                ":like": like,
                ":digits": digits,
                ":chip": filter.state.map(HistoryState::as_str),
                ":before": filter.before_seq.map_or(i64::MAX, crate::sql::int),
                ":limit": filter.limit.min(LIMIT_MAX),
            },
            history_row,
        )?
        .collect::<Result<_, Fault>>()?;
    Ok(HistoryPage { rows, counts })
}

/// The two rules apart, since only the plain comparison finds its index.
fn found(by_date: bool) -> String {
    FOUND.replace("DATE_RULE", if by_date { "s.book_date = :date" } else { ":date IS NULL" })
}

fn counts(
    conn: &Connection,
    found: &str,
    date: Option<&str>,
    like: Option<&str>,
    digits: Option<&str>,
) -> Result<HistoryCounts, Fault> {
    let sql = format!("{found} SELECT chip, count(*) AS n FROM found GROUP BY chip");
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows =
        statement.query(named_params! { ":date": date, ":like": like, ":digits": digits })?;
    let mut counts = HistoryCounts::default();
    while let Some(row) = rows.next()? {
        let n = seq(row, "n")?;
        match chip(row)? {
            HistoryState::Paid => counts.paid = n,
            HistoryState::Late => counts.late = n,
            HistoryState::Unpaid => counts.unpaid = n,
            HistoryState::Unverified => counts.unverified = n,
            HistoryState::Voided => counts.voided = n,
        }
    }
    Ok(counts)
}

fn history_row(row: &Row<'_>) -> Result<HistoryRow, Fault> {
    Ok(HistoryRow {
        seq: seq(row, "seq")?,
        sale_id: parsed(row, "id")?,
        number: parsed(row, "number")?,
        recorded_at: moment(row, "recorded_at")?,
        covered_at: moment_opt(row, "covered_at")?,
        price: money(row, "price")?,
        lines: row.get("line_count")?,
        first_line: row.get::<_, Option<String>>("first_line")?.unwrap_or_default(),
        state: chip(row)?,
        paid_twice: row.get("paid_twice")?,
        attempt: attempt(row)?,
    })
}

fn attempt(row: &Row<'_>) -> Result<Option<HistoryAttempt>, Fault> {
    let Some(id) = parsed_opt(row, "attempt_id")? else { return Ok(None) };
    let state: String = row.get("attempt_state")?;
    Ok(Some(HistoryAttempt {
        id,
        method: method(row)?,
        state: AttemptState::from_word(&state).ok_or_else(|| bad("attempt_state"))?,
        total: money(row, "total")?,
        needs_review: row.get("needs_review")?,
    }))
}

fn chip(row: &Row<'_>) -> Result<HistoryState, Fault> {
    let word = row.get_ref("chip")?.as_str().unwrap_or_default();
    HistoryState::ALL.into_iter().find(|state| state.as_str() == word).ok_or_else(|| bad("chip"))
}

/// What was typed, found anywhere; `%` and `_` mean themselves.
fn like(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars().take(SEARCH_CHARS_MAX) {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// `50.347` and `Rp 50.347` find the amount 50347; anything else but digits is no amount.
fn digits(text: &str) -> Option<String> {
    let text = text.trim_start_matches("Rp").trim();
    let plain: String = text.chars().filter(|letter| *letter != '.').collect();
    let amount = !plain.is_empty() && plain.chars().all(|letter| letter.is_ascii_digit());
    amount.then(|| format!("%{plain}%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_taken_literally() {
        assert_eq!(like("50%_\\"), "%50\\%\\_\\\\%");
        assert_eq!(digits("Rp 50.347").as_deref(), Some("%50347%"));
        assert_eq!(digits("A01-0148"), None, "a number of a sale is no amount");
        assert_eq!(digits("..."), None);
    }
}
