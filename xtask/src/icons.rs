//! `cargo xtask icons`: every size that Tauri bundles, drawn from icons/icon.svg. The pictures are committed, so only
//! who changes the drawing needs this.

use crate::place::Place;
use crate::process::{Done, run as run_program};
use crate::system;
use std::path::{Path, PathBuf};
use std::process::Command;

/// File name and side in pixels: Linux, macOS and the window itself, then the Windows store.
const PICTURES: [(&str, u32); 15] = [
    ("32x32.png", 32),
    ("64x64.png", 64),
    ("128x128.png", 128),
    ("128x128@2x.png", 256),
    ("icon.png", 512),
    ("Square30x30Logo.png", 30),
    ("Square44x44Logo.png", 44),
    ("Square71x71Logo.png", 71),
    ("Square89x89Logo.png", 89),
    ("Square107x107Logo.png", 107),
    ("Square142x142Logo.png", 142),
    ("Square150x150Logo.png", 150),
    ("Square284x284Logo.png", 284),
    ("Square310x310Logo.png", 310),
    ("StoreLogo.png", 50),
];
/// The largest is what Windows shows first; Tauri wants 32 in front for the window.
const WINDOWS: [u32; 6] = [32, 16, 24, 48, 64, 256];
const MACOS: [u32; 6] = [16, 32, 128, 256, 512, 1024];

pub(crate) fn run() -> Done {
    system::ensure(&[system::DRAW])?;
    let place = Place::find()?;
    let icons = place.root.join("icons");
    let parts = place.target.join("icons");
    std::fs::create_dir_all(&parts).map_err(|e| format!("{}: {e}", parts.display()))?;
    for (name, side) in PICTURES {
        draw(&icons, side, &icons.join(name))?;
    }
    let windows = draw_all(&icons, &parts, &WINDOWS)?;
    run_program(Command::new("convert").args(windows).arg(icons.join("icon.ico")))?;
    let macos = draw_all(&icons, &parts, &MACOS)?;
    run_program(Command::new("png2icns").arg(icons.join("icon.icns")).args(macos))
}

fn draw_all(icons: &Path, parts: &Path, sides: &[u32]) -> Done<Vec<PathBuf>> {
    let mut files = Vec::new();
    for side in sides {
        let file = parts.join(format!("{side}.png"));
        draw(icons, *side, &file)?;
        files.push(file);
    }
    Ok(files)
}

fn draw(icons: &Path, side: u32, to: &Path) -> Done {
    let side = side.to_string();
    let mut command = Command::new("rsvg-convert");
    command.args(["--width", &side, "--height", &side, "--output"]).arg(to);
    run_program(command.arg(icons.join("icon.svg")))
}
