//! `laci listen`: hears callbacks and a phone, works and answers other verbs, until the process is ended. For scripts and
//! tests; a shop's window listens by its setting.

use std::net::SocketAddr;
use std::sync::Arc;

use laci_till::{Sentence, TillError};
use serde_json::json;

use super::lines::Lines;
use super::outcome::Outcome;
use super::outside_args::ListenArgs;
use super::{Call, link, unlocked, with_shop};
use crate::outside;
use crate::station::Station;

pub(super) async fn run(call: &Call, args: &ListenArgs, lines: &Lines) -> Outcome {
    match started(call, args, lines).await {
        Ok(()) => std::process::exit(0),
        Err(error) => Outcome::failed(&error, call.lang),
    }
}

async fn started(call: &Call, args: &ListenArgs, lines: &Lines) -> Result<(), TillError> {
    let station =
        Arc::new(Station::open(call.places.clone(), lines.passphrase(), call.verb.work()));
    // The try before this one, without a PIN, may be about to let the folder go.
    station.wait_for_the_one_before();
    if station.shop_till().is_err_and(|error| error.code() == "ledger_busy") {
        return Err(held());
    }
    unlocked(&station, lines);
    let act = call.verb.act(|_, _| laci_till::Act::Settings);
    station.allow_verb(act, lines.word().as_ref())?;
    with_shop(&station)?;
    let address: SocketAddr = args.address.parse().map_err(|_| bad_address())?;
    let listening = outside::listen(&station, address).await?;
    tokio::spawn(link::serve(station.clone()));
    let url = format!("http://{}", listening.address());
    // Said at once: whoever started it waits for the address.
    Outcome::done(json!({ "url": url }), url.clone()).print(call.json);
    // It serves until the process is ended; an error here only means that signals cannot be heard.
    let _ = tokio::signal::ctrl_c().await;
    drop(listening);
    station.close();
    Ok(())
}

/// A window has a listener of its own.
pub(super) fn held() -> TillError {
    TillError::Refused(Sentence::new(
        "listen_in_window",
        "Folder data sedang dipegang Laci lain. Tidak ada yang diubah. Nyalakan penerima di Pengaturan jendelanya, atau tutup dulu.",
        "Another Laci holds the data folder. Nothing was changed. Switch the listener on in that window's settings, or close it first.",
    ))
}

fn bad_address() -> TillError {
    TillError::Refused(Sentence::new(
        "listen_address",
        "Alamat ditulis IP:PORT, misalnya 127.0.0.1:8787. Belum ada yang didengarkan.",
        "An address is written IP:PORT, such as 127.0.0.1:8787. Nothing listens.",
    ))
}
