// Generated from src-tauri/src/api by `make types`. Do not edit.

import { Channel, invoke } from "@tauri-apps/api/core";
import type { Added, Adding, AnswerEvent, Area, Beginning, ChatRow, ChatSettings, ChatView, Check, DocumentPage, DocumentQuery, ExportFormat, Hit, Key, LibraryView, Machine, News, Open, PassageView, Png, Preferences, Question, Scope, Screen, Strength } from "./types";

export const commands = {
  /** What the window shows first. The keyring is tried here, so it can take as long as its owner needs to unlock it. */
  beginning: (): Promise<Beginning> =>
    invoke("beginning"),
  /** Listens for what comes unasked, until the page goes. */
  listen: (onNews: (event: News) => void): Promise<null> =>
    invoke("listen", { news: new Channel<News>(onNews) }),
  /** Keeps how the window looks and speaks. */
  setPreferences: (preferences: Preferences): Promise<null> =>
    invoke("set_preferences", { preferences }),
  /** How strong a passphrase is. */
  passphraseStrength: (passphrase: string): Promise<Strength> =>
    invoke("passphrase_strength", { passphrase }),
  /** Makes the vault; with a passphrase it opens with that, without one with the keyring. */
  createVault: (passphrase: string | null): Promise<Open> =>
    invoke("create_vault", { passphrase }),
  /** Opens the vault. */
  unlock: (key: Key): Promise<Open> =>
    invoke("unlock", { key }),
  /** Locks: the store is closed, the engine ended. What is being written is kept. */
  lock: (): Promise<Screen> =>
    invoke("lock"),
  /** Makes a recovery code, which replaces an older one. It is shown once: twelve words. */
  makeRecoveryCode: (): Promise<Array<string>> =>
    invoke("make_recovery_code"),
  /** Whether these words, typed back, are the code of this vault; notes it if so. */
  confirmRecoveryCode: (words: string): Promise<boolean> =>
    invoke("confirm_recovery_code", { words }),
  /** Notes that the first run was ended. */
  finishFirstRun: (): Promise<null> =>
    invoke("finish_first_run"),
  /** The chats, pinned ones first, then the newest first. */
  chats: (): Promise<Array<ChatRow>> =>
    invoke("chats"),
  /** A chat as it is shown. */
  chat: (chat: number): Promise<ChatView> =>
    invoke("chat", { chat }),
  /** Gives a chat another title. */
  renameChat: (chat: number, title: string): Promise<null> =>
    invoke("rename_chat", { chat, title }),
  /** Keeps a chat at the top, or no longer. */
  pinChat: (chat: number, pinned: boolean): Promise<null> =>
    invoke("pin_chat", { chat, pinned }),
  /** Puts a chat into a folder, or out of it. */
  moveChat: (chat: number, folder: string | null): Promise<null> =>
    invoke("move_chat", { chat, folder }),
  /** Deletes a chat. Until the vault is closed it can be restored; then it is erased. */
  deleteChat: (chat: number): Promise<null> =>
    invoke("delete_chat", { chat }),
  /** Brings a deleted chat back. */
  restoreChat: (chat: number): Promise<null> =>
    invoke("restore_chat", { chat }),
  /** Deletes a message with everything that follows it on its branches. */
  deleteMessage: (chat: number, message: number): Promise<ChatView> =>
    invoke("delete_message", { chat, message }),
  /** Keeps how answers are made in a chat. */
  setChatSettings: (chat: number, settings: ChatSettings): Promise<null> =>
    invoke("set_chat_settings", { chat, settings }),
  /** Keeps what was typed and not sent; without a chat, for the next new one. */
  saveDraft: (chat: number | null, text: string): Promise<null> =>
    invoke("save_draft", { chat, text }),
  /** What was typed for a new chat and not sent. */
  draft: (): Promise<string> =>
    invoke("draft"),
  /** Asks; ends when the answer does. */
  ask: (question: Question, onEvents: (event: AnswerEvent) => void): Promise<null> =>
    invoke("ask", { question, events: new Channel<AnswerEvent>(onEvents) }),
  /** Asks a question of a chat in other words, as a branch beside it; ends when the answer does. */
  edit: (chat: number, message: number, text: string, onEvents: (event: AnswerEvent) => void): Promise<null> =>
    invoke("edit", { chat, message, text, events: new Channel<AnswerEvent>(onEvents) }),
  /** Writes an answer again, as a branch beside it; ends when the answer does. */
  regenerate: (chat: number, message: number, onEvents: (event: AnswerEvent) => void): Promise<null> =>
    invoke("regenerate", { chat, message, events: new Channel<AnswerEvent>(onEvents) }),
  /** Goes on with an answer that was cut, stopped or interrupted; ends when the answer does. */
  continueAnswer: (chat: number, message: number, onEvents: (event: AnswerEvent) => void): Promise<null> =>
    invoke("continue_answer", { chat, message, events: new Channel<AnswerEvent>(onEvents) }),
  /** Stops the answer that is being written in a chat. */
  stop: (chat: number): Promise<null> =>
    invoke("stop", { chat }),
  /** Shows the branch that goes through a message. */
  showBranch: (chat: number, message: number): Promise<ChatView> =>
    invoke("show_branch", { chat, message }),
  /** Messages that hold all the words (the last one may be only begun), the best first. */
  search: (words: string): Promise<Array<Hit>> =>
    invoke("search", { words }),
  /** The documents, and what is being done with them. */
  library: (): Promise<LibraryView> =>
    invoke("library"),
  /** Asks which files, or which folder, and adds them; nothing where the person declined. */
  addByDialog: (folder: boolean, adding: Adding): Promise<Added | null> =>
    invoke("add_by_dialog", { folder, adding }),
  /** Adds the files that were dropped on the window. */
  addDropped: (adding: Adding): Promise<Added> =>
    invoke("add_dropped", { adding }),
  /** Adds a text that was pasted. */
  addText: (name: string, text: string, adding: Adding): Promise<Added> =>
    invoke("add_text", { name, text, adding }),
  /** Adds the sample document. */
  addSample: (): Promise<Added> =>
    invoke("add_sample"),
  /** Pauses reading documents, or goes on. */
  pauseLibrary: (paused: boolean): Promise<null> =>
    invoke("pause_library", { paused }),
  /** Has a document read once more that could not be read. */
  retryDocument: (document: number): Promise<null> =>
    invoke("retry_document", { document }),
  /** Removes a document with everything that was made of it, at once and for good. */
  removeDocument: (document: number): Promise<null> =>
    invoke("remove_document", { document }),
  /** Makes a collection; its number. */
  makeCollection: (name: string): Promise<number> =>
    invoke("make_collection", { name }),
  /** Gives a collection another name. */
  renameCollection: (collection: number, name: string): Promise<null> =>
    invoke("rename_collection", { collection, name }),
  /** Takes a collection away; its documents stay. */
  deleteCollection: (collection: number): Promise<null> =>
    invoke("delete_collection", { collection }),
  /** Puts a document into a collection, or takes it out. */
  putInCollection: (document: number, collection: number, member: boolean): Promise<null> =>
    invoke("put_in_collection", { document, collection, member }),
  /** Asks which folder, and watches it; its path, or nothing where the person declined. */
  watchByDialog: (adding: Adding): Promise<string | null> =>
    invoke("watch_by_dialog", { adding }),
  /** Watches the folder of this path no longer. */
  unwatch: (path: string): Promise<null> =>
    invoke("unwatch", { path }),
  /** Passages that say something like this, the best first. */
  searchDocuments: (query: DocumentQuery): Promise<Array<PassageView>> =>
    invoke("search_documents", { query }),
  /** A page of a document, counted from 0. */
  page: (document: number, page: number): Promise<DocumentPage> =>
    invoke("page", { document, page }),
  /** Draws a page, or a part of it, at so many dots for each 72nd of an inch. */
  drawPage: (document: number, page: number, scale: number, area: Area | null): Promise<Png> =>
    invoke("draw_page", { document, page, scale, area }),
  /** Asks where, and writes the original of a document there; the file's name, or nothing where the person declined. */
  saveOriginal: (document: number): Promise<string | null> =>
    invoke("save_original", { document }),
  /** Says which documents a chat is about; nothing for none. */
  setChatScope: (chat: number, scope: Scope | null): Promise<null> =>
    invoke("set_chat_scope", { chat, scope }),
  /** Asks where, and writes a chat there; the file's name, or nothing where the person declined. */
  exportChat: (chat: number, format: ExportFormat): Promise<string | null> =>
    invoke("export_chat", { chat, format }),
  /** Has the screen reader say something, on the systems where the page cannot. */
  announce: (text: string): Promise<null> =>
    invoke("announce", { text }),
  /** Puts text on the clipboard. */
  copy: (text: string): Promise<null> =>
    invoke("copy", { text }),
  /** The state of the machine. */
  machine: (): Promise<Machine> =>
    invoke("machine"),
  /** Starts the engine if it does not run. */
  wake: (): Promise<null> =>
    invoke("wake"),
  /** Tries each promise on this computer, as `tacit doctor` does. */
  doctor: (): Promise<Array<Check>> =>
    invoke("doctor"),
  /** Opens the system's print dialog for the page. */
  print: (): Promise<null> =>
    invoke("print"),
  /** Closes Tacit. */
  quit: (): Promise<null> =>
    invoke("quit"),
};
