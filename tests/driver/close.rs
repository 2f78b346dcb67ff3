//! The close button of a window's frame, as a window manager would press it.

use super::trouble::{Outcome, Trouble};
use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, Window};
use x11rb::rust_connection::RustConnection;

/// Asks the window with this title of this process to close.
///
/// # Errors
/// If there is no display, or no such window on it.
pub(super) fn press(process: u32, title: &str) -> Outcome {
    let (screen, at) = x11rb::connect(None).map_err(said)?;
    let root = screen.setup().roots[at].root;
    let x = Display(screen);
    let tree = x.0.query_tree(root).map_err(said)?.reply().map_err(said)?;
    for window in tree.children {
        if x.is_of(window, process)? && x.title(window)? == title {
            return x.ask_to_close(window);
        }
    }
    Err(Trouble::new(format!("process {process} has no window called {title:?}")))
}

struct Display(RustConnection);

impl Display {
    fn atom(&self, name: &str) -> Outcome<u32> {
        let asked = self.0.intern_atom(false, name.as_bytes()).map_err(said)?;
        Ok(asked.reply().map_err(said)?.atom)
    }

    fn property(&self, window: Window, name: u32) -> Outcome<Vec<u8>> {
        let asked =
            self.0.get_property(false, window, name, AtomEnum::ANY, 0, 256).map_err(said)?;
        Ok(asked.reply().map_err(said)?.value)
    }

    fn is_of(&self, window: Window, process: u32) -> Outcome<bool> {
        let value = self.property(window, self.atom("_NET_WM_PID")?)?;
        Ok(value == process.to_ne_bytes())
    }

    fn title(&self, window: Window) -> Outcome<String> {
        let value = self.property(window, self.atom("_NET_WM_NAME")?)?;
        Ok(String::from_utf8_lossy(&value).into_owned())
    }

    /// The message that the standard for window managers (ICCCM 2.0, 4.2.8.1) gives for it.
    fn ask_to_close(&self, window: Window) -> Outcome {
        let data = [self.atom("WM_DELETE_WINDOW")?, x11rb::CURRENT_TIME, 0, 0, 0];
        let message = ClientMessageEvent::new(32, window, self.atom("WM_PROTOCOLS")?, data);
        self.0.send_event(false, window, EventMask::NO_EVENT, message).map_err(said)?;
        // An answer comes back only after the message was taken: hanging up at once could overtake it.
        self.0.get_input_focus().map_err(said)?.reply().map_err(said)?;
        Ok(())
    }
}

fn said(error: impl std::fmt::Display) -> Trouble {
    Trouble::new(format!("the display: {error}"))
}
