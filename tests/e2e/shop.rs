//! A shop for one scenario: a fresh data folder, a played gateway over HTTP, and the program with both.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use laci_sandbox::{BillState, Sandbox, SandboxOptions};
use laci_tests::driver::{Key, Launch, Outcome, PATIENCE, Session, Trouble, built};
use serde_json::Value;
use tempfile::TempDir;
use tokio::runtime::Runtime;

pub(crate) const PIN: &str = "271828";
/// The cashier's window.
pub(crate) const TITLE: &str = "Laci";

pub(crate) struct Shop {
    folder: TempDir,
    runtime: Runtime,
    pub sandbox: Option<Sandbox>,
}

impl Shop {
    pub(crate) fn open() -> Outcome<Self> {
        let runtime = Runtime::new()?;
        let sandbox =
            runtime.block_on(Sandbox::start(SandboxOptions::default())).map_err(trouble)?;
        Ok(Self { folder: tempfile::tempdir()?, runtime, sandbox: Some(sandbox) })
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("toko")
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn variables(&self) -> [(&'static str, String); 2] {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        [("LACI_DATA", text(&self.data())), ("XDG_STATE_HOME", text(&self.path("state")))]
    }

    /// The window, with the session's real Secret Service.
    pub(crate) fn window(&self) -> Outcome<Session> {
        let mut launch = Launch::till()?;
        for (name, value) in self.variables() {
            launch = launch.variable(name, value);
        }
        Session::start(&launch)
    }

    /// A verb beside the window, called in the scenario's own folder: its exit code and its one JSON object.
    pub(crate) fn verb(&self, arguments: &[&str], stdin: &str) -> Outcome<(i32, Value)> {
        use std::io::Write;
        let mut child = Command::new(built("laci")?)
            .arg("--json")
            .args(arguments)
            .envs(self.variables())
            .current_dir(self.folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut pipe) = child.stdin.take() {
            pipe.write_all(stdin.as_bytes())?;
        }
        let out = child.wait_with_output()?;
        let json = serde_json::from_slice(&out.stdout).map_err(|error| {
            let told = String::from_utf8_lossy(&out.stderr).into_owned();
            Trouble::new(format!("{arguments:?} printed no JSON ({error}): {told}"))
        })?;
        Ok((out.status.code().unwrap_or(-1), json))
    }

    pub(crate) fn sandbox(&self) -> Outcome<&Sandbox> {
        self.sandbox.as_ref().ok_or_else(|| Trouble::new("the gateway was switched off"))
    }

    /// The network is cut: nobody listens at the gateway's address any more, which is given back.
    pub(crate) fn cut_the_network(&mut self) -> Option<SocketAddr> {
        let sandbox = self.sandbox.take()?;
        let address = sandbox.address();
        self.runtime.block_on(sandbox.stop());
        Some(address)
    }

    /// It is back, with a gateway that knows nothing yet.
    pub(crate) fn mend_the_network(&mut self, listen: SocketAddr) -> Outcome {
        let options = SandboxOptions { listen, ..SandboxOptions::default() };
        self.sandbox = Some(self.runtime.block_on(Sandbox::start(options)).map_err(trouble)?);
        Ok(())
    }

    /// Pays the newest open bill as its customer; returns its reference.
    pub(crate) fn customer_pays(&self) -> Outcome<String> {
        let open =
            self.sandbox()?.bills().into_iter().find(|bill| bill.status == BillState::Pending);
        let bill = open.ok_or_else(|| Trouble::new("the gateway has no open bill"))?;
        self.sandbox()?.pay(&bill.reference).map_err(trouble)?;
        Ok(bill.reference)
    }
}

pub(crate) fn trouble(error: impl std::fmt::Display) -> Trouble {
    Trouble::new(error.to_string())
}

/// `[data-testid="x"]`.
pub(crate) fn at(testid: &str) -> String {
    format!("[data-testid=\"{testid}\"]")
}

/// First run, as an owner does it: the shop, its sticker, a PIN.
pub(crate) fn first_run(window: &Session, sticker: &str) -> Outcome {
    to_the_sticker(window)?;
    window.wait_for(&at("qris-text"))?.type_text(sticker)?;
    window.wait_for(&at("qris-merchant"))?;
    from_the_sticker_on(window)
}

/// The first run up to where the sticker is asked for.
pub(crate) fn to_the_sticker(window: &Session) -> Outcome {
    window.wait_for(&at("shop-name"))?.type_text("Toko Uji Coba")?;
    window.click(&at("next"))?;
    window.wait_for(&at("qris-text")).map(drop)
}

/// The rest of the first run, once the sticker was read.
pub(crate) fn from_the_sticker_on(window: &Session) -> Outcome {
    window.click(&at("next"))?;
    window.wait_for(&at("pin"))?.type_text(PIN)?;
    window.wait_for(&at("pin-again"))?.type_text(PIN)?;
    window.click(&at("finish"))?;
    window.wait_for(&at("pay-qris")).map(drop)
}

/// Types an amount on the screen's keys and asks for a QRIS by F9.
pub(crate) fn ask_for_qris(window: &Session, keys: &[&str]) -> Outcome {
    for key in keys {
        window.click(&at(&format!("key-{key}")))?;
    }
    window.press(Key::F(9))
}

/// Opens the first row of a table: WebKit's driver takes a row for nothing that can be clicked.
#[allow(dead_code, reason = "the album opens fewer rows than the scenarios")]
pub(crate) fn open_first(window: &Session, row: &str) -> Outcome {
    window.wait_for(&at(row))?;
    let script = format!("document.querySelector('{}').click()", at(row));
    window.execute(&script, &[]).map(drop)
}

/// The first row of the history, once it says LUNAS (and not BELUM LUNAS).
pub(crate) fn paid_row(window: &Session) -> Outcome<String> {
    window.wait_until("the sale stands as LUNAS", PATIENCE, || {
        let row = window.find(&at("history-row"))?.text()?;
        Ok((row.contains("LUNAS") && !row.contains("BELUM")).then_some(row))
    })
}

/// By a verb, while the window holds the folder.
pub(crate) fn add_gateway(shop: &Shop) -> Outcome {
    let url = shop.sandbox()?.url();
    let arguments = [
        "gateway",
        "add",
        "kropay",
        "--name",
        "kropay",
        "--base-url",
        url.as_str(),
        "--option",
        "timeout_ms=3000",
        "--secrets",
    ];
    let refused = shop.verb(&arguments, "api_key=kunci-latihan\n")?;
    assert_eq!(refused.0, 3, "a verb that changes gateways needs the PIN: {}", refused.1);
    assert_eq!(refused.1["error"]["code"], "pin_required");
    let (exit, added) = shop.verb(&arguments, &format!("pin={PIN}\napi_key=kunci-latihan\n"))?;
    assert_eq!(exit, 0, "a verb works while the window is open: {added}");
    assert_eq!(added["gateways"][0]["name"], "kropay");
    Ok(())
}

/// What a person does who copies an old file over the ledger.
pub(crate) fn put_back(shop: &Shop, old: &Path) -> Outcome {
    for companion in ["laci.db-wal", "laci.db-shm"] {
        let file = shop.data().join(companion);
        if file.exists() {
            std::fs::remove_file(file)?;
        }
    }
    std::fs::copy(old, shop.data().join("laci.db"))?;
    Ok(())
}

/// Closes the window as a cashier does, who means it where a QR is still on offer, and waits until the program has
/// ended: until then the files are its own. The driver's own way races with that question.
pub(crate) fn close(window: Session) -> Outcome {
    let process = window.process()?;
    window.press_close(TITLE)?;
    // One that nobody has asked for its end yet has no program any more.
    let runs = |id: u32| std::fs::read_link(format!("/proc/{id}/exe")).is_ok();
    let (start, mut pressed_again) = (Instant::now(), false);
    while process.is_some_and(runs) {
        if start.elapsed() > PATIENCE {
            return Err(Trouble::new("the program did not end with its window"));
        }
        if !pressed_again && start.elapsed() > Duration::from_secs(2) {
            // It may be going just now; whether it went is asked above.
            drop(window.press_close(TITLE));
            pressed_again = true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Ok(())
}
