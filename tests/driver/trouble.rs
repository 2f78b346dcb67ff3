//! What went wrong while driving, as text for whoever reads the test's output.

use std::fmt;

pub type Outcome<T = ()> = Result<T, Trouble>;

/// One sentence or more; `Debug` prints it plainly, because that is what a failing test shows.
pub struct Trouble {
    text: String,
    code: Option<String>,
}

impl Trouble {
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), code: None }
    }

    /// An error that a WebDriver answered with its own code, such as `no such element`.
    pub(crate) fn coded(code: &str, text: impl Into<String>) -> Self {
        Self { text: text.into(), code: Some(code.to_owned()) }
    }

    /// The page moved on between two calls: worth looking again, not a failure.
    pub(crate) fn is_passing(&self) -> bool {
        const PASSING: [&str; 5] = [
            "no such element",
            "stale element reference",
            "element not interactable",
            "element click intercepted",
            "no such window",
        ];
        self.code.as_deref().is_some_and(|code| PASSING.contains(&code))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Trouble {}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Self {
        Self::new(error.to_string())
    }
}
