//! Why settings are refused. No sentence ever holds a key's value.

use laci_core::Lang;

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence(Lang::En))]
pub enum SettingsError {
    UnknownKind { known: Vec<&'static str> },
    BadUrl,
    InsecureUrl,
    UnknownOption { key: String, known: Vec<String> },
    BadOption { key: String, allowed: String },
    SecretMissing { key: &'static str },
    SecretForm { key: &'static str },
    UnknownSecret { key: String, known: Vec<&'static str> },
}

impl SettingsError {
    /// Stable, English, snake_case.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownKind { .. } => "kind_unknown",
            Self::BadUrl => "url_invalid",
            Self::InsecureUrl => "url_insecure",
            Self::UnknownOption { .. } => "option_unknown",
            Self::BadOption { .. } => "option_invalid",
            Self::SecretMissing { .. } => "secret_missing",
            Self::SecretForm { .. } => "secret_invalid",
            Self::UnknownSecret { .. } => "secret_unknown",
        }
    }

    pub fn sentence(&self, lang: Lang) -> String {
        match lang {
            Lang::Id => self.indonesian(),
            Lang::En => self.english(),
        }
    }

    fn indonesian(&self) -> String {
        match self {
            Self::UnknownKind { known } => format!("Jenis gateway tidak dikenal. Yang ada: {}.", known.join(", ")),
            Self::BadUrl => "Alamat gateway tidak benar. Tulis seperti https://nama.contoh tanpa tanda tanya.".into(),
            Self::InsecureUrl => "Alamat http akan membuka kunci API di jalan. Pakai https; http hanya untuk mesin ini atau jaringan toko.".into(),
            Self::UnknownOption { key, known } => format!("Opsi {key} tidak dikenal. Yang ada: {}.", known.join(", ")),
            Self::BadOption { key, allowed } => format!("Isi opsi {key} tidak benar. Yang boleh: {allowed}."),
            Self::SecretMissing { key } => format!("Kunci {key} belum diisi. Salin dari dasbor gateway."),
            Self::SecretForm { key } => format!("Kunci {key} tidak benar: 8 sampai 512 huruf, angka atau tanda, tanpa spasi. Salin ulang dari dasbor gateway."),
            Self::UnknownSecret { key, known } => format!("Kunci bernama {key} tidak dikenal. Yang ada: {}.", known.join(", ")),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::UnknownKind { known } => format!("Unknown kind of gateway. There are: {}.", known.join(", ")),
            Self::BadUrl => "The gateway's address is not valid. Write it as https://name.example without a question mark.".into(),
            Self::InsecureUrl => "An http address would show the API key on its way. Use https; http is only for this machine or the shop's own network.".into(),
            Self::UnknownOption { key, known } => format!("Unknown option {key}. There are: {}.", known.join(", ")),
            Self::BadOption { key, allowed } => format!("Option {key} is not valid. Allowed: {allowed}."),
            Self::SecretMissing { key } => format!("The key {key} is missing. Copy it from the gateway's dashboard."),
            Self::SecretForm { key } => format!("The key {key} is not valid: 8 to 512 letters, digits or signs, no spaces. Copy it again from the gateway's dashboard."),
            Self::UnknownSecret { key, known } => format!("No key is called {key}. There are: {}.", known.join(", ")),
        }
    }
}
