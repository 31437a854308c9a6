//! The one window: where its web view keeps its files, where it may go (nowhere), and what only its toolkit can do.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock, mpsc};

use assistant::AssistantError;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager as _, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

use crate::api::types::Theme;
use crate::menu;
#[cfg(target_os = "linux")]
use crate::spoken;
use crate::surroundings::Surroundings;

const LABEL: &str = "main";
/// A proxy that is not there.
const NOWHERE: &str = "http://127.0.0.1:9";

/// The window, once it is there.
#[derive(Clone)]
pub struct Window {
    /// What the web view leaves on the disk goes here.
    folder: PathBuf,
    handle: Arc<OnceLock<AppHandle>>,
}

impl Window {
    /// A window that is not open yet.
    #[must_use]
    pub fn new(folder: PathBuf) -> Self {
        Self { folder, handle: Arc::new(OnceLock::new()) }
    }

    /// Opens it, with its menu in a language, and hands the page what it begins with (JSON of `Beginning`), where that is known.
    ///
    /// # Errors
    /// When the toolkit cannot open a window.
    pub fn open(&self, handle: &AppHandle, language: &str, beginning: Option<String>) -> tauri::Result<()> {
        self.handle.set(handle.clone()).ok();
        no_recent_files();
        WebviewWindowBuilder::new(handle, LABEL, WebviewUrl::default())
            .title("Tacit")
            .inner_size(1080.0, 760.0)
            .min_inner_size(360.0, 420.0)
            .incognito(true)
            .data_directory(self.folder.clone())
            // WebKit looks names up for `<link rel=preconnect>` whatever the page's policy says, and a name can carry a secret to
            // whoever serves names here. With a proxy it looks none up; this one does not exist, and the locks refuse its port.
            .proxy_url(NOWHERE.parse().map_err(tauri::Error::InvalidUrl)?)
            .initialization_script(beginning.map_or_else(String::new, |json| format!("window.beginning = {json};")))
            .menu(menu::build(handle, language)?)
            .on_navigation(is_own_page)
            .on_new_window(|_, _| NewWindowResponse::Deny)
            .on_download(|_, _| false)
            .build()?;
        Ok(())
    }

    fn window(&self) -> Result<WebviewWindow, AssistantError> {
        let handle = self.handle.get().ok_or(AssistantError::Internal("no window"))?;
        handle.get_webview_window(LABEL).ok_or(AssistantError::Internal("no window"))
    }

    /// Runs something on the window's thread, where its toolkit must be used.
    #[cfg(target_os = "linux")]
    fn on_its_thread(&self, work: impl FnOnce() + Send + 'static) -> Result<(), AssistantError> {
        let handle = self.handle.get().ok_or(AssistantError::Internal("no window"))?;
        handle.run_on_main_thread(work).map_err(|_| AssistantError::Internal("the window's thread"))
    }
}

/// Shows the window of a Tacit that runs.
pub fn raise(handle: &AppHandle) {
    if let Some(window) = handle.get_webview_window(LABEL) {
        window.unminimize().ok();
        window.show().ok();
        window.set_focus().ok();
    }
}

/// The page in the program, and nothing else. A link in an answer is no link, and this is why it would lead nowhere.
fn is_own_page(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        // Windows has no schemes of one's own.
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

/// The list of recent files is for everybody to read: a chat that was exported does not go there.
#[cfg(target_os = "linux")]
fn no_recent_files() {
    use gtk::prelude::GtkSettingsExt as _;
    if let Some(settings) = gtk::Settings::default() {
        settings.set_gtk_recent_files_enabled(false);
    }
}

#[cfg(not(target_os = "linux"))]
fn no_recent_files() {}

impl Surroundings for Window {
    fn language(&self) -> String {
        sys_locale::get_locale().filter(|locale| locale != "C" && locale != "POSIX").unwrap_or_else(|| "en".into())
    }

    fn wear(&self, theme: Theme) {
        let theme = match theme {
            Theme::System => None,
            Theme::Light => Some(tauri::Theme::Light),
            Theme::Dark => Some(tauri::Theme::Dark),
        };
        if let Ok(window) = self.window() {
            window.set_theme(theme).ok();
        }
    }

    fn speak(&self, language: &str) {
        let Ok(window) = self.window() else { return };
        if let Ok(menu) = menu::build(window.app_handle(), language) {
            window.set_menu(menu).ok();
        }
    }

    #[cfg(target_os = "linux")]
    fn announce(&self, text: String) -> Result<(), AssistantError> {
        let window = self.window()?;
        self.on_its_thread(move || {
            if let Ok(window) = window.gtk_window() {
                spoken::say(&window, &text);
            }
        })
    }

    #[cfg(not(target_os = "linux"))]
    fn announce(&self, _text: String) -> Result<(), AssistantError> {
        // The page's live region is heard there.
        Ok(())
    }

    #[cfg(target_os = "linux")]
    fn copy(&self, text: String) -> Result<(), AssistantError> {
        self.on_its_thread(move || gtk::Clipboard::get(&gtk::gdk::SELECTION_CLIPBOARD).set_text(&text))
    }

    #[cfg(not(target_os = "linux"))]
    fn copy(&self, text: String) -> Result<(), AssistantError> {
        let copied = arboard::Clipboard::new().and_then(|mut clipboard| clipboard.set_text(text));
        copied.map_err(|_| AssistantError::Internal("the clipboard"))
    }

    fn print(&self) -> Result<(), AssistantError> {
        self.window()?.print().map_err(|_| AssistantError::Internal("the print dialog"))
    }

    fn quit(&self) -> Result<(), AssistantError> {
        self.window()?.close().map_err(|_| AssistantError::Internal("the window"))
    }

    #[cfg(target_os = "linux")]
    fn ask_which(&self, folder: bool) -> Result<Vec<PathBuf>, AssistantError> {
        let (sender, chosen) = mpsc::channel();
        let window = self.window()?;
        self.on_its_thread(move || ask_which(&window, folder, sender))?;
        Ok(chosen.recv().unwrap_or_default())
    }

    #[cfg(not(target_os = "linux"))]
    fn ask_which(&self, folder: bool) -> Result<Vec<PathBuf>, AssistantError> {
        let dialog = rfd::FileDialog::new();
        let chosen = if folder { dialog.pick_folders() } else { dialog.pick_files() };
        Ok(chosen.unwrap_or_default())
    }

    #[cfg(target_os = "linux")]
    fn ask_where(&self, name: &str) -> Result<Option<PathBuf>, AssistantError> {
        let (sender, chosen) = mpsc::channel();
        let name = name.to_owned();
        let window = self.window()?;
        self.on_its_thread(move || ask_where(&window, &name, sender))?;
        // A dialog that went away without an answer was declined.
        Ok(chosen.recv().ok().flatten())
    }

    #[cfg(not(target_os = "linux"))]
    fn ask_where(&self, name: &str) -> Result<Option<PathBuf>, AssistantError> {
        Ok(rfd::FileDialog::new().set_file_name(name).save_file())
    }
}

/// A dialog for opening, in this very process: see [`ask_where`].
#[cfg(target_os = "linux")]
fn ask_which(window: &WebviewWindow, folder: bool, chosen: mpsc::Sender<Vec<PathBuf>>) {
    use gtk::prelude::{DialogExt as _, FileChooserExt as _, GtkWindowExt as _, WidgetExt as _};
    let parent = window.gtk_window().ok();
    let action = if folder { gtk::FileChooserAction::SelectFolder } else { gtk::FileChooserAction::Open };
    let buttons = [("gtk-cancel", gtk::ResponseType::Cancel), ("gtk-open", gtk::ResponseType::Accept)];
    let dialog = gtk::FileChooserDialog::with_buttons(Some("Tacit"), parent.as_ref(), action, &buttons);
    dialog.set_modal(true);
    dialog.set_select_multiple(true);
    dialog.connect_response(move |dialog, response| {
        let files = if response == gtk::ResponseType::Accept { dialog.filenames() } else { Vec::new() };
        chosen.send(files).ok();
        dialog.close();
    });
    dialog.show_all();
}

/// A save dialog in this very process: the portal refuses a process whose memory is closed to others.
#[cfg(target_os = "linux")]
fn ask_where(window: &WebviewWindow, name: &str, chosen: mpsc::Sender<Option<PathBuf>>) {
    use gtk::prelude::{DialogExt as _, FileChooserExt as _, GtkWindowExt as _, WidgetExt as _};
    let parent = window.gtk_window().ok();
    let dialog = gtk::FileChooserDialog::with_buttons(
        Some("Tacit"),
        parent.as_ref(),
        gtk::FileChooserAction::Save,
        &[("gtk-cancel", gtk::ResponseType::Cancel), ("gtk-save", gtk::ResponseType::Accept)],
    );
    dialog.set_modal(true);
    dialog.set_do_overwrite_confirmation(true);
    dialog.set_current_name(name);
    dialog.connect_response(move |dialog, response| {
        let file = if response == gtk::ResponseType::Accept { dialog.filename() } else { None };
        chosen.send(file).ok();
        dialog.close();
    });
    dialog.show_all();
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_window_goes_nowhere_but_to_its_own_page() {
        assert!(is_own_page(&"tauri://localhost/".parse().unwrap()));
        for other in [
            "https://example.org/",
            "http://tauri.localhost/",
            "tauri://localhost.example.org/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "javascript:alert(1)",
        ] {
            assert!(!is_own_page(&other.parse().unwrap()), "{other}");
        }
    }
}
