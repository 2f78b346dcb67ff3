//! Text in a table's cell. What a person typed must stay text: a spreadsheet takes a cell that begins like a formula
//! for one, and may run it (owasp.org, "CSV Injection").

use std::borrow::Cow;

/// Signs that begin a formula, full-width ones as well, and those that a spreadsheet may take away before it looks.
const BEGIN_A_FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// The text; behind an apostrophe when it would begin a formula.
pub(crate) fn text(value: &str) -> Cow<'_, str> {
    let first = value.chars().find(|letter| *letter != ' ');
    if first.is_some_and(|letter| BEGIN_A_FORMULA.contains(&letter)) {
        return Cow::Owned(format!("'{value}"));
    }
    Cow::Borrowed(value)
}

/// The same for other crates' tables.
pub fn text_cell(value: &str) -> String {
    text(value).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_like_a_formula_is_text() {
        for bad in ["=1+1", "+62812", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "="]
        {
            assert_eq!(text(bad), format!("'{bad}"), "{bad:?}");
        }
        for good in ["", "Kopi", "2=2", "'=1", "Rp -5", " Teh", "é", "1-2"] {
            assert_eq!(text(good), good);
        }
    }
}
