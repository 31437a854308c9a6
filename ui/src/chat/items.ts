/** What the list of a chat shows, in order. */
import type { MessageView } from "../api/types";
import type { Conversation } from "./conversation.svelte";
import type { Growing } from "./growing.svelte";

export type MessageItem = {
  kind: "message";
  /** The message's number; text for an answer that has none yet. */
  key: number | string;
  /** Its place among the items, from 1. */
  place: number;
  message: MessageView | null;
  /** Set while it is being written. */
  growing: Growing | null;
};

export type Item = MessageItem | { kind: "dropped"; key: string; count: number };

/** The messages, the one that grows, and a mark where the model's window begins. */
export function itemsOf({ messages, growing }: Pick<Conversation, "messages" | "growing">): Item[] {
  const dropped = messages.findLast((each) => each.made_by)?.made_by?.dropped_messages ?? 0;
  const items: Item[] = [];
  messages.forEach((message, at) => {
    if (at === dropped && at > 0) items.push({ kind: "dropped", key: "dropped", count: dropped });
    items.push({ kind: "message", key: message.id, place: items.length + 1, message, growing: null });
  });
  if (growing) {
    const key = growing.id ?? "growing";
    items.push({ kind: "message", key, place: items.length + 1, message: null, growing });
  }
  return items;
}
