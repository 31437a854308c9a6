/** What the tests of the chat share. */
import { cleanup, render, screen, waitFor } from "@testing-library/svelte";
import { expect, vi } from "vitest";
import { Fake } from "../../tests/fake";
import { pretendLayout } from "../../tests/layout";
import type { ChatView } from "../api/types";
import { announcements } from "../parts/announce.svelte";
import { chat } from "../state/chat.svelte";
import { chats } from "../state/chats.svelte";
import { later } from "../state/later.svelte";
import { panels } from "../state/panels.svelte";
import Chat from "./Chat.svelte";

later.parts = await import("../later");

/** A program with nothing in it, and a page that knows nothing. */
export function begin(): Fake {
  pretendLayout();
  chats.clear();
  chat.clear();
  announcements.lines = [];
  return new Fake().install();
}

export function end(): void {
  cleanup();
  panels.open = null;
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
}

/** Shows a chat with these messages. */
export function show(fake: Fake, texts: string[], change: (view: ChatView) => void = () => {}): ChatView {
  const view = fake.chat("Knots", texts);
  change(view);
  chats.show(view.row.id);
  render(Chat);
  return view;
}

export const box = (): HTMLTextAreaElement => screen.getByRole("textbox", { name: "Message" });

/** The articles, once there are so many. */
export async function articles(count: number): Promise<HTMLElement[]> {
  await waitFor(() => expect(screen.getAllByRole("article")).toHaveLength(count));
  return screen.getAllByRole("article");
}

/** One of them, counted from 0. */
export async function article(at: number, count = 2): Promise<HTMLElement> {
  return (await articles(count))[at] as HTMLElement;
}
