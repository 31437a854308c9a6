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
 * The documents that the chat is about; nothing where it is about none.
 */
scope: Scope | null, 
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
made_by: MadeBy | null, 
/**
 * Of an answer about documents: what it rests on.
 */
evidence: Evidence | null, };

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
settings: ChatSettings, 
/**
 * The documents that a new chat is about; nothing where it is about none.
 */
scope: Scope | null, };

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
cached_tokens: number, } | { "type": "evidence", 
/**
 * Them, and whether they answer the question.
 */
evidence: Evidence, } | { "type": "token", 
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
choice: MenuChoice, } | { "type": "work" } & Work | { "type": "library" } | { "type": "dragging", 
/**
 * Whether they are.
 */
over: boolean, } | { "type": "dropped", 
/**
 * Files.
 */
files: number, 
/**
 * Folders.
 */
folders: number, };

/**
 * What can be chosen in the window's menu.
 */
export type MenuChoice = "new_chat" | "new_private_chat" | "search" | "documents" | "export" | "preferences" | "shortcuts" | "trust" | "about";

/**
 * The documents and what is being done with them.
 */
export type LibraryView = { 
/**
 * The documents, the newest first.
 */
documents: Array<DocumentRow>, 
/**
 * The collections, by name.
 */
collections: Array<CollectionRow>, 
/**
 * The folders that are watched: what is put there is read.
 */
watched: Array<WatchedFolder>, 
/**
 * What is being done.
 */
work: Work, };

/**
 * A document.
 */
export type DocumentRow = { 
/**
 * Its number.
 */
id: number, 
/**
 * Its file's name.
 */
name: string, 
/**
 * `pdf`, `docx`, `mail`, `text`, ...; empty until that is known.
 */
kind: string, 
/**
 * When it was added.
 */
added_at: number, 
/**
 * When its file was last changed; when it was added where it came from none.
 */
dated: number, 
/**
 * Its size.
 */
bytes: number, 
/**
 * Pages; 0 until that is known.
 */
pages: number, 
/**
 * Of these, those that are read.
 */
pages_read: number, 
/**
 * Of these, those that were read from a picture (OCR).
 */
pages_ocr: number, 
/**
 * How far it is.
 */
state: DocumentState, 
/**
 * Passages that can be found by their words.
 */
passages: number, 
/**
 * Of these, those that can be found by their meaning too.
 */
passages_by_meaning: number, 
/**
 * The collections it is in.
 */
collections: Array<number>, 
/**
 * Whether the original is kept, sealed, in the vault.
 */
sealed: boolean, 
/**
 * Where its file was when it was added; nothing for pasted text.
 */
origin: string | null, };

/**
 * How far a document is.
 */
export type DocumentState = { "state": "waiting" } | { "state": "reading" } | { "state": "read" } | { "state": "failed", 
/**
 * Why.
 */
problem: Problem, };

/**
 * A collection of documents.
 */
export type CollectionRow = { 
/**
 * Its number.
 */
id: number, 
/**
 * Its name.
 */
name: string, 
/**
 * Documents in it.
 */
documents: number, };

/**
 * A folder that is watched.
 */
export type WatchedFolder = { 
/**
 * Where it is; no other has this path.
 */
path: string, 
/**
 * When it was last looked at; nothing if never.
 */
looked_at: number | null, };

/**
 * What is being done with the documents.
 */
export type Work = { 
/**
 * Nothing, working, or paused.
 */
state: WorkState, 
/**
 * The document that is being read.
 */
document: string | null, 
/**
 * Documents that are not read yet.
 */
documents_left: number, 
/**
 * Pages that are known to be left.
 */
pages_left: number, 
/**
 * Passages that cannot be found by their meaning yet.
 */
passages_left: number, 
/**
 * Seconds that are left, where that can be said.
 */
seconds_left: number | null, };

/**
 * Whether documents are being read.
 */
export type WorkState = "idle" | "working" | "paused" | "waiting";

/**
 * How documents are added.
 */
export type Adding = { 
/**
 * The collection they go into.
 */
collection: number | null, 
/**
 * Whether the originals are kept in the vault; otherwise only their text is.
 */
seal: boolean, };

/**
 * What came of adding.
 */
export type Added = { 
/**
 * Documents that are new.
 */
new: number, 
/**
 * Documents that were there already.
 */
known: number, 
/**
 * Documents that are a newer version of one that was there.
 */
newer: number, 
/**
 * Files that were not taken, and why.
 */
refused: Array<Refused>, };

/**
 * A file that was not taken.
 */
export type Refused = { 
/**
 * Its name.
 */
name: string, 
/**
 * Why.
 */
problem: Problem, };

/**
 * What is looked for in documents.
 */
export type DocumentQuery = { 
/**
 * The words; what stands in quotation marks must be there as it is.
 */
words: string, 
/**
 * Only in these documents and collections; in all without.
 */
scope: Scope, 
/**
 * Only of these kinds; of all without.
 */
kinds: Array<string>, 
/**
 * Only of this time or later, as [`DocumentRow::dated`] counts.
 */
from: number | null, 
/**
 * Only of a time before this one.
 */
until: number | null, };

/**
 * Which documents a chat or a search is about.
 */
export type Scope = { 
/**
 * All of them; then the lists do not count.
 */
all: boolean, 
/**
 * These collections.
 */
collections: Array<number>, 
/**
 * And these documents.
 */
documents: Array<number>, };

/**
 * A passage of a document.
 */
export type PassageView = { 
/**
 * The number it is cited by, from 1.
 */
n: number, 
/**
 * Its document.
 */
document: number, 
/**
 * That document's name.
 */
name: string, 
/**
 * Its page, counted from 0.
 */
page: number, 
/**
 * What that page is called: its number on paper, a sheet's name.
 */
label: string, 
/**
 * Which part of the page's text.
 */
span: [number, number], 
/**
 * Its words, as they stand there.
 */
text: string, 
/**
 * The headings above it.
 */
heading: string, 
/**
 * Spans of `text` that match what was asked.
 */
lit: Array<[number, number]>, 
/**
 * Whether it was read from a picture.
 */
ocr: boolean, 
/**
 * Why parts of it are not what the page shows: `invisible`, `same_colour`, `tiny`, `off_page`, `forged_font`, `bidi`, `unseen`,
 * `lookalike`.
 */
marks: Array<string>, 
/**
 * Its place among those found by their words, from 1; nothing where it was not.
 */
by_words: number | null, 
/**
 * Its place among those found by their meaning, from 1; nothing where it was not.
 */
by_meaning: number | null, 
/**
 * Whether the document was deleted since.
 */
gone: boolean, };

/**
 * What an answer about documents rests on.
 */
export type Evidence = { 
/**
 * Whether the documents answer the question; if not the passages are the nearest there are.
 */
answered: boolean, 
/**
 * The passages, by number.
 */
passages: Array<PassageView>, 
/**
 * The sentences of the answer that were checked, in order.
 */
sentences: Array<CheckedSentence>, };

/**
 * A sentence of an answer.
 */
export type CheckedSentence = { 
/**
 * Which part of the answer's text.
 */
span: [number, number], 
/**
 * Whether the passages say so.
 */
support: Support, 
/**
 * The passages that do, the best first.
 */
citations: Array<number>, 
/**
 * Spans of the answer's text (numbers, dates, names) that the passages do not hold.
 */
missing: Array<[number, number]>, 
/**
 * Quotations in it, and where they stand letter by letter.
 */
quotes: Array<CheckedQuote>, };

/**
 * Whether the passages support a sentence.
 */
export type Support = "full" | "partial" | "none";

/**
 * A quotation in an answer.
 */
export type CheckedQuote = { 
/**
 * Which part of the answer's text.
 */
span: [number, number], 
/**
 * The passage in which it stands letter by letter; nothing where it stands in none.
 */
passage: number | null, };

/**
 * A page, to be shown.
 */
export type DocumentPage = { 
/**
 * Counted from 0.
 */
number: number, 
/**
 * What it is called.
 */
label: string, 
/**
 * Width in points; 0 where there is no paper.
 */
width: number, 
/**
 * Height in points; 0 where there is no paper.
 */
height: number, 
/**
 * Its text in reading order.
 */
text: string, 
/**
 * What it is made of.
 */
blocks: Array<PageBlock>, 
/**
 * Where each word stands; empty where there is no paper.
 */
words: Array<PageWord>, 
/**
 * Stretches that the page does not show as they read.
 */
marks: Array<PageMark>, 
/**
 * Whether the text was read from a picture.
 */
ocr: boolean, 
/**
 * Whether the page can be drawn: the original is at hand.
 */
drawable: boolean, };

/**
 * A paragraph or the like.
 */
export type PageBlock = { 
/**
 * Which part of the page's text.
 */
span: [number, number], 
/**
 * `paragraph`, `heading1` to `heading6`, `item`, `header_row`, `row` (cells parted by tabs), `preformatted`, `aside`.
 */
kind: string, };

/**
 * A word on paper.
 */
export type PageWord = { 
/**
 * Which part of the page's text.
 */
span: [number, number], 
/**
 * Left, top, width and height in points.
 */
rect: [number, number, number, number], 
/**
 * How sure OCR is of it, 0 to 100.
 */
confidence: number, };

/**
 * A stretch that the page does not show as it reads.
 */
export type PageMark = { 
/**
 * Which part of the page's text.
 */
span: [number, number], 
/**
 * Why: as in [`PassageView::marks`].
 */
why: string, };

/**
 * A part of a page, in points.
 */
export type Area = { 
/**
 * Left.
 */
x: number, 
/**
 * Top.
 */
y: number, 
/**
 * Width.
 */
width: number, 
/**
 * Height.
 */
height: number, };

/**
 * A drawn page: the bytes of a PNG.
 */
export type Png = ArrayBuffer;
