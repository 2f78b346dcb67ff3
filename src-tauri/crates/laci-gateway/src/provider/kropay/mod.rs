//! Kropay: dynamic QRIS. Source: the provider's own page (`/docs`); what it leaves open (errors, duplicates,
//! limits, the zone) is read in the way that can never turn an open bill into a paid or a lost one.
//!
//! Its callback carries no signature, so it is a reason to ask and nothing more. Deliberately absent: `qris_image` (the QR is drawn here).

mod read;
mod wire;

use laci_core::{Rupiah, UnixMs, Zone};

use super::call;
use super::field::short;
use super::kind::{Kind, Making, Purpose, SecretField};
use crate::contract::{
    AmountLimits, BodyForm, CallAnswer, CallbackHeaders, CheckAnswer, Collector, Content,
    CreateAnswer, CreateAsk, CreateRetry, Effect, Field, FieldForm, Given, Header, Hint,
    HttpMethod, Operation, PayMethod, Provider, Reply, Request, Said, StatusAnswer, StatusAsk,
};
use crate::json::quoted;
use crate::secret::Secret;
use crate::settings::SettingsError;

pub(super) const KIND: Kind = Kind {
    code: "kropay",
    name: "Kropay",
    purpose: Purpose::Collects,
    default_base_url: Some("https://kropay.krispediadigital.my.id"),
    options: &[EXPIRED_IN.or("900")],
    option_families: &[],
    secrets: &[SecretField::required("api_key")],
    limits: AmountLimits { minimum: Rupiah::from_u32(1_000), maximum: None },
    methods: &[PayMethod::new("qris", "QRIS")],
    operations: &[CREATE, STATUS],
    orders: None,
    build,
};

/// Seconds: the document's minimum, and a week. Our default is shorter than the document's hour: a counter's customer
/// pays at once.
const EXPIRED_IN: Field = Field::new("expired_in", FieldForm::Number(300, 604_800));
const MAX_NAME_CHARS: usize = 100;
const CREATE: Operation = Operation {
    name: "create",
    about: Said { id: "Buat tagihan QRIS untuk satu penjualan", en: "A QRIS bill for one sale" },
    effect: Effect::Collect,
    method: HttpMethod::Post,
    path: "/api/v1/payment/create",
    body: BodyForm::Json,
    fields: &[
        Field::new("amount", FieldForm::Number(1_000, 1_000_000_000)).required().of_the_sale(),
        Field::new("customer_name", FieldForm::Text(MAX_NAME_CHARS)).of_the_sale(),
        Field::new("customer_email", FieldForm::Text(100)),
        EXPIRED_IN,
    ],
    on_405: None,
};
const STATUS: Operation = Operation {
    name: "status",
    about: Said { id: "Status satu tagihan", en: "The status of one bill" },
    effect: Effect::Look,
    method: HttpMethod::Get,
    path: "/api/v1/payment/status/{reference}",
    body: BodyForm::Query,
    fields: &[Field::new("reference", FieldForm::Text(100)).required()],
    on_405: None,
};
/// No bill has this reference: asking for it is answered with 404, which proves address and key.
const CHECK_REFERENCE: &str = "LACI-CHECK";

#[derive(Debug)]
struct Kropay {
    expired_in_s: u32,
    create_path: String,
    status_path: String,
    zone: Zone,
    api_key: Secret,
}

fn build(making: Making<'_>) -> Result<Box<dyn Provider>, SettingsError> {
    let options = &making.options;
    Ok(Box::new(Kropay {
        expired_in_s: options.number("expired_in"),
        create_path: call::path(&CREATE, options),
        status_path: call::path(&STATUS, options),
        zone: making.common.zone,
        api_key: making.key("api_key")?,
    }))
}

impl Kropay {
    /// How long the bill of `ask` lives, in seconds.
    fn expired_in_s(&self, ask: &CreateAsk) -> u32 {
        let asked = ask.extra.get("expired_in").and_then(|text| text.parse().ok());
        asked.unwrap_or(self.expired_in_s)
    }

    /// The headers that the document names, on both calls.
    fn headers(&self) -> Vec<Header> {
        vec![
            Header::sensitive("X-API-KEY", self.api_key.clone()),
            Header::plain("Content-Type", "application/json"),
        ]
    }

    fn status_of(&self, reference: &str) -> Request {
        let given = Given::default().with("reference", reference);
        call::request(&STATUS, &self.status_path, &given, &[], self.headers())
    }
}

impl Provider for Kropay {
    fn collector(&self) -> Option<&dyn Collector> {
        Some(self)
    }

    fn check(&self) -> Request {
        self.status_of(CHECK_REFERENCE)
    }

    fn read_check(&self, reply: &Reply) -> CheckAnswer {
        read::check(reply)
    }

    fn call(&self, _operation: &Operation, given: &Given) -> Request {
        call::request(&STATUS, &self.status_path, given, &[], self.headers())
    }

    fn read_call(&self, _operation: &Operation, _given: &Given, reply: &Reply) -> CallAnswer {
        call::read(reply)
    }

    fn read_callback(&self, _: &CallbackHeaders, body: &[u8], _: UnixMs) -> Option<Hint> {
        read::callback(body)
    }
}

impl Collector for Kropay {
    fn limits(&self, _method: Option<&str>) -> AmountLimits {
        KIND.limits
    }

    fn methods(&self) -> Vec<PayMethod> {
        KIND.methods.to_vec()
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
        let name = ask.customer_name.as_deref().map(|name| short(name, MAX_NAME_CHARS));
        if let Some(name) = name.filter(|name| !name.is_empty()) {
            body.push_str(&format!(r#","customer_name":{}"#, quoted(&name)));
        }
        if let Some(email) = ask.extra.get("customer_email") {
            body.push_str(&format!(r#","customer_email":{}"#, quoted(email)));
        }
        body.push_str(&format!(r#","expired_in":{}}}"#, self.expired_in_s(ask)));
        Request {
            method: HttpMethod::Post,
            target: self.create_path.clone(),
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
}
