//! Joins the listener with the till: the one knows sockets, the other what a request means. Beside the window it runs as
//! the setting says; off until the owner switches it on.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use laci_listener::{Came, Heard, Hearing, Limits, Listening, Outside};
use laci_till::wire::{ListenerView, *};
use laci_till::{By, OutsideEnd, Result, Sentence, TillError};

use crate::station::Station;

/// A setting that was changed is followed within this time.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// A port that somebody else holds is tried again after this.
const TRY_AGAIN: Duration = Duration::from_secs(10);
const BEARER: &str = "Bearer ";

struct Joined(Arc<Station>);

impl Outside for Joined {
    fn callback<'a>(&'a self, gateway: &'a str, came: Came) -> Hearing<'a> {
        Box::pin(async move {
            match self.0.shop_till() {
                Ok(till) => heard(till.called_back(gateway, &came.headers, &came.body).await),
                Err(_) => Heard::Later,
            }
        })
    }

    fn relay(&self, came: Came) -> Hearing<'_> {
        Box::pin(async move {
            let bearer = came.header("authorization").and_then(|text| text.strip_prefix(BEARER));
            match self.0.shop_till() {
                Ok(till) => heard(till.told_by_phone(bearer, &came.body)),
                Err(_) => Heard::Later,
            }
        })
    }
}

fn heard(end: OutsideEnd) -> Heard {
    match end {
        OutsideEnd::Taken => Heard::Taken,
        OutsideEnd::Malformed => Heard::Malformed,
        OutsideEnd::Forbidden => Heard::Forbidden,
        OutsideEnd::Unknown => Heard::Unknown,
        OutsideEnd::Later => Heard::Later,
    }
}

/// Listens until the answer is dropped.
pub(crate) async fn listen(station: &Arc<Station>, address: SocketAddr) -> Result<Listening> {
    let outside = Arc::new(Joined(station.clone()));
    laci_listener::listen(address, outside, Limits::default()).await.map_err(|error| {
        TillError::Failed(Sentence::new(
            "listener_not_started",
            format!("Penerima tidak bisa dimulai di {address} ({error}). Jualan jalan terus. Pilih porta lain di Pengaturan."),
            format!("The listener cannot start at {address} ({error}). Selling goes on. Choose another port in the settings."),
        ))
    })
}

/// Follows the shop's setting until the runtime ends.
pub(crate) async fn follow(station: Arc<Station>) {
    let mut now: Option<(SocketAddr, Listening)> = None;
    loop {
        let wanted = station.shop_till().ok().and_then(|till| wanted(&till.listener()));
        if now.as_ref().map(|(address, _)| *address) != wanted {
            // The old one goes first: the new one may want its port.
            drop(now.take());
            if let Some(address) = wanted {
                match listen(&station, address).await {
                    Ok(listening) => now = Some((address, listening)),
                    Err(error) => {
                        tracing::warn!(code = error.code(), "nothing listens");
                        tokio::time::sleep(TRY_AGAIN).await;
                    }
                }
            }
        }
        tokio::time::sleep(LOOK_EVERY).await;
    }
}

fn wanted(setting: &ListenerView) -> Option<SocketAddr> {
    let ip = if setting.lan { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    setting.on.then(|| SocketAddr::new(IpAddr::V4(ip), setting.port))
}

/// Where others reach it, as far as this computer knows its own address.
pub(crate) fn url(setting: &ListenerView) -> String {
    let local = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let ip = if setting.lan { laci_listener::lan_address().unwrap_or(local) } else { local };
    format!("http://{}", SocketAddr::new(ip, setting.port))
}

pub(crate) async fn listener(station: &Station, _: By, _: Nothing) -> Result<ListenerView> {
    Ok(station.till()?.listener())
}

pub(crate) async fn listener_set(
    station: &Station,
    by: By,
    input: ListenerSet,
) -> Result<ListenerView> {
    station.till()?.listener_set(by, &input)
}

pub(crate) async fn relay_token(station: &Station, by: By, _: Nothing) -> Result<RelayToken> {
    let till = station.till()?;
    till.relay_token_new(by, &url(&till.listener()))
}
