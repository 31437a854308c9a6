// Generated from src-tauri/src/api by `make types`. Do not edit.

/**
 * What went wrong, for the person.
 */
export type Problem = { 
/**
 * A stable name (`wrong_passphrase`, `disk_full`, ...).
 */
code: string, 
/**
 * What can be done about it, in kinds.
 */
kind: ProblemKind, 
/**
 * One plain sentence in the person's language: what happened and what they can do.
 */
message: string, };

/**
 * What can be done about a problem.
 */
export type ProblemKind = "internal" | "model" | "key" | "input" | "storage" | "engine" | "busy" | "newer" | "damaged" | "not_found" | "stopped" | "locked";

/**
 * How the window looks and speaks. Kept outside the vault, for the unlock screen needs it; holds nothing private.
 */
export type Preferences = { 
/**
 * BCP 47 (`en`, `fr`, `ar`); nothing until the person has chosen.
 */
language: string | null, 
/**
 * Light, dark, or as the system.
 */
theme: Theme, 
/**
 * The large-and-simple view.
 */
large: boolean, };

/**
 * Light, dark, or as the system.
 */
export type Theme = "system" | "light" | "dark";

/**
 * What the window shows first.
 */
export type Beginning = { 
/**
 * Which screen.
 */
screen: Screen, 
/**
 * How the window looks and speaks.
 */
preferences: Preferences, 
/**
 * The system's language (BCP 47), for a first proposal.
 */
system_language: string, 
/**
 * Tacit's version.
 */
version: string, 
/**
 * `linux`, `macos`, `windows`.
 */
system: string, };

/**
 * Which screen the window shows.
 */
export type Screen = { "screen": "first_run" } | { "screen": "locked" } & Locked | { "screen": "open" } & Open | { "screen": "stuck", 
/**
 * Why.
 */
problem: Problem, };

/**
 * A vault that must be opened by the person.
 */
export type Locked = { 
/**
 * The ways in which it opens.
 */
slots: Array<Slot>, 
/**
 * Why the keyring did not open it: locked, emptied, changed, not there. Nothing where the person locked it or no keyring is used.
 */
keyring: Problem | null, };

/**
 * A way to open the vault.
 */
export type Slot = "keyring" | "passphrase" | "recovery";

/**
 * An open vault.
 */
export type Open = { 
/**
 * The ways in which it opens.
 */
slots: Array<Slot>, 
/**
 * Whether the first run was ended with 'Start'.
 */
started: boolean, 
/**
 * Whether a recovery code was typed back.
 */
recovery_confirmed: boolean, };

/**
 * A key that the person gives.
 */
export type Key = { "with": "keyring" } | { "with": "passphrase", 
/**
 * As it was typed.
 */
passphrase: string, } | { "with": "recovery", 
/**
 * As it was typed.
 */
code: string, 
/**
 * The new passphrase.
 */
new_passphrase: string | null, };

/**
 * How strong a passphrase is (zxcvbn, Wheeler 2016).
 */
export type Strength = { 
/**
 * 0 (guessed at once) to 4 (very hard to guess).
 */
score: number, 
/**
 * The tenth logarithm of the guesses needed.
 */
guesses_log10: number, };

/**
 * A chat in the list.
 */
export type ChatRow = { 
/**
 * Its number.
 */
id: number, 
/**
 * Its title.
 */
title: string, 
/**
 * When it was begun.
 */
created_at: number, 
/**
 * When the last message was written.
 */
updated_at: number, 
/**
 * Kept at the top.
 */
pinned: boolean, 
/**
 * The folder it is in.
 */
folder: string | null, 
/**
 * Never stored; gone when the window closes or locks.
 */
private: boolean, 
/**
 * Messages on all branches.
 */
messages: number, };

/**
 * A chat as it is shown.
 */
export type ChatView = { 
/**
 * Its row in the list.
 */
row: ChatRow, 
/**
 * The branch on show, the oldest message first.
 */
messages: Array<MessageView>, 
/**
 * What was typed and not sent.
 */
draft: string, 
/**
 * How answers are made here.
 */
settings: ChatSettings, 
/**
 * An answer is being written: its events go to the channel that was given when it was asked for.
 */
answering: boolean, };

/**
 * A message as it is shown.
 */
export type MessageView = { 
/**
 * Its number.
 */
id: number, 
/**
 * Who wrote it.
 */
role: Role, 
/**
 * What they wrote, Markdown.
 */
text: string, 
/**
 * When.
 */
created_at: number, 
/**
 * How far it got.
 */
state: State, 
/**
 * The messages that stand at this place on different branches, itself among them, oldest first. One where there is no branch.
 */
branches: Array<number>, 
/**
 * Of an answer: what made it.
 */
made_by: MadeBy | null, };

/**
 * Who wrote a message.
 */
export type Role = "user" | "assistant";

/**
 * How far an answer got.
 */
export type State = "growing" | "complete" | "stopped" | "interrupted" | "cut";

/**
 * What made an answer, and what it cost.
 */
export type MadeBy = { 
/**
 * The model's name.
 */
model: string, 
/**
 * SHA-256 of its file.
 */
model_sha256: string | null, 
/**
 * The sampler's temperature.
 */
temperature: number, 
/**
 * The sampler's seed.
 */
seed: number, 
/**
 * The engine's version.
 */
engine: string, 
/**
 * Tokens of the whole prompt.
 */
prompt_tokens: number, 
/**
 * Of these, the tokens that were in memory already.
 */
cached_tokens: number, 
/**
 * Tokens written.
 */
completion_tokens: number, 
/**
 * From the accepted question to the first token.
 */
first_token_ms: number, 
/**
 * Reading the prompt.
 */
prefill_ms: number, 
/**
 * Writing the answer.
 */
decode_ms: number, 
/**
 * The oldest messages of this branch that were no longer read for it, for the context window was full.
 */
dropped_messages: number, 
/**
 * Tokens of the context window it was made in; 0 where it was not noted.
 */
window: number, };

/**
 * How answers are made in a chat. Nothing means: as Tacit chooses.
 */
export type ChatSettings = { 
/**
 * The system prompt.
 */
system_prompt: string | null, 
/**
 * 0 (always the likeliest word) to 2 (wild).
 */
temperature: number | null, 
/**
 * Nucleus sampling, above 0 to 1.
 */
top_p: number | null, 
/**
 * The most tokens of one answer.
 */
max_tokens: number | null, };

/**
 * A question.
 */
export type Question = { 
/**
 * The chat to go on with; a new one without.
 */
chat: number | null, 
/**
 * Whether a new chat is a private one.
 */
private: boolean, 
/**
 * What is asked.
 */
text: string, 
/**
 * Settings of a new chat.
 */
settings: ChatSettings, };

/**
 * One step of an answer.
 */
export type AnswerEvent = { "type": "accepted", 
/**
 * The chat.
 */
chat: number, 
/**
 * The question.
 */
question: number, } | { "type": "begun", 
/**
 * The answer.
 */
answer: number, } | { "type": "notice", 
/**
 * A stable name.
 */
code: string, 
/**
 * The sentence, in the person's language.
 */
text: string, } | { "type": "loading", 
/**
 * 0 to 1000.
 */
permille: number, } | { "type": "reading", 
/**
 * Tokens of the prompt.
 */
prompt_tokens: number, 
/**
 * Of these, the tokens that were in memory already.
 */
cached_tokens: number, } | { "type": "token", 
/**
 * The next characters.
 */
text: string, } | { "type": "done", 
/**
 * As it is stored.
 */
answer: MessageView, } | { "type": "failed", 
/**
 * Why.
 */
problem: Problem, };

/**
 * A hit of the search.
 */
export type Hit = { 
/**
 * The chat.
 */
chat: number, 
/**
 * Its title.
 */
title: string, 
/**
 * The message.
 */
message: number, 
/**
 * Who wrote it.
 */
role: Role, 
/**
 * When.
 */
created_at: number, 
/**
 * The text around the first match.
 */
snippet: Array<Piece>, };

/**
 * A piece of a snippet.
 */
export type Piece = { 
/**
 * The text.
 */
text: string, 
/**
 * Whether it matched.
 */
hit: boolean, };

/**
 * What a chat is exported as.
 */
export type ExportFormat = "markdown" | "json";

/**
 * The state of the machine.
 */
export type Machine = { 
/**
 * The model.
 */
model: ModelState, 
/**
 * Bytes of memory that the window's program and the engine use, without the web view; nothing where it cannot be read.
 */
memory_bytes: number | null, };

/**
 * The model, as far as it is.
 */
export type ModelState = { "state": "asleep" } | { "state": "loading", 
/**
 * 0 to 1000.
 */
permille: number, } | { "state": "ready" } & Model | { "state": "failed", 
/**
 * Why.
 */
problem: Problem, };

/**
 * A model that can be asked.
 */
export type Model = { 
/**
 * Its name.
 */
name: string, 
/**
 * Languages it was made for (ISO 639), where known.
 */
languages: Array<string>, 
/**
 * Whether it is the starter model: small, English, for trying things.
 */
starter: boolean, 
/**
 * Tokens of the context window in use.
 */
window: number, 
/**
 * Number of parameters.
 */
parameters: number, 
/**
 * Threads in use.
 */
threads: number, 
/**
 * ggml's CPU variant in use.
 */
cpu_variant: string, };

/**
 * One check of `tacit doctor`.
 */
export type Check = { 
/**
 * The number of the promise.
 */
promise: number, 
/**
 * What was checked.
 */
name: string, 
/**
 * Whether it holds; nothing where it does not apply on this system.
 */
holds: boolean | null, 
/**
 * What was seen.
 */
evidence: string, };

/**
 * What comes to the window unasked.
 */
export type News = { "type": "machine" } & Machine | { "type": "locked" } & Locked | { "type": "menu", 
/**
 * What.
 */
choice: MenuChoice, };

/**
 * What can be chosen in the window's menu.
 */
export type MenuChoice = "new_chat" | "new_private_chat" | "search" | "export" | "preferences" | "shortcuts" | "trust" | "about";
