//! Tacit in a window. Thin: window, menu, and typed commands of a few lines each; what the product does is in `assistant`.
//!
//! The page in the window reaches the program through `api::commands` alone. It must never reach a file, a socket or
//! another page.

mod answers;
pub mod api;
mod app;
mod checks;
mod documents;
#[cfg(target_os = "linux")]
mod instance;
mod keys;
mod machine;
mod menu;
mod preferences;
mod served;
#[cfg(target_os = "linux")]
mod spoken;
mod surroundings;
mod watching;
pub mod window;

use std::process::ExitCode;
use std::sync::Arc;

use assistant::{Home, Options};
use confine::Lock;
use tauri::{DragDropEvent, RunEvent, WindowEvent};

use crate::app::App;
use crate::window::Window;

/// What a start is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Show the window.
    Show,
    /// Lock a Tacit that runs.
    Lock,
}

/// Runs the window until the person closes it. `held` are the locks that hold.
#[must_use]
pub fn run(purpose: Purpose, held: Vec<Lock>) -> ExitCode {
    let home = match Home::from_environment() {
        Ok(home) => home,
        Err(error) => return failed(&error.to_string()),
    };
    assistant::log_to_file(&home);
    tracing::info!(?held, "first locks");
    #[cfg(target_os = "linux")]
    let listening = match instance::start(&home, message(purpose)) {
        instance::Start::Told => return ExitCode::SUCCESS,
        instance::Start::First(_) if purpose == Purpose::Lock => return ExitCode::SUCCESS,
        instance::Start::First(listening) => listening,
    };
    let window = Window::new(home.path().join("webview"));
    let app = Arc::new(App::new(home, Options::default(), held, Box::new(window.clone())));
    app.open_ahead();
    let built = tauri::Builder::default()
        .manage(Arc::clone(&app))
        .invoke_handler(api::commands::handler())
        .on_menu_event({
            let app = Arc::clone(&app);
            move |handle, event| menu::chosen(&app, handle, event.id().as_ref())
        })
        .setup({
            let app = Arc::clone(&app);
            move |tauri| Ok(window.open(tauri.handle(), &app.language(), app.beginning_ahead())?)
        })
        .build(tauri::generate_context!());
    let tauri = match built {
        Ok(tauri) => tauri,
        Err(error) => {
            return failed(&format!("The window could not be opened ({error}). `tacit chat` works in a terminal."));
        }
    };
    machine::watch(Arc::downgrade(&app));
    app.watch_folders();
    #[cfg(target_os = "linux")]
    if let Some(listening) = listening {
        let (app, handle) = (Arc::clone(&app), tauri.handle().clone());
        listening.hear(move |message| match message {
            instance::Message::Raise => window::raise(&handle),
            instance::Message::Lock => app.lock_from_outside(),
        });
    }
    tauri.run(move |_, event| match event {
        RunEvent::Exit => drop(app.lock_now()),
        RunEvent::WindowEvent { event: WindowEvent::Focused(true), .. } => app.look_soon(),
        RunEvent::WindowEvent { event: WindowEvent::DragDrop(event), .. } => match event {
            DragDropEvent::Enter { .. } => app.dragging(true),
            DragDropEvent::Leave => app.dragging(false),
            DragDropEvent::Drop { paths, .. } => app.dropped(paths),
            _ => {}
        },
        _ => {}
    });
    ExitCode::SUCCESS
}

#[cfg(target_os = "linux")]
fn message(purpose: Purpose) -> instance::Message {
    match purpose {
        Purpose::Show => instance::Message::Raise,
        Purpose::Lock => instance::Message::Lock,
    }
}

#[expect(clippy::print_stderr, reason = "there is no window to say it in")]
fn failed(sentence: &str) -> ExitCode {
    eprintln!("tacit-desktop: {sentence}");
    ExitCode::FAILURE
}
