//! `laci init`: the first set-up without a window.

use laci_till::wire::ShopView;
use laci_till::{Refusal, Result, Sentence, Setup, TillError};
use serde_json::json;

use super::args::InitArgs;
use super::lines::Lines;
use super::outcome::Outcome;
use crate::station::Station;

pub(super) fn run(station: &Station, args: &InitArgs, lines: &Lines) -> Result<Outcome> {
    let pin = match (args.owner_pin, lines.pin()) {
        (true, None) => return Err(Refusal::PinRequired.into()),
        (true, Some(pin)) => Some(pin.to_owned()),
        (false, _) => None,
    };
    if station.places.lost_a_ledger() {
        return Err(lost());
    }
    let shop = ShopView {
        name: args.shop.clone(),
        address: String::new(),
        phone: String::new(),
        zone: args.zone.to_uppercase(),
        cut_off: args.cut_off.clone(),
    };
    let passphrase = lines.passphrase().map(str::to_owned);
    station.set_up(&Setup { shop: shop.clone(), own_qris: None, pin, passphrase })?;
    let text = format!("{} · {}", shop.name, shop.zone);
    Ok(Outcome::done(json!({ "shop": shop }), text))
}

/// A new ledger beside what an old one left would hide that it is gone.
fn lost() -> TillError {
    TillError::Refused(Sentence::new(
        "ledger_lost",
        "Folder ini pernah dipakai, tetapi bukunya tidak ada lagi. Tidak ada yang dibuat. Pulihkan cadangan (ledger restore), atau pilih folder data yang kosong.",
        "This folder was in use, but its ledger is gone. Nothing was made. Restore a backup (ledger restore), or choose an empty data folder.",
    ))
}
