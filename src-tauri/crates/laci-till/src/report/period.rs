//! Which business dates a report is about. Weeks begin on Monday; months and years are the calendar's.

use laci_core::{BusinessDate, Refusal};

use crate::error::Result;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Period {
    Today,
    Week,
    Month,
    Year,
    /// Everything that was ever booked.
    All,
    Date(String),
    /// Both ends included.
    Range {
        from: String,
        to: String,
    },
}

impl Period {
    /// Both ends included. Refused: `period_wrong`.
    pub(super) fn dates(
        &self,
        today: BusinessDate,
        booked: Option<(BusinessDate, BusinessDate)>,
    ) -> Result<(BusinessDate, BusinessDate)> {
        let read = |text: &str| text.parse::<BusinessDate>().map_err(|_| Refusal::PeriodWrong);
        let (from, to) = match self {
            Self::Today => (today, today),
            Self::Week => (today.monday(), today),
            Self::Month => (today.month_start(), today),
            Self::Year => (today.year_start(), today),
            Self::All => booked.map_or((today, today), |(first, last)| (first, last.max(today))),
            Self::Date(text) => (read(text)?, read(text)?),
            Self::Range { from, to } => (read(from)?, read(to)?),
        };
        if from > to {
            return Err(Refusal::PeriodWrong.into());
        }
        Ok((from, to))
    }
}
