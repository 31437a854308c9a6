//! What only the window's toolkit can do, so that the rest of the program knows no window.

use std::path::PathBuf;

use assistant::AssistantError;

use crate::api::types::Theme;

/// The window's part in what the commands do.
pub trait Surroundings: Send + Sync {
    /// The system's language, BCP 47.
    fn language(&self) -> String;
    /// Wears a theme.
    fn wear(&self, theme: Theme);
    /// Speaks another language in the menu.
    fn speak(&self, language: &str);
    /// Has the screen reader say something, where the page cannot.
    fn announce(&self, text: String) -> Result<(), AssistantError>;
    /// Puts text on the clipboard.
    fn copy(&self, text: String) -> Result<(), AssistantError>;
    /// Opens the system's print dialog for the page.
    fn print(&self) -> Result<(), AssistantError>;
    /// Closes the window and ends the program.
    fn quit(&self) -> Result<(), AssistantError>;
    /// Asks which files, or which folder, to open; none where the person declined.
    fn ask_which(&self, folder: bool) -> Result<Vec<PathBuf>, AssistantError>;
    /// Asks for a place for a file of this name; nothing where the person declined.
    fn ask_where(&self, name: &str) -> Result<Option<PathBuf>, AssistantError>;
}
