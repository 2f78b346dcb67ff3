//! Digiswitch's answers as they stand on the wire: everything in `data`, under its own names or Digiflazz's. A failed or
//! open purchase carries few fields, so each is raw and optional. Unknown fields are left alone.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::rc::{self, Rc};
use crate::contract::{BillAmount, Doubt, Reply};
use crate::json;
use crate::provider::field::trouble;
use crate::provider::page;

#[derive(Deserialize)]
pub(super) struct Answer<'a> {
    #[serde(borrow, default)]
    data: Option<&'a RawValue>,
}

#[derive(Default, Deserialize)]
pub(super) struct Data<'a> {
    #[serde(borrow, default)]
    pub(super) ref_id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) customer_no: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) status: Option<&'a RawValue>,
    #[serde(borrow, default)]
    rc: Option<&'a RawValue>,
    #[serde(borrow, default)]
    message: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) sn: Option<&'a RawValue>,
    #[serde(borrow, default)]
    name: Option<&'a RawValue>,
    #[serde(borrow, default)]
    customer_name: Option<&'a RawValue>,
    #[serde(borrow, default)]
    code: Option<&'a RawValue>,
    #[serde(borrow, default)]
    buyer_sku_code: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) price: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) selling_price: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) admin: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) base_commission: Option<&'a RawValue>,
    #[serde(borrow, default)]
    balance: Option<&'a RawValue>,
    #[serde(borrow, default)]
    buyer_last_saldo: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(super) desc: Option<&'a RawValue>,
    /// The balance call's own field.
    #[serde(borrow, default)]
    pub(super) deposit: Option<&'a RawValue>,
}

/// What an answer's `data` is.
pub(super) enum Content<'a> {
    One(Box<Data<'a>>),
    /// An array: the price list.
    List,
}

/// What a call without a purchase is answered with: `data`, or its fields at the root, as one paper has a ticket's.
pub(super) fn content(reply: &Reply) -> Result<Content<'_>, Doubt> {
    inside(reply).or_else(|why| match json::object::<Data<'_>>(reply) {
        Ok(data) if data.rc.is_some() => Ok(Content::One(Box::new(data))),
        Ok(_) | Err(_) => Err(why),
    })
}

/// The `data` of a reply, whatever its HTTP status.
fn inside(reply: &Reply) -> Result<Content<'_>, Doubt> {
    let answer: Answer<'_> = json::object(reply).map_err(|page| page::doubt(reply, page))?;
    let Some(raw) = answer.data else { return Err(useless(reply.status, "data")) };
    if raw.get().starts_with('[') {
        return Ok(Content::List);
    }
    // A field that stands twice is refused with the rest: two readers could take different ones.
    let one = raw.get().starts_with('{').then(|| serde_json::from_str(raw.get()).ok()).flatten();
    one.map(Content::One).ok_or_else(|| useless(reply.status, "data"))
}

/// The one object that an answer about a purchase is.
pub(super) fn data(reply: &Reply) -> Result<Box<Data<'_>>, Doubt> {
    match inside(reply)? {
        Content::One(data) => Ok(data),
        Content::List => Err(useless(reply.status, "data")),
    }
}

/// What JSON says that lacks `field`, without which it is of no use.
pub(super) fn useless(status: u16, field: &'static str) -> Doubt {
    match status {
        200..=299 => Doubt::Incomplete { field },
        404 | 405 | 410 => Doubt::ApiChanged { status },
        _ => trouble(status),
    }
}

impl Data<'_> {
    /// In two digits: `00` and 0 are one code.
    pub(super) fn code_of_answer(&self) -> Option<String> {
        let code = json::id(self.rc?).ok()?;
        Some(if code.len() == 1 { format!("0{code}") } else { code })
    }

    pub(super) fn known_rc(&self) -> Option<&'static Rc> {
        rc::find(&self.code_of_answer()?)
    }

    pub(super) fn message(&self) -> Option<String> {
        self.message.and_then(json::text)
    }

    pub(super) fn name(&self) -> Option<String> {
        self.name.or(self.customer_name).and_then(json::text)
    }

    pub(super) fn code(&self) -> Option<String> {
        self.code.or(self.buyer_sku_code).and_then(|raw| json::id(raw).ok())
    }

    pub(super) fn balance(&self) -> Option<BillAmount> {
        self.balance.or(self.buyer_last_saldo).map(amount)
    }
}

/// `raw` names exactly `ours`; a number's digits count as they stand.
pub(super) fn names(raw: &RawValue, ours: &str) -> bool {
    json::id(raw).is_ok_and(|named| named == ours.trim())
}

/// Whole rupiah, or the text as it came: a float with a fraction is nobody's to round.
pub(super) fn amount(raw: &RawValue) -> BillAmount {
    match json::rupiah(raw) {
        Ok(rupiah) => BillAmount::Rupiah(rupiah),
        Err(_) => BillAmount::Odd(raw.get().chars().take(json::MAX_TEXT_CHARS).collect()),
    }
}

/// The word for the state, exactly as it came.
pub(super) fn word(raw: &RawValue) -> Option<String> {
    serde_json::from_str(raw.get()).ok()
}
