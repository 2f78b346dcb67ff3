//! A reply as plain data, of at most [`MAX_BODY_BYTES`]. Deliberately absent: any judgement by its HTTP status alone.

/// Bodies beyond this are cut off, and the reply is not used.
pub const MAX_BODY_BYTES: usize = 1024 * 1024;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub headers: ReplyHeaders,
    /// Decompressed.
    pub body: Vec<u8>,
}

/// The few headers that mean something to a till, as they came. The content type is not one of them: PHP hosts
/// call their JSON `text/html`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplyHeaders {
    pub date: Option<String>,
    pub retry_after: Option<String>,
    /// Cloudflare's mark of a challenge page.
    pub cf_mitigated: Option<String>,
}

impl Reply {
    /// 200 to 299.
    pub fn is_2xx(&self) -> bool {
        (200..300).contains(&self.status)
    }

    pub fn is_5xx(&self) -> bool {
        (500..600).contains(&self.status)
    }

    /// The `Date` header in milliseconds since 1970.
    pub fn server_time(&self) -> Option<laci_core::UnixMs> {
        http_date(self.headers.date.as_deref()?)
    }
}

/// An HTTP date (RFC 9110, 5.6.7) in milliseconds since 1970; `None` for another form or before 1970.
pub fn http_date(text: &str) -> Option<laci_core::UnixMs> {
    let at = httpdate::parse_http_date(text).ok()?;
    let since = at.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok().map(laci_core::UnixMs)
}
