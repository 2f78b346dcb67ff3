//! Orders of a gateway's own shop (Bayar.gg's WhatsApp store). The provider documents the calls and their words, not
//! the shape of an answer, so each row is read by likely names and everything else of it is shown as it came.

use std::collections::BTreeMap;
use std::sync::Arc;

use laci_core::GatewaySettings;
use laci_gateway::{Given, Orders};
use serde_json::{Map, Value};

use super::choices::{rows, text_of};
use crate::by::By;
use crate::error::{Result, Sentence, TillError};
use crate::till::Till;
use crate::wire::{OrderItem, OrderView, OrdersAsk, OrdersView};

const PAGE: usize = 50;
const REST_CHARS: usize = 200;

/// How an order is to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderWord {
    Completed,
    Cancelled,
}

impl OrderWord {
    fn as_str(self) -> &'static str {
        match self {
            Self::Completed => "completed",
            Self::Cancelled => "cancelled",
        }
    }
}

impl Till {
    /// The first gateway that has a shop of its own, with the names of its calls.
    fn order_gateway(&self) -> Result<(String, Orders)> {
        let settings = self.settings()?;
        let shop = |set: &GatewaySettings| {
            let kind = laci_gateway::provider::kind(&set.kind).ok()?;
            Some((set.name.to_string(), kind.orders?))
        };
        settings.gateways.iter().find_map(shop).ok_or_else(|| {
            TillError::Refused(Sentence::new(
                "no_order_gateway",
                "Belum ada gateway dengan toko WhatsApp. Tambahkan Bayar.gg di Pengaturan.",
                "No gateway with a WhatsApp store is set up. Add Bayar.gg in Settings.",
            ))
        })
    }

    /// A page of orders, as the provider sorts them.
    pub async fn orders(self: &Arc<Self>, ask: &OrdersAsk) -> Result<OrdersView> {
        let (gateway, calls) = self.order_gateway()?;
        let mut given = Given::default()
            .with("limit", &PAGE.to_string())
            .with("offset", &ask.offset.to_string());
        for (name, value) in [("status", &ask.status), ("search", &ask.search)] {
            if let Some(text) = value.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
                given = given.with(name, text);
            }
        }
        let called = self.gateway_call(By::TILL, &gateway, calls.list, given).await?;
        let orders: Vec<OrderView> = rows(&called.answer).iter().filter_map(order).collect();
        let more = orders.len() >= PAGE;
        Ok(OrdersView { gateway: Some(gateway), orders, more })
    }

    /// One order with everything that the provider says of it.
    pub async fn order(self: &Arc<Self>, number: &str) -> Result<OrderView> {
        let (gateway, calls) = self.order_gateway()?;
        let given = Given::default().with("order_number", number);
        let called = self.gateway_call(By::TILL, &gateway, calls.list, given).await?;
        let listed =
            rows(&called.answer).iter().find_map(|row| order(row).filter(|o| o.number == number));
        let alone =
            ["order", "data"].iter().find_map(|name| called.answer.get(*name).and_then(order));
        let found = listed.or(alone).or_else(|| order(&called.answer));
        found.filter(|order| order.number == number).ok_or_else(unknown_order)
    }

    /// Ends an order, and tells the customer by WhatsApp unless `notify` is off; answers with the order as it is then.
    pub async fn order_end(
        self: &Arc<Self>,
        by: By,
        number: &str,
        word: OrderWord,
        notify: bool,
    ) -> Result<OrderView> {
        let (gateway, calls) = self.order_gateway()?;
        let given = Given::default()
            .with("order_number", number)
            .with("status", word.as_str())
            .with("notify", if notify { "true" } else { "false" });
        self.gateway_call(by, &gateway, calls.end, given).await?;
        // It is done, whatever a look at it says: a list may lag behind or not answer.
        let seen = self.order(number).await.ok();
        let mut order = seen.unwrap_or_else(|| bare(number));
        order.status = word.as_str().to_owned();
        (order.may_complete, order.may_cancel) = (false, false);
        Ok(order)
    }
}

/// All that is known of an order when the gateway does not show it.
fn bare(number: &str) -> OrderView {
    OrderView {
        number: number.to_owned(),
        status: String::new(),
        customer: String::new(),
        phone: String::new(),
        total: None,
        at: None,
        items: Vec::new(),
        rest: BTreeMap::new(),
        may_complete: false,
        may_cancel: false,
    }
}

fn unknown_order() -> TillError {
    TillError::Failed(Sentence::new(
        "order_unknown",
        "Pesanan itu tidak ada di gateway. Periksa nomornya.",
        "The gateway has no such order. Check its number.",
    ))
}

/// A row with a number; anything without one is no order.
fn order(row: &Value) -> Option<OrderView> {
    let fields = row.as_object()?;
    let mut left = fields.clone();
    let number = take(&mut left, &["order_number", "order_no", "number"])?;
    let status = take(&mut left, &["status", "order_status"]).unwrap_or_default();
    let items = left.remove("items").or_else(|| left.remove("products"));
    let total =
        take_amount(&mut left, &["final_amount", "total_amount", "total", "grand_total", "amount"]);
    Some(OrderView {
        may_complete: matches!(status.as_str(), "paid" | "processing"),
        may_cancel: matches!(
            status.as_str(),
            "pending" | "waiting_payment" | "paid" | "processing"
        ),
        number,
        status,
        customer: take(&mut left, &["customer_name", "name", "customer"]).unwrap_or_default(),
        phone: take(&mut left, &["customer_phone", "phone", "whatsapp"]).unwrap_or_default(),
        total,
        at: take(&mut left, &["created_at", "date", "ordered_at"]),
        items: items.as_ref().map(item_list).unwrap_or_default(),
        rest: rest(&left),
    })
}

fn take(fields: &mut Map<String, Value>, names: &[&str]) -> Option<String> {
    let name = names.iter().find(|name| fields.get(**name).and_then(text_of).is_some())?;
    fields.remove(*name).as_ref().and_then(text_of)
}

/// An amount in whole rupiah, or the field stays where it is, to be shown as it came.
fn take_amount(fields: &mut Map<String, Value>, names: &[&str]) -> Option<i64> {
    let name = names.iter().find(|name| fields.get(**name).and_then(amount).is_some())?;
    fields.remove(*name).as_ref().and_then(amount)
}

fn amount(value: &Value) -> Option<i64> {
    let raw = serde_json::value::to_raw_value(value).ok()?;
    laci_gateway::json::rupiah(&raw).ok().map(|amount| amount.get())
}

fn item_list(value: &Value) -> Vec<OrderItem> {
    let Some(items) = value.as_array() else { return Vec::new() };
    let item = |item: &Value| {
        let mut fields = item.as_object()?.clone();
        Some(OrderItem {
            name: take(&mut fields, &["name", "product_name", "title"])?,
            quantity: take_amount(&mut fields, &["quantity", "qty"]),
            amount: take_amount(&mut fields, &["subtotal", "total", "price"]),
        })
    };
    items.iter().filter_map(item).collect()
}

fn rest(fields: &Map<String, Value>) -> BTreeMap<String, String> {
    let shown = fields.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| {
        let text = text_of(value).unwrap_or_else(|| value.to_string());
        (name.clone(), text.chars().take(REST_CHARS).collect())
    });
    shown.collect()
}
