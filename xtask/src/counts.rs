//! How many checks passed and failed, summed over runners that each say it in their own way.
//! Absent on purpose: guessing. A runner that failed without a count is one failure, never none.

use std::ops::AddAssign;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Counts {
    /// A check that is one yes or no, such as the formatter's.
    pub(crate) const ONE_PASSED: Self = Self { passed: 1, failed: 0 };

    /// Sums the lines `test result: ok. 5 passed; 0 failed; ...`; an ignored test counts as failed, since none is kept.
    pub(crate) fn of_cargo(lines: &[String]) -> Self {
        let mut sum = Self::default();
        for line in lines.iter().filter_map(|line| line.trim().strip_prefix("test result: ")) {
            let numbers = line.split_once(". ").map_or("", |(_, rest)| rest);
            for part in numbers.split("; ") {
                let mut words = part.split(' ');
                let number = words.next().and_then(|n| n.parse().ok()).unwrap_or(0);
                match words.next() {
                    Some("passed") => sum.passed += number,
                    Some("failed" | "ignored") => sum.failed += number,
                    _ => {}
                }
            }
        }
        sum
    }

    /// Reads the file of vitest's JSON reporter; `None` if it is not one.
    pub(crate) fn of_vitest(json: &str) -> Option<Self> {
        let said: serde_json::Value = serde_json::from_str(json).ok()?;
        let number = |key: &str| said[key].as_u64();
        let skipped = number("numPendingTests").unwrap_or(0) + number("numTodoTests").unwrap_or(0);
        Some(Self {
            passed: number("numPassedTests")?,
            failed: number("numFailedTests")?.checked_add(skipped)?,
        })
    }

    /// A run that did not end well has failed at least once, whatever was counted before it ended.
    pub(crate) fn ended(mut self, well: bool) -> Self {
        if !well {
            self.failed = self.failed.max(1);
        }
        self
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(String::from).collect()
    }

    #[test]
    fn cargo_lines_are_summed_over_binaries() {
        let said = lines(
            "running 3 tests\n\
             test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
             error: test failed, to rerun pass `-p x --lib`\n\
             test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 7 filtered out; finished in 0.01s",
        );
        assert_eq!(
            Counts::of_cargo(&said),
            Counts { passed: 5, failed: 1 },
            "filtered tests are not counted"
        );
    }

    #[test]
    fn a_test_that_is_switched_off_is_a_failure() {
        let said =
            lines("test result: ok. 1 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out");
        assert_eq!(Counts::of_cargo(&said).failed, 2, "nobody looks at an ignored test");
    }

    #[test]
    fn a_crash_before_any_count_is_a_failure() {
        assert_eq!(
            Counts::of_cargo(&[]).ended(false),
            Counts { passed: 0, failed: 1 },
            "no line, no success"
        );
        assert_eq!(
            Counts::ONE_PASSED.ended(true),
            Counts::ONE_PASSED,
            "a good end changes nothing"
        );
    }

    #[test]
    fn vitest_is_read_from_its_own_report() {
        let json = r#"{"numTotalTests":5,"numPassedTests":3,"numFailedTests":1,"numPendingTests":1,"numTodoTests":0}"#;
        assert_eq!(
            Counts::of_vitest(json),
            Some(Counts { passed: 3, failed: 2 }),
            "a skipped test is a failed one"
        );
        assert_eq!(Counts::of_vitest("{}"), None, "an empty report is no report");
    }
}
