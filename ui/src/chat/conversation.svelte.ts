/** One chat, as the page holds it: its messages, what is being written in it, and what was typed and not sent. */
import { commands } from "../api/commands";
import type { AnswerEvent, ChatRow, ChatSettings, ChatView, MessageView, Problem, Scope } from "../api/types";
import { asProblem } from "../state/problem";
import { Growing } from "./growing.svelte";

/** Every setting as Tacit chooses. */
export const asTacitChooses: ChatSettings = { system_prompt: null, temperature: null, top_p: null, max_tokens: null };

/** The number of a question that the program has not accepted yet. */
export const unaccepted = -1;

const draftPause = 400;

type Asking = (onEvents: (event: AnswerEvent) => void) => Promise<null>;

/** What a conversation tells its owner. */
export type Listener = {
  /** A question was accepted; the first one of a chat makes the chat. */
  accepted: (conversation: Conversation) => void;
  /** An answer ended, well or not. */
  ended: (conversation: Conversation, answer: MessageView | null) => void;
};

export class Conversation {
  /** Nothing until the first question is accepted. */
  id = $state<number | null>(null);
  row = $state.raw<ChatRow | null>(null);
  messages = $state.raw<MessageView[]>([]);
  growing = $state.raw<Growing | null>(null);
  problem = $state.raw<Problem | null>(null);
  draft = $state("");
  settings = $state.raw<ChatSettings>(asTacitChooses);
  /** The documents it is about; nothing where it is about none. */
  scope = $state.raw<Scope | null>(null);
  /** Never stored. */
  readonly privately: boolean;
  private saving: ReturnType<typeof setTimeout> | undefined;
  private unsaved = false;
  /** The keys of answers that grew here. */
  private keys = new Map<number, string>();

  constructor(
    private listener: Listener,
    privately = false,
  ) {
    this.privately = privately;
  }

  get busy(): boolean {
    return this.growing !== null;
  }

  /** What a message is known by in the list. */
  keyOf(message: number): string {
    return this.keys.get(message) ?? String(message);
  }

  /** Takes over what the program says about it. An answer that grows is shown from its own stream. */
  take(view: ChatView): void {
    this.id = view.row.id;
    this.row = view.row;
    this.settings = view.settings;
    this.scope = view.scope;
    const growing = this.growing?.id;
    this.messages = view.messages.filter((each) => each.id !== growing && !(growing && each.state === "growing"));
  }

  async load(chat: number): Promise<void> {
    const view = await commands.chat(chat);
    this.take(view);
    this.draft = view.draft;
  }

  /** Keeps what is typed, a moment after the last key. */
  write(text: string): void {
    this.draft = text;
    this.unsaved = true;
    clearTimeout(this.saving);
    this.saving = setTimeout(() => this.keepDraft(), draftPause);
  }

  /** Keeps the draft now, for the chat is left. A private one that does not exist yet is nowhere kept. */
  async keepDraft(): Promise<void> {
    clearTimeout(this.saving);
    if (!this.unsaved) return;
    this.unsaved = false;
    if (this.id === null && this.privately) return;
    // What cannot be saved now is saved with the next key; the text itself still stands in the composer.
    await commands.saveDraft(this.id, this.draft).catch(() => (this.unsaved = true));
  }

  /** Nothing of it stays: the vault was locked. */
  forget(): void {
    clearTimeout(this.saving);
    this.unsaved = false;
    this.draft = "";
    this.messages = [];
    this.growing = null;
  }

  /** Asks. What was typed comes back if it is not accepted. */
  async ask(text: string): Promise<void> {
    if (this.busy || !text.trim()) return;
    const draft = this.draft;
    this.draft = "";
    clearTimeout(this.saving);
    this.messages = [...this.messages, question(text)];
    const asking = { chat: this.id, private: this.privately, text, settings: this.settings, scope: this.scope };
    await this.follow(new Growing(), (on) => commands.ask(asking, on));
    if (this.messages.at(-1)?.id === unaccepted) this.giveBack(draft);
  }

  private giveBack(draft: string): void {
    this.messages = this.messages.slice(0, -1);
    this.write(this.draft ? `${draft}\n${this.draft}` : draft);
  }

  /** Asks a question in other words, beside the old ones. */
  async edit(message: number, text: string): Promise<void> {
    const chat = this.id;
    if (this.busy || chat === null || !text.trim()) return;
    this.messages = [...this.before(message), question(text)];
    await this.follow(new Growing(), (on) => commands.edit(chat, message, text, on));
  }

  /** Writes an answer again; an unanswered question is answered. */
  async regenerate(message: number): Promise<void> {
    const chat = this.id;
    if (this.busy || chat === null) return;
    const at = this.messages.find((each) => each.id === message);
    this.messages = at?.role === "user" ? [...this.before(message), at] : this.before(message);
    await this.follow(new Growing(), (on) => commands.regenerate(chat, message, on));
  }

  /** Goes on with the last answer. */
  async goOn(message: number): Promise<void> {
    const chat = this.id;
    const last = this.messages.at(-1);
    if (this.busy || chat === null || last?.id !== message) return;
    this.messages = this.before(message);
    await this.follow(new Growing(last.text, last.id, this.keyOf(last.id)), (on) =>
      commands.continueAnswer(chat, message, on),
    );
  }

  /** Tries again what the engine failed at. */
  async tryAgain(): Promise<void> {
    const last = this.messages.at(-1);
    if (this.draft.trim() && last?.role !== "user") return this.ask(this.draft);
    if (last) await this.regenerate(last.id);
  }

  async stop(): Promise<void> {
    if (!this.growing) return;
    this.growing.stopping = true;
    if (this.id !== null) await commands.stop(this.id);
  }

  async delete(message: number): Promise<void> {
    if (this.id !== null) this.take(await commands.deleteMessage(this.id, message));
  }

  async showBranch(message: number): Promise<void> {
    if (this.id !== null) this.take(await commands.showBranch(this.id, message));
  }

  async setSettings(settings: ChatSettings): Promise<void> {
    if (this.id !== null) await commands.setChatSettings(this.id, settings);
    this.settings = settings;
  }

  async setScope(scope: Scope | null): Promise<void> {
    if (this.id !== null) await commands.setChatScope(this.id, scope);
    this.scope = scope;
  }

  private before(message: number): MessageView[] {
    const at = this.messages.findIndex((each) => each.id === message);
    return at < 0 ? this.messages : this.messages.slice(0, at);
  }

  private async follow(growing: Growing, asking: Asking): Promise<void> {
    this.problem = null;
    this.growing = growing;
    let answer: MessageView | null = null;
    let problem: Problem | null = null;
    try {
      await asking((event) => {
        if (event.type === "done") answer = event.answer;
        else if (event.type === "failed") problem = event.problem;
        else this.hear(growing, event);
      });
    } catch (error) {
      problem ??= asProblem(error);
    }
    growing.flush();
    await this.settle(answer, problem);
  }

  private hear(growing: Growing, event: AnswerEvent): void {
    if (event.type === "accepted") this.accept(growing, event.chat, event.question);
    else if (event.type === "begun") this.begin(growing, event.answer);
    else if (event.type === "notice") growing.notices = [...growing.notices, event.text];
    else if (event.type === "reading") growing.stage = "reading";
    else if (event.type === "token") growing.add(event.text);
    else if (event.type === "evidence") growing.evidence = event.evidence;
    else if (event.type === "loading") {
      growing.stage = "loading";
      growing.permille = event.permille;
    }
  }

  private begin(growing: Growing, answer: number): void {
    growing.id = answer;
    this.keys.set(answer, growing.key);
  }

  private accept(growing: Growing, chat: number, id: number): void {
    const fresh = this.id === null;
    this.id = chat;
    this.messages = this.messages.map((each) => (each.id === unaccepted ? { ...each, id, branches: [id] } : each));
    this.unsaved = true;
    void this.keepDraft();
    if (fresh && !this.privately) void commands.saveDraft(null, "").catch(() => {});
    // Asked to stop before there was anything to stop.
    if (growing.stopping) void this.stop();
    this.listener.accepted(this);
  }

  /** The answer as it is stored takes the place of the one that grew, in the same breath, so that nothing jumps. */
  private async settle(answer: MessageView | null, problem: Problem | null): Promise<void> {
    if (answer) this.messages = [...this.messages, answer];
    if (answer || this.id === null || problem?.kind === "locked") this.growing = null;
    if (this.id !== null && problem?.kind !== "locked") {
      const unsent = this.messages.filter((each) => each.id === unaccepted);
      try {
        const view = await commands.chat(this.id);
        this.growing = null;
        this.take(view);
        this.messages = [...this.messages, ...unsent];
      } catch (error) {
        this.growing = null;
        problem ??= asProblem(error);
      }
    }
    this.problem = problem;
    this.listener.ended(this, answer);
  }
}

function question(text: string): MessageView {
  return {
    id: unaccepted,
    role: "user",
    text,
    created_at: Date.now(),
    state: "complete",
    branches: [unaccepted],
    made_by: null,
    evidence: null,
  };
}
