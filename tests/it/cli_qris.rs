//! `laci qris` over every shared vector, judged by a reader of this file's own.

use laci_qris::symbol::{Level, Symbol};
use laci_tests::laci::{Shop, vector};
use serde_json::Value;

const AMOUNT: &str = "123456";

struct Vector {
    note: String,
    payload: String,
    converts: bool,
}

fn vectors() -> Vec<Vector> {
    let text = include_str!("../../src-tauri/crates/laci-qris/tests/fixtures/qris_synthetic.json");
    let all: Vec<Value> = serde_json::from_str(text).unwrap();
    let field = |v: &Value, name: &str| v[name].as_str().unwrap().to_owned();
    let of = |v: &Value| Vector {
        note: field(v, "note"),
        payload: field(v, "payload"),
        converts: match v["expect"].as_str().unwrap() {
            "convert" => true,
            "refuse" => false,
            other => panic!("a vector expects '{other}'"),
        },
    };
    all.iter().map(of).collect()
}

/// CRC-16/CCITT-FALSE, by its definition.
fn checksum(text: &str) -> String {
    let mut crc: u16 = 0xFFFF;
    for byte in text.bytes() {
        crc ^= u16::from(byte) << 8;
        for _ in 0..8 {
            crc = if crc & 0x8000 == 0 { crc << 1 } else { (crc << 1) ^ 0x1021 };
        }
    }
    format!("{crc:04X}")
}

/// The root's tags in their order.
fn tags(payload: &str) -> Vec<(&str, &str)> {
    let mut rest = payload;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let length: usize = rest[2..4].parse().expect("a length");
        found.push((&rest[..2], &rest[4..4 + length]));
        rest = &rest[4 + length..];
    }
    found
}

fn must_be_converted(note: &str, from: &str, to: &str) {
    let from = from.replace('\n', "");
    let (body, sum) = to.split_at(to.len() - 4);
    assert_eq!(sum, checksum(body), "{note}: its checksum in {to}");
    let all = tags(to);
    let of = |id: &str| all.iter().filter(|tag| tag.0 == id).map(|tag| tag.1).collect::<Vec<_>>();
    assert_eq!(of("01"), ["12"], "{note}: dynamic");
    assert_eq!(of("54"), [AMOUNT], "{note}: the amount, once");
    let kept = |tags: Vec<(&str, &str)>| -> Vec<(String, String)> {
        let edited = ["01", "54", "55", "56", "57", "63"];
        let others = tags.into_iter().filter(|tag| !edited.contains(&tag.0));
        others.map(|(id, value)| (id.to_owned(), value.to_owned())).collect()
    };
    assert_eq!(kept(all.clone()), kept(tags(&from)), "{note}: every other tag, byte for byte");
    assert!(["55", "56", "57"].iter().all(|id| of(id).is_empty()), "{note}: no tip is asked for");
}

#[test]
fn dynamic_does_to_every_vector_what_it_expects() {
    let shop = Shop::empty();
    let (mut converted, mut refused) = (0, 0);
    for Vector { note, payload, converts } in vectors() {
        let answer = shop.laci(&["qris", "dynamic", &payload, "--amount", AMOUNT]).end();
        if converts {
            let json = answer.done();
            must_be_converted(&note, &payload, json["payload"].as_str().expect("a payload"));
            let warned = json["warnings"].as_array().is_some_and(|all| !all.is_empty());
            assert!(warned || !note.contains("warning"), "{note}: {json}");
            converted += 1;
        } else {
            let code = answer.json()["error"]["code"].as_str().unwrap_or_default().to_owned();
            answer.refused(3, &code);
            assert!(!answer.stdout.contains("\"payload\""), "{note}: nothing to pay by");
            refused += 1;
        }
    }
    assert_eq!((converted, refused), (13, 6), "the fixture has this many of each");
    assert!(!shop.data().exists(), "no folder is needed, and none is made");
}

#[test]
fn dynamic_reads_every_vector_from_a_picture_too() {
    let shop = Shop::empty();
    let picture = shop.path().join("stiker.png");
    let file = picture.to_str().expect("a path");
    for Vector { note, payload, converts } in vectors() {
        let png = Symbol::draw(&payload, Level::M).and_then(|symbol| symbol.to_png(6));
        std::fs::write(&picture, png.expect("any text can be drawn")).unwrap();
        let answer = shop.laci(&["qris", "dynamic", "--image", file, "--amount", AMOUNT]).end();
        if converts {
            let json = answer.done();
            must_be_converted(&note, &payload, json["payload"].as_str().expect("a payload"));
        } else {
            assert_eq!(answer.exit, Some(3), "{note}: {answer:?}");
            let code = answer.json()["error"]["code"].as_str().unwrap_or_default().to_owned();
            answer.refused(3, &code);
        }
    }
}

#[test]
fn what_is_drawn_is_read_back() {
    let shop = Shop::empty();
    let file = shop.path().join("qris.png");
    let out = file.to_str().expect("a path");
    let payload = vector("baseline static");
    let drawn = shop.laci(&["qris", "draw", &payload, "--out", out]).end().done();
    assert_eq!(drawn["file"], out);
    assert_eq!(laci_tests::driver::qr_in(&file).expect("zbarimg reads it"), [payload.as_str()]);
    let inspected = shop.laci(&["qris", "inspect", "--image", out]).end().done();
    assert_eq!(inspected["payload"], payload.as_str());
    assert_eq!((&inspected["kind"], &inspected["crc_ok"]), (&"static".into(), &true.into()));
    assert_eq!(
        (&inspected["merchant"], &inspected["city"]),
        (&"TOKO CONTOH".into(), &"JAKARTA PUSAT".into())
    );
    assert_eq!(inspected["nmid"], "ID1020000000001");
}

#[test]
fn amounts_and_files_that_are_none() {
    let shop = Shop::empty();
    let payload = vector("baseline static");
    let ask = |amount: &str| shop.laci(&["qris", "dynamic", &payload, "--amount", amount]).end();
    ask("0").refused(3, "amount_too_small");
    ask("-1").refused(3, "amount_negative");
    ask("10000000000000").refused(3, "amount_too_large");
    ask("1.5").refused(2, "usage");
    ask("99999999999999999999").refused(2, "usage");
    let image = |file: &str| shop.laci(&["qris", "inspect", "--image", file]).end();
    image("/tidak/ada.png").refused(3, "file_unreadable");
    let text = shop.path().join("teks.png");
    std::fs::write(&text, "bukan gambar").unwrap();
    image(text.to_str().expect("a path")).refused(3, "not_picture");
    let wrong = vector("CRC off by one nibble");
    let error = shop.laci(&["qris", "inspect", &wrong]).end().refused(3, "crc_mismatch");
    assert_eq!(error["crc_ok"], false);
}
