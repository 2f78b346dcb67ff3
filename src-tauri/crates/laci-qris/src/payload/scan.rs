//! One strict reading of a payload: the root's fields, the checksum, then the rules that refuse.
//! It allocates nothing, since every conversion reads twice. What is only odd is left to the
//! warnings; what a value means beyond the refusals is left to `Qris`.

use super::clean::MAX_CHARS;
use super::error::Error;
use super::tlv::{Field, HEADER, Source, Span};
use crate::crc::crc16;

/// The tags that a rule or an edit names.
pub(super) mod tag {
    pub(crate) const FORMAT: u8 = 0;
    pub(crate) const INITIATION: u8 = 1;
    pub(crate) const TRANSFER_ACCOUNT: u8 = 40;
    pub(crate) const REPOSITORY: u8 = 51;
    pub(crate) const CATEGORY: u8 = 52;
    pub(crate) const CURRENCY: u8 = 53;
    pub(crate) const AMOUNT: u8 = 54;
    pub(crate) const TIP: u8 = 55;
    pub(crate) const TIP_FIXED: u8 = 56;
    pub(crate) const TIP_PERCENT: u8 = 57;
    pub(crate) const COUNTRY: u8 = 58;
    pub(crate) const NAME: u8 = 59;
    pub(crate) const CITY: u8 = 60;
    pub(crate) const POSTAL: u8 = 61;
    pub(crate) const ADDITIONAL: u8 = 62;
    pub(crate) const CRC: u8 = 63;
    pub(crate) const LANGUAGE: u8 = 64;
}

/// Sub-tags: of an account or the repository, and of tag 62.
const SUB_PAN: u8 = 1;
const SUB_NMID: u8 = 2;
const SUB_CRITERIA: u8 = 3;
const SUB_PURPOSE: u8 = 8;

/// Merchant category 4829 is money transfer (ISO 18245).
const TRANSFER_CATEGORY: &[u8] = b"4829";
/// Purposes in 62.08 that mark a transfer (BOOK, DMCT, XBCT) or cash deposit and withdrawal.
const TRANSFER_PURPOSES: [&[u8]; 5] = [b"BOOK", b"DMCT", b"XBCT", b"CDPT", b"CWDL"];
const AMOUNT_MAX_CHARS: usize = 13;

/// What one reading found. IDs are 0 to 99, so that both lists are complete.
#[derive(Debug, Clone)]
pub(super) struct Scan {
    spans: [Span; 100],
    order: [u8; 100],
    count: usize,
    /// Sub-tag 01 of the account template with the lowest ID that has one.
    pub(super) pan: Span,
    /// Sub-tag 03 of that same template.
    pub(super) criteria: Span,
    /// Sub-tag 02 of the repository.
    pub(super) nmid: Span,
    pub(super) amount: Option<u64>,
    pub(super) dynamic: bool,
    account: u8,
}

impl Default for Scan {
    fn default() -> Self {
        Self {
            spans: [Span::default(); 100],
            order: [0; 100],
            count: 0,
            pan: Span::default(),
            criteria: Span::default(),
            nmid: Span::default(),
            amount: None,
            dynamic: false,
            account: u8::MAX,
        }
    }
}

impl Scan {
    #[inline(always)]
    pub(super) fn span(&self, id: u8) -> Span {
        self.spans.get(usize::from(id)).copied().unwrap_or_default()
    }

    /// The root's IDs in the order of the text.
    pub(super) fn ids(&self) -> &[u8] {
        self.order.get(..self.count).unwrap_or_default()
    }

    /// Reads a cleaned text in place of what was read before; after a refusal nothing found is
    /// meant to be used. `computed` is the CRC of everything before tag 63's value where the
    /// caller has just calculated it over this very text; otherwise it is calculated here.
    pub(super) fn read(&mut self, source: Source<'_>, computed: Option<u16>) -> Result<(), Error> {
        let text = source.text;
        // Text of at most 512 bytes cannot have more characters than that.
        if text.len() > MAX_CHARS && text.chars().count() > MAX_CHARS {
            return Err(Error::TooLong { at: MAX_CHARS });
        }
        if !text.starts_with("00") {
            return Err(Error::NotQris { at: 0 });
        }
        let templates = self.read_fields(source)?;
        check_crc(source, self, computed)?;
        let found = Found { source, scan: self };
        found.check_frame()?;
        let (dynamic, amount) = (found.is_dynamic()?, found.amount()?);
        (self.dynamic, self.amount) = (dynamic, amount);
        templates
    }

    /// Walks the root and, in the same pass, its templates. What is wrong with a template is the
    /// inner result: it is told only of a text whose checksum is right.
    fn read_fields(&mut self, source: Source<'_>) -> Result<Result<(), Error>, Error> {
        self.spans = [Span::default(); 100];
        (self.pan, self.criteria, self.nmid) = Default::default();
        self.account = u8::MAX;
        let (mut count, mut has_account, mut templates) = (0, false, Ok(()));
        let mut fields = source.fields(0, source.text.len(), None);
        while let Some(field) = fields.next()? {
            // IDs are two digits and unique, so both slots exist.
            if let Some(slot) = self.spans.get_mut(usize::from(field.id)) {
                *slot = field.span;
            }
            if let Some(slot) = self.order.get_mut(count) {
                *slot = field.id;
            }
            count += 1;
            let read = match field.id {
                2..=25 => {
                    has_account = true;
                    continue;
                }
                26..=45 => {
                    has_account = true;
                    self.read_account(source, field)
                }
                tag::REPOSITORY => {
                    has_account = true;
                    self.read_repository(source, field)
                }
                tag::ADDITIONAL => additional(source, field),
                tag::LANGUAGE => language(source, field),
                _ => continue,
            };
            if let (Err(fault), Ok(())) = (read, &templates) {
                templates = Err(fault);
            }
        }
        self.count = count;
        if !has_account {
            let at = source.offset(self.span(tag::CRC).header());
            templates = templates.and(Err(Error::AccountMissing { at }));
        }
        Ok(templates)
    }

    fn read_account(&mut self, source: Source<'_>, template: Field) -> Result<(), Error> {
        let (mut pan, mut criteria) = (Span::default(), Span::default());
        let mut fields = source.children(template);
        while let Some(field) = fields.next()? {
            match field.id {
                SUB_PAN => pan = field.span,
                SUB_CRITERIA => criteria = field.span,
                _ => {}
            }
        }
        // By ID, not by place: the order in the text is free, and who the merchant is must not be.
        if pan.is_present() && template.id < self.account {
            self.account = template.id;
            self.pan = pan;
            self.criteria = criteria;
        }
        Ok(())
    }

    fn read_repository(&mut self, source: Source<'_>, template: Field) -> Result<(), Error> {
        let mut fields = source.children(template);
        while let Some(field) = fields.next()? {
            if field.id == SUB_NMID {
                self.nmid = field.span;
            }
        }
        Ok(())
    }
}

fn check_crc(source: Source<'_>, scan: &Scan, computed: Option<u16>) -> Result<(), Error> {
    let span = scan.span(tag::CRC);
    if !span.is_present() {
        return Err(Error::CrcMissing { at: source.offset(source.text.len()) });
    }
    if span.range().end != source.text.len() {
        return Err(Error::CrcNotLast { at: source.offset(span.range().end) });
    }
    let written = hexadecimal(source.bytes(span))
        .ok_or_else(|| Error::CrcMalformed { at: source.offset(span.range().start) })?;
    let covered = source.text.as_bytes().get(..span.range().start).unwrap_or_default();
    let computed = computed.unwrap_or_else(|| crc16(covered));
    if computed != written {
        let at = source.offset(span.range().start);
        return Err(Error::CrcMismatch { at, computed, written });
    }
    Ok(())
}

/// Four hexadecimal digits of either case. `from_str_radix` would also take `+0A1`.
fn hexadecimal(digits: &[u8]) -> Option<u16> {
    let digits: &[u8; 4] = digits.try_into().ok()?;
    digits.iter().try_fold(0_u16, |number, digit| {
        let value = match digit {
            b'0'..=b'9' => digit - b'0',
            b'a'..=b'f' => digit - b'a' + 10,
            b'A'..=b'F' => digit - b'A' + 10,
            _ => return None,
        };
        Some((number << 4) | u16::from(value))
    })
}

/// The rules that look at the root only.
struct Found<'a> {
    source: Source<'a>,
    scan: &'a Scan,
}

impl<'a> Found<'a> {
    #[inline(always)]
    fn value(&self, id: u8) -> Option<&'a [u8]> {
        let span = self.scan.span(id);
        span.is_present().then(|| self.source.bytes(span))
    }

    #[cold]
    fn at(&self, id: u8) -> usize {
        self.source.offset(self.scan.span(id).range().start)
    }

    #[cold]
    fn header(&self, id: u8) -> usize {
        self.source.offset(self.scan.span(id).header())
    }

    #[cold]
    fn text(&self, id: u8) -> String {
        self.source.value(self.scan.span(id)).into()
    }

    #[inline(always)]
    fn mandatory(&self, id: u8) -> Result<&'a [u8], Error> {
        // A tag that is missing would have to stand before tag 63.
        self.value(id).ok_or_else(|| Error::Missing { at: self.header(tag::CRC), id })
    }

    fn check_frame(&self) -> Result<(), Error> {
        if self.value(tag::FORMAT) != Some(b"01") {
            return Err(Error::FormatIndicator { at: HEADER });
        }
        if self.scan.span(tag::TRANSFER_ACCOUNT).is_present() {
            return Err(Error::Transfer { at: self.header(tag::TRANSFER_ACCOUNT) });
        }
        let category = self.mandatory(tag::CATEGORY)?;
        if category == TRANSFER_CATEGORY {
            return Err(Error::Transfer { at: self.header(tag::CATEGORY) });
        }
        if category.len() != 4 || !category.iter().all(u8::is_ascii_digit) {
            return Err(Error::BadField { at: self.at(tag::CATEGORY), id: tag::CATEGORY });
        }
        if self.mandatory(tag::COUNTRY)? != b"ID" {
            let (at, found) = (self.at(tag::COUNTRY), self.text(tag::COUNTRY));
            return Err(Error::ForeignCountry { at, found });
        }
        if self.mandatory(tag::CURRENCY)? != b"360" {
            let (at, found) = (self.at(tag::CURRENCY), self.text(tag::CURRENCY));
            return Err(Error::ForeignCurrency { at, found });
        }
        self.mandatory(tag::NAME)?;
        self.mandatory(tag::CITY)?;
        Ok(())
    }

    fn is_dynamic(&self) -> Result<bool, Error> {
        match self.value(tag::INITIATION) {
            None | Some(b"11") => Ok(false),
            Some(b"12") => Ok(true),
            Some(_) => Err(Error::PointOfInitiation { at: self.at(tag::INITIATION) }),
        }
    }

    fn amount(&self) -> Result<Option<u64>, Error> {
        let Some(value) = self.value(tag::AMOUNT) else { return Ok(None) };
        whole_rupiah(value).map(Some).map_err(|fault| {
            let at = self.at(tag::AMOUNT);
            match fault {
                AmountFault::Format => Error::AmountFormat { at },
                AmountFault::Fraction => Error::AmountFraction { at },
                AmountFault::Zero => Error::AmountZero { at },
            }
        })
    }
}

enum AmountFault {
    Format,
    Fraction,
    Zero,
}

/// `1000`, `1000.` and `1000.00` are 1000. Thousands separators, signs and spaces are refused,
/// and so is `1.000`: the currency has two decimals, so a third can only be a wrong separator.
fn whole_rupiah(value: &[u8]) -> Result<u64, AmountFault> {
    if value.len() > AMOUNT_MAX_CHARS {
        return Err(AmountFault::Format);
    }
    let point = value.iter().position(|b| *b == b'.').unwrap_or(value.len());
    let (whole, rest) = value.split_at(point);
    let decimals = rest.get(1..).unwrap_or_default();
    let all_digits = |part: &[u8]| part.iter().all(u8::is_ascii_digit);
    if whole.is_empty() || !all_digits(whole) || !all_digits(decimals) || decimals.len() > 2 {
        return Err(AmountFault::Format);
    }
    if decimals.iter().any(|b| *b != b'0') {
        return Err(AmountFault::Fraction);
    }
    // At most 13 digits: far below the range of u64.
    let amount = whole.iter().fold(0_u64, |sum, b| sum * 10 + u64::from(b - b'0'));
    if amount == 0 { Err(AmountFault::Zero) } else { Ok(amount) }
}

fn language(source: Source<'_>, template: Field) -> Result<(), Error> {
    let mut fields = source.children(template);
    while fields.next()?.is_some() {}
    Ok(())
}

/// Tag 62 of real issuers is not always clean, so that only what can be read in it is judged.
fn additional(source: Source<'_>, template: Field) -> Result<(), Error> {
    let mut fields = source.children(template).allowing_empty();
    loop {
        match fields.next() {
            Ok(Some(field)) => {
                let purpose = source.bytes(field.span);
                if field.id == SUB_PURPOSE && TRANSFER_PURPOSES.contains(&purpose) {
                    return Err(Error::Transfer { at: source.offset(field.span.header()) });
                }
            }
            Ok(None) => return Ok(()),
            Err(duplicate @ Error::Duplicate { .. }) => return Err(duplicate),
            // What follows cannot be told apart into fields; it is copied, and warned of.
            Err(_) => return Ok(()),
        }
    }
}
