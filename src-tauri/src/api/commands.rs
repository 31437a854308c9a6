//! Every command that the page can call: one line each here, its work in [`App`].
//!
//! `ui/src/api/commands.ts` is generated from this list. A part after `;` is a stream: what the program sends while the command runs.

use crate::api::document_types::{
    Added, Adding, Area, DocumentPage, DocumentQuery, LibraryView, PassageView, Png, Scope,
};
use crate::api::types::{
    AnswerEvent, Beginning, ChatRow, ChatSettings, ChatView, Check, ExportFormat, Hit, Key, Machine, News, Open,
    Preferences, Problem, Question, Screen, Strength,
};

commands! {
    /// What the window shows first. The keyring is tried here, so it can take as long as its owner needs to unlock it.
    fn beginning() -> Beginning;
    /// Listens for what comes unasked, until the page goes.
    fn listen(; news: News) -> ();
    /// Keeps how the window looks and speaks.
    fn set_preferences(preferences: Preferences) -> ();
    /// How strong a passphrase is.
    fn passphrase_strength(passphrase: String) -> Strength;
    /// Makes the vault; with a passphrase it opens with that, without one with the keyring.
    fn create_vault(passphrase: Option<String>) -> Open;
    /// Opens the vault.
    fn unlock(key: Key) -> Open;
    /// Locks: the store is closed, the engine ended. What is being written is kept.
    fn lock() -> Screen;
    /// Makes a recovery code, which replaces an older one. It is shown once: twelve words.
    fn make_recovery_code() -> Vec<String>;
    /// Whether these words, typed back, are the code of this vault; notes it if so.
    fn confirm_recovery_code(words: String) -> bool;
    /// Notes that the first run was ended.
    fn finish_first_run() -> ();
    /// The chats, pinned ones first, then the newest first.
    fn chats() -> Vec<ChatRow>;
    /// A chat as it is shown.
    fn chat(chat: i64) -> ChatView;
    /// Gives a chat another title.
    fn rename_chat(chat: i64, title: String) -> ();
    /// Keeps a chat at the top, or no longer.
    fn pin_chat(chat: i64, pinned: bool) -> ();
    /// Puts a chat into a folder, or out of it.
    fn move_chat(chat: i64, folder: Option<String>) -> ();
    /// Deletes a chat. Until the vault is closed it can be restored; then it is erased.
    fn delete_chat(chat: i64) -> ();
    /// Brings a deleted chat back.
    fn restore_chat(chat: i64) -> ();
    /// Deletes a message with everything that follows it on its branches.
    fn delete_message(chat: i64, message: i64) -> ChatView;
    /// Keeps how answers are made in a chat.
    fn set_chat_settings(chat: i64, settings: ChatSettings) -> ();
    /// Keeps what was typed and not sent; without a chat, for the next new one.
    fn save_draft(chat: Option<i64>, text: String) -> ();
    /// What was typed for a new chat and not sent.
    fn draft() -> String;
    /// Asks; ends when the answer does.
    fn ask(question: Question; events: AnswerEvent) -> ();
    /// Asks a question of a chat in other words, as a branch beside it; ends when the answer does.
    fn edit(chat: i64, message: i64, text: String; events: AnswerEvent) -> ();
    /// Writes an answer again, as a branch beside it; ends when the answer does.
    fn regenerate(chat: i64, message: i64; events: AnswerEvent) -> ();
    /// Goes on with an answer that was cut, stopped or interrupted; ends when the answer does.
    fn continue_answer(chat: i64, message: i64; events: AnswerEvent) -> ();
    /// Stops the answer that is being written in a chat.
    fn stop(chat: i64) -> ();
    /// Shows the branch that goes through a message.
    fn show_branch(chat: i64, message: i64) -> ChatView;
    /// Messages that hold all the words (the last one may be only begun), the best first.
    fn search(words: String) -> Vec<Hit>;
    /// The documents, and what is being done with them.
    fn library() -> LibraryView;
    /// Asks which files, or which folder, and adds them; nothing where the person declined.
    fn add_by_dialog(folder: bool, adding: Adding) -> Option<Added>;
    /// Adds the files that were dropped on the window.
    fn add_dropped(adding: Adding) -> Added;
    /// Adds a text that was pasted.
    fn add_text(name: String, text: String, adding: Adding) -> Added;
    /// Adds the sample document.
    fn add_sample() -> Added;
    /// Pauses reading documents, or goes on.
    fn pause_library(paused: bool) -> ();
    /// Has a document read once more that could not be read.
    fn retry_document(document: i64) -> ();
    /// Removes a document with everything that was made of it, at once and for good.
    fn remove_document(document: i64) -> ();
    /// Makes a collection; its number.
    fn make_collection(name: String) -> i64;
    /// Gives a collection another name.
    fn rename_collection(collection: i64, name: String) -> ();
    /// Takes a collection away; its documents stay.
    fn delete_collection(collection: i64) -> ();
    /// Puts a document into a collection, or takes it out.
    fn put_in_collection(document: i64, collection: i64, member: bool) -> ();
    /// Asks which folder, and watches it; its path, or nothing where the person declined.
    fn watch_by_dialog(adding: Adding) -> Option<String>;
    /// Watches the folder of this path no longer.
    fn unwatch(path: String) -> ();
    /// Passages that say something like this, the best first.
    fn search_documents(query: DocumentQuery) -> Vec<PassageView>;
    /// A page of a document, counted from 0.
    fn page(document: i64, page: u32) -> DocumentPage;
    /// Draws a page, or a part of it, at so many dots for each 72nd of an inch.
    fn draw_page(document: i64, page: u32, scale: f32, area: Option<Area>) -> Png;
    /// Asks where, and writes the original of a document there; the file's name, or nothing where the person declined.
    fn save_original(document: i64) -> Option<String>;
    /// Says which documents a chat is about; nothing for none.
    fn set_chat_scope(chat: i64, scope: Option<Scope>) -> ();
    /// Asks where, and writes a chat there; the file's name, or nothing where the person declined.
    fn export_chat(chat: i64, format: ExportFormat) -> Option<String>;
    /// Has the screen reader say something, on the systems where the page cannot.
    fn announce(text: String) -> ();
    /// Puts text on the clipboard.
    fn copy(text: String) -> ();
    /// The state of the machine.
    fn machine() -> Machine;
    /// Starts the engine if it does not run.
    fn wake() -> ();
    /// Tries each promise on this computer, as `tacit doctor` does.
    fn doctor() -> Vec<Check>;
    /// Opens the system's print dialog for the page.
    fn print() -> ();
    /// Closes Tacit.
    fn quit() -> ();
}
