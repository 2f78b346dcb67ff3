//! Percent-encoding and form bodies. Deliberately absent: decoding.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use zeroize::Zeroizing;

/// RFC 3986's unreserved characters stay as they are.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// One path segment or query value.
pub(crate) fn segment(text: &str) -> String {
    utf8_percent_encode(text, KEPT).to_string()
}

/// A form body, field by field. It may hold the key, so its memory is overwritten when it is dropped.
pub(crate) struct Form(Zeroizing<Vec<u8>>);

impl Form {
    /// More than any body needs: a buffer that grew would leave its old memory behind.
    const ROOM: usize = 8 * 1024;

    pub(crate) fn new() -> Self {
        Self(Zeroizing::new(Vec::with_capacity(Self::ROOM)))
    }

    /// `name` stands as it is. The value is written as forms have it: a blank as `+`, and every other byte but
    /// letters, digits and `-._~` as `%XX`.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        let value = Zeroizing::new(segment(value));
        if !self.0.is_empty() {
            self.0.push(b'&');
        }
        self.0.extend_from_slice(name.as_bytes());
        self.0.push(b'=');
        for (at, piece) in value.split("%20").enumerate() {
            if at > 0 {
                self.0.push(b'+');
            }
            self.0.extend_from_slice(piece.as_bytes());
        }
        self
    }

    pub(crate) fn bytes(self) -> Zeroizing<Vec<u8>> {
        self.0
    }
}
