//! A sticker reaches the till as a picture, in each of the ways that people use.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use laci_qris::symbol::{Level, Symbol};
use laci_tests::driver::{Key, Outcome, PATIENCE, Session, Trouble};
use serde_json::json;

use crate::shop::{Shop, ask_for_qris, at, from_the_sticker_on, to_the_sticker, trouble};

/// Turned, and tilted about both axes: photo 2 of `laci-qris/tests/it/distort.rs`.
const PHOTO: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/sticker-tilted.jpg");
const ON_THE_PHOTO: &str = "TOKO CONTOH";

/// The page gets this file as a picture, for what no driver can do: a drop, and a camera.
const PICTURE: &str = "
    const bytes = Uint8Array.from(atob(arguments[0]), (letter) => letter.charCodeAt(0));
    const picture = new File([bytes], 'foto', { type: arguments[1] });
";
const DROPPED: &str = "
    const data = new DataTransfer();
    data.items.add(picture);
    for (const type of ['dragover', 'drop']) {
      const event = new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: data });
      document.body.dispatchEvent(event);
    }
";
/// Only the device is played: the stream, its frames and all that reads them are the page's own.
const CAMERA: &str = "
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [1280, 960];
    const brush = canvas.getContext('2d');
    let photo = null;
    let shown = 0;
    createImageBitmap(picture).then((bitmap) => { photo = bitmap; });
    setInterval(() => {
      brush.fillStyle = shown % 2 ? '#444' : '#454545';
      brush.fillRect(0, 0, 1280, 960);
      shown += 1;
      // The hand needs a moment before the sticker is in sight.
      if (photo !== null && shown > 20) brush.drawImage(photo, 20, 0);
    }, 50);
    const devices = navigator.mediaDevices;
    devices.enumerateDevices = async () => [{ kind: 'videoinput', deviceId: 'a', label: 'Kamera' }];
    devices.getUserMedia = async () => canvas.captureStream(20);
    devices.dispatchEvent(new Event('devicechange'));
";

fn file(shop: &Shop, name: &str, bytes: &[u8]) -> Outcome<PathBuf> {
    let path = shop.path(name);
    std::fs::write(&path, bytes)?;
    Ok(path)
}

fn choose(window: &Session, path: &Path) -> Outcome {
    window.find(&at("qris-file"))?.type_text(&path.to_string_lossy())
}

fn in_the_page(window: &Session, path: &Path, kind: &str, script: &str) -> Outcome {
    use base64::Engine;
    let bytes = base64::engine::general_purpose::STANDARD.encode(std::fs::read(path)?);
    window.execute(&format!("{PICTURE}{script}"), &[json!(bytes), json!(kind)]).map(drop)
}

/// On the real clipboard, as a screenshot program puts it there. Whoever holds it stays until another takes it.
fn copy(path: &Path) -> Outcome {
    let status = Command::new("xclip")
        .args(["-selection", "clipboard", "-t", "image/png", "-i"])
        .arg(path)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    if status.success() { Ok(()) } else { Err(Trouble::new("xclip put nothing on the clipboard")) }
}

#[test]
fn a_first_run_from_a_tilted_photo() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    to_the_sticker(&window)?;

    // What people choose first: something else.
    choose(&window, &file(&shop, "stiker.pdf", b"%PDF-1.7\n")?)?;
    window.wait_for_text(&at("notice"), "Ini PDF")?;
    let link = Symbol::draw("https://example.com/menu", Level::M).and_then(|s| s.to_png(6));
    choose(&window, &file(&shop, "menu.png", &link.map_err(trouble)?)?)?;
    window.wait_for_text(&at("notice"), "bukan kode QRIS")?;

    choose(&window, Path::new(PHOTO))?;
    window.wait_for_text(&at("qris-merchant"), ON_THE_PHOTO)?;
    from_the_sticker_on(&window)?;
    ask_for_qris(&window, &["1", "5", "000"])?;
    window.wait_for(&at("qr-total"))?;
    window.wait_for_text(&at("qr-merchant"), ON_THE_PHOTO)?;
    Ok(())
}

#[test]
fn a_photo_is_pasted_dropped_and_held_before_the_camera() -> Outcome {
    let shop = Shop::open()?;
    let window = shop.window()?;
    to_the_sticker(&window)?;
    let png = Symbol::draw(&laci_sandbox::practice_sticker(), Level::M).and_then(|s| s.to_png(6));
    let png = file(&shop, "layar.png", &png.map_err(trouble)?)?;
    let gone = || -> Outcome {
        window.click(&at("qris-text"))?;
        window.press_with(&[Key::Control], 'a')?;
        window.press(Key::Backspace)?;
        window.wait_until("no QRIS is shown", PATIENCE, || {
            Ok(window.find_all(&at("qris-merchant"))?.is_empty().then_some(()))
        })
    };

    copy(&png)?;
    window.click(&at("qris-text"))?;
    window.press_with(&[Key::Control], 'v')?;
    window.wait_for(&at("qris-merchant"))?;
    gone()?;
    window.click(&at("qris-paste"))?;
    window.wait_for(&at("qris-merchant"))?;
    gone()?;

    in_the_page(&window, Path::new(PHOTO), "image/jpeg", DROPPED)?;
    window.wait_for_text(&at("qris-merchant"), ON_THE_PHOTO)?;
    gone()?;

    in_the_page(&window, Path::new(PHOTO), "image/jpeg", CAMERA)?;
    window.click(&at("qris-camera"))?;
    window.wait_for(&at("camera-view"))?;
    window.wait_for_text(&at("qris-merchant"), ON_THE_PHOTO)?;
    assert!(window.find_all(&at("camera"))?.is_empty(), "the camera is off again");
    Ok(())
}
