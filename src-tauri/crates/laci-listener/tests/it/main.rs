//! The listener over real sockets: what is too large, too slow or too much never gets behind it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use laci_listener::{Came, Heard, Hearing, Limits, Listening, Outside, listen};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

#[derive(Default)]
struct Ear {
    heard: Mutex<Vec<(String, Came)>>,
    inside: AtomicUsize,
}

impl Outside for Ear {
    fn callback<'a>(&'a self, gateway: &'a str, came: Came) -> Hearing<'a> {
        Box::pin(async move {
            self.heard.lock().unwrap().push((gateway.to_owned(), came));
            match gateway {
                "later" => Heard::Later,
                "unknown" => Heard::Unknown,
                "forged" => Heard::Forbidden,
                _ => Heard::Taken,
            }
        })
    }

    fn relay(&self, came: Came) -> Hearing<'_> {
        Box::pin(async move {
            self.inside.fetch_add(1, Ordering::SeqCst);
            self.heard.lock().unwrap().push(("relay".to_owned(), came));
            Heard::Malformed
        })
    }
}

async fn start(limits: Limits) -> (Listening, Arc<Ear>) {
    let ear = Arc::new(Ear::default());
    let address: SocketAddr = "127.0.0.1:0".parse().unwrap();
    (listen(address, ear.clone(), limits).await.unwrap(), ear)
}

fn quick() -> Limits {
    let read_within = Duration::from_millis(300);
    Limits { read_within, end_within: Duration::from_secs(2), ..Limits::default() }
}

/// What came back until the other side closed.
async fn talk(to: SocketAddr, words: &[u8]) -> String {
    let mut stream = TcpStream::connect(to).await.unwrap();
    // Whoever is cut off in the middle of a body reads what was said before.
    let _ = stream.write_all(words).await;
    let mut said = Vec::new();
    let _ = stream.read_to_end(&mut said).await;
    String::from_utf8_lossy(&said).into_owned()
}

fn post(path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nX-Mark: 7\r\nContent-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_is_handed_on_whole_and_answered_as_it_was_heard() {
    let (listening, ear) = start(quick()).await;
    let at = listening.address();
    for (path, status) in [
        ("/callback/bayar", "200"),
        ("/callback/later", "503"),
        ("/callback/unknown", "404"),
        ("/callback/forged", "401"),
        ("/relay", "422"),
    ] {
        let said = talk(at, &post(path, "{\"a\":1}")).await;
        assert!(said.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {said}");
        assert_eq!(said.contains("{\"success\":true}"), status == "200", "{said}");
        assert_eq!(said.to_lowercase().contains("retry-after"), status == "503", "{said}");
    }
    let heard = ear.heard.lock().unwrap();
    assert_eq!(heard.len(), 5);
    assert_eq!(heard[0].0, "bayar");
    assert_eq!(heard[0].1.body, b"{\"a\":1}");
    assert_eq!(heard[0].1.header("x-mark"), Some("7"));
    assert!(!format!("{:?}", heard[0].1).contains("\"a\""), "a body is never printed");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_else_is_there() {
    let (listening, ear) = start(quick()).await;
    for words in [
        &b"GET /relay HTTP/1.1\r\nHost: x\r\n\r\n"[..],
        b"GET / HTTP/1.1\r\nHost: x\r\n\r\n",
        b"PUT /callback/a HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
        b"POST /callback/ HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
        b"POST /callback/a/b HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n",
        b"OPTIONS /relay HTTP/1.1\r\nHost: x\r\nOrigin: https://x\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"nonsense\r\n\r\n",
    ] {
        let said = talk(listening.address(), words).await;
        assert!(!said.starts_with("HTTP/1.1 2"), "{said}");
        assert!(!said.to_lowercase().contains("access-control"), "{said}");
    }
    assert!(ear.heard.lock().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_too_large_is_never_handed_on() {
    let (listening, ear) = start(quick()).await;
    let at = listening.address();
    let most = Limits::default().body_bytes;
    let exact = talk(at, &post("/callback/a", &"x".repeat(most))).await;
    assert!(exact.starts_with("HTTP/1.1 200"), "{exact}");
    let over = talk(at, &post("/callback/a", &"x".repeat(most + 1))).await;
    assert!(over.is_empty() || over.starts_with("HTTP/1.1 413"), "{over}");
    let claimed = b"POST /relay HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999999\r\n\r\n";
    assert!(talk(at, claimed).await.starts_with("HTTP/1.1 413"));
    let mut chunked =
        b"POST /relay HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".to_vec();
    for _ in 0..17 {
        chunked.extend(format!("1000\r\n{}\r\n", "x".repeat(4096)).into_bytes());
    }
    chunked.extend(b"0\r\n\r\n");
    let said = talk(at, &chunked).await;
    assert!(said.is_empty() || said.starts_with("HTTP/1.1 413"), "{said}");
    let long = format!("POST /relay HTTP/1.1\r\nHost: x\r\nX-Long: {}\r\n\r\n", "x".repeat(32_000));
    assert!(!talk(at, long.as_bytes()).await.starts_with("HTTP/1.1 2"));
    let many: String = (0..100).map(|n| format!("X-{n}: 1\r\n")).collect();
    let many = format!("POST /callback/a HTTP/1.1\r\nHost: x\r\n{many}\r\n");
    assert!(!talk(at, many.as_bytes()).await.starts_with("HTTP/1.1 2"));
    assert_eq!(ear.heard.lock().unwrap().len(), 1, "only the one that fits");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_slow_is_cut() {
    let (listening, ear) = start(quick()).await;
    let at = listening.address();
    let starts = [
        &b""[..],
        b"POST /relay HTTP/1.1\r\nHost: x\r\n",
        b"POST /relay HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf",
    ];
    for start in starts {
        let begun = Instant::now();
        let said = talk(at, start).await;
        assert!(!said.starts_with("HTTP/1.1 2"), "{said}");
        assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    }
    let mut drip = TcpStream::connect(at).await.unwrap();
    let begun = Instant::now();
    // A byte at a time keeps nobody's place: the time is for all of it.
    for byte in
        b"POST /relay HTTP/1.1\r\nHost: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx".iter().cycle()
    {
        if drip.write_all(&[*byte]).await.is_err() || begun.elapsed() > Duration::from_secs(3) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    assert!(ear.heard.lock().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_comes_when_all_places_are_taken_is_sent_away_and_places_come_back() {
    let limits = Limits { connections: 4, ..quick() };
    let (listening, ear) = start(limits).await;
    let at = listening.address();
    let mut idle = Vec::new();
    for _ in 0..4 {
        idle.push(TcpStream::connect(at).await.unwrap());
    }
    tokio::time::sleep(Duration::from_millis(50)).await;
    let said = talk(at, &post("/callback/a", "{}")).await;
    assert!(said.is_empty(), "no place: {said}");
    tokio::time::sleep(Duration::from_millis(500)).await;
    let said = talk(at, &post("/callback/a", "{}")).await;
    assert!(said.starts_with("HTTP/1.1 200"), "the idle ones were cut: {said}");
    assert_eq!(ear.heard.lock().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn it_stops_when_it_is_dropped() {
    let (listening, _) = start(quick()).await;
    let at = listening.address();
    drop(listening);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert!(TcpStream::connect(at).await.is_err());
}
