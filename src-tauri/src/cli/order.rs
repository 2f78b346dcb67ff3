//! `laci wa`: orders of the gateway's WhatsApp store.

use std::sync::Arc;

use laci_till::wire::{OrderView, OrdersAsk};
use laci_till::{By, OrderWord, Result, Till};
use serde_json::json;

use super::args::{OrderArgs, OrderVerb, OrderWordArg};
use super::outcome::Outcome;

pub(super) async fn run(till: &Arc<Till>, by: By, args: &OrderArgs) -> Result<Outcome> {
    match &args.verb {
        OrderVerb::Orders { status, search, offset } => {
            let ask = OrdersAsk { status: status.clone(), search: search.clone(), offset: *offset };
            let page = till.orders(&ask).await?;
            let text = page.orders.iter().map(line).collect::<String>();
            Ok(Outcome::done(json!({ "orders": page.orders, "more": page.more }), text))
        }
        OrderVerb::Complete { order, status, no_notify } => {
            let word = match status {
                OrderWordArg::Completed => OrderWord::Completed,
                OrderWordArg::Cancelled => OrderWord::Cancelled,
            };
            let order = till.order_end(by, order, word, !no_notify).await?;
            let text = line(&order);
            Ok(Outcome::done(json!({ "orders": [order] }), text))
        }
    }
}

fn line(order: &OrderView) -> String {
    let total = order.total.map_or_else(String::new, |total| format!(" · Rp {total}"));
    format!("{} · {} · {}{total}\n", order.number, order.status, order.customer)
}
