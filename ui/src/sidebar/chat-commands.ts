/** What can be done with a chat in the list. What goes wrong is said in the sidebar. */
import { commands } from "../api/commands";
import type { ChatRow, ExportFormat } from "../api/types";
import { t } from "../language/language.svelte";
import { announcements } from "../parts/announce.svelte";
import { chats } from "../state/chats.svelte";
import { asProblem } from "../state/problem";
import { type Deleted, sidebar } from "./sidebar.svelte";

async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  sidebar.problem = null;
  try {
    await work();
    return true;
  } catch (error) {
    const problem = asProblem(error);
    // A locked vault says so with its own screen.
    if (problem.kind !== "locked") sidebar.problem = problem;
    return false;
  }
}

const then = (work: Promise<unknown>) => attempt(() => work.then(() => chats.refresh()));

export function rename(row: ChatRow, title: string): Promise<boolean> {
  const name = title.trim();
  if (!name || name === row.title) return Promise.resolve(true);
  return then(commands.renameChat(row.id, name));
}

export const pin = (row: ChatRow): Promise<boolean> => then(commands.pinChat(row.id, !row.pinned));

export const move = (chat: number, folder: string | null): Promise<boolean> => then(commands.moveChat(chat, folder));

export function exportAs(row: ChatRow, format: ExportFormat): Promise<boolean> {
  return attempt(async () => {
    const file = await commands.exportChat(row.id, format);
    if (file !== null) announcements.say(t("list-exported", { file }));
  });
}

/** Deletes a chat at once; it can be brought back. */
export function remove(row: ChatRow): Promise<boolean> {
  return attempt(async () => {
    await commands.deleteChat(row.id);
    const wasShown = chats.shown === row.id;
    sidebar.deleted = [...sidebar.deleted, { id: row.id, title: row.title, wasShown }];
    if (wasShown) chats.begin();
    announcements.say(t("list-deleted-spoken", { title: row.title }));
    await chats.refresh();
  });
}

/** Brings a deleted chat back; without one, that which was deleted last. */
export async function undo(which: Deleted | undefined = sidebar.deleted.at(-1)): Promise<void> {
  if (!which) return;
  sidebar.deleted = sidebar.deleted.filter((each) => each !== which);
  const done = await attempt(async () => {
    await commands.restoreChat(which.id);
    await chats.refresh();
  });
  if (!done) {
    sidebar.deleted = [...sidebar.deleted, which];
    return;
  }
  if (which.wasShown) chats.show(which.id);
  sidebar.focused = which.id;
  announcements.say(t("list-restored", { title: which.title }));
}

/** The offer to bring a chat back has run out. */
export function forget(which: Deleted): void {
  sidebar.deleted = sidebar.deleted.filter((each) => each !== which);
}
