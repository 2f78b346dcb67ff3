//! One running program under a WebDriver, with all its windows.

use super::answer::{Rect, picture, text};
use super::element::Element;
use super::key::Key;
use super::launch::{Driver, Launch, kill_at_once, process_of};
use super::trouble::{Outcome, Trouble};
use super::{PATIENCE, close, evidence};
use serde_json::{Value, json};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// Each launch carries a variable of its own, by which its process is told from every other.
const MARK: &str = "LACI_DRIVEN_AS";
static LAUNCHES: AtomicU32 = AtomicU32::new(0);

/// Ends the program and its driver when it is dropped.
pub struct Session {
    driver: Driver,
    path: String,
    application: PathBuf,
    mark: String,
}

impl Session {
    /// Starts a driver, and by it the program; returns when its first window answers.
    ///
    /// # Errors
    /// With what the driver and the program wrote, if no window came.
    pub fn start(launch: &Launch) -> Outcome<Self> {
        let name = format!("{}-{}", std::process::id(), LAUNCHES.fetch_add(1, Ordering::Relaxed));
        let mut variables = launch.variables.clone();
        variables.push((MARK.into(), name.clone()));
        let driver = Driver::start(&variables)?;
        let options = json!({ "application": launch.application, "args": launch.arguments });
        let wanted = json!({ "capabilities": { "alwaysMatch": { "tauri:options": options } } });
        let opened = driver.wire.post("/session", &wanted);
        let opened = opened.map_err(|e| {
            Trouble::new(format!(
                "{} opened no window: {e}\n{}",
                launch.application.display(),
                driver.said()
            ))
        })?;
        let id = text(&opened["sessionId"])?;
        let path = format!("/session/{id}");
        let (application, mark) = (launch.application.clone(), format!("{MARK}={name}"));
        let session = Self { driver, path, application, mark };
        session
            .post("timeouts", &json!({ "script": 30_000, "pageLoad": 30_000, "implicit": 0 }))?;
        Ok(session)
    }

    fn get(&self, what: &str) -> Outcome<Value> {
        self.driver.wire.get(&format!("{}/{what}", self.path))
    }

    fn post(&self, what: &str, body: &Value) -> Outcome<Value> {
        self.driver.wire.post(&format!("{}/{what}", self.path), body)
    }

    /// The first element that matches now; does not wait.
    pub fn find(&self, css: &str) -> Outcome<Element<'_>> {
        let found = self.post("element", &json!({ "using": "css selector", "value": css }))?;
        Element::of(&self.driver.wire, &self.path, &found)
    }

    pub fn find_all(&self, css: &str) -> Outcome<Vec<Element<'_>>> {
        let found = self.post("elements", &json!({ "using": "css selector", "value": css }))?;
        found
            .as_array()
            .into_iter()
            .flatten()
            .map(|one| Element::of(&self.driver.wire, &self.path, one))
            .collect()
    }

    /// Waits until a matching element is displayed.
    pub fn wait_for(&self, css: &str) -> Outcome<Element<'_>> {
        self.wait_until(&format!("'{css}' is displayed"), PATIENCE, || {
            let element = self.find(css)?;
            Ok(element.is_displayed()?.then_some(element))
        })
    }

    /// Waits until the displayed text of a matching element holds `part`; returns the whole text.
    pub fn wait_for_text(&self, css: &str, part: &str) -> Outcome<String> {
        self.wait_until(&format!("'{css}' shows '{part}'"), PATIENCE, || {
            let text = self.find(css)?.text()?;
            Ok(text.contains(part).then_some(text))
        })
    }

    pub fn click(&self, css: &str) -> Outcome {
        self.wait_until(&format!("'{css}' is clicked"), PATIENCE, || {
            self.find(css)?.click().map(Some)
        })
    }

    /// Presses a key in whatever has the focus, and lets it go.
    pub fn press(&self, key: Key) -> Outcome {
        self.press_with(&[], key.code())
    }

    /// Presses a letter or a key's code while others are held.
    pub fn press_with(&self, held: &[Key], key: char) -> Outcome {
        let down = |code: char| json!({ "type": "keyDown", "value": code });
        let up = |code: char| json!({ "type": "keyUp", "value": code });
        let mut actions: Vec<Value> = held.iter().map(|key| down(key.code())).collect();
        actions.extend([down(key), up(key)]);
        actions.extend(held.iter().rev().map(|key| up(key.code())));
        self.post(
            "actions",
            &json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] }),
        )
        .map(drop)
    }

    /// Types into whatever has the focus, one key after the other.
    pub fn type_keys(&self, text: &str) -> Outcome {
        text.chars().try_for_each(|letter| self.press_with(&[], letter))
    }

    /// Runs a function body in the page; `arguments` are its `arguments`.
    pub fn execute(&self, script: &str, arguments: &[Value]) -> Outcome<Value> {
        self.post("execute/sync", &json!({ "script": script, "args": arguments }))
    }

    pub fn title(&self) -> Outcome<String> {
        text(&self.get("title")?)
    }

    pub fn url(&self) -> Outcome<String> {
        text(&self.get("url")?)
    }

    pub fn source(&self) -> Outcome<String> {
        text(&self.get("source")?)
    }

    /// Handles of all windows of the program.
    pub fn windows(&self) -> Outcome<Vec<String>> {
        self.get("window/handles")?.as_array().into_iter().flatten().map(text).collect()
    }

    pub fn window(&self) -> Outcome<String> {
        text(&self.get("window")?)
    }

    pub fn switch_to(&self, handle: &str) -> Outcome {
        self.post("window", &json!({ "handle": handle })).map(drop)
    }

    /// Waits for a window whose title or address `is_it` accepts, and makes it the current one.
    pub fn switch_to_the_one(
        &self,
        what: &str,
        is_it: impl Fn(&str, &str) -> bool,
    ) -> Outcome<String> {
        self.wait_until(&format!("a window is {what}"), PATIENCE, || {
            for handle in self.windows()? {
                self.switch_to(&handle)?;
                if is_it(&self.title()?, &self.url()?) {
                    return Ok(Some(handle));
                }
            }
            Ok(None)
        })
    }

    pub fn rect(&self) -> Outcome<Rect> {
        Rect::read(&self.get("window/rect")?)
    }

    /// Moves and sizes the current window, and waits until the page has that size.
    pub fn set_rect(&self, rect: Rect) -> Outcome {
        let Rect { x, y, width, height } = rect;
        self.post("window/rect", &json!({ "x": x, "y": y, "width": width, "height": height }))?;
        self.wait_until(&format!("the page is {width}x{height}"), PATIENCE, || {
            let size = self.execute("return [window.innerWidth, window.innerHeight]", &[])?;
            Ok((size == json!([width, height])).then_some(()))
        })
    }

    /// A PNG of the current window's page, as it is drawn.
    pub fn picture(&self) -> Outcome<Vec<u8>> {
        picture(&self.get("screenshot")?)
    }

    /// Looks again until `look` returns something. What passes by itself (an element not yet there, or just gone) is
    /// waited for; any other error ends the wait. A failure leaves the page and its picture in target/e2e.
    pub fn wait_until<T>(
        &self,
        what: &str,
        patience: Duration,
        look: impl Fn() -> Outcome<Option<T>>,
    ) -> Outcome<T> {
        let end = Instant::now() + patience;
        loop {
            let last = match look() {
                Ok(Some(seen)) => return Ok(seen),
                Ok(None) => None,
                Err(trouble) if trouble.is_passing() => Some(trouble),
                Err(trouble) => return Err(self.failed(what, &trouble.to_string())),
            };
            if Instant::now() > end {
                let last = last.map_or("it never came".to_owned(), |trouble| trouble.to_string());
                return Err(self.failed(what, &format!("{last} (waited {} s)", patience.as_secs())));
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn failed(&self, what: &str, why: &str) -> Trouble {
        let kept = match self.keep(what) {
            Ok(file) => format!("the page and its picture: {}.html and .png", file.display()),
            Err(trouble) => format!("the page could not be kept: {trouble}"),
        };
        Trouble::new(format!("waited in vain until {what}: {why}\n{kept}"))
    }

    /// Keeps the current page and its picture in target/e2e; returns the path without its ending.
    pub fn keep(&self, name: &str) -> Outcome<PathBuf> {
        let file = evidence::folder()?.join(evidence::file_name(name));
        std::fs::write(file.with_extension("html"), self.source()?)?;
        std::fs::write(file.with_extension("png"), self.picture()?)?;
        Ok(file)
    }

    /// Presses the close button of the window with this title.
    pub fn press_close(&self, title: &str) -> Outcome {
        let gone = || Trouble::new("the program was not running any more");
        close::press(self.process()?.ok_or_else(gone)?, title)
    }

    /// The program's process; `None` once it has ended.
    pub fn process(&self) -> Outcome<Option<u32>> {
        process_of(&self.application, &self.mark)
    }

    /// Ends the program at once, as a power cut would, and waits until it is gone. The session is of no use after that.
    pub fn kill(self) -> Outcome {
        let gone = || Trouble::new("the program was not running any more");
        kill_at_once(self.process()?.ok_or_else(gone)?)?;
        let end = Instant::now() + Duration::from_secs(5);
        while self.process()?.is_some() {
            if Instant::now() > end {
                return Err(Trouble::new("the program outlived SIGKILL"));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // The program may be gone already; its driver ends in any case.
        drop(self.driver.wire.delete(&self.path));
    }
}
