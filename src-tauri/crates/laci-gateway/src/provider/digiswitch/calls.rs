//! Digiswitch's calls as one table: what people give, what stands beside it in the body, what the signature is made of,
//! and what the answer is read by.

use super::read::Proof;
use crate::contract::{BillStep, BodyForm, Effect, Field, FieldForm, HttpMethod, Operation, Said};

pub(super) struct Call {
    pub(super) operation: Operation,
    /// Stands first in the body.
    pub(super) fixed: Option<(&'static str, &'static str)>,
    pub(super) sign: Sign,
    pub(super) reading: Reading,
}

/// What follows user name and key in the text that is hashed.
#[derive(Clone, Copy)]
pub(super) enum Sign {
    /// The value of this field.
    Field(&'static str),
    Word(&'static str),
    /// The papers name two words; the option `deposit_sign` says which.
    Deposit,
}

#[derive(Clone, Copy)]
pub(super) enum Reading {
    Purchase(BillStep),
    Plain(Proof),
}

const TRANSACTION: &str = "/transaction";
const CODE: Field = Field::new("code", FieldForm::Text(50)).required();
const CUSTOMER_NO: Field = Field::new("customer_no", FieldForm::Text(100)).required();
const REF_ID: Field = Field::new("ref_id", FieldForm::Text(30)).required().reference();

/// A POST with a JSON body, as all of them are.
const fn post(
    name: &'static str,
    about: Said,
    effect: Effect,
    path: &'static str,
    fields: &'static [Field],
) -> Operation {
    let (method, body) = (HttpMethod::Post, BodyForm::Json);
    Operation { name, about, effect, method, path, body, fields, on_405: None }
}

pub(super) const INQUIRY: Call = Call {
    operation: post(
        "inquiry",
        Said { id: "Cek tagihan pelanggan", en: "What a customer owes" },
        // It forms the reference that is paid later, so it is sent once.
        Effect::Change,
        TRANSACTION,
        &[
            CODE,
            CUSTOMER_NO,
            REF_ID,
            Field::new("year", FieldForm::Number(1_990, 2_100)),
            Field::new("amount", FieldForm::Number(1_000, 1_000_000_000)),
        ],
    ),
    fixed: Some(("command", "inq-pasca")),
    sign: Sign::Field("ref_id"),
    reading: Reading::Purchase(BillStep::Inquire),
};
pub(super) const PAY: Call = Call {
    operation: post(
        "pay",
        Said { id: "Bayar tagihan yang sudah dicek", en: "Pay a bill that was inquired" },
        Effect::Spend,
        TRANSACTION,
        &[CODE, CUSTOMER_NO, REF_ID],
    ),
    fixed: Some(("command", "pay-pasca")),
    sign: Sign::Field("ref_id"),
    reading: Reading::Purchase(BillStep::Pay),
};
pub(super) const STATUS: Call = Call {
    operation: post(
        "status",
        Said { id: "Status pembayaran tagihan", en: "How a bill's payment stands" },
        Effect::Look,
        TRANSACTION,
        &[CODE, CUSTOMER_NO, REF_ID],
    ),
    fixed: Some(("command", "status-pasca")),
    sign: Sign::Field("ref_id"),
    reading: Reading::Purchase(BillStep::Status),
};
pub(super) const TOPUP: Call = Call {
    operation: post(
        "topup",
        Said { id: "Beli pulsa atau produk prabayar", en: "Buy credit or another prepaid product" },
        Effect::Spend,
        TRANSACTION,
        &[CODE, CUSTOMER_NO, REF_ID, Field::new("max_price", FieldForm::Number(1, 1_000_000_000))],
    ),
    fixed: None,
    sign: Sign::Field("ref_id"),
    reading: Reading::Purchase(BillStep::Topup),
};
pub(super) const PRICE_LIST: Call = Call {
    operation: post(
        "price_list",
        Said { id: "Daftar harga", en: "The price list" },
        Effect::Look,
        "/price-list",
        &[
            Field::new("command", FieldForm::OneOf(&["prepaid", "pasca"])).required(),
            Field::new("code", FieldForm::Text(50)),
        ],
    ),
    fixed: None,
    sign: Sign::Word("pricelist"),
    reading: Reading::Plain(Proof::List),
};
pub(super) const BALANCE: Call = Call {
    operation: post(
        "balance",
        Said { id: "Saldo deposit toko", en: "The shop's deposit" },
        Effect::Look,
        // Digiflazz's; where Digiswitch has it is not known.
        "/cek-saldo",
        &[],
    ),
    fixed: Some(("cmd", "deposit")),
    sign: Sign::Word("depo"),
    reading: Reading::Plain(Proof::Deposit),
};
pub(super) const DEPOSIT: Call = Call {
    operation: post(
        "deposit",
        Said { id: "Minta tiket isi deposit", en: "Ask for a ticket to add to the deposit" },
        Effect::Spend,
        "/deposit",
        &[
            Field::new("amount", FieldForm::Number(1, 1_000_000_000)).required(),
            Field::new("bank", FieldForm::Text(30)).required(),
            Field::new("owner_name", FieldForm::Text(100)).required(),
        ],
    ),
    fixed: None,
    sign: Sign::Deposit,
    reading: Reading::Plain(Proof::Rc),
};
pub(super) const PLN_CHECK: Call = Call {
    operation: post(
        "pln_check",
        Said { id: "Nama pelanggan dari nomor PLN", en: "The name behind a PLN number" },
        Effect::Look,
        "/inquiry-pln",
        &[CUSTOMER_NO],
    ),
    fixed: None,
    sign: Sign::Field("customer_no"),
    reading: Reading::Plain(Proof::Rc),
};

const CALLS: [&Call; 8] =
    [&INQUIRY, &PAY, &STATUS, &TOPUP, &PRICE_LIST, &BALANCE, &DEPOSIT, &PLN_CHECK];

/// The call behind `operation`; another kind's operation is none of these, and becomes the harmless list.
pub(super) fn of(operation: &Operation) -> &'static Call {
    CALLS.into_iter().find(|call| call.operation.name == operation.name).unwrap_or(&PRICE_LIST)
}
