//! A form with a file in it (RFC 7578), as far as a converter needs it.

/// One part: its name, and its bytes.
pub(super) type Part<'a> = (String, &'a [u8]);

/// The parts between the boundaries of `media`; `None` for a body that is no such form.
pub(super) fn parts<'a>(media: &str, body: &'a [u8]) -> Option<Vec<Part<'a>>> {
    let boundary = media.strip_prefix("multipart/form-data")?.split("boundary=").nth(1)?;
    let boundary = boundary.split(';').next()?.trim().trim_matches('"');
    let opening = format!("--{boundary}");
    let between = format!("\r\n{opening}");
    let mut rest = body.strip_prefix(opening.as_bytes())?;
    let mut parts = Vec::new();
    while let Some(part) = rest.strip_prefix(b"\r\n") {
        let end = find(part, between.as_bytes())?;
        let (part, after) = (&part[..end], &part[end + between.len()..]);
        let split = find(part, b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&part[..split]).into_owned();
        let name = head.split("name=\"").nth(1)?.split('"').next()?.to_owned();
        parts.push((name, &part[split + 4..]));
        rest = after;
    }
    rest.starts_with(b"--").then_some(parts)
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_apart_by_their_boundary() {
        let media = "multipart/form-data; boundary=abc";
        let body = b"--abc\r\nContent-Disposition: form-data; name=\"nominal\"\r\n\r\n5000\r\n--abc\r\n\
            Content-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n\
            \x89PNG\r\n\r\n--\r\n--abc--\r\n";
        let expected: Vec<Part<'_>> = vec![
            ("nominal".into(), b"5000".as_slice()),
            ("image".into(), b"\x89PNG\r\n\r\n--".as_slice()),
        ];
        assert_eq!(parts(media, body), Some(expected));
        for (media, body) in [
            ("application/json", body.as_slice()),
            ("multipart/form-data", body),
            (media, b"--abd\r\n"),
            (media, b"--abc\r\nContent-Disposition: form-data\r\n\r\nx"),
            (media, b""),
        ] {
            assert_eq!(parts(media, body), None, "{media}");
        }
    }
}
