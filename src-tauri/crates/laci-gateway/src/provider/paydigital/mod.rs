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

use super::call;
use super::field::short;
use super::kind::{Kind, Making, Purpose, SecretField};
use crate::contract::{
    AmountLimits, BodyForm, CallAnswer, CheckAnswer, Collector, Content, CreateAnswer, CreateAsk,
    CreateRetry, Effect, Field, FieldForm, Given, Header, HttpMethod, Operation, PayMethod,
    Provider, Reply, Request, Said, StatusAnswer, StatusAsk,
};
use crate::encode::Form;
use crate::secret::Secret;
use crate::settings::SettingsError;
use read::Reading;

pub(super) const KIND: Kind = Kind {
    code: "paydigital",
    name: "Paydigital",
    purpose: Purpose::Collects,
    default_base_url: Some(BASE_URL),
    options: &[
        Field::new("store_id", FieldForm::Number(1, 4_294_967_295)).required(),
        Field::new("auth", FieldForm::OneOf(&["bearer", "form"])).or("bearer"),
    ],
    option_families: &[],
    secrets: &[SecretField::required("api_key")],
    limits: AmountLimits { minimum: Rupiah::from_u32(1_000), maximum: None },
    methods: &[PayMethod::new("qris", "QRIS")],
    operations: &[CREATE, STATUS],
    orders: None,
    build,
};

/// The document's examples say http, its heading https; the key travels on each call, so it is https.
const BASE_URL: &str = "https://paydigital.biz.id/api";
/// No bill has this invoice: asking for it shows whether address and key are right.
const CHECK_INVOICE: &str = "LACI-CHECK";
/// The document names no bounds; these keep our reference whole in any usual column.
const MAX_DESCRIPTION_CHARS: usize = 100;
const MAX_NAME_CHARS: usize = 100;
const CREATE: Operation = Operation {
    name: "create",
    about: Said { id: "Buat tagihan QRIS untuk satu penjualan", en: "A QRIS bill for one sale" },
    effect: Effect::Collect,
    method: HttpMethod::Post,
    path: "/create_payment.php",
    body: BodyForm::Form,
    fields: &[
        Field::new("amount", FieldForm::Number(1_000, 1_000_000_000)).required().of_the_sale(),
        Field::new("description", FieldForm::Text(MAX_DESCRIPTION_CHARS)).of_the_sale(),
        Field::new("customer_name", FieldForm::Text(MAX_NAME_CHARS)).of_the_sale(),
    ],
    on_405: None,
};
const STATUS: Operation = Operation {
    name: "status",
    about: Said { id: "Status satu tagihan", en: "The status of one bill" },
    effect: Effect::Look,
    method: HttpMethod::Get,
    path: "/payment.php",
    body: BodyForm::Query,
    fields: &[Field::new("invoice", FieldForm::Text(100)).required()],
    on_405: None,
};
/// The same, where the key travels in the body.
const STATUS_BY_FORM: Operation =
    Operation { method: HttpMethod::Post, body: BodyForm::Form, ..STATUS };

/// Where the key travels. The document allows both; its examples show the header only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Auth {
    Bearer,
    /// As the field `api_key` of a POST's body, for hosts that do not hand the header on to PHP.
    Form,
}

#[derive(Debug)]
struct Paydigital {
    store_id: u32,
    auth: Auth,
    create_path: String,
    status_path: String,
    reading: Reading,
    api_key: Secret,
}

fn build(making: Making<'_>) -> Result<Box<dyn Provider>, SettingsError> {
    let options = &making.options;
    let form = options.text("auth") == Some("form");
    Ok(Box::new(Paydigital {
        store_id: options.number("store_id"),
        auth: if form { Auth::Form } else { Auth::Bearer },
        create_path: call::path(&CREATE, options),
        status_path: call::path(&STATUS, options),
        reading: Reading { zone: making.common.zone, host: host(making.settings) },
        api_key: making.key("api_key")?,
    }))
}

/// Whose pages a customer may be sent to: this gateway's own.
fn host(settings: &GatewaySettings) -> String {
    let given = settings.base_url.trim();
    let url = Url::parse(if given.is_empty() { BASE_URL } else { given }).ok();
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}

impl Paydigital {
    fn headers(&self) -> Vec<Header> {
        match self.auth {
            Auth::Bearer => {
                let value = Secret::new(format!("Bearer {}", self.api_key.expose()));
                vec![Header::sensitive("Authorization", value)]
            }
            Auth::Form => Vec::new(),
        }
    }

    /// An empty form, or one that begins with the key, as the document's table does.
    fn form(&self) -> Form {
        match self.auth {
            Auth::Bearer => Form::new(),
            Auth::Form => Form::new().with("api_key", self.api_key.expose()),
        }
    }

    fn status_of(&self, given: &Given) -> Request {
        let path = &self.status_path;
        match self.auth {
            Auth::Bearer => call::request(&STATUS, path, given, &[], self.headers()),
            Auth::Form => {
                let key = [("api_key", self.api_key.expose())];
                call::request(&STATUS_BY_FORM, path, given, &key, self.headers())
            }
        }
    }
}

fn invoice(named: &str) -> Given {
    Given::default().with("invoice", named)
}

impl Provider for Paydigital {
    fn collector(&self) -> Option<&dyn Collector> {
        Some(self)
    }

    fn check(&self) -> Request {
        self.status_of(&invoice(CHECK_INVOICE))
    }

    fn read_check(&self, reply: &Reply) -> CheckAnswer {
        read::check(reply)
    }

    fn call(&self, _operation: &Operation, given: &Given) -> Request {
        self.status_of(given)
    }

    fn read_call(&self, _operation: &Operation, _given: &Given, reply: &Reply) -> CallAnswer {
        call::read(reply)
    }
}

impl Collector for Paydigital {
    fn limits(&self, _method: Option<&str>) -> AmountLimits {
        KIND.limits
    }

    fn methods(&self) -> Vec<PayMethod> {
        KIND.methods.to_vec()
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
            .with("store_id", &self.store_id.to_string())
            .with("amount", &ask.amount.get().to_string())
            .with("description", description.trim_start());
        let name = ask.customer_name.as_deref().map(|name| short(name, MAX_NAME_CHARS));
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            form = form.with("customer_name", &name);
        }
        Request {
            method: HttpMethod::Post,
            target: self.create_path.clone(),
            headers: self.headers(),
            content: Some(Content::form(form.bytes())),
        }
    }

    fn read_create(&self, ask: &CreateAsk, reply: &Reply) -> CreateAnswer {
        read::create(ask, reply, &self.reading)
    }

    fn status(&self, ask: &StatusAsk) -> Request {
        self.status_of(&invoice(&ask.gateway_id))
    }

    fn read_status(&self, ask: &StatusAsk, reply: &Reply) -> StatusAnswer {
        read::status(ask, reply, &self.reading)
    }
}
