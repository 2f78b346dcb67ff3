//! Why a call certainly did not reach its gateway. Deliberately absent: what may have reached it, which is an answer.

use laci_core::Lang;

use super::transport::NotSent;

/// The call certainly did not reach the gateway; calling again is safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CallError {
    /// Not yet: come back after `wait_ms`.
    Held {
        wait_ms: u64,
        why: HeldWhy,
    },
    NotSent(NotSent),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeldWhy {
    /// Our own rate budget for this gateway.
    Budget,
    /// The gateway asked for a pause (429, Retry-After).
    AskedToPause,
}

impl CallError {
    /// Stable, English, snake_case.
    pub fn code(self) -> &'static str {
        match self {
            Self::Held { .. } => "held",
            Self::NotSent(why) => why.code(),
        }
    }

    pub fn sentence(self, lang: Lang) -> String {
        match (lang, self) {
            (_, Self::NotSent(why)) => why.sentence(lang).to_owned(),
            (Lang::Id, Self::Held { wait_ms, .. }) => format!(
                "Gateway sedang diberi jeda {} detik. Tidak ada yang terkirim. Tunggu, atau pakai cara bayar lain.",
                wait_ms.div_ceil(1000)
            ),
            (Lang::En, Self::Held { wait_ms, .. }) => format!(
                "The gateway is given a pause of {} seconds. Nothing was sent. Wait, or use another way to pay.",
                wait_ms.div_ceil(1000)
            ),
        }
    }
}
