//! Static to dynamic: edits at spans of the source text, so that what is not edited stays equal
//! byte for byte, whatever it holds. The result is read again by the same rules before it is
//! returned. Tag 62 is never touched: acquirers see in it only what they issued.

use super::error::Error;
use super::scan::{Scan, tag};
use super::tlv::{Source, Span};
use super::{Qris, Warning};
use crate::crc::crc16;

/// The largest amount that tag 54 holds, in rupiah: thirteen digits.
pub const MAX_AMOUNT: u64 = 9_999_999_999_999;
const MAX_DIGITS: usize = 13;
/// Bytes that a conversion adds at most: tag 01 and tag 54.
const ROOM: usize = 6 + 4 + MAX_DIGITS;

/// What the converted code says of itself in tag 01.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PointOfInitiation {
    /// `12`, as the specification has it for a code of one transaction.
    #[default]
    Dynamic12,
    /// `11` beside the amount, for merchants whose payers' apps refuse `12`. Legal: the amount
    /// does not depend on tag 01.
    KeepStatic11,
}

impl PointOfInitiation {
    fn field(self) -> &'static [u8] {
        match self {
            Self::Dynamic12 => b"010212",
            Self::KeepStatic11 => b"010211",
        }
    }
}

/// A conversion's result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Converted {
    /// The code to show.
    pub qris: Qris,
    /// What the conversion left out or doubts; the source's own oddities are `qris.warnings()`.
    pub warnings: Vec<Warning>,
}

/// The code for one payment of `amount` rupiah, with `12` in tag 01.
///
/// # Errors
/// `AmountTooSmall`, `AmountTooLarge`, and `TooLong` if the source leaves no room for the amount.
pub fn dynamic(source: &Qris, amount: u64) -> Result<Converted, Error> {
    dynamic_as(source, amount, PointOfInitiation::default())
}

/// [`dynamic`] with a choice of what tag 01 says.
///
/// # Errors
/// As [`dynamic`].
pub fn dynamic_as(
    source: &Qris,
    amount: u64,
    initiation: PointOfInitiation,
) -> Result<Converted, Error> {
    let edit = Edit { source: source.source(), scan: &source.scan, amount, initiation };
    let mut bytes = Vec::with_capacity(source.text.len() + ROOM);
    let mut scan = Box::<Scan>::default();
    edit.write(&mut bytes, &mut scan)?;
    let text = String::from_utf8(bytes).map_err(|_| Error::Inconsistent)?;
    let mut warnings = Vec::new();
    if source.has_tip() {
        warnings.push(Warning::TipRemoved);
    }
    if source.scan.dynamic {
        warnings.push(Warning::SourceDynamic);
    }
    // An edit puts in nothing but ASCII.
    Ok(Converted { qris: Qris { text, ascii: source.ascii, scan }, warnings })
}

/// One shop's QRIS, read once, for a payment after the other: the checks of [`dynamic`] on every
/// result, and no allocation once the buffer has grown.
///
/// ```
/// use laci_qris::{Converter, PointOfInitiation, parse};
/// # let sticker = "00020101021126680016ID.CO.CONTOH.WWW011893600999000000001602150000000000000010303UMI51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI5204541153033605802ID5911TOKO CONTOH6013JAKARTA PUSAT61051011062070703A0163046BA9";
/// let mut converter = Converter::new(parse(sticker)?, PointOfInitiation::Dynamic12);
/// for amount in [12_500, 40_000] {
///     let payload = converter.convert(amount)?;
///     assert!(payload.contains(&format!("5405{amount}")));
/// }
/// # Ok::<(), laci_qris::Error>(())
/// ```
#[derive(Debug)]
pub struct Converter {
    source: Qris,
    initiation: PointOfInitiation,
    bytes: Vec<u8>,
    after: Scan,
}

impl Converter {
    /// A converter of this QRIS, whose results say `initiation` in tag 01.
    pub fn new(source: Qris, initiation: PointOfInitiation) -> Self {
        Self { source, initiation, bytes: Vec::new(), after: Scan::default() }
    }

    /// The payload for `amount` rupiah, valid until the next call.
    ///
    /// # Errors
    /// As [`dynamic`].
    pub fn convert(&mut self, amount: u64) -> Result<&str, Error> {
        let Self { source, initiation, bytes, after } = self;
        let (scan, initiation) = (&source.scan, *initiation);
        Edit { source: source.source(), scan, amount, initiation }.write(bytes, after)
    }
}

struct Edit<'a> {
    source: Source<'a>,
    scan: &'a Scan,
    amount: u64,
    initiation: PointOfInitiation,
}

impl Edit<'_> {
    /// Writes the result into `out` and reads it again.
    fn write<'o>(&self, out: &'o mut Vec<u8>, read: &mut Scan) -> Result<&'o str, Error> {
        if self.amount == 0 {
            return Err(Error::AmountTooSmall);
        }
        if self.amount > MAX_AMOUNT {
            return Err(Error::AmountTooLarge { amount: self.amount });
        }
        out.clear();
        self.write_fields(out);
        out.extend_from_slice(b"6304");
        let crc = crc16(out);
        out.extend_from_slice(&upper_case(crc));
        let text = std::str::from_utf8(out).map_err(|_| Error::Inconsistent)?;
        let again = self.source.edited(text);
        read.read(again, Some(crc))?;
        if self.is_kept(again, read) { Ok(text) } else { Err(Error::Inconsistent) }
    }

    /// Copies the source but for the edits, up to tag 63.
    fn write_fields(&self, out: &mut Vec<u8>) {
        let mut copied = 0;
        for id in self.scan.ids() {
            let span = self.scan.span(*id);
            match *id {
                tag::FORMAT if !self.scan.span(tag::INITIATION).is_present() => {
                    self.copy(out, &mut copied, span.range().end);
                    self.push_initiation(out);
                }
                tag::INITIATION => {
                    self.copy(out, &mut copied, span.header());
                    self.push_initiation(out);
                    copied = span.range().end;
                }
                tag::CURRENCY if !self.scan.span(tag::AMOUNT).is_present() => {
                    self.copy(out, &mut copied, span.range().end);
                    self.push_amount(out);
                }
                tag::AMOUNT => {
                    self.copy(out, &mut copied, span.header());
                    self.push_amount(out);
                    copied = span.range().end;
                }
                tag::TIP | tag::TIP_FIXED | tag::TIP_PERCENT | tag::CRC => {
                    self.copy(out, &mut copied, span.header());
                    copied = span.range().end;
                }
                _ => {}
            }
        }
    }

    fn copy(&self, out: &mut Vec<u8>, copied: &mut usize, end: usize) {
        let part = self.source.text.as_bytes().get(*copied..end);
        out.extend_from_slice(part.unwrap_or_default());
        *copied = end;
    }

    fn push_initiation(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.initiation.field());
    }

    /// Plain digits: every issuer's reader takes them, and not every one takes `.00`.
    fn push_amount(&self, out: &mut Vec<u8>) {
        let mut digits = [b'0'; MAX_DIGITS];
        let mut rest = self.amount;
        let mut start = digits.len();
        for slot in digits.iter_mut().rev() {
            *slot = b'0' + (rest % 10) as u8;
            start -= 1;
            rest /= 10;
            if rest == 0 {
                break;
            }
        }
        // At most 13, which is two digits.
        let length = (digits.len() - start) as u8;
        out.extend_from_slice(&[b'5', b'4', b'0' + length / 10, b'0' + length % 10]);
        out.extend_from_slice(digits.get(start..).unwrap_or_default());
    }

    /// The second reading must find the amount, the kind and the merchant that were asked for.
    fn is_kept(&self, again: Source<'_>, read: &Scan) -> bool {
        let same = |before: Span, after: Span| self.source.bytes(before) == again.bytes(after);
        let dynamic = self.initiation == PointOfInitiation::Dynamic12;
        read.amount == Some(self.amount)
            && read.dynamic == dynamic
            && same(self.scan.nmid, read.nmid)
            && same(self.scan.pan, read.pan)
    }
}

/// Four digits, upper case, with the leading zeros that naive writers lose.
fn upper_case(crc: u16) -> [u8; 4] {
    [12, 8, 4, 0].map(|place| b"0123456789ABCDEF"[usize::from(crc >> place & 0xF)])
}

#[cfg(test)]
mod tests {
    use super::upper_case;

    #[test]
    fn every_checksum_has_four_digits() {
        for crc in 0..=u16::MAX {
            assert_eq!(upper_case(crc), format!("{crc:04X}").as_bytes());
        }
    }
}
