//! The resolver of plain http: names lead to private addresses only, so that a key never travels the internet
//! in the open, whatever the name's owner answers at that moment.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::settings::is_private;

/// A name that leads to a public address.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("plain http to a public address")]
pub(super) struct PublicAddress;

#[derive(Clone, Copy, Debug)]
pub(super) struct PrivateDns;

impl Resolve for PrivateDns {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            only_private(&found)?;
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// One public address among them is enough to refuse: the next connection might take it.
fn only_private(found: &[SocketAddr]) -> Result<(), PublicAddress> {
    if found.iter().all(|address| is_private(address.ip())) { Ok(()) } else { Err(PublicAddress) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_public_address_refuses_the_name() {
        let parse = |text: &str| text.parse::<SocketAddr>().unwrap();
        assert!(only_private(&[parse("127.0.0.1:0"), parse("[::1]:0")]).is_ok());
        assert!(only_private(&[parse("192.168.1.4:0"), parse("93.184.216.34:0")]).is_err());
    }
}
