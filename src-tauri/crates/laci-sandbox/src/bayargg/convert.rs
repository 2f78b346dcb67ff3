//! `POST qris-convert.php`, and `qris-info.php` in both of the ways that the provider's papers name. Pictures are not
//! read: any PNG is taken for the practice shop's sticker.

use axum::body::Bytes;
use axum::http::{StatusCode, header};
use axum::response::Response;
use laci_qris::Qris;
use serde_json::{Value, json};

use super::ask::{Call, bad, done, refused};
use super::multipart;
use crate::fault::Answer;
use crate::qris::practice_sticker;

const PNG: &[u8] = b"\x89PNG";
/// How every PNG begins as base64.
const PNG_BASE64: &str = "iVBORw0KGgo";
const UNREAD: &str = "Gambar QR tidak terbaca";

pub(super) async fn convert(call: Call, body: Bytes) -> Response {
    call.serve(|_| converted(&call, &body).unwrap_or_else(|refusal| refusal)).await
}

fn converted(call: &Call, body: &[u8]) -> Result<Answer, Answer> {
    let media = call.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let media = media.unwrap_or_default();
    let (nominal, source) =
        if media.starts_with("multipart/") { of_form(media, body)? } else { of_json(body)? };
    let nominal = nominal.filter(|nominal| *nominal > 0);
    let nominal = nominal.ok_or_else(|| bad("Parameter nominal wajib diisi dengan angka"))?;
    let qris = laci_qris::parse(&source).map_err(|_| bad("QRIS tidak valid"))?;
    let dynamic = laci_qris::dynamic(&qris, nominal).map_err(|_| bad("QRIS tidak bisa diubah"))?;
    let payload = dynamic.qris.payload().to_owned();
    let picture = format!("http://{}/bayargg/qr.png", call.host());
    Ok(done(json!({
        "success": true,
        "data": {
            "original_qris": qris.payload(),
            "converted_qris": payload,
            "nominal": nominal,
            "merchant_name": qris.merchant(),
            "qr_image_url": picture,
        },
    })))
}

/// Amount and source of a JSON body, in which exactly one source stands.
fn of_json(body: &[u8]) -> Result<(Option<u64>, String), Answer> {
    let asked: Value = serde_json::from_slice(body).map_err(|_| bad("Body harus JSON"))?;
    let text = |name: &str| asked[name].as_str().map(str::to_owned);
    let source = match (text("qris"), text("image"), text("image_url")) {
        (Some(qris), None, None) => qris,
        (None, Some(image), None) if image.starts_with(PNG_BASE64) => practice_sticker(),
        (None, Some(_), None) => return Err(bad(UNREAD)),
        (None, None, Some(_)) => return Err(bad("Gambar tidak bisa diunduh")),
        (None, None, None) | (Some(_), _, _) | (None, Some(_), Some(_)) => {
            return Err(bad("Isi salah satu: qris, image atau image_url"));
        }
    };
    Ok((asked["nominal"].as_u64(), source))
}

fn of_form(media: &str, body: &[u8]) -> Result<(Option<u64>, String), Answer> {
    let parts = multipart::parts(media, body).ok_or_else(|| bad("Form tidak terbaca"))?;
    let part = |name: &str| parts.iter().find(|(named, _)| named == name).map(|(_, bytes)| *bytes);
    let image = part("image").ok_or_else(|| bad("File image wajib diisi"))?;
    if !image.starts_with(PNG) {
        return Err(bad(UNREAD));
    }
    let nominal = part("nominal").and_then(|bytes| std::str::from_utf8(bytes).ok());
    Ok((nominal.and_then(|text| text.parse().ok()), practice_sticker()))
}

/// The document's way.
pub(super) async fn info_get(call: Call) -> Response {
    call.serve(|_| read(call.text("qris"))).await
}

/// The newer pages' way, which the document does not have.
pub(super) async fn info_post(call: Call, body: Bytes) -> Response {
    call.serve(|_| {
        if !call.is_plugin() {
            return refused(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed");
        }
        let asked: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
        read(asked["qris"].as_str())
    })
    .await
}

fn read(qris: Option<&str>) -> Answer {
    let Some(text) = qris else { return bad("Parameter qris wajib diisi") };
    match laci_qris::parse(text) {
        Ok(qris) => done(json!({"success": true, "data": said(&qris)})),
        Err(_) => bad("QRIS tidak valid"),
    }
}

fn said(qris: &Qris) -> Value {
    json!({
        "merchant_name": qris.merchant(),
        "merchant_city": qris.city(),
        "nmid": qris.nmid(),
        "type": if qris.kind() == laci_qris::Kind::Static { "static" } else { "dynamic" },
        "amount": qris.amount(),
    })
}
