//! Digiswitch (nobutopup): pays customers' bills and buys credit out of the shop's deposit; it collects nothing. Source:
//! the provider's page on paying; what it leaves open (status, codes, failures, balance) is read after Digiflazz, whose
//! system it follows, in the way that can never turn an open payment into a failed or a paid one.
//!
//! Deliberately absent: its callback (undocumented; asking is the design), and any second send of what spends.

mod calls;
mod rc;
mod read;
mod sign;
mod wire;

use laci_core::Rupiah;

use super::call;
use super::kind::{Kind, Making, Purpose, SecretField};
use crate::contract::{
    AmountLimits, BillAnswer, BillAsk, BillStep, Biller, CallAnswer, CheckAnswer, Collector,
    Content, Field, FieldForm, Given, Operation, Provider, Reply, Request,
};
use crate::json::quoted;
use crate::secret::Secret;
use crate::settings::SettingsError;
use calls::{
    BALANCE, Call, DEPOSIT, INQUIRY, PAY, PLN_CHECK, PRICE_LIST, Reading, STATUS, Sign, TOPUP,
};
use read::Ours;

pub(super) const KIND: Kind = Kind {
    code: "digiswitch",
    name: "Digiswitch",
    purpose: Purpose::PaysBills,
    default_base_url: Some("https://nobutopup.api.digiswitch.id/v1/user/api"),
    options: &[
        Field::new("username", FieldForm::Text(100)).required(),
        Field::new("testing", FieldForm::Flag).or("false"),
        Field::new("deposit_sign", FieldForm::OneOf(&["depo", "deposit"])).or("depo"),
        // A payment is answered once the biller has answered, and is looked at once a minute at most.
        Field::new("timeout_ms", FieldForm::Number(100, 120_000)).or("90000"),
        Field::new("connect_timeout_ms", FieldForm::Number(100, 60_000)).or("10000"),
        Field::new("min_recheck_ms", FieldForm::Number(0, 3_600_000)).or("60000"),
    ],
    secrets: &[SecretField::required("api_key")],
    limits: AmountLimits { minimum: Rupiah::from_u32(1), maximum: None },
    methods: &[],
    option_families: &[],
    operations: &[
        INQUIRY.operation,
        PAY.operation,
        STATUS.operation,
        TOPUP.operation,
        PRICE_LIST.operation,
        BALANCE.operation,
        DEPOSIT.operation,
        PLN_CHECK.operation,
    ],
    orders: None,
    build,
};

/// One product's price shows whether address, user name and key are right; the whole list may be asked for only once in
/// five minutes.
const CHECK_CODE: &str = "pln";

#[derive(Debug)]
struct Digiswitch {
    username: String,
    testing: bool,
    deposit_sign: String,
    /// By operation, in the table's order.
    paths: Vec<(&'static str, String)>,
    api_key: Secret,
}

fn build(making: Making<'_>) -> Result<Box<dyn Provider>, SettingsError> {
    let options = &making.options;
    let paths = KIND.operations.iter().map(|one| (one.name, call::path(one, options)));
    Ok(Box::new(Digiswitch {
        username: options.text("username").unwrap_or_default().to_owned(),
        testing: options.text("testing") == Some("true"),
        deposit_sign: options.text("deposit_sign").unwrap_or_default().to_owned(),
        paths: paths.collect(),
        api_key: making.key("api_key")?,
    }))
}

impl Digiswitch {
    fn request(&self, call: &Call, given: &Given) -> Request {
        let operation = &call.operation;
        let path = self.paths.iter().find(|(name, _)| *name == operation.name);
        let target = path.map_or(operation.path, |(_, path)| path).to_owned();
        let content = Some(self.body(call, given));
        Request { method: operation.method, target, headers: Vec::new(), content }
    }

    /// In the document's order: command, user name, what was asked, `testing`, signature.
    fn body(&self, call: &Call, given: &Given) -> Content {
        let pair = |name: &str, value: &str| format!("{}:{value}", quoted(name));
        let (first, rest): (Vec<&Field>, Vec<&Field>) =
            call.operation.fields.iter().partition(|field| field.name == "command");
        let asked = |fields: Vec<&Field>| -> Vec<String> {
            let given = fields.into_iter().filter_map(|field| value(field, given));
            given.map(|(name, value)| pair(name, &value)).collect()
        };
        let mut pairs: Vec<String> = asked(first);
        pairs.extend(call.fixed.map(|(name, text)| pair(name, &quoted(text))));
        pairs.push(pair("username", &quoted(&self.username)));
        pairs.extend(asked(rest));
        if self.testing && self.may_test(call) {
            pairs.push(pair("testing", "true"));
        }
        let sign = self.sign(call, given);
        pairs.push(pair("sign", &quoted(sign.expose())));
        Content::json(format!("{{{}}}", pairs.join(","))).signed(sign)
    }

    fn may_test(&self, call: &Call) -> bool {
        match call.reading {
            Reading::Purchase(BillStep::Inquire | BillStep::Pay | BillStep::Topup) => true,
            Reading::Purchase(BillStep::Status) | Reading::Plain(_) => false,
        }
    }

    fn sign(&self, call: &Call, given: &Given) -> Secret {
        let text = match call.sign {
            Sign::Field(name) => given.text(name).unwrap_or_default(),
            Sign::Word(word) => word,
            Sign::Deposit => &self.deposit_sign,
        };
        sign::sign(&self.username, &self.api_key, text)
    }
}

/// A field's name and its value as JSON.
fn value<'a>(field: &'a Field, given: &Given) -> Option<(&'a str, String)> {
    let text = given.text(field.name)?;
    let is_number = matches!(field.form, FieldForm::Number(..));
    let number = if is_number { text.parse::<i64>().ok() } else { None };
    Some((field.name, number.map_or_else(|| quoted(text), |number| number.to_string())))
}

/// A bill as the table's fields; what an operation does not have is not sent.
fn given(ask: &BillAsk) -> Given {
    Given::from(&ask.extra)
        .with("code", &ask.code)
        .with("customer_no", &ask.customer_no)
        .with("ref_id", ask.ref_id.as_str())
}

impl Provider for Digiswitch {
    fn collector(&self) -> Option<&dyn Collector> {
        None
    }

    fn biller(&self) -> Option<&dyn Biller> {
        Some(self)
    }

    fn check(&self) -> Request {
        let given = Given::default().with("command", "pasca").with("code", CHECK_CODE);
        self.request(&PRICE_LIST, &given)
    }

    fn read_check(&self, reply: &Reply) -> CheckAnswer {
        read::check(reply)
    }

    fn call(&self, operation: &Operation, given: &Given) -> Request {
        self.request(calls::of(operation), given)
    }

    fn read_call(&self, operation: &Operation, given: &Given, reply: &Reply) -> CallAnswer {
        let text = |name| given.text(name);
        match calls::of(operation).reading {
            Reading::Purchase(step) => {
                let ref_id = text("ref_id").unwrap_or_default();
                let customer_no = text("customer_no").unwrap_or_default();
                read::step(step, &Ours { ref_id, customer_no }, reply)
            }
            Reading::Plain(proof) => read::call(proof, text("customer_no"), reply),
        }
    }
}

impl Biller for Digiswitch {
    fn inquire(&self, ask: &BillAsk) -> Request {
        self.request(&INQUIRY, &given(ask))
    }

    fn pay(&self, ask: &BillAsk) -> Request {
        self.request(&PAY, &given(ask))
    }

    fn bill_status(&self, ask: &BillAsk) -> Request {
        self.request(&STATUS, &given(ask))
    }

    fn topup(&self, ask: &BillAsk) -> Request {
        self.request(&TOPUP, &given(ask))
    }

    fn read_bill(&self, step: BillStep, ask: &BillAsk, reply: &Reply) -> BillAnswer {
        let ours = Ours { ref_id: ask.ref_id.as_str(), customer_no: &ask.customer_no };
        read::bill(step, &ours, reply)
    }
}
