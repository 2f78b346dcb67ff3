//! The smallest HTTP client that can tell whether a server keeps to its word.

use laci_sandbox::{Sandbox, SandboxOptions};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub(crate) const KEY: &str = "kunci-latihan";

pub(crate) async fn sandbox() -> Sandbox {
    Sandbox::start(SandboxOptions::default()).await.unwrap()
}

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("the body is JSON")
    }
}

/// One request on a connection of its own, read to its end.
pub(crate) async fn ask(sandbox: &Sandbox, line: &str, headers: &str, body: &str) -> Reply {
    let mut stream = TcpStream::connect(sandbox.address()).await.unwrap();
    let request = format!(
        "{line} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {}\r\n{headers}\r\n{body}",
        sandbox.address(),
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await.unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Reply { status, head: head.to_lowercase(), body: body.to_owned() }
}

pub(crate) async fn create(sandbox: &Sandbox, body: &str) -> Reply {
    let headers = format!("X-API-KEY: {KEY}\r\nContent-Type: application/json\r\n");
    ask(sandbox, "POST /api/v1/payment/create", &headers, body).await
}

pub(crate) async fn status(sandbox: &Sandbox, reference: &str) -> Reply {
    let line = format!("GET /api/v1/payment/status/{reference}");
    ask(sandbox, &line, &format!("X-API-KEY: {KEY}\r\n"), "").await
}

/// A bill of Rp 10.000 and its reference.
pub(crate) async fn bill(sandbox: &Sandbox, merchant_ref: &str) -> String {
    let body = format!(r#"{{"merchant_ref":"{merchant_ref}","amount":10000}}"#);
    create(sandbox, &body).await.json()["reference"].as_str().unwrap().to_owned()
}
