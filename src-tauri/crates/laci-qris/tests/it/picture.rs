//! Pictures as people have them: JPEG, WebP, GIF, transparent, light on dark, tiny, with other codes
//! beside; and such that only cost time.

use crate::common::{build, sticker, vector, with};
use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, GrayImage, ImageFormat, Luma, LumaA};
use laci_qris::picture::{self, MAX_FILE_BYTES, PictureError};
use laci_qris::symbol::{Level, Symbol};
use laci_qris::{Lang, parse};
use std::io::Cursor;

fn drawn(text: &str, px: u32) -> GrayImage {
    let png = Symbol::draw(text, Level::M).and_then(|s| s.to_png(px)).expect("drawn");
    image::load_from_memory(&png).expect("a PNG").to_luma8()
}

fn file(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).expect("encodes");
    bytes.into_inner()
}

fn beside(left: &GrayImage, right: &GrayImage) -> GrayImage {
    let (width, height) = (left.width() + right.width(), left.height().max(right.height()));
    let mut sheet = GrayImage::from_pixel(width, height, Luma([255]));
    image::imageops::overlay(&mut sheet, left, 0, 0);
    image::imageops::overlay(&mut sheet, right, i64::from(left.width()), 0);
    sheet
}

#[test]
fn jpeg_transparent_and_inverted() {
    let payload = vector("baseline static");
    let expected = parse(&payload).expect("valid");
    let plain = drawn(&payload, 6);
    assert_eq!(picture::read(&file(plain.clone(), ImageFormat::Jpeg)).as_ref(), Ok(&expected));

    let mut clear = image::GrayAlphaImage::new(plain.width(), plain.height());
    for (to, from) in clear.pixels_mut().zip(plain.pixels()) {
        // Black everywhere; only the alpha tells the symbol from the ground.
        *to = LumaA([0, 255 - from.0[0]]);
    }
    assert_eq!(picture::read(&file(clear, ImageFormat::Png)).as_ref(), Ok(&expected));

    let mut inverted = plain;
    image::imageops::invert(&mut inverted);
    assert_eq!(picture::read(&file(inverted, ImageFormat::Png)).as_ref(), Ok(&expected));
}

#[test]
fn webp_and_gif_and_the_frames_of_a_moving_one() {
    let payload = vector("baseline static");
    let expected = parse(&payload).expect("valid");
    let plain = DynamicImage::from(drawn(&payload, 6)).to_rgba8();
    for format in [ImageFormat::WebP, ImageFormat::Gif] {
        let read = picture::read(&file(plain.clone(), format));
        assert_eq!(read.as_ref(), Ok(&expected), "{format:?}");
    }

    let white = image::RgbaImage::from_pixel(plain.width(), plain.height(), [255; 4].into());
    let mut moving = Vec::new();
    let frames = [&white, &white, &plain].map(|frame| Frame::new(frame.clone()));
    GifEncoder::new(&mut moving).encode_frames(frames).expect("encodes");
    assert_eq!(picture::read(&moving).as_ref(), Ok(&expected));
    // A frame that is cut off is not looked at; those before it are.
    moving.truncate(moving.len() / 2);
    assert_eq!(picture::read(&moving), Err(PictureError::NoCode));
}

#[test]
fn a_picture_full_of_corners_is_given_up() {
    let corner = ["#######", "#     #", "# ### #", "# ### #", "# ### #", "#     #", "#######"];
    for px in [1, 2, 4] {
        let sheet = GrayImage::from_fn(1000, 1000, |x, y| {
            let [x, y] = [x, y].map(|at| (at / px % 8) as usize);
            let dark = corner.get(y).and_then(|row| row.as_bytes().get(x)) == Some(&b'#');
            Luma([if dark { 0 } else { 255 }])
        });
        // Looking at each three of them would take hours.
        assert_eq!(picture::read(&file(sheet, ImageFormat::Png)), Err(PictureError::NoCode));
    }
}

#[test]
fn pixels_from_a_clipboard() {
    let payload = vector("baseline static");
    let plain = DynamicImage::from(drawn(&payload, 6)).to_rgba8();
    let read = picture::read_pixels(plain.width(), plain.height(), plain.as_raw());
    assert_eq!(read, Ok(parse(&payload).expect("valid")));
    let short = picture::read_pixels(plain.width(), plain.height() + 1, plain.as_raw());
    assert_eq!(short, Err(PictureError::NotPicture));
    let wide = picture::read_pixels(picture::MAX_SIDE_PX + 1, 0, &[]);
    assert_eq!(wide, Err(PictureError::TooBig));
}

#[test]
fn one_pixel_per_module_and_a_large_photo() {
    let payload = vector("baseline static");
    let expected = parse(&payload).expect("valid");
    assert_eq!(picture::read(&file(drawn(&payload, 1), ImageFormat::Png)).as_ref(), Ok(&expected));
    let large = file(drawn(&payload, 50), ImageFormat::Png);
    assert_eq!(picture::read(&large).as_ref(), Ok(&expected));
}

#[test]
fn the_qris_is_chosen_among_other_codes() {
    let payload = vector("baseline static");
    let sheet = beside(&drawn("https://example.com/menu", 6), &drawn(&payload, 6));
    let read = picture::read(&file(sheet, ImageFormat::Png));
    assert_eq!(read, Ok(parse(&payload).expect("valid")));
}

#[test]
fn the_sticker_is_chosen_beside_a_qr_for_one_sale() {
    let payload = vector("baseline static");
    let sticker = parse(&payload).expect("valid");
    let once = laci_qris::dynamic(&sticker, 15_000).expect("converts");
    let [left, right] = [once.qris.payload(), payload.as_str()].map(|text| drawn(text, 6));
    for sheet in [beside(&left, &right), beside(&right, &left)] {
        assert_eq!(picture::read(&file(sheet, ImageFormat::Png)).as_ref(), Ok(&sticker));
    }
}

#[test]
fn two_merchants_are_not_chosen_from() {
    let other = with("51", "0014ID.CO.QRIS.WWW0215ID10200000000020303UMI");
    let sheet = beside(&drawn(&build(&sticker()), 6), &drawn(&other, 6));
    assert_eq!(picture::read(&file(sheet, ImageFormat::Png)), Err(PictureError::Several));
    let twice = beside(&drawn(&other, 6), &drawn(&other, 6));
    assert_eq!(picture::read(&file(twice, ImageFormat::Png)), Ok(parse(&other).expect("valid")));
}

#[test]
fn refusals_tell_what_was_found() {
    let link = file(drawn("https://example.com/menu", 6), ImageFormat::Png);
    let refusal = picture::read(&link).expect_err("a link");
    assert_eq!(refusal.code(), "picture_not_qris");
    assert!(refusal.sentence(Lang::Id).contains("bukan kode QRIS"));

    let broken = vector("CRC off by one nibble");
    let sheet = beside(&drawn(&broken, 6), &drawn("https://example.com/menu", 6));
    let refusal = picture::read(&file(sheet, ImageFormat::Png)).expect_err("damaged");
    assert!(refusal.sentence(Lang::Id).contains("CRC"), "the QRIS is told of, not the link");

    let blank = GrayImage::from_pixel(200, 200, Luma([255]));
    assert_eq!(picture::read(&file(blank, ImageFormat::Png)), Err(PictureError::NoCode));
    for bytes in
        [&b""[..], b"GIF89a", b"RIFF\x04\0\0\0WEBP", b"\x89PNG\r\n\x1a\n", b"\xFF\xD8\xFF\xE0"]
    {
        assert_eq!(picture::read(bytes), Err(PictureError::NotPicture), "{bytes:?}");
    }
}

#[test]
fn what_phones_and_acquirers_send_is_named() {
    for (bytes, code) in [
        (&b"\0\0\0\x24ftypheic\0\0\0\0mif1"[..], "picture_heic"),
        (b"\0\0\0\x20ftypavif\0\0\0\0", "picture_heic"),
        (b"%PDF-1.7\n", "picture_pdf"),
        (b"\0\0\0\x20ftypisom\0\0\0\0", "not_picture"),
    ] {
        let refusal = picture::read(bytes).expect_err("no picture");
        assert_eq!(refusal.code(), code, "{bytes:?}");
        assert_ne!(refusal.sentence(Lang::Id), refusal.sentence(Lang::En));
    }
}

#[test]
fn sizes_are_bounded_before_anything_is_unpacked() {
    assert_eq!(picture::read(&vec![0; MAX_FILE_BYTES + 1]), Err(PictureError::TooBig));
    let wide = GrayImage::new(picture::MAX_SIDE_PX + 1, 1);
    assert_eq!(picture::read(&file(wide, ImageFormat::Png)), Err(PictureError::TooBig));
    let dot = GrayImage::new(1, 1);
    assert_eq!(picture::read(&file(dot, ImageFormat::Png)), Err(PictureError::NoCode));
}
