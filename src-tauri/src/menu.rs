//! The window's menu. What belongs to the page is handed to it; locking and leaving work without it.

use tauri::menu::{Menu, MenuItem, PredefinedMenuItem, Submenu};
use tauri::{AppHandle, Wry};

use crate::api::types::{MenuChoice, News};
use crate::app::App;

const LOCK: &str = "menu-lock";
const QUIT: &str = "menu-quit";

/// What the page serves, by the name of its sentence in the catalogues.
const CHOICES: [(&str, MenuChoice); 9] = [
    ("menu-new-chat", MenuChoice::NewChat),
    ("menu-new-private-chat", MenuChoice::NewPrivateChat),
    ("menu-search", MenuChoice::Search),
    ("menu-documents", MenuChoice::Documents),
    ("menu-export", MenuChoice::Export),
    ("menu-preferences", MenuChoice::Preferences),
    ("menu-shortcuts", MenuChoice::Shortcuts),
    ("menu-trust", MenuChoice::Trust),
    ("menu-about", MenuChoice::About),
];

/// The menu in a language.
pub fn build(handle: &AppHandle, language: &str) -> tauri::Result<Menu<Wry>> {
    let said = |id: &str| assistant::said(language, id);
    // The keys are the page's own: in two places they would be pressed twice.
    let item = |id: &str| MenuItem::with_id(handle, id, said(id), true, None::<&str>);
    let line = || PredefinedMenuItem::separator(handle);
    let chat = Submenu::with_items(
        handle,
        said("menu-chat"),
        true,
        &[
            &item("menu-new-chat")?,
            &item("menu-new-private-chat")?,
            &line()?,
            &item("menu-search")?,
            &item("menu-documents")?,
            &item("menu-export")?,
            &line()?,
            &item("menu-preferences")?,
            &item(LOCK)?,
            &item(QUIT)?,
        ],
    )?;
    let help = Submenu::with_items(
        handle,
        said("menu-help"),
        true,
        &[&item("menu-shortcuts")?, &item("menu-trust")?, &item("menu-about")?],
    )?;
    Menu::with_items(handle, &[&chat, &help])
}

/// Does what was chosen.
pub fn chosen(app: &App, handle: &AppHandle, id: &str) {
    match id {
        LOCK => app.lock_from_outside(),
        QUIT => handle.exit(0),
        id => {
            if let Some((_, choice)) = CHOICES.iter().find(|(known, _)| *known == id) {
                app.tell(News::Menu { choice: *choice });
            }
        }
    }
}
