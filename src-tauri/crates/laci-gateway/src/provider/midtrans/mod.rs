//! A shop's own middleware in front of Midtrans Snap: the customer pays on Midtrans' page, whose address is shown as a
//! link. Source: the middleware's API paper; what it leaves open (errors, the status before a method was chosen) is
//! read with what Midtrans says of itself, in the way that can never turn an open bill into a paid one.
//!
//! Deliberately absent: `token` (for pages with Snap.js), Midtrans' callback (it goes to the middleware), the server
//! key (a till must never hold it), and a new order under another name: two orders can both be paid.

mod charge;
mod read;
mod status;
mod wire;

use std::collections::BTreeMap;

use laci_core::{Presentment, Rupiah, Zone};

use super::call;
use super::kind::{Kind, Making, Purpose, SecretField};
use crate::contract::{
    AmountLimits, BodyForm, CallAnswer, CheckAnswer, Collector, Content, CreateAnswer, CreateAsk,
    CreateRetry, Effect, Field, FieldFault, FieldForm, Given, Header, HttpMethod, Operation,
    OurRef, PayMethod, Provider, Reply, Request, Said, StatusAnswer, StatusAsk,
};
use crate::secret::Secret;
use crate::settings::SettingsError;

pub(super) const KIND: Kind = Kind {
    code: "midtrans",
    name: "Midtrans",
    purpose: Purpose::Collects,
    default_base_url: None,
    options: &[
        APP_CODE.required(),
        Field::new("items", FieldForm::OneOf(&["yes", "no"])).or("yes"),
    ],
    secrets: &[SecretField::required("api_key")],
    limits: AmountLimits { minimum: Rupiah::from_u32(1), maximum: None },
    methods: &[PayMethod::new("snap", "Link Midtrans")],
    operations: &[CREATE, STATUS],
    orders: None,
    option_families: &[],
    build,
};

const APP_CODE: Field = Field::new("app_code", FieldForm::Text(100));
/// Midtrans' own bound for an item's name; it refuses longer ones.
const MAX_ITEM_NAME_CHARS: usize = 50;
/// Midtrans names none; these are those of the other providers.
const MAX_TEXT_CHARS: usize = 100;
/// How long a Snap page lives; the middleware has no way to ask for another length.
const PAGE_LIFE_MS: i64 = 86_400_000;
const ITEM_DETAILS: Field = Field::new("item_details", FieldForm::Objects).of_the_sale();
const CREATE: Operation = Operation {
    name: "create",
    about: Said {
        id: "Buat link pembayaran Midtrans untuk satu penjualan",
        en: "A Midtrans payment link for one sale",
    },
    effect: Effect::Collect,
    method: HttpMethod::Post,
    path: "/charge",
    body: BodyForm::Json,
    fields: &[
        Field::new("amount", FieldForm::Number(1, 1_000_000_000)).required().of_the_sale(),
        ITEM_DETAILS,
        Field::new("first_name", FieldForm::Text(MAX_TEXT_CHARS)),
        Field::new("last_name", FieldForm::Text(MAX_TEXT_CHARS)),
        Field::new("email", FieldForm::Text(MAX_TEXT_CHARS)),
        Field::new("phone", FieldForm::Text(MAX_TEXT_CHARS)),
    ],
    on_405: None,
};
const STATUS: Operation = Operation {
    name: "status",
    about: Said { id: "Status satu tagihan", en: "The status of one bill" },
    effect: Effect::Look,
    method: HttpMethod::Get,
    path: "/status/{order_id}",
    body: BodyForm::Query,
    fields: &[Field::new("order_id", FieldForm::Text(50)).required()],
    on_405: None,
};
/// No order has this name: Midtrans not knowing it proves address and key.
const CHECK_ORDER: &str = "LACI-CHECK";

#[derive(Debug)]
struct Midtrans {
    app_code: String,
    sends_items: bool,
    create_path: String,
    status_path: String,
    zone: Zone,
    api_key: Secret,
}

fn build(making: Making<'_>) -> Result<Box<dyn Provider>, SettingsError> {
    let options = &making.options;
    Ok(Box::new(Midtrans {
        app_code: app_code(options.text(APP_CODE.name))?,
        sends_items: options.text("items") == Some("yes"),
        create_path: call::path(&CREATE, options),
        status_path: call::path(&STATUS, options),
        zone: making.common.zone,
        api_key: making.key("api_key")?,
    }))
}

/// It travels in a header, so it is visible ASCII.
fn app_code(given: Option<&str>) -> Result<String, SettingsError> {
    let fits = |text: &&str| text.bytes().all(|byte| byte.is_ascii_graphic());
    given.filter(fits).map(str::to_owned).ok_or_else(|| SettingsError::BadOption {
        key: APP_CODE.name.to_owned(),
        allowed: "biling-toko_1".to_owned(),
    })
}

impl Midtrans {
    /// The two that the document wants on every call; a body brings its own type.
    fn headers(&self) -> Vec<Header> {
        vec![
            Header::plain("X-App-Code", &self.app_code),
            Header::sensitive("X-Api-Key", self.api_key.clone()),
        ]
    }

    fn status_of(&self, given: &Given) -> Request {
        call::request(&STATUS, &self.status_path, given, &[], self.headers())
    }
}

fn order(named: &str) -> Given {
    Given::default().with("order_id", named)
}

impl Provider for Midtrans {
    fn collector(&self) -> Option<&dyn Collector> {
        Some(self)
    }

    fn check(&self) -> Request {
        self.status_of(&order(CHECK_ORDER))
    }

    fn read_check(&self, reply: &Reply) -> CheckAnswer {
        status::check(reply)
    }

    fn call(&self, _operation: &Operation, given: &Given) -> Request {
        self.status_of(given)
    }

    fn read_call(&self, _operation: &Operation, _given: &Given, reply: &Reply) -> CallAnswer {
        status::call(reply)
    }
}

impl Collector for Midtrans {
    fn limits(&self, _method: Option<&str>) -> AmountLimits {
        KIND.limits
    }

    fn methods(&self) -> Vec<PayMethod> {
        KIND.methods.to_vec()
    }

    fn may_reverse(&self) -> bool {
        true
    }

    /// Our reference is the order's name, of which Midtrans has one order: the same one cannot be paid twice.
    fn create_retry(&self) -> CreateRetry {
        CreateRetry::OnceWithSameKey
    }

    fn create(&self, ask: &CreateAsk) -> Request {
        Request {
            method: HttpMethod::Post,
            target: self.create_path.clone(),
            headers: self.headers(),
            content: Some(Content::json(charge::body(ask, self.sends_items))),
        }
    }

    fn read_create(&self, ask: &CreateAsk, reply: &Reply) -> CreateAnswer {
        read::create(ask, reply)
    }

    fn status(&self, ask: &StatusAsk) -> Request {
        self.status_of(&order(&ask.gateway_id))
    }

    fn read_status(&self, ask: &StatusAsk, reply: &Reply) -> StatusAnswer {
        status::status(ask, reply, self.zone)
    }

    /// The order has no other name than ours.
    fn watch_id(&self, our_ref: &OurRef) -> Option<String> {
        Some(our_ref.to_string())
    }

    fn is_test(&self, presentment: &Presentment) -> bool {
        read::is_practice(presentment)
    }

    fn refuse(&self, extra: &BTreeMap<String, String>, amount: Rupiah) -> Option<FieldFault> {
        charge::refuse(extra, amount)
    }
}
