//! `GET get-payment-methods.php`, `get-account-status.php` and `get-statistics.php`.

use std::collections::BTreeMap;

use axum::response::Response;
use serde_json::{Value, json};

use super::ask::{Call, bad, done};
use super::wire::{HOUSE_MAXIMUM, METHODS, date, is_house};
use super::{PLAYED, wire};
use crate::book::{Bill, BillState};
use crate::clock;
use crate::fault::Answer;
use crate::qris::MERCHANT;

const WEEK_S: i64 = 7 * 86_400;

pub(super) async fn methods(call: Call) -> Response {
    call.serve(|_| {
        let methods = METHODS.map(|(code, label)| {
            json!({
                "code": code,
                "name": label,
                "available": true,
                "min_amount": 1_000,
                "max_amount": is_house(code).then_some(HOUSE_MAXIMUM),
                "requires_subscription": !is_house(code),
            })
        });
        let user = json!({"has_active_subscription": true});
        done(json!({"success": true, "payment_methods": methods, "user_status": user}))
    })
    .await
}

pub(super) async fn status(call: Call) -> Response {
    call.serve(|_| {
        let bills = call.app.book().bills_of(&PLAYED);
        let account = json!({
            "username": "latihan",
            "store_name": MERCHANT,
            "has_active_subscription": true,
            "integrations": {"bri": true, "gopay": true, "ovo": true, "telegram": false},
        });
        let statistics = figures(bills.iter());
        done(json!({"success": true, "data": {"account": account, "statistics": statistics}}))
    })
    .await
}

pub(super) async fn statistics(call: Call) -> Response {
    call.serve(|_| counted(&call)).await
}

fn counted(call: &Call) -> Answer {
    let period = call.text("period").unwrap_or("all");
    if !["all", "today", "week", "month", "year"].contains(&period) {
        return bad("Parameter period tidak valid");
    }
    let now_s = clock::now_s();
    let bills = call.app.book().bills_of(&PLAYED);
    let counted = bills.iter().filter(|bill| {
        let (day, today) = (date(bill.created_at_s), date(now_s));
        let same = |letters| day.get(..letters) == today.get(..letters);
        let in_period = match period {
            "today" => same(10),
            "week" => bill.created_at_s > now_s - WEEK_S,
            "month" => same(7),
            "year" => same(4),
            _ => true,
        };
        in_period
            && call.text("start_date").is_none_or(|start| day.as_str() >= start)
            && call.text("end_date").is_none_or(|end| day.as_str() <= end)
    });
    let mut data = figures(counted);
    data["period"] = json!(period);
    done(json!({"success": true, "data": data}))
}

/// Money is what was paid, unique codes included.
fn figures<'a>(bills: impl Iterator<Item = &'a Bill>) -> Value {
    let mut by_state: BTreeMap<&str, u64> =
        ["pending", "paid", "expired", "cancelled"].into_iter().map(|word| (word, 0)).collect();
    let mut by_method: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    let (mut count, mut revenue) = (0_u64, 0_u64);
    for bill in bills {
        count += 1;
        *by_state.entry(wire::word(bill.state)).or_default() += 1;
        if bill.state == BillState::Success {
            let total = bill.total();
            revenue = revenue.saturating_add(total);
            let method = by_method.entry(&bill.order.method).or_default();
            *method = (method.0 + 1, method.1.saturating_add(total));
        }
    }
    let by_method: BTreeMap<&str, Value> = by_method
        .into_iter()
        .map(|(method, (count, total))| (method, json!({"count": count, "total_amount": total})))
        .collect();
    json!({
        "total_payments": count,
        "total_revenue": revenue,
        "by_status": by_state,
        "by_method": by_method,
    })
}
