//! Programs that cargo installs, at one version, into target/tools, so that a machine's own are neither used nor
//! changed. Absent on purpose: anything that a Debian package gives.

use crate::place::{Place, cargo};
use crate::process::{Done, run};
use std::path::PathBuf;

/// A program from crates.io at the version that the checks were written for.
pub(crate) struct Tool {
    name: &'static str,
    version: &'static str,
}

pub(crate) const CARGO_DENY: Tool = Tool { name: "cargo-deny", version: "0.20.2" };
pub(crate) const TAURI_DRIVER: Tool = Tool { name: "tauri-driver", version: "2.0.6" };

impl Tool {
    /// The program's file, installed first if this version is not there.
    ///
    /// # Errors
    /// A sentence if cargo could not install it.
    pub(crate) fn ensure(&self, place: &Place) -> Done<PathBuf> {
        let folder = place.target.join("tools");
        let program =
            folder.join("bin").join(format!("{}{}", self.name, std::env::consts::EXE_SUFFIX));
        let listed = std::fs::read_to_string(folder.join(".crates.toml")).unwrap_or_default();
        if !(program.is_file() && self.is_listed(&listed)) {
            run(cargo()
                .args([
                    "install",
                    "--debug",
                    self.name,
                    "--version",
                    self.version,
                    "--locked",
                    "--root",
                ])
                .arg(&folder))?;
        }
        Ok(program)
    }

    fn is_listed(&self, crates_toml: &str) -> bool {
        crates_toml.contains(&format!("\"{} {} (", self.name, self.version))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_version_is_not_this_one() {
        let listed = "[v1]\n\"tauri-driver 2.0.6 (registry+https://example.invalid/index)\" = [\"tauri-driver\"]\n";
        assert!(TAURI_DRIVER.is_listed(listed), "the pinned version is listed");
        assert!(!CARGO_DENY.is_listed(listed), "another tool is not");
        let newer = Tool { name: "tauri-driver", version: "2.0.60" };
        assert!(!newer.is_listed(listed), "a version is compared whole");
    }
}
