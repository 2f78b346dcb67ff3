//! Where things are: the repository and the folder that cargo builds into. Absent on purpose: any absolute path that
//! was known when xtask was built; one target folder may serve several clones.

use crate::process::{Done, answer};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Every cargo call of xtask that builds the till selects these, so that one set of artefacts serves them all; a
/// different selection would build Tauri a second time.
pub(crate) const WHOLE: [&str; 3] = ["--workspace", "--features", "laci/embedded"];

/// The folders of one clone.
pub(crate) struct Place {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
}

impl Place {
    /// Asks cargo, so that `CARGO_TARGET_DIR` and a person's own configuration are honoured.
    pub(crate) fn find() -> Done<Self> {
        let said = answer(cargo().args(["metadata", "--no-deps", "--format-version", "1"]))?;
        let said: serde_json::Value =
            serde_json::from_str(&said).map_err(|e| format!("cargo metadata: {e}"))?;
        let folder = |key: &str| {
            said[key].as_str().map(PathBuf::from).ok_or(format!("cargo metadata names no {key}"))
        };
        let place = Self { root: folder("workspace_root")?, target: folder("target_directory")? };
        std::env::set_current_dir(&place.root)
            .map_err(|e| format!("{}: {e}", place.root.display()))?;
        Ok(place)
    }

    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    pub(crate) fn generated(&self) -> PathBuf {
        self.root.join("ui/src/generated")
    }

    /// A program that a debug build leaves.
    pub(crate) fn built(&self, name: &str) -> PathBuf {
        self.target.join("debug").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
    }
}

/// The cargo that started xtask.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// All text of a file, or a sentence that names it.
pub(crate) fn read(file: &Path) -> Done<String> {
    std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))
}
