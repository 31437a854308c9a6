/** The chats in the list, and which one is on show. */
import { commands } from "../api/commands";
import type { ChatRow, Scope } from "../api/types";

class Chats {
  rows = $state.raw<ChatRow[]>([]);
  /** The chat on show; nothing for a new one. */
  shown = $state<number | null>(null);
  /** Whether the new chat will be a private one. */
  privately = $state(false);
  /** The documents that the new chat will be about. */
  scope = $state.raw<Scope | null>(null);
  /** How often a new chat was begun: each is another. */
  begun = $state(0);
  /** The message to scroll to and light, once (a search hit). */
  lit = $state<number | null>(null);
  /** The folders there are, in the order of their names. */
  folders = $derived([...new Set(this.rows.flatMap((row) => row.folder ?? []))].sort((a, b) => a.localeCompare(b)));
  private turn = 0;

  async refresh(): Promise<void> {
    const turn = ++this.turn;
    const rows = await commands.chats();
    // What was asked for later is newer, and what a locked vault held is nobody's business any more.
    if (turn === this.turn) this.rows = rows;
  }

  show(chat: number, message: number | null = null): void {
    this.shown = chat;
    this.lit = message;
  }

  /** Begins a chat. It exists once its first question is accepted. */
  begin(privately = false, scope: Scope | null = null): void {
    this.shown = null;
    this.lit = null;
    this.privately = privately;
    this.scope = scope;
    this.begun++;
  }

  /** Forgets everything, for the vault was locked. */
  clear(): void {
    this.turn++;
    this.rows = [];
    this.begin();
  }
}

export const chats = new Chats();
