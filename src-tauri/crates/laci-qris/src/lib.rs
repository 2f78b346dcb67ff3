//! QRIS, the Indonesian standard for QR payments, on the merchant's side.
//!
//! * [`parse`] reads a merchant-presented payload strictly: every refusal is a named [`Error`] with
//!   an offset, a stable code and a sentence in Indonesian or English. What real stickers get wrong
//!   without harm is a [`Warning`].
//! * [`dynamic`] puts an amount into a shop's own static QRIS by editing spans: all that is not
//!   edited stays equal byte for byte. [`Converter`] does the same with one reused buffer.
//! * [`check_gateway_qr`] compares a payment gateway's QR with what was asked of the gateway: the
//!   checksum, the amount, and the merchant against a [`Pin`].
//! * [`symbol`] draws a payload as the smallest QR symbol that can hold it, as SVG or PNG.
//! * [`picture`] reads a QRIS out of a PNG or JPEG.
//!
//! ```
//! use laci_qris::{Kind, Lang, dynamic, parse, symbol};
//!
//! let sticker = parse("00020101021126680016ID.CO.CONTOH.WWW011893600999000000001602150000000000000010303UMI51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI5204541153033605802ID5911TOKO CONTOH6013JAKARTA PUSAT61051011062070703A0163046BA9")?;
//! assert_eq!(sticker.merchant(), "TOKO CONTOH");
//!
//! let shown = dynamic(&sticker, 12_500)?.qris;
//! assert_eq!((shown.kind(), shown.amount()), (Kind::Dynamic, Some(12_500)));
//! assert_eq!(shown.nmid(), sticker.nmid());
//!
//! let symbol = symbol::Symbol::draw(shown.payload(), symbol::Level::M)?;
//! assert!(symbol.to_svg().starts_with("<svg"));
//!
//! let refusal = parse("https://example.com").unwrap_err();
//! assert_eq!(refusal.code(), "not_qris");
//! println!("{}", refusal.sentence(Lang::Id));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Deliberately absent: customer-presented codes (another format, BER-TLV), transfers between
//! persons (refused), the network, a clock, and any change of a tag that the acquirer owns.
//! Nothing here panics on any input, and there is no unsafe code.
//!
//! Rule numbers such as 4.7.8.1 are those of the QRIS merchant-presented-mode specification (ASPI),
//! the Indonesian edition of EMVCo's.

mod acquirer;
mod crc;
mod lang;
mod merchant;
mod payload;
pub mod picture;
pub mod symbol;

pub use crc::crc16;
pub use lang::Lang;
pub use merchant::{GatewayQrRefusal, Pin, check_gateway_qr, pin_of};
pub use payload::{
    Converted, Converter, Criteria, Error, Kind, MAX_AMOUNT, MAX_CHARS, PointOfInitiation, Qris,
    Tag, Warning, dynamic, dynamic_as, parse,
};
