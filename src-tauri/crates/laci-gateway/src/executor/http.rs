//! The transport over real HTTP, by reqwest. Redirects off, automatic retries off, bodies bounded while they
//! stream, plain http held to private addresses by the resolver itself, so that check and use are one.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::io;
use std::sync::Mutex;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Response, Url};

use super::private_dns::{PrivateDns, PublicAddress};
use super::transport::{NotSent, OnWire, Reach, Sending, Transport, TransportError};
use crate::contract::{
    Header, HeaderText, HttpMethod, MAX_BODY_BYTES, NoAnswer, Reply, ReplyHeaders,
};

const USER_AGENT: &str = concat!("Laci/", env!("CARGO_PKG_VERSION"));
const POOL_IDLE: Duration = Duration::from_secs(20);
/// Clients are kept per set of connection rules; a shop has a handful.
const MAX_CLIENTS: usize = 32;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rules {
    reach: Reach,
    connect_ms: u32,
    /// A POST gets a connection of its own: on a kept one, which the server may be closing at that moment, its
    /// fate would be unknown.
    fresh: bool,
}

#[derive(Debug, Default)]
pub struct HttpTransport {
    clients: Mutex<BTreeMap<Rules, Client>>,
}

impl HttpTransport {
    pub fn new() -> Self {
        Self::default()
    }

    fn client(&self, rules: Rules) -> Result<Client, TransportError> {
        let mut clients = self.clients.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(client) = clients.get(&rules) {
            return Ok(client.clone());
        }
        let client = build(rules).map_err(|_| TransportError::NotSent(NotSent::Tls))?;
        if clients.len() >= MAX_CLIENTS {
            clients.clear();
        }
        clients.insert(rules, client.clone());
        Ok(client)
    }

    async fn exchange(&self, request: OnWire) -> Result<Reply, TransportError> {
        let rules = Rules {
            reach: request.reach,
            connect_ms: request.timeouts.connect_ms,
            fresh: request.method == HttpMethod::Post,
        };
        let client = self.client(rules)?;
        let wire = to_wire(&client, request).ok_or(TransportError::NotSent(NotSent::Invalid))?;
        let response = client.execute(wire).await.map_err(|error| judge(&error))?;
        if response.status().is_redirection() {
            return Err(TransportError::Redirected { to: location(&response) });
        }
        read(response).await
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: OnWire) -> Sending<'_> {
        Box::pin(self.exchange(request))
    }
}

fn build(rules: Rules) -> reqwest::Result<Client> {
    let builder = Client::builder()
        .user_agent(USER_AGENT)
        .redirect(reqwest::redirect::Policy::none())
        .retry(reqwest::retry::never())
        .referer(false)
        .connect_timeout(Duration::from_millis(u64::from(rules.connect_ms)))
        .pool_idle_timeout(POOL_IDLE)
        .pool_max_idle_per_host(if rules.fresh { 0 } else { 2 });
    match rules.reach {
        Reach::Https => builder.https_only(true).build(),
        // No proxy: it would resolve the name elsewhere. No certificates: there is no TLS here, and a machine
        // without any must still reach its own loopback.
        Reach::PrivateHttp => {
            builder.no_proxy().tls_certs_only([]).dns_resolver(PrivateDns).build()
        }
    }
}

/// `None` when a part is not valid HTTP.
fn to_wire(client: &Client, request: OnWire) -> Option<reqwest::Request> {
    let url = Url::parse(&request.url).ok()?;
    let mut builder = match request.method {
        HttpMethod::Get => client.get(url),
        HttpMethod::Post => client.post(url),
    };
    let mut headers = HeaderMap::new();
    headers.insert(reqwest::header::ACCEPT, HeaderValue::from_static("application/json"));
    for header in &request.headers {
        let (name, value) = to_header(header)?;
        headers.insert(name, value);
    }
    if let Some(content) = request.content {
        let media = HeaderValue::from_str(&content.media_type).ok()?;
        headers.insert(reqwest::header::CONTENT_TYPE, media);
        builder = builder.body(content.bytes.to_vec());
    }
    let total = Duration::from_millis(u64::from(request.timeouts.total_ms));
    builder.headers(headers).timeout(total).build().ok()
}

fn to_header(header: &Header) -> Option<(HeaderName, HeaderValue)> {
    let name = HeaderName::from_bytes(header.name.as_bytes()).ok()?;
    let value = match &header.value {
        HeaderText::Plain(text) => HeaderValue::from_str(text).ok()?,
        HeaderText::Sensitive(secret) => {
            let mut value = HeaderValue::from_str(secret.expose()).ok()?;
            value.set_sensitive(true);
            value
        }
    };
    Some((name, value))
}

/// Streams at most [`MAX_BODY_BYTES`] of decompressed body; beyond that the connection is dropped.
async fn read(mut response: Response) -> Result<Reply, TransportError> {
    let status = response.status().as_u16();
    let text = |name: &str| {
        response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
    };
    let headers = ReplyHeaders {
        date: text("date"),
        retry_after: text("retry-after"),
        cf_mitigated: text("cf-mitigated"),
    };
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| judge(&error))? {
        if body.len() + chunk.len() > MAX_BODY_BYTES {
            return Err(TransportError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Reply { status, headers, body })
}

/// Where a redirect points, as far as it can be shown: no query, no credentials.
fn location(response: &Response) -> String {
    let named = response.headers().get("location").and_then(|value| value.to_str().ok());
    let Some(mut url) = named.and_then(|text| response.url().join(text).ok()) else {
        return "?".to_owned();
    };
    url.set_query(None);
    url.set_fragment(None);
    if url.set_username("").is_err() || url.set_password(None).is_err() {
        return "?".to_owned();
    }
    url.as_str().chars().take(200).collect()
}

/// Only a failure while connecting is certain not to have reached the gateway.
fn judge(error: &reqwest::Error) -> TransportError {
    if error.is_builder() {
        return TransportError::NotSent(NotSent::Invalid);
    }
    if error.is_connect() {
        return TransportError::NotSent(connecting(error));
    }
    if error.is_timeout() {
        return TransportError::NoAnswer(NoAnswer::Timeout);
    }
    TransportError::NoAnswer(NoAnswer::Cut)
}

fn connecting(error: &reqwest::Error) -> NotSent {
    let mut source = error.source();
    while let Some(cause) = source {
        if cause.is::<PublicAddress>() {
            return NotSent::PublicHttp;
        }
        if is_tls(cause) {
            return NotSent::Tls;
        }
        source = cause.source();
    }
    if error.is_timeout() {
        return NotSent::ConnectTimeout;
    }
    if error.is_dns() { NotSent::Dns } else { NotSent::Unreachable }
}

/// While connecting, bad data or an early end can only come from the handshake. It travels inside `io::Error`s,
/// whose `source` steps over what they hold.
fn is_tls(cause: &(dyn std::error::Error + 'static)) -> bool {
    let Some(io) = cause.downcast_ref::<io::Error>() else { return false };
    let handshake = [io::ErrorKind::InvalidData, io::ErrorKind::UnexpectedEof].contains(&io.kind());
    handshake || io.get_ref().is_some_and(|held| is_tls(held))
}

#[cfg(test)]
mod tests {
    use reqwest::dns::{Name, Resolve, Resolving};

    use super::*;

    /// As if every name led to a public address.
    struct Public;

    impl Resolve for Public {
        fn resolve(&self, _: Name) -> Resolving {
            Box::pin(std::future::ready(Err(PublicAddress.into())))
        }
    }

    #[tokio::test]
    async fn a_name_that_turns_out_public_is_told_apart() {
        let client = Client::builder().no_proxy().dns_resolver(Public).build().unwrap();
        let error = client.get("http://middleware.lan/x").send().await.unwrap_err();
        assert_eq!(judge(&error), TransportError::NotSent(NotSent::PublicHttp));
    }
}
