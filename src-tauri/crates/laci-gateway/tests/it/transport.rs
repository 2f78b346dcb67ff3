//! The HTTP transport against sockets that misbehave below HTTP: what certainly did not arrive is told apart
//! from what may have.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use laci_gateway::{
    Content, Header, HttpMethod, HttpTransport, NoAnswer, NotSent, OnWire, Reach, Reply, Secret,
    Timeouts, Transport, TransportError,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
#[cfg(target_os = "linux")]
use tokio::net::{TcpSocket, TcpStream};

use crate::world::KEY;

fn request(method: HttpMethod, url: String) -> OnWire {
    OnWire {
        method,
        reach: if url.starts_with("https") { Reach::Https } else { Reach::PrivateHttp },
        url,
        headers: vec![Header::sensitive("X-API-KEY", Secret::new(KEY))],
        content: (method == HttpMethod::Post).then(|| Content::json("{\"a\":1}".into())),
        timeouts: Timeouts { connect_ms: 300, total_ms: 600 },
    }
}

async fn post(url: String) -> Result<Reply, TransportError> {
    HttpTransport::new().send(request(HttpMethod::Post, url)).await
}

/// Answers each connection with `answer` once its request came, and counts connections.
async fn server(answer: &'static [u8]) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/x", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = connections.clone();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            counted.fetch_add(1, Ordering::SeqCst);
            tokio::spawn(async move {
                let mut request = [0; 2_048];
                while stream.read(&mut request).await.is_ok_and(|n| n > 0) {
                    if answer.is_empty() || stream.write_all(answer).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    (url, connections)
}

#[tokio::test]
async fn what_goes_over_the_wire_is_exactly_this() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let sending = tokio::spawn(post(format!("http://{address}/api/v1/payment/create")));
    let (mut stream, _) = listener.accept().await.unwrap();
    let mut bytes = vec![0; 4_096];
    let mut length = 0;
    while !bytes[..length].ends_with(b"{\"a\":1}") {
        length += stream.read(&mut bytes[length..]).await.unwrap();
    }
    stream
        .write_all(b"HTTP/1.1 201 Created\r\nContent-Length: 2\r\nDate: x\r\n\r\n{}")
        .await
        .unwrap();
    let reply = sending.await.unwrap().unwrap();
    assert_eq!((reply.status, reply.body.as_slice()), (201, b"{}".as_slice()));
    let text = String::from_utf8(bytes[..length].to_vec()).unwrap().to_lowercase();
    let mut lines: Vec<&str> = text.split("\r\n").filter(|line| !line.is_empty()).collect();
    lines.sort_unstable();
    let mut expected = vec![
        "post /api/v1/payment/create http/1.1".to_owned(),
        format!("host: {address}"),
        "accept: application/json".into(),
        "accept-encoding: gzip".into(),
        "content-type: application/json".into(),
        "content-length: 7".into(),
        format!("user-agent: laci/{}", env!("CARGO_PKG_VERSION")),
        format!("x-api-key: {KEY}"),
        "{\"a\":1}".into(),
    ];
    expected.sort_unstable();
    assert_eq!(lines, expected);
}

#[tokio::test]
async fn nobody_there_is_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let refused = post(format!("http://{address}/x")).await;
    assert_eq!(refused, Err(TransportError::NotSent(NotSent::Unreachable)));
    let nameless = post("http://tidak-ada.invalid/x".into()).await;
    // A machine without a resolver takes its time to say so.
    let unsent =
        [NotSent::Dns, NotSent::ConnectTimeout].map(|why| Err(TransportError::NotSent(why)));
    assert!(unsent.contains(&nameless), "{nameless:?}");
    let no_address = post("127.0.0.1/x".into()).await;
    assert_eq!(no_address, Err(TransportError::NotSent(NotSent::Invalid)));
}

// How many callers a full queue still takes is the system's own affair; Linux's is known.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_full_queue_is_a_connect_timeout_and_not_sent() {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut held = Vec::new();
    // Nobody accepts: once the queue is full, the system leaves further callers waiting.
    while let Ok(stream) =
        tokio::time::timeout(Duration::from_millis(100), TcpStream::connect(address)).await
    {
        held.push(stream);
        assert!(held.len() < 50, "the queue never filled");
    }
    let began = Instant::now();
    let waited = post(format!("http://{address}/x")).await;
    assert_eq!(waited, Err(TransportError::NotSent(NotSent::ConnectTimeout)));
    assert!(
        began.elapsed() < Duration::from_millis(550),
        "the connect time-out, not the total one"
    );
}

#[tokio::test]
async fn a_failed_handshake_is_tls_and_not_sent() {
    let (url, _) = server(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n").await;
    let failed = post(url.replace("http://", "https://")).await;
    assert_eq!(failed, Err(TransportError::NotSent(NotSent::Tls)));
    let (url, _) = server(b"").await;
    let hung_up = post(url.replace("http://", "https://")).await;
    assert_eq!(hung_up, Err(TransportError::NotSent(NotSent::Tls)));
}

#[tokio::test]
async fn an_accepted_request_without_answer_is_unknown() {
    let (url, _) = server(b"").await;
    assert_eq!(post(url).await, Err(TransportError::NoAnswer(NoAnswer::Cut)));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/x", listener.local_addr().unwrap());
    assert_eq!(
        post(url).await,
        Err(TransportError::NoAnswer(NoAnswer::Timeout)),
        "never accepted, yet connected"
    );
}

#[tokio::test]
async fn a_post_has_a_connection_of_its_own_and_a_get_keeps_one() {
    let (url, connections) = server(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await;
    let transport = HttpTransport::new();
    for _ in 0..3 {
        transport.send(request(HttpMethod::Get, url.clone())).await.unwrap();
    }
    assert_eq!(connections.load(Ordering::SeqCst), 1, "kept alive");
    for _ in 0..3 {
        transport.send(request(HttpMethod::Post, url.clone())).await.unwrap();
    }
    assert_eq!(connections.load(Ordering::SeqCst), 4, "a kept one could be closing under it");
}

#[tokio::test]
async fn localhost_is_private_by_its_addresses() {
    let (url, _) = server(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await;
    let named = url.replace("127.0.0.1", "localhost");
    assert!(post(named).await.is_ok());
}

#[tokio::test]
async fn an_endless_body_and_what_is_not_http_are_bounded() {
    let (url, _) = server(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n{").await;
    assert_eq!(post(url).await, Err(TransportError::NoAnswer(NoAnswer::Timeout)));
    let (url, _) = server(b"not http at all\r\n\r\n").await;
    assert_eq!(post(url).await, Err(TransportError::NoAnswer(NoAnswer::Cut)));
}

/// A few kilobytes that would be 256 MB.
#[tokio::test]
async fn a_gzip_bomb_is_cut_off() {
    use std::io::Write;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..256 {
        packer.write_all(&[b' '; 1024 * 1024]).unwrap();
    }
    let bomb = packer.finish().unwrap();
    assert!(bomb.len() < 512 * 1024, "it travels as {} bytes", bomb.len());
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {}\r\n\r\n",
        bomb.len()
    );
    let answer: &'static [u8] = Box::leak([head.into_bytes(), bomb].concat().into_boxed_slice());
    let (url, _) = server(answer).await;
    let mut asked = request(HttpMethod::Post, url);
    asked.timeouts.total_ms = 20_000;
    let cut = HttpTransport::new().send(asked).await;
    assert_eq!(cut, Err(TransportError::TooLarge), "by what it unpacks to, not by what travels");
}
