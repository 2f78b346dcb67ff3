//! Paydigital: QRIS with a unique code. Source: the provider's own page (`docs.php`); what it leaves open (errors,
//! words other than `paid`, lifetimes, the zone) is read in the way that can never turn an open bill into a paid one.
//!
//! It takes no reference of ours: a create whose answer was lost may have made an invoice that nobody can find, so a
//! create is never sent again but by a person's word. Deliberately absent: `qr_url` (another company's server; the QR
//! is drawn here), and the key in a query (it would end in logs).

mod read;
mod wire;

use laci_core::{GatewaySettings, Rupiah};
use reqwest::Url;

use super::kind::Kind;
use crate::contract::{
    AmountLimits, CheckAnswer, CreateAnswer, CreateAsk, CreateRetry, Header, HttpMethod, PayMethod,
    Provider, Reply, Request, StatusAnswer, StatusAsk,
};
use crate::encode;
use crate::secret::{Secret, Secrets};
use crate::settings::{CommonOptions, SettingsError, number, path};
use read::Reading;
use wire::Form;

pub(super) const KIND: Kind = Kind {
    code: "paydigital",
    name: "Paydigital",
    default_base_url: Some(BASE_URL),
    options: &["store_id", "auth", "path.create", "path.status"],
    required: &["store_id"],
    secrets: &["api_key"],
    limits: AmountLimits { minimum: MINIMUM, maximum: None },
    methods: &[PayMethod { code: "qris", label: "QRIS" }],
    build,
    check: |settings| Options::read(settings).map(|_| ()),
};

/// The document's examples say http, its heading https; the key travels on each call, so it is https.
const BASE_URL: &str = "https://paydigital.biz.id/api";
const MINIMUM: Rupiah = Rupiah::from_u32(1_000);
const CREATE_PATH: &str = "/create_payment.php";
const STATUS_PATH: &str = "/payment.php";
/// No bill has this invoice: asking for it shows whether address and key are right.
const CHECK_INVOICE: &str = "LACI-CHECK";
/// The document names no bounds; these keep our reference whole in any usual column.
const MAX_DESCRIPTION_CHARS: usize = 100;
const MAX_NAME_CHARS: usize = 100;

/// Where the key travels. The document allows both; its examples show the header only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Auth {
    Bearer,
    /// As the field `api_key` of a POST's body, for hosts that do not hand the header on to PHP.
    Form,
}

#[derive(Debug)]
struct Options {
    store_id: u32,
    auth: Auth,
    create_path: String,
    status_path: String,
}

impl Options {
    fn read(settings: &GatewaySettings) -> Result<Self, SettingsError> {
        let options = &settings.options;
        // Zero is outside the range, so that a missing one is refused as a wrong one is.
        let store_id = number(options, "store_id", 0, 1..=u32::MAX)?;
        if store_id == 0 {
            let allowed = format!("1 - {}", u32::MAX);
            return Err(SettingsError::BadOption { key: "store_id", allowed });
        }
        let auth = match options.get("auth").map(String::as_str) {
            None | Some("bearer") => Auth::Bearer,
            Some("form") => Auth::Form,
            Some(_) => {
                let allowed = "bearer, form".to_owned();
                return Err(SettingsError::BadOption { key: "auth", allowed });
            }
        };
        Ok(Self {
            store_id,
            auth,
            create_path: path(options, "path.create", CREATE_PATH, None)?,
            status_path: path(options, "path.status", STATUS_PATH, None)?,
        })
    }
}

#[derive(Debug)]
struct Paydigital {
    options: Options,
    reading: Reading,
    api_key: Secret,
}

fn build(
    common: &CommonOptions,
    settings: &GatewaySettings,
    secrets: &Secrets,
) -> Result<Box<dyn Provider>, SettingsError> {
    let api_key =
        secrets.get("api_key").ok_or(SettingsError::SecretMissing { key: "api_key" })?.clone();
    let reading = Reading { zone: common.zone, host: host(settings) };
    Ok(Box::new(Paydigital { options: Options::read(settings)?, reading, api_key }))
}

/// Whose pages a customer may be sent to: this gateway's own.
fn host(settings: &GatewaySettings) -> String {
    let given = settings.base_url.trim();
    let url = Url::parse(if given.is_empty() { BASE_URL } else { given }).ok();
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

impl Paydigital {
    fn headers(&self) -> Vec<Header> {
        match self.options.auth {
            Auth::Bearer => {
                let value = Secret::new(format!("Bearer {}", self.api_key.expose()));
                vec![Header::sensitive("Authorization", value)]
            }
            Auth::Form => Vec::new(),
        }
    }

    /// An empty form, or one that begins with the key, as the document's table does.
    fn form(&self) -> Form {
        match self.options.auth {
            Auth::Bearer => Form::new(),
            Auth::Form => Form::new().with("api_key", self.api_key.expose()),
        }
    }

    fn status_of(&self, invoice: &str) -> Request {
        let path = &self.options.status_path;
        match self.options.auth {
            Auth::Bearer => Request {
                method: HttpMethod::Get,
                target: format!("{path}?invoice={}", encode::segment(invoice)),
                headers: self.headers(),
                content: None,
            },
            Auth::Form => Request {
                method: HttpMethod::Post,
                target: path.clone(),
                headers: self.headers(),
                content: Some(self.form().with("invoice", invoice).content()),
            },
        }
    }
}

/// At most `most` characters of `text`, in one line, without blanks at its ends.
fn short(text: &str, most: usize) -> String {
    let line = text.trim().chars().map(|c| if c.is_control() { ' ' } else { c });
    line.take(most).collect::<String>().trim_end().to_owned()
}

impl Provider for Paydigital {
    fn kind(&self) -> &'static str {
        KIND.code
    }

    fn limits(&self) -> AmountLimits {
        KIND.limits
    }

    fn methods(&self) -> &'static [PayMethod] {
        KIND.methods
    }

    /// There is no reference that would make two creates one bill.
    fn create_retry(&self) -> CreateRetry {
        CreateRetry::Never
    }

    /// Our reference ends the description, so that a person can find the bill in the provider's dashboard.
    fn create(&self, ask: &CreateAsk) -> Request {
        let given = short(&ask.description, MAX_DESCRIPTION_CHARS);
        let description = format!("{given} {}", ask.our_ref);
        let mut form = self
            .form()
            .with("store_id", &self.options.store_id.to_string())
            .with("amount", &ask.amount.get().to_string())
            .with("description", description.trim_start());
        let name = ask.customer_name.as_deref().map(|name| short(name, MAX_NAME_CHARS));
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            form = form.with("customer_name", &name);
        }
        Request {
            method: HttpMethod::Post,
            target: self.options.create_path.clone(),
            headers: self.headers(),
            content: Some(form.content()),
        }
    }

    fn read_create(&self, ask: &CreateAsk, reply: &Reply) -> CreateAnswer {
        read::create(ask, reply, &self.reading)
    }

    fn status(&self, ask: &StatusAsk) -> Request {
        self.status_of(&ask.gateway_id)
    }

    fn read_status(&self, ask: &StatusAsk, reply: &Reply) -> StatusAnswer {
        read::status(ask, reply, &self.reading)
    }

    fn check(&self) -> Request {
        self.status_of(CHECK_INVOICE)
    }

    fn read_check(&self, reply: &Reply) -> CheckAnswer {
        read::check(reply)
    }
}
