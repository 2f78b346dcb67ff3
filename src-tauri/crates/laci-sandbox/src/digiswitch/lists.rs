//! The calls without a purchase: price list, deposit ticket, balance, the name behind a PLN number.

use axum::body::Bytes;
use axum::extract::{ConnectInfo, State};
use axum::response::Response;
use serde_json::{Value, json};

use super::PLAYED;
use super::answer::{done, refused};
use super::ask::Asked;
use super::code::Code;
use crate::app::App;
use crate::call;
use crate::fault::{Answer, Operation};
use crate::line::Cut;
use crate::ppob::{PRODUCTS, Product, Refusal};

/// What the bank's statement tells this ticket from others by.
const TICKET_CODE: u64 = 222;

type Act = fn(&App, &Asked) -> Result<Value, Code>;

/// One call by its name: counted, signed by `signed`, answered by `act`.
async fn serve(
    app: &App,
    cut: &Cut,
    name: &'static str,
    body: &[u8],
    signed: fn(&Asked) -> Option<&str>,
    act: Act,
) -> Response {
    let asked = Asked::read(body);
    app.book().ppob.count(name, None);
    call::serve(app, &PLAYED, Operation::Call, cut, |_| -> Answer {
        let data = asked.check(app, signed(&asked)).and_then(|()| act(app, &asked));
        data.map_or_else(|code| refused(&asked, code), done)
    })
    .await
}

pub(super) async fn prices(
    State(app): State<App>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    body: Bytes,
) -> Response {
    serve(&app, &cut, "price_list", &body, |_| Some("pricelist"), list).await
}

pub(super) async fn deposit(
    State(app): State<App>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    body: Bytes,
) -> Response {
    serve(&app, &cut, "deposit", &body, |_| Some("depo"), ticket).await
}

pub(super) async fn balance(
    State(app): State<App>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    body: Bytes,
) -> Response {
    let act: Act = |app, asked| {
        let right = asked.text("cmd") == Some("deposit");
        right.then(|| json!({"deposit": app.book().ppob.balance()})).ok_or(Code::Payload)
    };
    serve(&app, &cut, "balance", &body, |_| Some("depo"), act).await
}

pub(super) async fn pln(
    State(app): State<App>,
    ConnectInfo(cut): ConnectInfo<Cut>,
    body: Bytes,
) -> Response {
    serve(&app, &cut, "pln_check", &body, |asked| asked.text("customer_no"), subscriber).await
}

fn list(app: &App, asked: &Asked) -> Result<Value, Code> {
    let prepaid = match asked.text("command") {
        Some("prepaid") => true,
        Some("pasca") => false,
        Some(_) | None => return Err(Code::Payload),
    };
    let code = asked.text("code");
    if code.is_none() && !app.book().ppob.may_list() {
        return Err(Code::ListLimit);
    }
    let chosen = |one: &&Product| {
        one.prepaid == prepaid && code.is_none_or(|code| one.codes.contains(&code))
    };
    Ok(PRODUCTS.iter().filter(chosen).map(price).collect())
}

fn price(product: &Product) -> Value {
    json!({
        "name": product.name,
        "category": product.category,
        "brand": product.name,
        "type": "Umum",
        "price": product.price,
        "code": product.codes.last(),
        "status": true,
        "unlimited_stock": true,
        "stock": 0,
        "multi": true,
        "start_cut_off": "23:45",
        "end_cut_off": "00:15",
        "desc": "-",
    })
}

fn ticket(_app: &App, asked: &Asked) -> Result<Value, Code> {
    let amount = asked.number("amount").filter(|amount| *amount > 0).ok_or(Code::Payload)?;
    let text = |name| asked.text(name).ok_or(Code::Payload);
    let (bank, owner) = (text("bank")?, text("owner_name")?);
    let amount = amount.saturating_add(TICKET_CODE);
    let notes = format!("Transfer Rp {amount} ke rekening {bank} atas nama penyedia, dari {owner}");
    Ok(json!({"rc": "00", "amount": amount, "notes": notes}))
}

fn subscriber(_app: &App, asked: &Asked) -> Result<Value, Code> {
    let number = asked.text("customer_no").unwrap_or_default();
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || !(11..=12).contains(&number.len()) {
        return Err(Code::Refused(Refusal::WrongNumber));
    }
    Ok(json!({
        "message": "Transaksi Sukses",
        "status": "Sukses",
        "rc": "00",
        "customer_no": number,
        "meter_no": number,
        "subscriber_id": "523300817840",
        "name": "NAMA PELANGGAN PERTAMA",
        "segment_power": "R1 /000001300",
    }))
}
