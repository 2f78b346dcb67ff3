//! The played merchant's QRIS. Its national number 93600999 is nobody's, so no payer's app can pay it.

use laci_qris::{crc16, dynamic, parse};

/// The merchant's name in every QR.
pub const MERCHANT: &str = "TOKO LATIHAN";
/// The merchant's NMID in every QR.
pub const NMID: &str = "ID1020000000099";
const OTHER_MERCHANT: &str = "TOKO LAIN";
const OTHER_NMID: &str = "ID1020000000666";

/// What is wrong with a QR, if anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flaw {
    None,
    /// One rupiah more than the total.
    Amount,
    Merchant,
    Crc,
    /// Without an amount.
    Static,
}

fn field(id: &str, value: &str) -> String {
    format!("{id}{:02}{value}", value.len())
}

/// A static payload with a right CRC.
fn sticker(merchant: &str, nmid: &str, pan: &str) -> String {
    let account = [
        field("00", "ID.CO.CONTOH.WWW"),
        field("01", pan),
        field("02", "000000000000099"),
        field("03", "UMI"),
    ];
    let central = [field("00", "ID.CO.QRIS.WWW"), field("02", nmid), field("03", "UMI")];
    let fields = [
        field("00", "01"),
        field("01", "11"),
        field("26", &account.concat()),
        field("51", &central.concat()),
        field("52", "5411"),
        field("53", "360"),
        field("58", "ID"),
        field("59", merchant),
        field("60", "JAKARTA PUSAT"),
        field("61", "10110"),
        field("62", &field("07", "A01")),
        "6304".to_owned(),
    ];
    let text = fields.concat();
    format!("{text}{:04X}", crc16(text.as_bytes()))
}

/// The practice shop's own static QRIS, which nobody can pay either.
pub fn practice_sticker() -> String {
    sticker(MERCHANT, NMID, "936009990000000099")
}

/// The QR for `total` rupiah, flawed as asked.
///
/// # Errors
/// What `laci-qris` refuses: an amount that no QR holds.
pub(crate) fn payload(total: u64, flaw: Flaw) -> Result<String, laci_qris::Error> {
    let own = || sticker(MERCHANT, NMID, "936009990000000099");
    let base = match flaw {
        Flaw::Static => return Ok(own()),
        Flaw::Merchant => sticker(OTHER_MERCHANT, OTHER_NMID, "936009990000000666"),
        Flaw::None | Flaw::Amount | Flaw::Crc => own(),
    };
    let amount = if flaw == Flaw::Amount { total.saturating_add(1) } else { total };
    let good = dynamic(&parse(&base)?, amount)?.qris.payload().to_owned();
    Ok(if flaw == Flaw::Crc { wrong_crc(good) } else { good })
}

fn wrong_crc(mut payload: String) -> String {
    let wrong = if payload.ends_with('0') { '1' } else { '0' };
    payload.pop();
    payload.push(wrong);
    payload
}

#[cfg(test)]
mod tests {
    use laci_qris::Kind;

    use super::*;

    #[test]
    fn a_sound_qr_and_each_flaw() {
        let good = parse(&payload(10_020, Flaw::None).unwrap()).unwrap();
        assert_eq!((good.kind(), good.amount()), (Kind::Dynamic, Some(10_020)));
        assert_eq!((good.merchant(), good.nmid()), (MERCHANT, Some(NMID)));
        let read = |flaw| parse(&payload(10_020, flaw).unwrap());
        assert_eq!(read(Flaw::Amount).unwrap().amount(), Some(10_021));
        assert_eq!(read(Flaw::Merchant).unwrap().nmid(), Some(OTHER_NMID));
        assert_eq!(read(Flaw::Static).unwrap().amount(), None);
        assert_eq!(read(Flaw::Crc).unwrap_err().code(), "crc_mismatch");
        for total in 1..300 {
            let broken = payload(total, Flaw::Crc).unwrap();
            assert!(parse(&broken).is_err(), "never right by accident: {broken}");
        }
    }
}
