/**
 * The program's side of the commands, in memory, for component tests and for looking at the page in a browser. It stands in for nothing that
 * ships: the window's own tests use the real programs.
 */
import { mockIPC } from "@tauri-apps/api/mocks";
import type {
  AnswerEvent,
  Beginning,
  ChatRow,
  ChatView,
  Evidence,
  Hit,
  MessageView,
  News,
  Question,
  Screen,
} from "../src/api/types";
import { FakeLibrary } from "./fake-library";

type Args = Record<string, unknown>;
type Stream = { id?: number; onmessage?: (event: unknown) => void };

export const open: Screen = { screen: "open", slots: ["keyring"], started: true, recovery_confirmed: true };

export function message(
  id: number,
  role: MessageView["role"],
  text: string,
  more: Partial<MessageView> = {},
): MessageView {
  const made_by =
    role === "user"
      ? null
      : {
          model: "SmolLM2-135M-Instruct",
          model_sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
          temperature: 0.5,
          seed: 7,
          engine: "0.1.0",
          prompt_tokens: 120,
          cached_tokens: 80,
          completion_tokens: 64,
          first_token_ms: 210,
          prefill_ms: 180,
          decode_ms: 900,
          dropped_messages: 0,
          window: 8192,
        };
  return {
    id,
    role,
    text,
    created_at: Date.now(),
    state: "complete",
    branches: [id],
    made_by,
    evidence: null,
    ...more,
  };
}

export class Fake {
  beginning: Beginning = {
    screen: open,
    preferences: { language: "en", theme: "system", large: false },
    system_language: "en-GB",
    version: "0.1.0",
    system: "linux",
  };
  chats: ChatView[] = [];
  deleted: ChatView[] = [];
  /** What the next answers say, in tokens. */
  answer: string[] = ["The ", "**bowline** ", "takes ", "2 ", "minutes ", "to ", "learn."];
  /** The documents. */
  library = new FakeLibrary();
  /** Of the next answer in a chat about documents; as the library has it without. */
  evidence: Evidence | null = null;
  /** Milliseconds between two tokens. */
  pace = 0;
  /** Rejects the next call of a command with this. */
  refuse: Record<string, unknown> = {};
  /** Every call, in order. */
  calls: { command: string; args: Args }[] = [];
  private next = 1000;
  private listener: Stream = {};
  private stopped = new Set<number>();

  /** Takes the place of the program. */
  install(): this {
    mockIPC((command, args) => this.call(command, (args ?? {}) as Args));
    return this;
  }

  /** Says something unasked. */
  say(news: News): void {
    this.listener.onmessage?.(news);
  }

  /** Adds a chat with these messages, alternating between person and model. */
  chat(title: string, texts: string[], more: Partial<ChatRow> = {}): ChatView {
    const id = this.next++;
    const messages = texts.map((text, at) => message(this.next++, at % 2 ? "assistant" : "user", text));
    const now = Date.now();
    const row = {
      id,
      title,
      created_at: now,
      updated_at: now,
      pinned: false,
      folder: null,
      private: false,
      messages: texts.length,
      ...more,
    };
    const settings = { system_prompt: null, temperature: null, top_p: null, max_tokens: null };
    const view: ChatView = { row, messages, draft: "", settings, scope: null, answering: false };
    this.chats.push(view);
    return view;
  }

  private view(id: unknown): ChatView {
    const found = this.chats.find((view) => view.row.id === id);
    if (!found) throw { code: "no_such_chat", kind: "not_found", message: "There is no such chat." };
    return structuredClone(found);
  }

  private stored(id: unknown): ChatView {
    this.view(id);
    return this.chats.find((view) => view.row.id === id) as ChatView;
  }

  private async call(command: string, args: Args): Promise<unknown> {
    this.calls.push({ command, args });
    if (command in this.refuse) {
      const problem = this.refuse[command];
      delete this.refuse[command];
      throw problem;
    }
    const about = await this.library.call(command, args);
    if (about) return about.reply;
    switch (command) {
      case "listen":
        this.listener = args["news"] as Stream;
        return null;
      case "beginning":
        return structuredClone(this.beginning);
      case "passphrase_strength":
        return { score: Math.min(4, Math.floor(String(args["passphrase"]).length / 5)), guesses_log10: 8 };
      case "create_vault":
      case "unlock":
        return { slots: ["keyring"], started: command === "unlock", recovery_confirmed: false };
      case "lock":
        return { screen: "locked", slots: ["keyring", "passphrase", "recovery"], keyring: null };
      case "make_recovery_code":
        return "ability absent accuse across actor adapt aerobic album alley amazing anger apple".split(" ");
      case "confirm_recovery_code":
        return String(args["words"]).trim().split(/\s+/).length === 12;
      case "chats":
        return this.chats
          .map((view) => structuredClone(view.row))
          .sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.updated_at - a.updated_at);
      case "chat":
        return this.view(args["chat"]);
      case "rename_chat":
        this.stored(args["chat"]).row.title = String(args["title"]);
        return null;
      case "pin_chat":
        this.stored(args["chat"]).row.pinned = Boolean(args["pinned"]);
        return null;
      case "move_chat":
        this.stored(args["chat"]).row.folder = args["folder"] as string | null;
        return null;
      case "delete_chat":
        this.deleted.push(this.stored(args["chat"]));
        this.chats = this.chats.filter((view) => view.row.id !== args["chat"]);
        return null;
      case "restore_chat":
        this.chats.push(...this.deleted.filter((view) => view.row.id === args["chat"]));
        return null;
      case "delete_message": {
        const view = this.stored(args["chat"]);
        view.messages = view.messages.slice(
          0,
          view.messages.findIndex((each) => each.id === args["message"]),
        );
        return structuredClone(view);
      }
      case "set_chat_settings":
        this.stored(args["chat"]).settings = args["settings"] as ChatView["settings"];
        return null;
      case "set_chat_scope":
        this.stored(args["chat"]).scope = args["scope"] as ChatView["scope"];
        return null;
      case "show_branch":
        return this.view(args["chat"]);
      case "save_draft":
        if (args["chat"] !== null) this.stored(args["chat"]).draft = String(args["text"]);
        return null;
      case "draft":
        return "";
      case "ask": {
        const question = args["question"] as Question;
        const view =
          question.chat === null
            ? this.chat(question.text.slice(0, 60), [], { private: question.private })
            : this.stored(question.chat);
        if (question.chat === null) view.scope = question.scope;
        view.messages.push(message(this.next++, "user", question.text));
        return this.reply(view, args["events"] as Stream);
      }
      case "edit": {
        const view = this.stored(args["chat"]);
        const at = view.messages.findIndex((each) => each.id === args["message"]);
        const id = this.next++;
        view.messages.splice(
          at,
          Infinity,
          message(id, "user", String(args["text"]), { branches: [args["message"] as number, id] }),
        );
        return this.reply(view, args["events"] as Stream);
      }
      case "regenerate": {
        const view = this.stored(args["chat"]);
        const at = view.messages.findIndex((each) => each.id === args["message"]);
        view.messages.splice(at);
        return this.reply(view, args["events"] as Stream, [args["message"] as number]);
      }
      case "continue_answer": {
        const view = this.stored(args["chat"]);
        const last = view.messages.pop();
        return this.reply(view, args["events"] as Stream, [], last);
      }
      case "stop":
        this.stopped.add(args["chat"] as number);
        return null;
      case "search":
        return this.search(String(args["words"]));
      case "export_chat":
        return "tacit-chat.md";
      case "machine":
        return {
          model: {
            state: "ready",
            name: "SmolLM2-135M-Instruct",
            languages: ["en"],
            starter: true,
            window: 8192,
            parameters: 134_515_008,
            threads: 2,
            cpu_variant: "haswell",
          },
          memory_bytes: 412_000_000,
        };
      case "doctor":
        return [
          { promise: 1, name: "internet socket", holds: true, evidence: "refused: Operation not permitted" },
          { promise: 2, name: "the store is encrypted", holds: true, evidence: "its first bytes are random" },
          { promise: 5, name: "GPU", holds: null, evidence: "not used" },
        ];
      default:
        return null;
    }
  }

  private async reply(view: ChatView, stream: Stream, beside: number[] = [], before?: MessageView): Promise<null> {
    const say = (event: AnswerEvent) => stream.onmessage?.(event);
    const question = view.messages.at(-1) as MessageView;
    const id = before?.id ?? this.next++;
    view.answering = true;
    say({ type: "accepted", chat: view.row.id, question: question.id });
    say({ type: "begun", answer: id });
    const evidence = view.scope ? (this.evidence ?? this.library.evidence(this.answer.join(""))) : null;
    if (evidence) say({ type: "evidence", evidence: { ...evidence, sentences: [] } });
    say({ type: "reading", prompt_tokens: 120, cached_tokens: 80 });
    let text = before?.text ?? "";
    for (const token of this.answer) {
      if (this.pace) await new Promise((wake) => setTimeout(wake, this.pace));
      if (this.stopped.has(view.row.id)) break;
      text += token;
      say({ type: "token", text: token });
    }
    const state = this.stopped.delete(view.row.id) ? "stopped" : "complete";
    const answer = message(id, "assistant", text, { state, branches: [...beside, id], evidence });
    view.messages.push(answer);
    view.row.messages += 2;
    view.row.updated_at = Date.now();
    view.answering = false;
    say({ type: "done", answer: structuredClone(answer) });
    return null;
  }

  private search(words: string): Hit[] {
    const word = words.trim().toLowerCase();
    if (!word) return [];
    return this.chats.flatMap((view) =>
      view.messages.flatMap((each) => {
        const at = each.text.toLowerCase().indexOf(word);
        if (at < 0) return [];
        const snippet = [
          { text: each.text.slice(0, at), hit: false },
          { text: each.text.slice(at, at + word.length), hit: true },
          { text: each.text.slice(at + word.length), hit: false },
        ];
        const { id: chat, title } = view.row;
        return [{ chat, title, message: each.id, role: each.role, created_at: each.created_at, snippet }];
      }),
    );
  }
}
