//! Which program is driven, and with what around it; starting and stopping tauri-driver. Everything is ended by the id of
//! a process that was started here, never by a name.

use super::evidence;
use super::trouble::{Outcome, Trouble};
use super::wire::Wire;
use rustix::process::{Pid, Signal, kill_process};
use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The program to drive, its arguments and its environment.
#[derive(Clone, Debug)]
pub struct Launch {
    pub application: PathBuf,
    pub arguments: Vec<String>,
    pub variables: Vec<(String, String)>,
}

impl Launch {
    /// The till that this build made.
    ///
    /// # Errors
    /// If it was not built: the tests of the window do not build it themselves.
    pub fn till() -> Outcome<Self> {
        Ok(Self { application: built("laci")?, arguments: Vec::new(), variables: Vec::new() })
    }

    #[must_use]
    pub fn variable(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.push((name.into(), value.into()));
        self
    }
}

/// A program that this build made.
///
/// # Errors
/// If it is not there.
pub fn built(name: &str) -> Outcome<PathBuf> {
    let file = evidence::profile_folder()?.join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if file.is_file() {
        return Ok(file);
    }
    Err(Trouble::new(format!("{} is not built: start by `cargo xtask test`", file.display())))
}

/// A running tauri-driver and the WebKitWebDriver below it.
pub(crate) struct Driver {
    child: Child,
    log: PathBuf,
    pub(crate) wire: Wire,
}

impl Driver {
    /// Tries again on other ports: between choosing a free one and using it another program may take it.
    pub(crate) fn start(variables: &[(String, String)]) -> Outcome<Self> {
        let mut last = Trouble::new("tauri-driver was not started");
        for _ in 0..3 {
            match Self::start_once(variables) {
                Ok(driver) => return Ok(driver),
                Err(trouble) => last = trouble,
            }
        }
        Err(last)
    }

    fn start_once(variables: &[(String, String)]) -> Outcome<Self> {
        let (port, native_port) = free_ports()?;
        let log = evidence::folder()?.join(format!("driver-{port}.log"));
        let out = File::create(&log)?;
        let child = Command::new("tauri-driver")
            .args(["--port", &port.to_string(), "--native-port", &native_port.to_string()])
            .envs(variables.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(out.try_clone()?)
            .stderr(out)
            .spawn()
            .map_err(|e| Trouble::new(format!("tauri-driver could not be started: {e}")))?;
        let mut driver = Self { child, log, wire: Wire::to(port) };
        driver.wait_until_it_answers()?;
        Ok(driver)
    }

    fn wait_until_it_answers(&mut self) -> Outcome {
        let end = Instant::now() + Duration::from_secs(15);
        loop {
            let answer = self.wire.get("/status");
            if answer.is_ok() {
                return Ok(());
            }
            if let Some(status) = self.child.try_wait()? {
                return Err(Trouble::new(format!(
                    "tauri-driver ended ({status}): {}",
                    self.said()
                )));
            }
            if Instant::now() > end {
                return Err(Trouble::new(format!(
                    "tauri-driver does not answer ({answer:?}): {}",
                    self.said()
                )));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// What the driver and the program below it wrote.
    pub(crate) fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

impl Drop for Driver {
    /// Asked politely first: tauri-driver then ends the WebKitWebDriver that it started.
    fn drop(&mut self) {
        ask_to_end(self.child.id());
        let end = Instant::now() + Duration::from_secs(5);
        while Instant::now() < end {
            match self.child.try_wait() {
                Ok(None) => std::thread::sleep(Duration::from_millis(20)),
                Ok(Some(_)) | Err(_) => return,
            }
        }
        if let Err(e) = self.child.kill().and_then(|()| self.child.wait()) {
            eprintln!("tauri-driver was left behind: {e}");
        }
    }
}

fn free_ports() -> Outcome<(u16, u16)> {
    let (first, second) = (TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?);
    Ok((first.local_addr()?.port(), second.local_addr()?.port()))
}

fn ask_to_end(id: u32) {
    if let Some(pid) = pid(id) {
        // A process that is already gone is what was wanted.
        kill_process(pid, Signal::TERM).ok();
    }
}

/// Ends a process at once, as a power cut would.
pub(crate) fn kill_at_once(id: u32) -> Outcome {
    let pid = pid(id).ok_or_else(|| Trouble::new(format!("{id} is no process id")))?;
    kill_process(pid, Signal::KILL).map_err(|e| Trouble::new(format!("process {id}: {e}")))
}

fn pid(id: u32) -> Option<Pid> {
    i32::try_from(id).ok().and_then(Pid::from_raw)
}

/// The running process of `application` whose environment holds `mark`, which one launch alone was given.
pub(crate) fn process_of(application: &Path, mark: &str) -> Outcome<Option<u32>> {
    let application = application.canonicalize()?;
    for entry in std::fs::read_dir("/proc")? {
        let entry = entry?;
        let Some(id) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
            continue;
        };
        // A process that ends while it is looked at has no files left; it is not the one that runs.
        let is_it = std::fs::read_link(entry.path().join("exe"))
            .is_ok_and(|exe| exe == application)
            && std::fs::read(entry.path().join("environ")).is_ok_and(|all| holds(&all, mark));
        if is_it {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

fn holds(environment: &[u8], mark: &str) -> bool {
    environment.split(|byte| *byte == 0).any(|variable| variable == mark.as_bytes())
}
