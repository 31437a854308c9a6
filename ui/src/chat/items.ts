/** What the list of a chat shows, in order. */
import type { MessageView } from "../api/types";
import type { Conversation } from "./conversation.svelte";
import type { Growing } from "./growing.svelte";

export type MessageItem = {
  kind: "message";
  /** The same while an answer grows and when it has ended, so that it stays the same element. */
  key: string;
  /** The message's number; nothing for an answer that has none yet. */
  id: number | null;
  /** Its place among the items, from 1. */
  place: number;
  message: MessageView | null;
  /** Set while it is being written. */
  growing: Growing | null;
};

export type Item = MessageItem | { kind: "dropped"; key: string; count: number };

/** The messages, the one that grows, and a mark where the model's window begins. */
export function itemsOf(conversation: Conversation): Item[] {
  const { messages, growing } = conversation;
  const dropped = messages.findLast((each) => each.made_by)?.made_by?.dropped_messages ?? 0;
  const items: Item[] = [];
  messages.forEach((message, at) => {
    if (at === dropped && at > 0) items.push({ kind: "dropped", key: "dropped", count: dropped });
    const { id } = message;
    items.push({ kind: "message", key: conversation.keyOf(id), id, place: items.length + 1, message, growing: null });
  });
  if (growing) {
    const { key, id } = growing;
    items.push({ kind: "message", key, id, place: items.length + 1, message: null, growing });
  }
  return items;
}
