//! Putting ASCII into a line of a fixed number of cells: wrapping, centring, label left and value right.
//!
//! Deliberately absent: what the texts mean, and any character wider or narrower than one cell.

/// The least room between two texts in one row. Fewer cells read as one text, and pdftotext takes two for one.
pub(super) const APART: usize = 3;

/// Breaks `text` at spaces into lines of at most `width` cells; a word longer than a line is cut. At least one
/// line comes back only if there is at least one word.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        if !line.is_empty() && line.len() + 1 + word.len() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for character in word.chars() {
            if line.len() == width {
                lines.push(std::mem::take(&mut line));
            }
            line.push(character);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// `text` in the middle of `width` cells; the odd cell stays on the right. Nothing is padded on the right.
pub(super) fn centred(text: &str, width: usize) -> String {
    let indent = width.saturating_sub(text.len()) / 2;
    format!("{:indent$}{text}", "")
}

/// `text` at the right edge of `width` cells.
pub(super) fn right(text: &str, width: usize) -> String {
    format!("{text:>width$}")
}

/// `label` at the left edge and `value` at the right, on one line when they stay apart, else the label's
/// lines and then the value's. A value longer than a line runs on from the left edge, none of its characters lost.
pub(super) fn pair(label: &str, value: &str, width: usize) -> Vec<String> {
    if label.len() + APART + value.len() <= width {
        let room = width - label.len();
        return vec![format!("{label}{value:>room$}")];
    }
    let mut lines = wrap(label, width);
    if value.len() <= width {
        lines.push(right(value, width));
    } else {
        lines.extend(wrap(value, width));
    }
    lines
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_stay_whole_where_they_can() {
        assert_eq!(wrap("Jl. Kaliurang Km 5,6", 10), ["Jl.", "Kaliurang", "Km 5,6"]);
        assert_eq!(wrap("ab ABCDEFGHIJKL cd", 5), ["ab", "ABCDE", "FGHIJ", "KL cd"]);
        assert_eq!(wrap("   ", 5), Vec::<String>::new());
    }

    #[test]
    fn a_pair_that_does_not_fit_takes_two_lines() {
        assert_eq!(pair("TOTAL", "50.000", 14), ["TOTAL   50.000"]);
        assert_eq!(pair("TOTAL", "50.000", 13), ["TOTAL", "       50.000"]);
        assert_eq!(pair("Ref", "ABCDEFGHIJ", 8), ["Ref", "ABCDEFGH", "IJ"]);
        assert_eq!(centred("abc", 8), "  abc");
    }

    proptest! {
        #[test]
        fn wrapping_keeps_every_character_and_the_width(text in "[ a-z]{0,80}", width in 1usize..20) {
            let lines = wrap(&text, width);
            prop_assert!(lines.iter().all(|line| (1..=width).contains(&line.len())), "{lines:?}");
            prop_assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        }
    }
}
