//! Why an answer teaches nothing for certain: one variant per cause, each with a stable code and a sentence.

use laci_core::Lang;

/// Something was sent, and no whole answer came: whether the gateway acted on it is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// Not within the time given.
    Timeout,
    /// The connection ended before the answer did.
    Cut,
}

impl NoAnswer {
    pub fn sentence(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::Id, Self::Timeout) => {
                "Gateway tidak menjawab dalam batas waktunya. Apakah permintaan itu diproses belum diketahui."
            }
            (Lang::Id, Self::Cut) => {
                "Sambungan ke gateway putus sebelum jawabannya lengkap. Apakah permintaan itu diproses belum diketahui."
            }
            (Lang::En, Self::Timeout) => {
                "The gateway did not answer in time. Whether it acted on the request is unknown."
            }
            (Lang::En, Self::Cut) => {
                "The connection to the gateway ended before its answer was whole. Whether it acted on the request is unknown."
            }
        }
    }
}

/// A body that is not one JSON object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotJson {
    pub status: u16,
    /// The first 200 characters, for support; not meant for the cashier's screen.
    pub excerpt: String,
    pub looks_like: LooksLike,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LooksLike {
    Cloudflare,
    Maintenance,
    Login,
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    NoAnswer(NoAnswer),
    /// More than 1 MiB came.
    TooLarge,
    /// `to` without its query.
    Redirected {
        to: String,
    },
    NotJson(NotJson),
    /// The document's call is not there any more: 404, or a web page where JSON stood.
    ApiChanged {
        status: u16,
    },
    ServerError {
        status: u16,
    },
    /// An HTTP status that the provider's contract gives no meaning.
    OddStatus {
        status: u16,
    },
    RateLimited,
    KeyRefused {
        status: u16,
    },
    /// The provider answers known addresses only, and the shop's is not one of them.
    NotWhitelisted,
    /// A field that the contract promises is missing or cannot be read.
    Incomplete {
        field: &'static str,
    },
    /// The answer is about another bill.
    ReferenceMismatch,
    /// The bill's price is not the one that was asked, or its total is below it.
    AmountMismatch,
    /// The bill of this reference exists, and the gateway does not hand it out again.
    DuplicateReference,
    /// The create was answered with a bill that is no longer open.
    NotOpen {
        word: String,
    },
    /// The second try with the same reference was refused; the first one's outcome stays open.
    RetryRefused {
        message: String,
    },
}

impl Doubt {
    /// Stable, English, snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoAnswer(NoAnswer::Timeout) => "timeout",
            Self::NoAnswer(NoAnswer::Cut) => "connection_cut",
            Self::TooLarge => "answer_too_large",
            Self::Redirected { .. } => "redirected",
            Self::NotJson(NotJson { looks_like, .. }) => match looks_like {
                LooksLike::Cloudflare => "not_json_cloudflare",
                LooksLike::Maintenance => "not_json_maintenance",
                LooksLike::Login => "not_json_login",
                LooksLike::Other => "not_json",
            },
            Self::ApiChanged { .. } => "api_changed",
            Self::ServerError { .. } => "server_error",
            Self::OddStatus { .. } => "odd_status",
            Self::RateLimited => "rate_limited",
            Self::KeyRefused { .. } => "key_refused",
            Self::NotWhitelisted => "ip_not_whitelisted",
            Self::Incomplete { .. } => "incomplete_answer",
            Self::ReferenceMismatch => "reference_mismatch",
            Self::AmountMismatch => "amount_mismatch",
            Self::DuplicateReference => "duplicate_reference",
            Self::NotOpen { .. } => "not_open",
            Self::RetryRefused { .. } => "retry_refused",
        }
    }

    /// Whether the gateway itself does not work now, as against an answer that is wrong for one bill.
    pub fn is_gateway_down(&self) -> bool {
        match self {
            Self::NoAnswer(_)
            | Self::TooLarge
            | Self::Redirected { .. }
            | Self::NotJson(_)
            | Self::ApiChanged { .. }
            | Self::ServerError { .. }
            | Self::OddStatus { .. }
            | Self::RateLimited
            | Self::KeyRefused { .. }
            | Self::NotWhitelisted
            | Self::Incomplete { .. } => true,
            Self::ReferenceMismatch
            | Self::AmountMismatch
            | Self::DuplicateReference
            | Self::NotOpen { .. }
            | Self::RetryRefused { .. } => false,
        }
    }

    /// What happened; what follows from it depends on the call and is the till's to say.
    pub fn sentence(&self, lang: Lang) -> String {
        match lang {
            Lang::Id => self.indonesian(),
            Lang::En => self.english(),
        }
    }

    fn indonesian(&self) -> String {
        match self {
            Self::NoAnswer(why) => why.sentence(Lang::Id).to_owned(),
            Self::TooLarge => "Jawaban gateway terlalu besar dan tidak dibaca.".into(),
            Self::Redirected { to } => format!("Gateway mengalihkan ke {to}. Perbaiki alamat gateway di Pengaturan."),
            Self::NotJson(NotJson { looks_like, .. }) => match looks_like {
                LooksLike::Cloudflare => "Gateway dijaga Cloudflare dan menolak mesin ini. Hubungi penyedia gateway.",
                LooksLike::Maintenance => "Gateway sedang pemeliharaan. Pakai cara bayar lain dulu.",
                LooksLike::Login => "Yang menjawab halaman masuk, bukan gateway. Periksa internet atau alamat gateway.",
                LooksLike::Other => "Yang menjawab halaman web, bukan gateway. Periksa internet atau alamat gateway.",
            }
            .into(),
            Self::ApiChanged { status } => format!("Gateway tidak lagi menjawab seperti dokumennya ({status}): penyedia mengubah API-nya, atau alamatnya di Pengaturan salah. Pakai cara bayar lain dulu, dan hubungi penyedia gateway."),
            Self::ServerError { status } => format!("Server gateway bermasalah ({status}). Pakai cara bayar lain dulu."),
            Self::OddStatus { status } => format!("Gateway menjawab dengan kode yang tidak dikenal ({status})."),
            Self::RateLimited => "Gateway meminta jeda karena terlalu sering ditanya. Laci menunggu, lalu bertanya lagi.".into(),
            Self::KeyRefused { .. } => "Gateway menolak kunci API. Ganti kunci di Pengaturan.".into(),
            Self::NotWhitelisted => "Penyedia tidak mengenal alamat internet (IP) toko ini. Daftarkan IP toko di dasbor penyedia; bila internet toko berganti IP, daftarkan lagi.".into(),
            Self::Incomplete { field } => format!("Jawaban gateway tidak lengkap ({field})."),
            Self::ReferenceMismatch => "Gateway menjawab tentang tagihan lain. Jawaban itu tidak dipakai.".into(),
            Self::AmountMismatch => "Nominal dari gateway bukan yang diminta. Tagihan itu tidak ditampilkan.".into(),
            Self::DuplicateReference => "Tagihan ini sudah pernah dibuat, tetapi QR-nya tidak bisa diambil lagi.".into(),
            Self::NotOpen { word } => format!("Tagihan dari gateway tidak terbuka (\"{word}\"), jadi tidak ditampilkan."),
            Self::RetryRefused { message } => format!("Percobaan kedua ditolak gateway; hasil yang pertama tetap belum diketahui. {message}"),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::NoAnswer(why) => why.sentence(Lang::En).to_owned(),
            Self::TooLarge => "The gateway's answer is too large and was not read.".into(),
            Self::Redirected { to } => format!("The gateway redirects to {to}. Correct its address in Settings."),
            Self::NotJson(NotJson { looks_like, .. }) => match looks_like {
                LooksLike::Cloudflare => "Cloudflare guards the gateway and turns this machine away. Ask the provider.",
                LooksLike::Maintenance => "The gateway is under maintenance. Use another way to pay for now.",
                LooksLike::Login => "A login page answered, not the gateway. Check the internet or the gateway's address.",
                LooksLike::Other => "A web page answered, not the gateway. Check the internet or the gateway's address.",
            }
            .into(),
            Self::ApiChanged { status } => format!("The gateway no longer answers as its document says ({status}): the provider changed its API, or its address in Settings is wrong. Use another way to pay for now, and ask the provider."),
            Self::ServerError { status } => format!("The gateway's server has a fault ({status}). Use another way to pay for now."),
            Self::OddStatus { status } => format!("The gateway answered with an unknown code ({status})."),
            Self::RateLimited => "The gateway asks for a pause. Laci waits, then asks again.".into(),
            Self::KeyRefused { .. } => "The gateway refused the API key. Replace it in Settings.".into(),
            Self::NotWhitelisted => "The shop's internet address (IP) is not on the provider's list. Add it in the provider's dashboard, and again whenever the shop's address changes.".into(),
            Self::Incomplete { field } => format!("The gateway's answer is incomplete ({field})."),
            Self::ReferenceMismatch => "The gateway answered about another bill. That answer is not used.".into(),
            Self::AmountMismatch => "The gateway's amount is not what was asked. That bill is not shown.".into(),
            Self::DuplicateReference => "This bill was made before, but its QR cannot be fetched again.".into(),
            Self::NotOpen { word } => format!("The gateway's bill is not open (\"{word}\"), so it is not shown."),
            Self::RetryRefused { message } => format!("The gateway refused the second try; the first one's outcome stays unknown. {message}"),
        }
    }
}
