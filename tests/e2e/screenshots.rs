//! Pictures of the real window for docs/screenshots: each screen in two sizes and both themes. Started by
//! `cargo xtask screenshots`, which gives it a screen; its one argument is the folder.

use laci_tests::driver::{Launch, Outcome, Rect, Session, Trouble};
use serde_json::json;
use std::path::{Path, PathBuf};

/// The two smallest screens that a till is drawn for, in CSS pixels.
const SIZES: [(i64, i64); 2] = [(1366, 768), (1024, 768)];
/// The values of `data-theme`.
const THEMES: [&str; 2] = ["terang", "gelap"];

/// Leads from the picture before to the next one, as a person would.
type Steps = fn(&Session) -> Outcome;
const SCREENS: [(&str, Steps); 1] = [("mulai", first_run)];

fn main() -> Outcome {
    let folder = std::env::args_os().nth(1).map(PathBuf::from);
    let folder = folder.ok_or_else(|| Trouble::new("screenshots <folder>"))?;
    std::fs::create_dir_all(&folder)?;
    for size in SIZES {
        for theme in THEMES {
            picture_all(&folder, size, theme)?;
        }
    }
    Ok(())
}

fn picture_all(folder: &Path, (width, height): (i64, i64), theme: &str) -> Outcome {
    let data = tempfile::tempdir()?;
    let session =
        Session::start(&Launch::till()?.variable("LACI_DATA", data.path().to_string_lossy()))?;
    session.wait_for("body")?;
    session.set_rect(Rect { x: 0, y: 0, width, height })?;
    for (name, steps) in SCREENS {
        steps(&session)?;
        session
            .execute("document.documentElement.dataset.theme = arguments[0]", &[json!(theme)])?;
        let file = folder.join(format!("{name}-{width}x{height}-{theme}.png"));
        std::fs::write(&file, session.picture()?)?;
        println!("{}", file.display());
    }
    Ok(())
}

fn first_run(session: &Session) -> Outcome {
    session.wait_for("h1").map(drop)
}
