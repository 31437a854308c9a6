//! Every command that the page can call: one line each here, its work in [`App`].
//!
//! `ui/src/api/commands.ts` is generated from this list. A part after `;` is a stream: what the program sends while the command runs.

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
