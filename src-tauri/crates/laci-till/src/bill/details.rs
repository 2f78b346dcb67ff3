//! What an answer about a bill holds beside its amounts: the customer's number and name, the proof, the product's own
//! fields as raw JSON. Kept in the side table, so that it can be erased.

use std::collections::{BTreeMap, BTreeSet};

use laci_core::BillAmounts;
use laci_gateway::{BillAmount, BillSeen};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Names that products have for the period of a bill.
const PERIODS: [&str; 2] = ["periode", "tahun_pajak"];

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Details {
    /// As the customer gave it: leading zeros count.
    pub(super) customer_no: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) message: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sn: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) product: Option<String>,
    /// The product's own fields, exactly as they came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) desc: Option<String>,
    /// Amounts that are no whole rupiah, as they came.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) odd: BTreeMap<String, String>,
}

impl Details {
    pub(super) fn of(customer_no: &str, seen: &BillSeen) -> Self {
        let odd = amounts_of(seen).into_iter().filter_map(|(name, amount)| match amount {
            Some(BillAmount::Odd(text)) => Some((name.to_owned(), text.clone())),
            Some(BillAmount::Rupiah(_)) | None => None,
        });
        Self {
            customer_no: customer_no.to_owned(),
            name: seen.name.clone(),
            message: seen.message.clone(),
            sn: seen.sn.clone(),
            product: seen.code.clone(),
            desc: seen.desc.clone(),
            odd: odd.collect(),
        }
    }

    /// The product's own fields; null where there are none.
    pub(super) fn fields(&self) -> Value {
        let text = self.desc.as_deref().unwrap_or_default();
        serde_json::from_str(text).unwrap_or(Value::Null)
    }

    /// The periods that the bill is for, in the provider's words.
    pub(super) fn periods(&self) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        gather(&self.fields(), &mut found);
        found
    }
}

fn gather(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if PERIODS.contains(&name.as_str()) => {
                        let word = text.split_whitespace().collect::<Vec<_>>().join(" ");
                        found.extend((!word.is_empty()).then(|| word.to_uppercase()));
                    }
                    Value::Number(number) if PERIODS.contains(&name.as_str()) => {
                        found.insert(number.to_string());
                    }
                    Value::Object(_) | Value::Array(_) => gather(value, found),
                    Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => {}
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| gather(item, found)),
        Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => {}
    }
}

fn amounts_of(seen: &BillSeen) -> [(&'static str, Option<&BillAmount>); 5] {
    [
        ("price", seen.price.as_ref()),
        ("selling_price", seen.selling_price.as_ref()),
        ("admin", seen.admin.as_ref()),
        ("base_commission", seen.base_commission.as_ref()),
        ("balance", seen.balance.as_ref()),
    ]
}

pub(super) fn amounts(seen: &BillSeen) -> BillAmounts {
    let [price, selling_price, admin, base_commission, balance] =
        amounts_of(seen).map(|(_, amount)| amount.and_then(BillAmount::rupiah));
    BillAmounts { price, selling_price, admin, base_commission, balance }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_found_wherever_a_product_has_them() {
        for (desc, periods) in [
            (
                r#"{"detail":[{"periode":"MEI  2019"},{"periode":"jun 2019"}]}"#,
                &["JUN 2019", "MEI 2019"][..],
            ),
            (r#"{"tahun_pajak":"2019"}"#, &["2019"]),
            (r#"{"detail":[{"periode":202611},{"periode":""}]}"#, &["202611"]),
            ("{}", &[]),
            ("no JSON", &[]),
        ] {
            let details = Details { desc: Some(desc.to_owned()), ..Details::default() };
            assert_eq!(details.periods().iter().collect::<Vec<_>>(), periods, "{desc}");
        }
    }
}
