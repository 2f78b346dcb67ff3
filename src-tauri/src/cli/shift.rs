//! `laci shift`: open, close, x, z, list, in, out, setor, drawer.

use laci_till::wire::{ShiftClosed, ShiftNow};
use laci_till::{By, CashMovement, Result, Till, UnixMs};
use serde_json::{Value, json};

use super::counter_args::{ShiftArgs, ShiftVerb};
use super::outcome::Outcome;

pub(super) fn run(till: &Till, by: By, args: &ShiftArgs) -> Result<Outcome> {
    if let Some((kind, moved)) = args.verb.movement() {
        let movement = CashMovement { kind, amount: moved.amount, reason: moved.reason.clone() };
        till.cash_move(by, &movement)?;
        return now(till, &till.shift_now()?);
    }
    match &args.verb {
        ShiftVerb::Open { float } => now(till, &till.shift_open(by, *float)?),
        ShiftVerb::Close { counted, reason } => {
            let closed = till.shift_close_on(by, *counted, reason.as_deref())?;
            closed_outcome(till, &closed)
        }
        ShiftVerb::X => so_far(till),
        ShiftVerb::Z { number } => z(till, number.as_deref()),
        ShiftVerb::List => list(till),
        ShiftVerb::Drawer { reason } => now(till, &till.drawer_open(by, reason)?),
        ShiftVerb::In { .. } | ShiftVerb::Out { .. } | ShiftVerb::Setor { .. } => {
            now(till, &till.shift_now()?)
        }
    }
}

fn now(till: &Till, now: &ShiftNow) -> Result<Outcome> {
    let zone = till.zone();
    let shift = now.open.as_ref().map(|shift| {
        json!({
            "number": shift.number,
            "open": true,
            "cashier": shift.cashier,
            "date": shift.date,
            "opened_at": UnixMs(shift.opened_at).rfc3339(zone),
            "float": shift.float,
        })
    });
    let text = now.open.as_ref().map_or_else(String::new, |shift| {
        format!("Shift {} · {} · {} · Rp {}", shift.number, shift.cashier, shift.date, shift.float)
    });
    Ok(Outcome::done(json!({ "shift": shift, "before": now.before }), text))
}

fn so_far(till: &Till) -> Result<Outcome> {
    let (shift, report, _) = till.shift_x()?;
    let mut json = report_json(&json!(report));
    json["number"] = json!(shift.number);
    json["open"] = json!(true);
    json["date"] = json!(shift.date.to_string());
    json["opened_at"] = json!(shift.opened_at.rfc3339(till.zone()));
    json["float"] = json!(shift.float);
    json["expected"] = json!(report.cash.expected);
    Ok(Outcome::done(json!({ "shift": json }), till.shift_x_text()?))
}

fn closed_outcome(till: &Till, closed: &ShiftClosed) -> Result<Outcome> {
    let outcome = z(till, Some(&closed.number))?;
    let mut json = outcome.json;
    json["shift"]["file"] = json!(closed.file);
    Ok(Outcome::done(json, outcome.text))
}

fn z(till: &Till, number: Option<&str>) -> Result<Outcome> {
    let (row, z) = till.z_named(number)?;
    let mut json = report_json(&json!(z.report));
    json["number"] = json!(row.number);
    json["open"] = json!(false);
    json["date"] = json!(z.date.to_string());
    json["opened_at"] = json!(z.opened_at.rfc3339(till.zone()));
    json["closed_at"] = json!(z.closed_at.rfc3339(till.zone()));
    json["float"] = json!(row.float);
    json["z"] = json!(z.number.to_string());
    json["head"] = json!(z.head.to_string());
    json["head_seq"] = json!(z.head_seq);
    if let Some(closing) = &row.closing {
        json["expected"] = json!(closing.expected);
        json["counted"] = json!(closing.counted);
        json["difference"] = json!(z.report.cash.difference);
        json["reason"] = json!(closing.reason);
        json["previous"] = json!(closing.previous.to_string());
        json["hash"] = json!(closing.hash.to_string());
    }
    Ok(Outcome::done(json!({ "shift": json }), till.z_text(&row)?))
}

/// The report's own fields; cash beside them under its own name.
fn report_json(report: &Value) -> Value {
    json!({ "report": report, "cash": report["cash"], "turnover": report["turnover"], "sales": report["sales"] })
}

fn list(till: &Till) -> Result<Outcome> {
    let zs = till.z_list()?;
    let text: String = zs
        .iter()
        .map(|z| format!("{} · {} · {} · {}\n", z.number, z.date, z.cashier, z.difference))
        .collect();
    Ok(Outcome::done(json!({ "shifts": zs }), text))
}
