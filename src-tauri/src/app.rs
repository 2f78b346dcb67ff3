//! The program with windows: opens the station, tells the windows what happens, answers other processes, and makes
//! the ledgers durable at its end.

use std::process::ExitCode;
use std::sync::Arc;

use tauri::{AppHandle, Manager, RunEvent, WindowEvent};

use crate::cli::link;
use crate::places::Places;
use crate::station::{Station, Work};
use crate::windows::{self, MAIN};
use crate::{commands, events, outside, trace};

pub(crate) fn open(places: Places) -> ExitCode {
    trace::start(places.shop.data());
    let passphrase = std::env::var("LACI_PASSPHRASE").ok();
    let built = tauri::Builder::default()
        .invoke_handler(commands::handler())
        .setup(move |app| {
            let handle = app.handle().clone();
            // The till's workers need the runtime that Tauri's own tasks run on.
            let _runtime = tauri::async_runtime::handle().inner().enter();
            let station = Arc::new(Station::open(places, passphrase.as_deref(), Work::Beside));
            station.wait_for_the_one_before();
            tauri::async_runtime::spawn(events::relay(handle.clone(), station.pushes()));
            tauri::async_runtime::spawn(link::serve(station.clone()));
            tauri::async_runtime::spawn(outside::follow(station.clone()));
            app.manage(station);
            windows::open(&handle)?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => app
            .run_return(on_event)
            .try_into()
            .map_or(ExitCode::from(5), |code: u8| ExitCode::from(code)),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(5)
        }
    }
}

fn on_event(app: &AppHandle, event: RunEvent) {
    if let RunEvent::WindowEvent { label, event: WindowEvent::CloseRequested { api, .. }, .. } =
        &event
        && label == MAIN
        && !app.state::<Arc<Station>>().may_close()
    {
        api.prevent_close();
    }
    if let RunEvent::WindowEvent { label, event: WindowEvent::Destroyed, .. } = &event
        && label == MAIN
    {
        app.exit(0);
    }
    if let RunEvent::Exit = event {
        app.state::<Arc<Station>>().close();
    }
}
