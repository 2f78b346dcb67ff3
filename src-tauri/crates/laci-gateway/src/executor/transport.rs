//! The seam: one request out, one reply or one kind of failure back. Deliberately absent: retries, health, keys'
//! redaction (the executor's), and reading of bodies.

use std::future::Future;
use std::pin::Pin;

use laci_core::Lang;

use crate::contract::{Content, Header, HttpMethod, NoAnswer, Reply};

/// A request on its way, with its whole address.
#[derive(Clone, Debug)]
pub struct OnWire {
    pub method: HttpMethod,
    pub url: String,
    pub headers: Vec<Header>,
    pub content: Option<Content>,
    pub timeouts: Timeouts,
    pub reach: Reach,
}

/// `total_ms` covers connecting, sending and the whole answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeouts {
    pub connect_ms: u32,
    pub total_ms: u32,
}

/// Where a request may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// https, anywhere.
    Https,
    /// Plain http, to loopback and private addresses only, whatever a name resolves to.
    PrivateHttp,
}

pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<Reply, TransportError>> + Send + 'a>>;

pub trait Transport: Send + Sync {
    /// Sends at most once.
    fn send(&self, request: OnWire) -> Sending<'_>;
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// No byte of the request reached the gateway.
    NotSent(NotSent),
    /// Some of it may have.
    NoAnswer(NoAnswer),
    /// An answer began, and was more than 1 MiB.
    TooLarge,
    /// Redirects are never followed: a POST would lose its body, and the key would go elsewhere.
    /// `to` is the address named, without its query.
    Redirected { to: String },
}

/// Why a request certainly did not reach the gateway.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotSent {
    /// The name could not be resolved.
    Dns,
    /// Nobody listens there, or there is no way there.
    Unreachable,
    ConnectTimeout,
    Tls,
    /// A name over plain http that leads to a public address.
    PublicHttp,
    /// The request could not be built.
    Invalid,
}

impl NotSent {
    /// Stable, English, snake_case.
    pub fn code(self) -> &'static str {
        match self {
            Self::Dns => "dns_failed",
            Self::Unreachable => "unreachable",
            Self::ConnectTimeout => "connect_timeout",
            Self::Tls => "tls_failed",
            Self::PublicHttp => "url_insecure",
            Self::Invalid => "request_invalid",
        }
    }

    pub fn sentence(self, lang: Lang) -> &'static str {
        match (lang, self) {
            (Lang::Id, Self::Dns) => {
                "Alamat gateway tidak ditemukan. Tidak ada yang terkirim. Periksa internet, lalu coba lagi."
            }
            (Lang::Id, Self::Unreachable) => {
                "Gateway tidak bisa dihubungi. Tidak ada yang terkirim. Periksa internet, lalu coba lagi."
            }
            (Lang::Id, Self::ConnectTimeout) => {
                "Gateway terlalu lama disambung. Tidak ada yang terkirim. Coba lagi atau pakai cara bayar lain."
            }
            (Lang::Id, Self::Tls) => {
                "Sambungan aman ke gateway gagal. Tidak ada yang terkirim. Periksa tanggal dan jam mesin ini."
            }
            (Lang::Id, Self::PublicHttp) => {
                "Alamat http ini ada di internet; kunci API akan terbuka di jalan. Tidak ada yang terkirim. Ganti ke https."
            }
            (Lang::Id, Self::Invalid) => {
                "Permintaan ke gateway tidak bisa disusun. Tidak ada yang terkirim. Periksa alamat dan kunci di Pengaturan."
            }
            (Lang::En, Self::Dns) => {
                "The gateway's name was not found. Nothing was sent. Check the internet, then try again."
            }
            (Lang::En, Self::Unreachable) => {
                "The gateway cannot be reached. Nothing was sent. Check the internet, then try again."
            }
            (Lang::En, Self::ConnectTimeout) => {
                "Connecting to the gateway took too long. Nothing was sent. Try again or use another way to pay."
            }
            (Lang::En, Self::Tls) => {
                "The secure connection to the gateway failed. Nothing was sent. Check this machine's date and time."
            }
            (Lang::En, Self::PublicHttp) => {
                "This http address is on the internet, where the API key would be seen. Nothing was sent. Change it to https."
            }
            (Lang::En, Self::Invalid) => {
                "The request to the gateway could not be built. Nothing was sent. Check the address and the key in Settings."
            }
        }
    }
}
