//! What bills can be paid, as the gateways list them.

use std::collections::BTreeMap;
use std::sync::Arc;

use laci_core::Refusal;
use laci_gateway::Given;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::by::By;
use crate::error::Result;
use crate::till::Till;

/// The list's name in the gateways' tables, and what it is asked for.
const LIST: &str = "price_list";
const WHICH: (&str, &str) = ("command", "pasca");
const MOST: usize = 2_000;

/// A product, by its provider's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BillProduct {
    pub gateway: String,
    pub code: String,
    pub name: String,
    pub category: Option<String>,
    /// Whether it is on sale; none where the provider does not say.
    pub active: Option<bool>,
    /// Whatever else the provider says of it, by its own names.
    pub rest: BTreeMap<String, Value>,
}

impl Till {
    /// The bills that a gateway pays, or all of them do. A list that cannot be had is an error, which names its gateway's
    /// trouble.
    ///
    /// Refused: `gateway_unknown`, `gateway_collects`, `no_gateway`.
    pub async fn bill_products(
        self: &Arc<Self>,
        by: By,
        gateway: Option<&str>,
    ) -> Result<Vec<BillProduct>> {
        let names: Vec<String> = match gateway {
            Some(name) => vec![self.biller(name)?.name().to_string()],
            None => {
                let all = self.settings()?.gateways.into_iter().map(|set| set.name.to_string());
                all.filter(|name| self.biller(name).is_ok()).collect()
            }
        };
        if names.is_empty() {
            return Err(Refusal::NoGateway.into());
        }
        let mut products = Vec::new();
        for name in names {
            let given = Given::default().with(WHICH.0, WHICH.1);
            let called = self.gateway_call(by, &name, LIST, given).await?;
            let rows = called.answer.get("data").and_then(Value::as_array);
            let read = rows.into_iter().flatten().filter_map(|row| product(&name, row));
            products.extend(read.take(MOST));
        }
        Ok(products)
    }
}

/// A row with a code; anything without one cannot be asked for.
fn product(gateway: &str, row: &Value) -> Option<BillProduct> {
    let mut left = row.as_object()?.clone();
    let code = take(&mut left, &["code", "buyer_sku_code"])?;
    let name = take(&mut left, &["name", "product_name"]).unwrap_or_else(|| code.clone());
    let category = take(&mut left, &["category"]);
    let active = ["status", "buyer_product_status"].iter().find_map(|name| {
        let found = left.get(*name)?.as_bool()?;
        left.remove(*name);
        Some(found)
    });
    let rest = left.into_iter().collect();
    Some(BillProduct { gateway: gateway.to_owned(), code, name, category, active, rest })
}

fn take(fields: &mut Map<String, Value>, names: &[&str]) -> Option<String> {
    let name = names.iter().find(|name| fields.get(**name).is_some_and(Value::is_string))?;
    fields.remove(*name)?.as_str().map(str::to_owned)
}
