//! The two windows. The main one is the cashier's; the customer's stands full-screen on a second monitor where
//! there is one, else beside the main one when it is asked for.

use std::sync::OnceLock;

use laci_till::{Result, Sentence, TillError};
use tauri::webview::{PermissionKind, PermissionResponse};
use tauri::{AppHandle, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

pub(crate) const MAIN: &str = "main";
pub(crate) const CUSTOMER: &str = "customer";
const WIDTH: f64 = 1366.0;
const HEIGHT: f64 = 768.0;

static APP: OnceLock<AppHandle> = OnceLock::new();

/// Opens the cashier's window, and the customer's where a second monitor waits for it.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    main_window(app)?;
    if app.available_monitors()?.len() > 1 {
        customer_window(app)?;
    }
    // Set once: there is one app in a process.
    let _ = APP.set(app.clone());
    Ok(())
}

fn main_window(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App("index.html".into()))
        .title("Laci")
        .inner_size(WIDTH, HEIGHT)
        .min_inner_size(1000.0, 640.0)
        .on_navigation(is_own)
        // The page itself takes dropped pictures.
        .disable_drag_drop_handler()
        .on_permission_request(|_, kind| may_use(&kind))
        .build()
}

/// The cashier's window may look through the camera, at a sticker; nothing else is ever asked for.
fn may_use(kind: &PermissionKind) -> PermissionResponse {
    if *kind == PermissionKind::Camera {
        PermissionResponse::Allow
    } else {
        PermissionResponse::Deny
    }
}

fn customer_window(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let here =
        app.get_webview_window(MAIN).and_then(|window| window.current_monitor().ok().flatten());
    let all = app.available_monitors()?;
    let other = all
        .iter()
        .find(|monitor| here.as_ref().is_some_and(|here| here.position() != monitor.position()));
    let window =
        WebviewWindowBuilder::new(app, CUSTOMER, WebviewUrl::App("index.html#customer".into()))
            .title("Laci: layar pelanggan")
            .inner_size(WIDTH, HEIGHT)
            .focused(false)
            .on_navigation(is_own)
            .build()?;
    if let Some(monitor) = other {
        window.set_position(*monitor.position())?;
        window.set_fullscreen(true)?;
    }
    Ok(window)
}

/// The windows show this program's own pages and nothing else.
fn is_own(url: &tauri::Url) -> bool {
    let page = matches!(
        (url.scheme(), url.host_str()),
        ("tauri", _) | ("http" | "https", Some("tauri.localhost"))
    );
    let dev = url.scheme() == "http" && matches!(url.host_str(), Some("localhost" | "127.0.0.1"));
    page || (cfg!(debug_assertions) && dev)
}

fn app() -> Result<&'static AppHandle> {
    APP.get().ok_or_else(no_window)
}

/// Opens the customer's window, or closes it.
pub(crate) fn toggle_customer() -> Result<()> {
    let app = app()?;
    let done = match app.get_webview_window(CUSTOMER) {
        Some(window) => window.close(),
        None => customer_window(app).map(|_| ()),
    };
    done.map_err(refused)
}

/// Ends the program, its windows with it.
pub(crate) fn quit() -> Result<()> {
    app()?.exit(0);
    Ok(())
}

pub(crate) fn toggle_full_screen() -> Result<()> {
    let window = app()?.get_webview_window(MAIN).ok_or_else(no_window)?;
    let now = window.is_fullscreen().map_err(refused)?;
    window.set_fullscreen(!now).map_err(refused)
}

fn refused(error: tauri::Error) -> TillError {
    tracing::warn!(%error, "the window system refused");
    no_window()
}

fn no_window() -> TillError {
    TillError::Failed(Sentence::new(
        "window_failed",
        "Jendela tidak bisa diubah di komputer ini. Penjualan tidak terganggu.",
        "The window cannot be changed on this computer. Selling goes on.",
    ))
}
