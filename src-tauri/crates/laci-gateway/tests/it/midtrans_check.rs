//! What shows that a Midtrans middleware is reached: Midtrans' own words about an order, and nothing less.

use laci_gateway::{CheckAnswer, Doubt, HttpMethod};

use crate::midtrans::midtrans;
use crate::world::*;

const STATUS: &str = include_str!("../fixtures/midtrans/status_response.json");

fn read(status: u16, body: &str) -> CheckAnswer {
    midtrans(&[]).provider().read_check(&reply(status, body))
}

#[test]
fn the_check_asks_for_an_order_that_is_not_there() {
    let request = midtrans(&[]).provider().check();
    assert_eq!((request.method, &*request.target), (HttpMethod::Get, "/status/LACI-CHECK"));
    let inside = r#"{"status_code":"404","status_message":"Transaction doesn't exist."}"#;
    for (status, body) in [
        (200, inside),
        (404, inside),
        (200, STATUS),
        (404, r#"{"status_code":404}"#),
        (404, "Transaction doesn't exist."),
        (404, r#"{"error":"Order not found"}"#),
        (404, r#"{"message":"Transaksi tidak ditemukan"}"#),
        (404, r#"{"error":"Midtrans API is returning API error. HTTP status code: 404"}"#),
    ] {
        assert_eq!(read(status, body), CheckAnswer::Ready, "{status} {body}");
    }
    for (status, body) in [(401, "Unauthorized"), (401, "{}"), (403, "{}"), (403, "Forbidden")] {
        assert_eq!(read(status, body), CheckAnswer::KeyRefused, "{status} {body}");
    }
}

#[test]
fn what_is_not_midtrans_is_not_ready() {
    let inside = r#"{"status_code":"404","status_message":"Transaction doesn't exist."}"#;
    let flask = "The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.";
    for body in [
        "<html>404</html>",
        "Endpoint not found",
        "Not Found",
        "404 page not found",
        flask,
        &format!(r#"{{"error":"{flask}"}}"#),
        r#"{"detail":"Not Found"}"#,
        r#"{"message":"The route status/LACI-CHECK could not be found."}"#,
        r#"{"error":"The requested URL /order/LACI-CHECK was not found"}"#,
        r#"{"error":"Terjadi kesalahan"}"#,
        r#"{"status_code":404,"message":"Not Found"}"#,
        "{}",
    ] {
        let changed = CheckAnswer::Unreadable(Doubt::ApiChanged { status: 404 });
        assert_eq!(read(404, body), changed, "{body}");
    }
    for body in ["{}", inside, "gagal", "Transaction doesn't exist.", "<html>500</html>", flask] {
        let server = CheckAnswer::Unreadable(Doubt::ServerError { status: 500 });
        assert_eq!(read(500, body), server, "{body}");
    }
    for (status, body, code) in [
        (200, "<html>Selamat datang</html>", "api_changed"),
        (502, "{}", "server_error"),
        (200, "{}", "incomplete_answer"),
        (200, r#"{"status":"ok"}"#, "incomplete_answer"),
        (200, r#"{"status_code":"401"}"#, "incomplete_answer"),
        (200, "OK", "not_json"),
    ] {
        let CheckAnswer::Unreadable(why) = read(status, body) else { panic!("{status} {body}") };
        assert_eq!(why.code(), code, "{status} {body}");
    }
}
