//! Symbols decode to what was drawn, by two decoders that share no code with this crate.

use crate::common::{Expect, vector, vectors};
use laci_qris::picture;
use laci_qris::symbol::{Level, MAX_MODULE_PX, QUIET_ZONE, Symbol};
use laci_qris::{Lang, Qris, dynamic, parse};
use proptest::prelude::*;
use std::io::Write;
use std::process::{Command, Stdio};

fn shown(amount: u64) -> Qris {
    dynamic(&parse(&vector("baseline static")).expect("valid"), amount).expect("converts").qris
}

fn decoded(symbol: &Symbol) -> String {
    let grid = rqrr::SimpleGrid::from_func(symbol.modules(), |x, y| symbol.get(x, y));
    rqrr::Grid::new(grid).decode().expect("decodes").1
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_text_decodes_to_itself(text in "([0-9]{1,30}|[A-Z .]{1,20}|[a-zé北]{1,9}){1,8}") {
        for level in [Level::L, Level::M, Level::Q, Level::H] {
            let symbol = Symbol::draw(&text, level).expect("fits");
            prop_assert_eq!(&decoded(&symbol), &text);
        }
    }
}

#[test]
fn every_converted_vector_decodes_and_is_small() {
    for v in vectors().into_iter().filter(|v| v.expect == Expect::Convert) {
        let qris = dynamic(&parse(&v.payload).expect("valid"), 12_345).expect("converts").qris;
        let symbol = Symbol::draw(qris.payload(), Level::M).expect("fits");
        assert_eq!(decoded(&symbol), qris.payload(), "{}", v.note);
        let greedy =
            qrcode::QrCode::with_error_correction_level(qris.payload(), qrcode::EcLevel::M);
        let greedy = greedy.expect("fits").width();
        assert!(symbol.modules() <= greedy, "{}: {} > {greedy}", v.note, symbol.modules());
    }
}

#[test]
fn svg_draws_the_modules_inside_the_quiet_zone() {
    let symbol = Symbol::draw("QRIS", Level::M).expect("fits");
    assert_eq!((symbol.version(), symbol.modules()), (1, 21));
    let svg = symbol.to_svg();
    assert!(svg.contains("viewBox=\"0 0 29 29\"") && svg.contains("crispEdges"), "{svg}");
    let path = svg.split("d=\"").nth(2).and_then(|rest| rest.split('"').next()).expect("path");
    let mut drawn = vec![vec![false; 29]; 29];
    for run in path.split('M').skip(1) {
        let (x, rest) = run.split_once(' ').expect("x y");
        let (y, rest) = rest.split_once('h').expect("y h");
        let (length, _) = rest.split_once('v').expect("h v");
        let (x, y): (usize, usize) = (x.parse().expect("x"), y.parse().expect("y"));
        for step in 0..length.parse().expect("length") {
            drawn[y][x + step] = true;
        }
    }
    for (y, row) in drawn.iter().enumerate() {
        for (x, dark) in row.iter().enumerate() {
            let inside = x >= QUIET_ZONE && y >= QUIET_ZONE;
            let module = inside && symbol.get(x - QUIET_ZONE, y - QUIET_ZONE);
            assert_eq!(*dark, module, "module {x},{y}");
        }
    }
}

#[test]
fn png_has_one_bit_and_whole_modules() {
    let symbol = Symbol::draw(shown(15_000).payload(), Level::M).expect("fits");
    let png = symbol.to_png(3).expect("drawn");
    let decoder = png::Decoder::new(std::io::Cursor::new(&png));
    let reader = decoder.read_info().expect("a PNG");
    let info = reader.info();
    assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Grayscale, png::BitDepth::One));
    let side = (symbol.modules() + 2 * QUIET_ZONE) * 3;
    assert_eq!((info.width as usize, info.height as usize), (side, side));
    let pixels = image::load_from_memory(&png).expect("a picture").to_luma8();
    for (x, y, pixel) in pixels.enumerate_pixels() {
        let (x, y) = (x as usize / 3, y as usize / 3);
        let inside = x >= QUIET_ZONE && y >= QUIET_ZONE;
        let dark = inside && symbol.get(x - QUIET_ZONE, y - QUIET_ZONE);
        assert_eq!(pixel.0[0] == 0, dark, "module {x},{y}");
    }
}

#[test]
fn impossible_sizes_are_refused() {
    let symbol = Symbol::draw("QRIS", Level::M).expect("fits");
    for px in [0, MAX_MODULE_PX + 1, u32::MAX] {
        let refusal = symbol.to_png(px).expect_err("out of range");
        assert_eq!(refusal.code(), "module_size");
        assert_ne!(refusal.sentence(Lang::Id), refusal.sentence(Lang::En));
    }
    let long = "x".repeat(3_000);
    assert_eq!(Symbol::draw(&long, Level::L).expect_err("too long").code(), "symbol_too_long");
    assert!(!symbol.get(21, 0) && !symbol.get(0, usize::MAX), "white outside");
}

/// A reader in C that phones' readers are close to. Part of the tests' system packages.
#[test]
fn zbarimg_reads_the_png() {
    for (amount, level, px) in [(25_000, Level::M, 5), (9_999_999, Level::Q, 8)] {
        let qris = shown(amount);
        let png = Symbol::draw(qris.payload(), level).and_then(|s| s.to_png(px)).expect("drawn");
        let mut zbar = Command::new("zbarimg")
            .args(["--quiet", "--raw", "PNG:-"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("this test needs `zbarimg`: install the system package zbar-tools");
        zbar.stdin.take().expect("piped").write_all(&png).expect("zbarimg takes the picture");
        let output = zbar.wait_with_output().expect("zbarimg ends");
        assert!(output.status.success(), "zbarimg found no code: {output:?}");
        assert_eq!(String::from_utf8_lossy(&output.stdout).trim_end_matches('\n'), qris.payload());
    }
}

#[test]
fn our_own_pictures_are_read_back() {
    let qris = shown(7_500);
    let png = Symbol::draw(qris.payload(), Level::M).and_then(|s| s.to_png(6)).expect("drawn");
    assert_eq!(picture::read(&png), Ok(qris));
}
