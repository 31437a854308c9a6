/** The chat on show, and those in which an answer grows while another one is on show. */
import { commands } from "../api/commands";
import type { MessageView, Scope } from "../api/types";
import { Conversation } from "../chat/conversation.svelte";
import { asProblem } from "./problem";
import { chats } from "./chats.svelte";

class ChatOnShow {
  now = $state.raw<Conversation>(this.fresh(false));
  /** Called when an answer ends in a chat. */
  onEnd: (conversation: Conversation, answer: MessageView | null) => void = () => {};
  private growing = new Map<number, Conversation>();
  private turn = 0;

  /** Shows a chat, or the place for a new one. */
  async show(chat: number | null, privately: boolean, scope: Scope | null = null): Promise<void> {
    const turn = ++this.turn;
    void this.now.keepDraft();
    const known = chat === null ? null : this.growing.get(chat);
    if (known) {
      this.now = known;
      return;
    }
    const conversation = this.fresh(privately);
    conversation.scope = scope;
    try {
      if (chat === null) await this.begin(conversation);
      else await conversation.load(chat);
    } catch (error) {
      conversation.problem = asProblem(error);
    }
    // The person may have gone on to another chat meanwhile.
    if (turn === this.turn) this.now = conversation;
  }

  /** Forgets everything, for the vault was locked. */
  clear(): void {
    this.turn++;
    for (const each of [this.now, ...this.growing.values()]) each.forget();
    this.growing.clear();
    this.now = this.fresh(false);
  }

  private async begin(conversation: Conversation): Promise<void> {
    // What was typed for a new chat is kept; a private one has nothing to do with it.
    if (!conversation.privately) conversation.draft = await commands.draft();
  }

  private fresh(privately: boolean): Conversation {
    return new Conversation(
      { accepted: (it) => this.accepted(it), ended: (it, answer) => this.ended(it, answer) },
      privately,
    );
  }

  /** A list that cannot be read now is read with the next answer; the chat itself says what is wrong. */
  private async refresh(): Promise<void> {
    await chats.refresh().catch(() => {});
  }

  private accepted(conversation: Conversation): void {
    if (conversation.id === null) return;
    this.growing.set(conversation.id, conversation);
    if (conversation === this.now) chats.shown = conversation.id;
    void this.refresh();
  }

  private ended(conversation: Conversation, answer: MessageView | null): void {
    if (conversation.id !== null) this.growing.delete(conversation.id);
    if (conversation.problem?.kind !== "locked") void this.refresh();
    this.onEnd(conversation, answer);
  }
}

export const chat = new ChatOnShow();
