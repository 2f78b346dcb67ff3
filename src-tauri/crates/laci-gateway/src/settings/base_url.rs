//! The address of a gateway. https everywhere, since each call carries the key; plain http only to this machine
//! and to private addresses, where a middleware of the shop's own may stand.

use std::net::{IpAddr, Ipv6Addr};

use reqwest::Url;

use super::error::SettingsError;

/// An accepted address: scheme, host, port and perhaps a path, without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    plain_http: bool,
}

impl BaseUrl {
    /// A name over http is accepted here when it could be private; its addresses are checked when it is called.
    pub fn parse(text: &str) -> Result<Self, SettingsError> {
        let url = Url::parse(text.trim()).map_err(|_| SettingsError::BadUrl)?;
        let bare = url.username().is_empty() && url.password().is_none();
        if !bare || url.query().is_some() || url.fragment().is_some() || text.len() > 500 {
            return Err(SettingsError::BadUrl);
        }
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(SettingsError::BadUrl)?;
        let plain_http = match url.scheme() {
            "https" => false,
            "http" if may_be_private(host) => true,
            "http" => return Err(SettingsError::InsecureUrl),
            _ => return Err(SettingsError::BadUrl),
        };
        Ok(Self { text: url.as_str().trim_end_matches('/').to_owned(), plain_http })
    }

    pub fn is_plain_http(&self) -> bool {
        self.plain_http
    }

    /// `target` starts with `/`.
    pub fn join(&self, target: &str) -> String {
        format!("{}{target}", self.text)
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }
}

fn may_be_private(host: &str) -> bool {
    let literal = host.trim_start_matches('[').trim_end_matches(']');
    match literal.parse::<IpAddr>() {
        Ok(address) => is_private(address),
        Err(_) => is_local_name(literal),
    }
}

/// A name that no public server has: one word, or under an ending that is kept for networks at home (RFC 6761,
/// RFC 6762, RFC 8375, and what routers and ICANN's reserved list use).
fn is_local_name(host: &str) -> bool {
    let endings = ["localhost", "local", "lan", "internal", "home", "arpa", "test", "intranet"];
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    match host.rsplit_once('.') {
        None => true,
        Some((_, ending)) => endings.contains(&ending),
    }
}

/// Loopback, RFC 1918, link-local, and IPv6's unique local addresses.
pub fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => match v6.to_ipv4_mapped() {
            Some(v4) => is_private(IpAddr::V4(v4)),
            None => v6 == Ipv6Addr::LOCALHOST || v6.is_unique_local() || v6.is_unicast_link_local(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_goes_everywhere_and_http_stays_private() {
        for (text, plain) in [
            ("https://gateway.example", false),
            ("https://gateway.example/api/", false),
            ("http://127.0.0.1:5000", true),
            ("http://localhost:5000", true),
            ("http://192.168.1.7:5000/", true),
            ("http://10.0.0.2", true),
            ("http://172.31.255.1", true),
            ("http://[::1]:80", true),
            ("http://[fd00::1]", true),
            ("http://middleware.lan:5000", true),
            ("http://Kasir.Local", true),
            ("http://middleware:5000", true),
            ("http://till.home.arpa", true),
        ] {
            let base = BaseUrl::parse(text).unwrap();
            assert_eq!(base.is_plain_http(), plain, "{text}");
            assert!(!base.as_str().ends_with('/'), "{text}");
        }
        for text in [
            "http://8.8.8.8",
            "http://172.32.0.1",
            "http://[2001:db8::1]",
            "http://[::ffff:8.8.8.8]",
            "http://0x08080808",
            "http://example.com",
            "http://gateway.example.lan.com",
        ] {
            assert_eq!(BaseUrl::parse(text), Err(SettingsError::InsecureUrl), "{text}");
        }
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "gateway.example",
            "ftp://a",
            "https://",
            "https://u:p@a",
            "https://a?key=1",
            "https://a#b",
            "file:///a",
        ] {
            assert_eq!(BaseUrl::parse(text), Err(SettingsError::BadUrl), "{text}");
        }
    }

    #[test]
    fn a_path_in_the_address_stays_in_front() {
        let base = BaseUrl::parse("https://gateway.example/api/").unwrap();
        assert_eq!(base.join("/v1/x"), "https://gateway.example/api/v1/x");
    }
}
