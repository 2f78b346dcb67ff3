//! The vectors, payloads built from fields, and a slow independent reading to judge results by.

use serde::Deserialize;

#[derive(Deserialize, Clone, Debug)]
pub(crate) struct Vector {
    pub(crate) payload: String,
    pub(crate) crc_ok: bool,
    pub(crate) note: String,
    pub(crate) expect: Expect,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Expect {
    Convert,
    Refuse,
}

pub(crate) fn vectors() -> Vec<Vector> {
    let text = include_str!("../fixtures/qris_synthetic.json");
    serde_json::from_str(text).expect("the fixture is valid JSON")
}

/// The payload of the vector with this note.
pub(crate) fn vector(note: &str) -> String {
    let found = vectors().into_iter().find(|v| v.note.starts_with(note));
    found.expect(note).payload
}

/// CRC-16/CCITT-FALSE by its definition, one bit at a time.
pub(crate) fn crc(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |register, byte| {
        (0..8).fold(register ^ (u16::from(*byte) << 8), |r, _| {
            if r & 0x8000 == 0 { r << 1 } else { (r << 1) ^ 0x1021 }
        })
    })
}

/// The root's fields, by characters, of a payload that is known to be well-formed.
pub(crate) fn fields(payload: &str) -> Vec<(String, String)> {
    let chars: Vec<char> = payload.chars().collect();
    let text = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    let (mut at, mut found) = (0, Vec::new());
    while at < chars.len() {
        let length: usize = text(at + 2, at + 4).parse().expect("two digits");
        found.push((text(at, at + 2), text(at + 4, at + 4 + length)));
        at += 4 + length;
    }
    found
}

/// A payload of these fields, in this order, with its checksum.
pub(crate) fn build(fields: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (id, value) in fields {
        text.push_str(&format!("{id}{:02}{value}", value.chars().count()));
    }
    text.push_str("6304");
    let crc = crc(text.as_bytes());
    format!("{text}{crc:04X}")
}

pub(crate) const ACCOUNT: &str =
    "0016ID.CO.CONTOH.WWW011893600999000000001602150000000000000010303UMI";
pub(crate) const REPOSITORY: &str = "0014ID.CO.QRIS.WWW0215ID10200000000010303UMI";

/// The fields of an ordinary sticker, to be changed by a test.
pub(crate) fn sticker() -> Vec<(&'static str, &'static str)> {
    vec![
        ("00", "01"),
        ("01", "11"),
        ("26", ACCOUNT),
        ("51", REPOSITORY),
        ("52", "5411"),
        ("53", "360"),
        ("58", "ID"),
        ("59", "TOKO CONTOH"),
        ("60", "JAKARTA PUSAT"),
        ("61", "10110"),
        ("62", "0703A01"),
    ]
}

/// The sticker with one field changed, or put in before tag 58.
pub(crate) fn with(id: &'static str, value: &'static str) -> String {
    let mut fields = sticker();
    match fields.iter_mut().find(|(known, _)| *known == id) {
        Some(field) => field.1 = value,
        None => fields.insert(6, (id, value)),
    }
    build(&fields)
}

/// The sticker without one field.
pub(crate) fn without(id: &str) -> String {
    let kept: Vec<_> = sticker().into_iter().filter(|(known, _)| *known != id).collect();
    build(&kept)
}
