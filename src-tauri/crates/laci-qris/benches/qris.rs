//! What a sale costs this crate: the conversion and the drawing of the symbol.

use divan::{Bencher, black_box};
use laci_qris::symbol::{Level, Symbol};
use laci_qris::{Converter, PointOfInitiation, Qris, crc16, dynamic, parse};

const STICKER: &str = "00020101021126680016ID.CO.CONTOH.WWW011893600999000000001602150000000000000010303UMI51440014ID.CO.QRIS.WWW0215ID10200000000010303UMI5204541153033605802ID5920WARUNG CONTOH MAKMUR6013JAKARTA PUSAT61051011062070703A0163043459";

fn main() {
    divan::main();
}

fn sticker() -> Qris {
    parse(STICKER).expect("the sticker is valid")
}

fn symbol() -> Symbol {
    let shown = dynamic(&sticker(), 123_456).expect("converts").qris;
    Symbol::draw(shown.payload(), Level::M).expect("fits")
}

#[divan::bench]
fn crc(bencher: Bencher<'_, '_>) {
    bencher.bench(|| crc16(black_box(STICKER.as_bytes())));
}

#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    bencher.bench(|| parse(black_box(STICKER)));
}

/// The shop's QRIS is read once; every sale converts it.
#[divan::bench]
fn convert_reused_buffer(bencher: Bencher<'_, '_>) {
    let mut converter = Converter::new(sticker(), PointOfInitiation::Dynamic12);
    bencher.bench_local(|| black_box(converter.convert(black_box(123_456))).is_ok());
}

#[divan::bench]
fn convert_fresh(bencher: Bencher<'_, '_>) {
    let sticker = sticker();
    bencher.bench(|| dynamic(black_box(&sticker), black_box(123_456)));
}

/// Text to text: both readings and both checksums in every step.
#[divan::bench]
fn read_and_convert_fresh(bencher: Bencher<'_, '_>) {
    bencher.bench(|| parse(black_box(STICKER)).and_then(|s| dynamic(&s, black_box(123_456))));
}

#[divan::bench(args = [Level::M, Level::Q])]
fn draw_symbol(bencher: Bencher<'_, '_>, level: Level) {
    let shown = dynamic(&sticker(), 123_456).expect("converts").qris;
    bencher.bench(|| Symbol::draw(black_box(shown.payload()), level));
}

#[divan::bench]
fn svg(bencher: Bencher<'_, '_>) {
    let symbol = symbol();
    bencher.bench(|| black_box(&symbol).to_svg());
}

#[divan::bench(args = [5, 16])]
fn png(bencher: Bencher<'_, '_>, module_px: u32) {
    let symbol = symbol();
    bencher.bench(|| black_box(&symbol).to_png(module_px));
}
