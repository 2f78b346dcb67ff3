//! Kropay: dynamic QRIS. Source: the provider's own page (`/docs`); what it leaves open (errors, duplicates,
//! limits, the zone) is read in the way that can never turn an open bill into a paid or a lost one.
//!
//! Deliberately absent: its callback (unsigned; polling is the design) and `qris_image` (the QR is drawn here).

mod read;
mod wire;

use laci_core::{GatewaySettings, Rupiah, Zone};

use super::kind::Kind;
use crate::contract::{
    AmountLimits, CheckAnswer, Content, CreateAnswer, CreateAsk, CreateRetry, Header, HttpMethod,
    PayMethod, Provider, Reply, Request, StatusAnswer, StatusAsk,
};
use crate::encode;
use crate::json::quoted;
use crate::secret::{Secret, Secrets};
use crate::settings::{CommonOptions, SettingsError, number, path};

pub(super) const KIND: Kind = Kind {
    code: "kropay",
    name: "Kropay",
    default_base_url: Some("https://kropay.krispediadigital.my.id"),
    options: &["expired_in", "path.create", "path.status"],
    required: &[],
    secrets: &["api_key"],
    limits: AmountLimits { minimum: MINIMUM, maximum: None },
    methods: &[PayMethod { code: "qris", label: "QRIS" }],
    build,
    check: |settings| Options::read(settings).map(|_| ()),
};

const MINIMUM: Rupiah = Rupiah::from_u32(1_000);
/// Seconds: the document's minimum, our default (a counter's customer pays at once), and a week.
const EXPIRED_IN_MIN: u32 = 300;
const EXPIRED_IN_DEFAULT: u32 = 900;
const EXPIRED_IN_MAX: u32 = 604_800;
const CREATE_PATH: &str = "/api/v1/payment/create";
const STATUS_PATH: &str = "/api/v1/payment/status/{reference}";
const PLACEHOLDER: &str = "{reference}";
/// No bill has this reference: asking for it is answered with 404, which proves address and key.
const CHECK_REFERENCE: &str = "LACI-CHECK";
const MAX_NAME_CHARS: usize = 100;

#[derive(Debug)]
struct Options {
    expired_in_s: u32,
    create_path: String,
    status_path: String,
}

impl Options {
    fn read(settings: &GatewaySettings) -> Result<Self, SettingsError> {
        let options = &settings.options;
        Ok(Self {
            expired_in_s: number(
                options,
                "expired_in",
                EXPIRED_IN_DEFAULT,
                EXPIRED_IN_MIN..=EXPIRED_IN_MAX,
            )?,
            create_path: path(options, "path.create", CREATE_PATH, None)?,
            status_path: path(options, "path.status", STATUS_PATH, Some(PLACEHOLDER))?,
        })
    }
}

#[derive(Debug)]
struct Kropay {
    options: Options,
    zone: Zone,
    api_key: Secret,
}

fn build(
    common: &CommonOptions,
    settings: &GatewaySettings,
    secrets: &Secrets,
) -> Result<Box<dyn Provider>, SettingsError> {
    let api_key =
        secrets.get("api_key").ok_or(SettingsError::SecretMissing { key: "api_key" })?.clone();
    Ok(Box::new(Kropay { options: Options::read(settings)?, zone: common.zone, api_key }))
}

impl Kropay {
    /// How long the bill of `ask` lives, in seconds.
    fn expired_in_s(&self, ask: &CreateAsk) -> u32 {
        ask.expires_in_s.unwrap_or(self.options.expired_in_s).clamp(EXPIRED_IN_MIN, EXPIRED_IN_MAX)
    }

    /// The headers that the document names, on both calls.
    fn headers(&self) -> Vec<Header> {
        vec![
            Header::sensitive("X-API-KEY", self.api_key.clone()),
            Header::plain("Content-Type", "application/json"),
        ]
    }

    fn status_of(&self, reference: &str) -> Request {
        Request {
            method: HttpMethod::Get,
            target: self.options.status_path.replace(PLACEHOLDER, &encode::segment(reference)),
            headers: self.headers(),
            content: None,
        }
    }
}

impl Provider for Kropay {
    fn kind(&self) -> &'static str {
        KIND.code
    }

    fn limits(&self) -> AmountLimits {
        KIND.limits
    }

    fn methods(&self) -> &'static [PayMethod] {
        KIND.methods
    }

    /// `merchant_ref` is unique at Kropay, so the same one cannot make a second bill.
    fn create_retry(&self) -> CreateRetry {
        CreateRetry::OnceWithSameKey
    }

    fn create(&self, ask: &CreateAsk) -> Request {
        let mut body = format!(
            r#"{{"merchant_ref":{},"amount":{}"#,
            quoted(ask.our_ref.as_str()),
            ask.amount.get()
        );
        if let Some(name) = ask.customer_name.as_deref().map(str::trim).filter(|n| !n.is_empty()) {
            let name: String = name.chars().take(MAX_NAME_CHARS).collect();
            body.push_str(&format!(r#","customer_name":{}"#, quoted(&name)));
        }
        body.push_str(&format!(r#","expired_in":{}}}"#, self.expired_in_s(ask)));
        Request {
            method: HttpMethod::Post,
            target: self.options.create_path.clone(),
            headers: self.headers(),
            content: Some(Content::json(body)),
        }
    }

    fn read_create(&self, ask: &CreateAsk, reply: &Reply) -> CreateAnswer {
        read::create(ask, reply, self.zone, self.expired_in_s(ask))
    }

    fn status(&self, ask: &StatusAsk) -> Request {
        self.status_of(&ask.gateway_id)
    }

    fn read_status(&self, ask: &StatusAsk, reply: &Reply) -> StatusAnswer {
        read::status(ask, reply, self.zone)
    }

    fn check(&self) -> Request {
        self.status_of(CHECK_REFERENCE)
    }

    fn read_check(&self, reply: &Reply) -> CheckAnswer {
        read::check(reply)
    }
}
