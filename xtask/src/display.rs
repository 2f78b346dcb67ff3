//! A screen, a session bus and a Secret Service of the tests' own, so that they neither need a desktop nor touch the
//! person's. Absent on purpose: a window manager; a till runs without one.

use crate::process::Done;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The smallest screen that the till is drawn for.
const SCREEN: &str = "-screen 0 1366x768x24";

/// Unlocks an empty keyring of this session, then becomes the program that follows. The word protects nothing: the
/// keyring lives for one run. The daemon leaves by itself when the session bus ends.
const UNLOCK_THEN_RUN: &str =
    r#"printf laci | "$0" --unlock --components=secrets >/dev/null && exec "$@""#;

/// A private session; its folder is removed when this is dropped.
pub(crate) struct Display {
    folder: PathBuf,
}

impl Display {
    /// # Errors
    /// A sentence if the session's folder could not be made.
    pub(crate) fn new() -> Done<Self> {
        // Sockets live in it, and a socket's path has 108 bytes: so not below a clone that may lie deep.
        let folder = std::env::temp_dir().join(format!("laci-display-{}", std::process::id()));
        for part in ["run", "data", "cache", "config"] {
            let part = folder.join(part);
            std::fs::create_dir_all(&part).map_err(|e| format!("{}: {e}", part.display()))?;
        }
        close_to_others(&folder.join("run"))?;
        Ok(Self { folder })
    }

    /// `command` as it runs in this session.
    ///
    /// # Errors
    /// A sentence if the keyring's program cannot be started on this machine.
    pub(crate) fn inside(&self, command: &Command) -> Done<Command> {
        let mut outer = Command::new("xvfb-run");
        outer.args(["-a", "-s", SCREEN, "dbus-run-session", "--", "sh", "-c", UNLOCK_THEN_RUN]);
        outer.arg(self.keyring()?);
        outer.arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            if let Some(value) = value {
                outer.env(name, value);
            }
        }
        if let Some(folder) = command.get_current_dir() {
            outer.current_dir(folder);
        }
        for (name, part) in [
            ("XDG_RUNTIME_DIR", "run"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_CONFIG_HOME", "config"),
        ] {
            outer.env(name, self.folder.join(part));
        }
        // Without an accessibility bus GTK waits for one at each start.
        outer.env("NO_AT_BRIDGE", "1").env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY");
        Ok(outer)
    }

    /// Debian gives the daemon a file capability, which a container without IPC_LOCK refuses to start; a copy has none.
    fn keyring(&self) -> Done<PathBuf> {
        let installed = PathBuf::from("gnome-keyring-daemon");
        match Command::new(&installed).arg("--version").output() {
            Ok(_) => Ok(installed),
            Err(e) if e.kind() == std::io::ErrorKind::PermissionDenied => {
                let copy = self.folder.join("gnome-keyring-daemon");
                std::fs::copy("/usr/bin/gnome-keyring-daemon", &copy)
                    .map_err(|e| format!("{}: {e}", copy.display()))?;
                Ok(copy)
            }
            Err(e) => Err(format!("gnome-keyring-daemon: {e}")),
        }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        if let Err(e) = std::fs::remove_dir_all(&self.folder) {
            eprintln!("{} was left behind: {e}", self.folder.display());
        }
    }
}

#[cfg(unix)]
fn close_to_others(folder: &Path) -> Done {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))
        .map_err(|e| format!("{}: {e}", folder.display()))
}

#[cfg(not(unix))]
fn close_to_others(_folder: &Path) -> Done {
    Ok(())
}
