/** What can be done with documents. What goes wrong is said in the panel. */
import { commands } from "../api/commands";
import type { Added, Adding, CollectionRow, DocumentRow, WatchedFolder } from "../api/types";
import { t } from "../language/language.svelte";
import { announcements } from "../parts/announce.svelte";
import { focusHome } from "../parts/focus";
import { chats } from "../state/chats.svelte";
import { library, type Wish } from "../state/library.svelte";
import { panels } from "../state/panels.svelte";
import { viewer } from "../state/viewer.svelte";
import { sidebar } from "../sidebar/sidebar.svelte";
import { tick } from "svelte";

/** A text that is added by hand. */
export type Pasted = { name: string; text: string };

function outcomeInWords({ new: fresh, newer, known, refused }: Added): string {
  const lines = [
    fresh ? t("docs-outcome-new", { count: fresh }) : "",
    newer ? t("docs-outcome-newer", { count: newer }) : "",
    known ? t("docs-outcome-known", { count: known }) : "",
    ...refused.map(({ name, problem }) => `${name}: ${problem.message}`),
  ].filter(Boolean);
  return lines.join(" ") || t("docs-outcome-nothing");
}

function added(outcome: Added | null): void {
  if (!outcome) return;
  library.outcome = outcome;
  announcements.say(outcomeInWords(outcome));
}

/** Adds what is wished for; whether it was done. */
export async function add(wish: Wish, adding: Adding, pasted: Pasted): Promise<boolean> {
  library.outcome = null;
  return library.attempt(async () => {
    if (wish.source === "dropped") added(await commands.addDropped(adding));
    else if (wish.source === "text") added(await commands.addText(pasted.name.trim(), pasted.text, adding));
    else if (wish.source === "watched") {
      const path = await commands.watchByDialog(adding);
      if (path !== null) announcements.say(t("docs-watching", { path }));
    } else added(await commands.addByDialog(wish.source === "folder", adding));
  });
}

export function open(row: DocumentRow): void {
  panels.open = null;
  viewer.show({ document: row.id, name: row.name, page: 0, span: null }, null);
}

/** Begins a chat about a document. */
export function askAbout(row: DocumentRow): void {
  panels.open = null;
  chats.begin(false, { all: false, collections: [], documents: [row.id] });
  sidebar.chosen();
  void tick().then(focusHome);
}

export function saveOriginal(row: DocumentRow): Promise<boolean> {
  return library.attempt(async () => {
    const file = await commands.saveOriginal(row.id);
    if (file !== null) announcements.say(t("docs-saved", { file }));
  });
}

export const retry = (row: DocumentRow): Promise<boolean> => library.attempt(() => commands.retryDocument(row.id));

export function remove(row: DocumentRow): Promise<boolean> {
  return library.attempt(async () => {
    await commands.removeDocument(row.id);
    if (viewer.place?.document === row.id) viewer.clear();
    announcements.say(t("docs-removed", { name: row.name }));
  });
}

export const pause = (paused: boolean): Promise<boolean> => library.attempt(() => commands.pauseLibrary(paused));

export const put = (row: DocumentRow, collection: number, member: boolean): Promise<boolean> =>
  library.attempt(() => commands.putInCollection(row.id, collection, member));

/** Makes a collection; its number, or nothing where that failed. */
export async function makeCollection(name: string): Promise<number | null> {
  let made: number | null = null;
  await library.attempt(async () => {
    made = await commands.makeCollection(name);
    announcements.say(t("docs-collection-made", { name }));
  });
  return made;
}

export const renameCollection = (collection: number, name: string): Promise<boolean> =>
  library.attempt(() => commands.renameCollection(collection, name));

export function deleteCollection({ id, name }: CollectionRow): Promise<boolean> {
  return library.attempt(async () => {
    await commands.deleteCollection(id);
    announcements.say(t("docs-collection-deleted", { name }));
  });
}

export function unwatch({ path }: WatchedFolder): Promise<boolean> {
  return library.attempt(async () => {
    await commands.unwatch(path);
    announcements.say(t("docs-unwatched", { path }));
  });
}
