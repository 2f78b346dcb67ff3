//! Bayar.gg: QRIS of its own or of the shop's own merchants, and OVO. Sources: the provider's document, and its newer
//! pages and plugin where they say more. Two shapes of every answer are about, and both are read; what all of them
//! leave open is read in the way that can never turn an open bill into a paid or a lost one.
//!
//! It takes no reference of ours, so our reference ends the description, and a bill whose create was lost is looked up
//! by it. Its webhook is a reason to ask, never a proof. Deliberately absent: the
//! key in a query (it would end in logs), `accounts-connect` (it takes bank passwords), and `paid_reff_num`.

mod bill;
mod callback;
mod create;
mod find;
mod list;
mod operations;
mod shop;
mod status;
mod wire;

use std::collections::BTreeMap;

use laci_core::{Rupiah, UnixMs};

use super::call;
use super::kind::{Kind, Making, Purpose, SecretField};
use crate::contract::{
    AmountLimits, CallAnswer, CallbackHeaders, CheckAnswer, Collector, CreateAnswer, CreateAsk,
    CreateRetry, Field, FieldForm, FindAnswer, Given, Header, Hint, ListAnswer, ListAsk, Operation,
    PayMethod, Provider, Reply, Request, StatusAnswer, StatusAsk,
};
use crate::secret::Secret;
use crate::settings::SettingsError;
use operations::{CREATE, LIST_PAYMENTS, OPERATIONS, ORDERS, PAYMENT_METHODS, STATUS};
use shop::{METHODS, OWN_QRIS, Shop};

pub(super) const KIND: Kind = Kind {
    code: "bayargg",
    name: "Bayar.gg",
    purpose: Purpose::Collects,
    // With `www.`: from the bare name a redirect would drop a POST's body.
    default_base_url: Some("https://www.bayar.gg/api"),
    options: &[
        Field::new("method", FieldForm::Words).or("qris"),
        Field::new("methods", FieldForm::Words).or("qris,qris_user,gopay_qris,ovo"),
        Field::new("payment_url", FieldForm::Url).or("https://www.bayar.gg/pay"),
        Field::new("ovo_number", FieldForm::Account),
        Field::new("use_qris_converter", FieldForm::Flag),
        Field::new("own_qris.qris", FieldForm::Qris),
        Field::new("own_qris.qris_user", FieldForm::Qris),
        Field::new("own_qris.gopay_qris", FieldForm::Qris),
    ],
    option_families: &[(OWN_QRIS, FieldForm::Qris)],
    secrets: &[SecretField::required("api_key"), SecretField::optional("webhook_secret")],
    limits: AmountLimits { minimum: Rupiah::from_u32(1_000), maximum: None },
    methods: METHODS,
    operations: OPERATIONS,
    orders: Some(ORDERS),
    build,
};

#[derive(Debug)]
struct Bayargg {
    shop: Shop,
    /// By operation: the option's, or the document's.
    paths: BTreeMap<&'static str, String>,
    api_key: Secret,
    /// Without it no callback can be told from a forged one, so none is heard.
    webhook_secret: Option<Secret>,
}

fn build(making: Making<'_>) -> Result<Box<dyn Provider>, SettingsError> {
    let paths = OPERATIONS.iter().map(|one| (one.name, call::path(one, &making.options)));
    Ok(Box::new(Bayargg {
        shop: Shop::read(&making)?,
        paths: paths.collect(),
        api_key: making.key("api_key")?,
        webhook_secret: making.secrets.get("webhook_secret").cloned(),
    }))
}

impl Bayargg {
    fn request(&self, operation: &Operation, given: &Given) -> Request {
        let path = self.paths.get(operation.name).map_or(operation.path, String::as_str);
        let headers = vec![Header::sensitive("X-API-Key", self.api_key.clone())];
        call::request(operation, path, given, &[], headers)
    }
}

impl Provider for Bayargg {
    fn collector(&self) -> Option<&dyn Collector> {
        Some(self)
    }

    fn check(&self) -> Request {
        self.request(&PAYMENT_METHODS, &Given::default())
    }

    fn read_check(&self, reply: &Reply) -> CheckAnswer {
        status::check(reply)
    }

    fn call(&self, operation: &Operation, given: &Given) -> Request {
        self.request(operation, given)
    }

    fn read_call(&self, _operation: &Operation, _given: &Given, reply: &Reply) -> CallAnswer {
        call::read(reply)
    }

    fn read_callback(&self, headers: &CallbackHeaders, body: &[u8], now: UnixMs) -> Option<Hint> {
        callback::read(self.webhook_secret.as_ref()?, headers, body, now)
    }
}

impl Collector for Bayargg {
    fn limits(&self, method: Option<&str>) -> AmountLimits {
        shop::limits(self.shop.method(method))
    }

    fn methods(&self) -> Vec<PayMethod> {
        self.shop.methods.iter().map(|method| shop::labelled(method)).collect()
    }

    /// There is no reference that would make two creates one bill; a list shows whether the first made one.
    fn create_retry(&self) -> CreateRetry {
        CreateRetry::AfterLookUp
    }

    fn create(&self, ask: &CreateAsk) -> Request {
        self.request(&CREATE, &create::given(ask, &self.shop))
    }

    fn read_create(&self, ask: &CreateAsk, reply: &Reply) -> CreateAnswer {
        create::read(ask, reply, &self.shop)
    }

    fn status(&self, ask: &StatusAsk) -> Request {
        self.request(&STATUS, &Given::default().with("invoice", &ask.gateway_id))
    }

    fn read_status(&self, ask: &StatusAsk, reply: &Reply) -> StatusAnswer {
        status::read(ask, reply, &self.shop)
    }

    fn find(&self, ask: &CreateAsk) -> Option<Request> {
        Some(self.request(&LIST_PAYMENTS, &find::given(ask, self.shop.zone)))
    }

    fn read_find(&self, ask: &CreateAsk, reply: &Reply) -> FindAnswer {
        find::read(ask, reply, &self.shop)
    }

    fn list(&self, ask: &ListAsk) -> Option<Request> {
        Some(self.request(&LIST_PAYMENTS, &list::given(ask, self.shop.zone)))
    }

    fn read_list(&self, ask: &ListAsk, reply: &Reply) -> ListAnswer {
        list::read(ask, reply, &self.shop)
    }

    fn expected_nmid(&self, method: Option<&str>) -> Option<String> {
        let own = self.shop.own_qris(self.shop.method(method))?;
        own.nmid().map(str::to_owned)
    }
}
