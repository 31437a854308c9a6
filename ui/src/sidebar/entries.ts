/** The list of chats, line by line: pinned ones, folders, then by date. */
import type { ChatRow } from "../api/types";

export type Period = "pinned" | "today" | "yesterday" | "week" | "month";
export type Entry =
  | { kind: "heading"; key: string; period: Period | Date }
  | { kind: "folder"; key: string; name: string; open: boolean; count: number }
  | { kind: "chat"; key: string; row: ChatRow; inFolder: boolean };

/** The midnight before a moment, so many days earlier. */
function midnight(now: Date, daysBefore: number): number {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysBefore).getTime();
}

/** When a chat was written in last, as people say it. */
export function periodOf(moment: number, now: Date): Period | Date {
  if (moment >= midnight(now, 0)) return "today";
  if (moment >= midnight(now, 1)) return "yesterday";
  if (moment >= midnight(now, 7)) return "week";
  if (moment >= midnight(now, 30)) return "month";
  const date = new Date(moment);
  return new Date(date.getFullYear(), date.getMonth(), 1);
}

const entryOf = (row: ChatRow, inFolder = false): Entry => ({ kind: "chat", key: `chat-${row.id}`, row, inFolder });

function byDate(rows: ChatRow[], now: Date): Entry[] {
  let last = "";
  return rows.flatMap((row) => {
    const period = periodOf(row.updated_at, now);
    const key = `heading-${period instanceof Date ? period.getTime() : period}`;
    const entry = entryOf(row);
    if (key === last) return [entry];
    last = key;
    return [{ kind: "heading", key, period } as const, entry];
  });
}

/** All lines of the list. `rows` come the newest first. */
export function entriesOf(rows: ChatRow[], folders: string[], closed: ReadonlySet<string>, now: Date): Entry[] {
  const pinned = rows.filter((row) => row.pinned);
  const inFolders = new Map<string, ChatRow[]>(folders.map((name) => [name, []]));
  const rest: ChatRow[] = [];
  for (const row of rows) {
    if (row.pinned) continue;
    const folder = row.folder === null ? undefined : inFolders.get(row.folder);
    (folder ?? rest).push(row);
  }
  const entries: Entry[] = [];
  if (pinned.length) entries.push({ kind: "heading", key: "heading-pinned", period: "pinned" });
  entries.push(...pinned.map((row) => entryOf(row)));
  for (const [name, own] of inFolders) {
    if (!own.length) continue;
    const open = !closed.has(name);
    entries.push({ kind: "folder", key: `folder-${name}`, name, open, count: own.length });
    if (open) entries.push(...own.map((row) => entryOf(row, true)));
  }
  return [...entries, ...byDate(rest, now)];
}
