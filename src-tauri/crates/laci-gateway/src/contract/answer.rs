//! What a reply means. Unknown is an answer of its own, and never read as failed or paid.

use laci_core::{Lang, Observed, Presentment, Rupiah, UnixMs};

use super::doubt::Doubt;

/// A bill that the gateway made for exactly our reference and price.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bill {
    pub gateway_id: String,
    /// What the customer pays, in rupiah, as the gateway names it; never computed here.
    pub total: Rupiah,
    /// As named by the gateway; the two may be one sum under two names, so they are never added up.
    pub unique_code: Option<Rupiah>,
    pub fee: Option<Rupiah>,
    pub presentment: Presentment,
    pub expires_at: Option<UnixMs>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CreateAnswer {
    Created(Bill),
    /// The gateway defines this answer as a refusal: no bill was made.
    Refused(RefusedBy),
    /// A bill may exist. It is not shown.
    Unknown(Uncertain),
}

/// A create whose outcome is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uncertain {
    pub why: Doubt,
    /// Where the answer named a bill all the same: it can be watched, never shown.
    pub gateway_id: Option<String>,
}

impl CreateAnswer {
    pub fn unknown(why: Doubt) -> Self {
        Self::Unknown(Uncertain { why, gateway_id: None })
    }

    /// What this answer means when it came to the second create with the same reference, the first one's
    /// outcome being unknown: a refusal of the second says nothing about the first.
    pub fn of_retry(self) -> Self {
        match self {
            Self::Refused(refused) => {
                Self::unknown(Doubt::RetryRefused { message: refused.message })
            }
            Self::Created(bill) => Self::Created(bill),
            Self::Unknown(uncertain) => Self::Unknown(uncertain),
        }
    }
}

/// A gateway's definite no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedBy {
    pub kind: RefusedKind,
    /// The gateway's own words, at most 300 characters; empty when it gave none.
    pub message: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedKind {
    /// 401, 403: the key is wrong, blocked, or lacks the right.
    Key,
    /// 404, 405: there is no such call at this address.
    Address,
    /// 400, 422: the gateway does not accept what was asked.
    Request,
    /// The gateway says that the call did not work.
    Other,
}

impl RefusedBy {
    /// Stable, English, snake_case.
    pub fn code(&self) -> &'static str {
        match self.kind {
            RefusedKind::Key => "key_refused",
            RefusedKind::Address => "wrong_address",
            RefusedKind::Request => "request_refused",
            RefusedKind::Other => "refused",
        }
    }

    pub fn sentence(&self, lang: Lang) -> String {
        let head = match (lang, self.kind) {
            (Lang::Id, RefusedKind::Key) => {
                "Gateway menolak kunci API. Tidak ada tagihan yang dibuat. Ganti kunci di Pengaturan."
            }
            (Lang::Id, RefusedKind::Address) => {
                "Alamat gateway tidak mengenal permintaan ini. Tidak ada tagihan yang dibuat. Periksa alamatnya di Pengaturan."
            }
            (Lang::Id, RefusedKind::Request) => {
                "Gateway menolak permintaan ini. Tidak ada tagihan yang dibuat. Periksa nominal, atau pakai cara bayar lain."
            }
            (Lang::Id, RefusedKind::Other) => {
                "Gateway menolak. Tidak ada tagihan yang dibuat. Pakai cara bayar lain."
            }
            (Lang::En, RefusedKind::Key) => {
                "The gateway refused the API key. No bill was made. Replace the key in Settings."
            }
            (Lang::En, RefusedKind::Address) => {
                "The gateway's address does not know this call. No bill was made. Check the address in Settings."
            }
            (Lang::En, RefusedKind::Request) => {
                "The gateway refused this request. No bill was made. Check the amount, or use another way to pay."
            }
            (Lang::En, RefusedKind::Other) => {
                "The gateway refused. No bill was made. Use another way to pay."
            }
        };
        if self.message.is_empty() {
            return head.to_owned();
        }
        let says = match lang {
            Lang::Id => "Kata gateway",
            Lang::En => "The gateway says",
        };
        format!("{head} {says}: \"{}\"", self.message)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatusAnswer {
    /// What the gateway says of this very bill. A word that is not known, a bill that is not ours or an amount
    /// that cannot be read is `Pending` with a `review` code, never paid.
    Seen(Observed),
    /// The gateway does not know the bill.
    NotFound,
    /// Nothing was learnt.
    Unreadable(Doubt),
}

/// What a look-up by our reference found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FindAnswer {
    Found(Bill),
    /// A bill of ours that cannot be shown, only watched.
    Known {
        gateway_id: String,
        why: Doubt,
    },
    NotThere,
    Unreadable(Doubt),
}

/// What one page of a list says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListAnswer {
    Page {
        /// The bills asked for that are on it, as far as nothing about them is odd; each names its bill.
        seen: Vec<Observed>,
        /// No page comes after it.
        last: bool,
    },
    Unreadable(Doubt),
}

/// What the harmless call showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CheckAnswer {
    /// Address and key work.
    Ready,
    KeyRefused,
    Unreadable(Doubt),
}
