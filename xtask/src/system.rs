//! The one list of Debian packages, and what a machine must have before anything can be built. Rust's own version is
//! not asked here: cargo refuses to build xtask itself below `rust-version`. Absent on purpose: package names of other
//! systems that nobody here has tried; they are told what is needed, in Debian's words, and the command stops.

use crate::process::{Done, answer, is_installed, run};
use std::io::IsTerminal;
use std::process::Command;

/// A Debian 12 package and why the project needs it.
pub(crate) struct Package {
    pub(crate) name: &'static str,
    pub(crate) because: &'static str,
}

const fn package(name: &'static str, because: &'static str) -> Package {
    Package { name, because }
}

/// What building and opening the till needs.
pub(crate) const BUILD: &[Package] = &[
    package("build-essential", "compiles SQLite and the TLS library"),
    package("pkg-config", "finds the libraries below"),
    package("libwebkit2gtk-4.1-dev", "the window's web view"),
    package("librsvg2-dev", "the window's icons"),
    package("libxdo-dev", "the window's menu keys"),
    package("libssl-dev", "Tauri's own list of needs"),
    package("libayatana-appindicator3-dev", "Tauri's own list of needs"),
    package("file", "Tauri's bundler asks it what it packs"),
    package("gstreamer1.0-plugins-base", "the sound at LUNAS"),
    package("gstreamer1.0-plugins-good", "the sound at LUNAS"),
];

/// What the tests need besides.
pub(crate) const TEST: &[Package] = &[
    package("webkit2gtk-driver", "WebKitWebDriver drives the real window"),
    package("xvfb", "a screen where there is none"),
    package("xauth", "xvfb-run asks for it"),
    package("dbus", "a session bus of the tests' own"),
    package("gnome-keyring", "a real Secret Service"),
    package("zbar-tools", "zbarimg reads the QR from a picture of the window"),
    package("xclip", "puts a picture on the clipboard"),
    package("poppler-utils", "pdftotext reads the receipt"),
    package("imagemagick", "import takes a picture of the whole screen"),
    package("strace", "counts the fdatasync calls of a commit"),
    package("sqlite3", "changes a ledger behind its back"),
    package("mount", "makes a disk that is soon full"),
    package("procps", "kill stops a window that shall not answer"),
    package("util-linux", "prlimit fills the disk of a running program"),
];

/// What drawing the icons again needs; their pictures are committed, so nobody else does.
pub(crate) const DRAW: &[Package] = &[
    package("librsvg2-bin", "rsvg-convert draws the sizes"),
    package("imagemagick", "convert joins the Windows icon"),
    package("icnsutils", "png2icns joins the macOS icon"),
];

/// Installs the packages that are missing, and says nothing when none is.
///
/// # Errors
/// A sentence with the packages' names, where this machine cannot install them.
pub(crate) fn ensure(sets: &[&'static [Package]]) -> Done {
    if std::env::var_os("LACI_SYSTEM").is_some_and(|word| word == "ready") {
        return Ok(());
    }
    if !is_installed("apt-get") || !is_installed("dpkg-query") {
        return Err(elsewhere(sets));
    }
    let missing = missing(sets)?;
    if missing.is_empty() { Ok(()) } else { install(&missing) }
}

/// Vite wants these, and its own message about it is hard to read.
///
/// # Errors
/// A sentence that says which Node was found and which is needed.
pub(crate) fn ensure_node() -> Done {
    if !is_installed("node") || !is_installed("npm") {
        return Err(format!("Node with npm is not installed, or is not on PATH. {NODE_WANTED}"));
    }
    let said = answer(Command::new("node").arg("--version"))?;
    if node_is_enough(&said) {
        Ok(())
    } else {
        Err(format!("Node {} is too old. {NODE_WANTED}", said.trim().trim_start_matches('v')))
    }
}

const NODE_WANTED: &str = "Laci's screens are built with Node 20.19 or a newer 20, or 22.12 or newer (https://nodejs.org).";

fn node_is_enough(version: &str) -> bool {
    let mut numbers =
        version.trim().trim_start_matches('v').split('.').map(|n| n.parse::<u32>().unwrap_or(0));
    let (major, minor) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    match major {
        20 => minor >= 19,
        22 => minor >= 12,
        _ => major > 22,
    }
}

fn missing(sets: &[&'static [Package]]) -> Done<Vec<&'static str>> {
    let mut query = Command::new("dpkg-query");
    query.args(["--show", "--showformat", "${Package} ${db:Status-Status}\n"]);
    query.args(names(sets));
    // It ends with 1 as soon as one name is unknown, and still answers for the others.
    let out = query.output().map_err(|e| format!("dpkg-query: {e}"))?;
    let said = String::from_utf8_lossy(&out.stdout);
    Ok(absent(&names(sets), &said))
}

fn absent(wanted: &[&'static str], said: &str) -> Vec<&'static str> {
    let is_there =
        |name: &str| said.lines().any(|line| line.strip_suffix(" installed") == Some(name));
    wanted.iter().copied().filter(|name| !is_there(name)).collect()
}

fn names(sets: &[&'static [Package]]) -> Vec<&'static str> {
    let mut names: Vec<_> = sets.iter().copied().flatten().map(|package| package.name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn install(missing: &[&str]) -> Done {
    eprintln!("Installing what this machine lacks: {}", missing.join(" "));
    let installed = || {
        run(apt()?.arg("update"))?;
        run(apt()?.args(["install", "--yes", "--no-install-recommends"]).args(missing))
    };
    let by_hand = missing.join(" ");
    installed().map_err(|why| {
        format!("{why}\nInstall them by hand, then start again:\n  apt-get install {by_hand}")
    })
}

fn apt() -> Done<Command> {
    let mut command = if answer(Command::new("id").arg("-u"))?.trim() == "0" {
        Command::new("env")
    } else if is_installed("sudo") {
        let mut sudo = Command::new("sudo");
        if !std::io::stdin().is_terminal() {
            sudo.arg("--non-interactive");
        }
        sudo.arg("env");
        sudo
    } else {
        return Err("packages are missing, this is not root, and there is no sudo".into());
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet=2"]);
    command.args(["-o", "DPkg::Lock::Timeout=300", "-o", "Dpkg::Use-Pty=0"]);
    Ok(command)
}

fn elsewhere(sets: &[&'static [Package]]) -> String {
    let mut text = String::from(
        "this system has no apt-get, so its packages cannot be installed from here. Laci is built on Debian 12; \
         Ubuntu 24.04 has the same names (not tried). What is needed, by Debian's names:\n",
    );
    for package in sets.iter().copied().flatten() {
        text.push_str(&format!("  {:<30} {}\n", package.name, package.because));
    }
    text.push_str("If this system has all of it, set LACI_SYSTEM=ready and start again.");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_installed_package_counts() {
        let said = "xvfb installed\nstrace not-installed\nfile config-files\n";
        assert_eq!(
            absent(&["file", "strace", "xauth", "xvfb"], said),
            ["file", "strace", "xauth"],
            "removed, half-removed and unknown packages are all missing"
        );
    }

    #[test]
    fn node_versions_are_those_that_vite_takes() {
        for enough in ["v20.19.0\n", "v20.20.2", "v22.12.0", "v24.0.0"] {
            assert!(node_is_enough(enough), "{enough} builds the screens");
        }
        for old in ["v18.19.0", "v20.18.9", "v21.7.0", "v22.11.0", "", "nonsense"] {
            assert!(!node_is_enough(old), "'{old}' does not");
        }
    }

    #[test]
    fn a_system_without_apt_is_told_every_name() {
        let text = elsewhere(&[BUILD, TEST]);
        for name in names(&[BUILD, TEST]) {
            assert!(text.contains(name), "{name} must be named");
        }
    }
    /// Which package gives a program; an empty name means that it comes with Rust, Node, git or any Debian.
    const GIVEN_BY: [(&str, &str); 32] = [
        ("apt-get", ""),
        ("cargo", ""),
        ("dpkg-query", ""),
        ("env", ""),
        ("git", ""),
        ("id", ""),
        ("node", ""),
        ("npm", ""),
        ("npm.cmd", ""),
        ("sh", ""),
        ("sudo", ""),
        ("tauri-driver", ""),
        ("laci-no-such-program", ""),
        ("WebKitWebDriver", "webkit2gtk-driver"),
        ("convert", "imagemagick"),
        ("dbus-run-session", "dbus"),
        ("gnome-keyring-daemon", "gnome-keyring"),
        ("import", "imagemagick"),
        ("pdftotext", "poppler-utils"),
        ("pdftoppm", "poppler-utils"),
        ("png2icns", "icnsutils"),
        ("rsvg-convert", "librsvg2-bin"),
        ("secret-tool", "libsecret-tools"),
        ("kill", "procps"),
        ("mount", "mount"),
        ("prlimit", "util-linux"),
        ("sqlite3", "sqlite3"),
        ("strace", "strace"),
        ("umount", "mount"),
        ("xclip", "xclip"),
        ("xvfb-run", "xvfb"),
        ("zbarimg", "zbar-tools"),
    ];

    /// Source files of the whole project, and their text.
    fn sources() -> Vec<(String, String)> {
        let root =
            std::path::PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap()).join("..");
        let list =
            answer(Command::new("git").arg("-C").arg(&root).args(["ls-files", "*.rs"])).unwrap();
        let of = |file: &str| {
            std::fs::read_to_string(root.join(file)).ok().map(|text| (file.to_owned(), text))
        };
        list.lines().filter_map(of).collect()
    }

    fn started_by(text: &str) -> Vec<&str> {
        let after = text.split("Command::new(\"").skip(1);
        after.filter_map(|rest| Some(rest.split_once('"')?.0)).collect()
    }

    #[test]
    fn every_program_that_is_started_has_its_package_listed() {
        let listed = names(&[BUILD, TEST, DRAW]);
        let sources = sources();
        assert!(
            sources.iter().any(|(file, _)| file == "xtask/src/main.rs"),
            "the scan sees the sources"
        );
        for (file, text) in &sources {
            for program in started_by(text) {
                let known = GIVEN_BY.iter().find(|(name, _)| *name == program);
                let (_, package) = known.unwrap_or_else(|| {
                    panic!("{file} starts '{program}': which package gives it?")
                });
                assert!(
                    package.is_empty() || listed.contains(package),
                    "{file} starts '{program}', but {package} is in no list"
                );
            }
        }
    }

    #[test]
    fn every_program_named_here_or_in_the_tests_has_its_package_listed() {
        let listed = names(&[BUILD, TEST, DRAW]);
        let ours = |file: &str| {
            file.starts_with("tests/")
                || (file.starts_with("xtask/") && !file.ends_with("/system.rs"))
        };
        for (file, text) in sources().iter().filter(|(file, _)| ours(file)) {
            for (program, package) in GIVEN_BY.iter().filter(|(_, package)| !package.is_empty()) {
                assert!(
                    listed.contains(package) || !text.contains(&format!("\"{program}\"")),
                    "{file} names \"{program}\", but {package} is in no list"
                );
            }
        }
    }

    #[test]
    fn a_started_program_is_seen() {
        let text = "let c = Command::new(\"zbarimg\"); std::process::Command::new(\"strace\").arg(x); Command::new(path)";
        assert_eq!(
            started_by(text),
            ["zbarimg", "strace"],
            "a computed path is not a program's name"
        );
    }
}
