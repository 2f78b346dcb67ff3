//! What a customer who pays later is written: ready to be sent by WhatsApp. In Indonesian, whatever the window speaks.

use laci_core::{AttemptState, Presentment, Rupiah, UnixMs, Zone};
use laci_ledger::{AttemptRow, Settings};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::put_off::{is_later, is_waiting};
use crate::symbols::Symbols;
use crate::wire::{LaterView, MessageView};

/// None for a payment that was not put off. `shown`: what may be shown of it now.
pub(super) fn later_view(
    row: &AttemptRow,
    shown: Option<&Presentment>,
    settings: &Settings,
    symbols: &Symbols,
) -> Option<LaterView> {
    if !is_later(row) {
        return None;
    }
    let payable = shown.filter(|_| row.standing.state == AttemptState::Pending);
    let message = payable.map(|presentment| {
        let (shop, zone) = settings
            .shop
            .as_ref()
            .map_or_else(Default::default, |shop| (shop.name.as_str(), shop.zone));
        let until = row.standing.expires_at;
        let (text, whatsapp) = written(shop, zone, row.standing.total, presentment, until);
        MessageView { svg: symbols.svg(&whatsapp).ok(), text, whatsapp }
    });
    Some(LaterView { waiting: is_waiting(row), message })
}

/// The text, and the URL that opens WhatsApp with it.
fn written(
    shop: &str,
    zone: Zone,
    total: Rupiah,
    presentment: &Presentment,
    until: Option<UnixMs>,
) -> (String, String) {
    let how = match presentment {
        Presentment::Link { url } => format!("Silakan bayar lewat tautan ini:\n{url}"),
        Presentment::Qris { .. } => {
            "Silakan pindai gambar QRIS yang kami kirim bersama pesan ini.".to_owned()
        }
        Presentment::Transfer { account, .. } => format!("Silakan transfer ke {account}."),
    };
    let until = until.map_or_else(String::new, |end| {
        format!("\nBerlaku sampai {} {}.", minute(end, zone), zone.as_str())
    });
    // A plain space: what is copied is read by other programs.
    let total = total.to_string().replace('\u{a0}', " ");
    let text = format!(
        "Halo, ini tagihan dari {shop}.\nJumlah: {total}. Mohon dibayar tepat sejumlah itu.\n{how}{until}\nTerima kasih."
    );
    let whatsapp = format!("https://wa.me/?text={}", utf8_percent_encode(&text, NON_ALPHANUMERIC));
    (text, whatsapp)
}

/// `21/11/2026 17.05`, as an Indonesian shop writes it.
fn minute(at: UnixMs, zone: Zone) -> String {
    let at = at.at(zone);
    let (day, month, year) = (at.day(), u8::from(at.month()), at.year());
    format!("{day:02}/{month:02}/{year} {:02}.{:02}", at.hour(), at.minute())
}

#[cfg(test)]
mod tests {
    use percent_encoding::percent_decode_str;

    use super::*;

    #[test]
    fn the_message_names_shop_amount_link_and_end_and_travels_in_a_url() {
        let link = Presentment::Link { url: "https://bayar.contoh.id/p/1?a=b&c=d#e".to_owned() };
        let until = UnixMs::from_rfc3339("2026-11-21T17:05:59+07:00");
        let (text, whatsapp) =
            written("Kopi & Teh #1", Zone::Wib, Rupiah::from_u32(50_347), &link, until);
        for part in [
            "Kopi & Teh #1",
            "Rp 50.347",
            "https://bayar.contoh.id/p/1?a=b&c=d#e",
            "21/11/2026 17.05 WIB",
        ] {
            assert!(text.contains(part), "{part}: {}", text);
        }
        let sent = whatsapp.strip_prefix("https://wa.me/?text=").unwrap();
        assert!(!sent.contains(['&', '#', ' ', '\n', '+']), "one parameter: {sent}");
        assert_eq!(percent_decode_str(sent).decode_utf8().unwrap(), text);
    }

    #[test]
    fn a_qr_goes_as_a_picture_and_a_transfer_names_its_number() {
        let qr = Presentment::Qris { payload: "000201".to_owned() };
        let (text, _) = written("Toko", Zone::Wit, Rupiah::from_u32(1_000), &qr, None);
        assert!(text.contains("gambar QRIS") && !text.contains("000201"));
        assert!(!text.contains("Berlaku"), "no end is known");
        let account = Presentment::Transfer {
            account: "081200000099".to_owned(),
            amount: Rupiah::from_u32(1_000),
        };
        let (text, _) = written("Toko", Zone::Wit, Rupiah::from_u32(1_000), &account, None);
        assert!(text.contains("081200000099"));
    }
}
