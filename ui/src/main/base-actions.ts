/** What can be done anywhere in the open window. */
import { type Action, actions } from "../actions/actions.svelte";
import { isTextBox } from "../actions/keys";
import { commands } from "../api/commands";
import type { ChatRow, MenuChoice } from "../api/types";
import { t } from "../language/language.svelte";
import { asProblem } from "../state/problem";
import { chats } from "../state/chats.svelte";
import { type Panel, panels } from "../state/panels.svelte";
import { session } from "../state/session.svelte";
import { search } from "../search/search.svelte";
import { remove, undo } from "../sidebar/chat-commands";
import { entriesOf } from "../sidebar/entries";
import { sidebar } from "../sidebar/sidebar.svelte";
import { focusHome } from "../parts/focus";
import { tick } from "svelte";

/** Begins a chat, with the cursor where its first question is written. */
export function begin(privately: boolean): void {
  chats.begin(privately);
  sidebar.chosen();
  void tick().then(focusHome);
}

const shown = (): ChatRow | undefined => chats.rows.find((row) => row.id === chats.shown);

/** Shows the chat after or before the one on show, as the list has them. */
function step(by: 1 | -1): void {
  const order = entriesOf(chats.rows, chats.folders, new Set(), new Date()).flatMap((each) =>
    each.kind === "chat" ? [each.row.id] : [],
  );
  const at = chats.shown === null ? -1 : order.indexOf(chats.shown);
  const next = order[at < 0 && by < 0 ? order.length - 1 : at + by];
  if (next !== undefined) chats.show(next);
}

async function lock(): Promise<void> {
  try {
    await session.lock();
  } catch (error) {
    sidebar.problem = asProblem(error);
    sidebar.open();
  }
}

const panel = (which: Panel) => () => (panels.open = which);

async function removeShown(): Promise<void> {
  const row = shown();
  if (row && (await remove(row))) focusHome();
}

function renameShown(): void {
  sidebar.open();
  // What was found lies over the list.
  search.clear();
  sidebar.renaming = chats.shown;
}

function chatActions(): Action[] {
  const any = () => shown() !== undefined;
  return [
    { id: "main.rename", label: () => t("keys-rename"), keys: "F2", enabled: any, run: renameShown },
    { id: "main.delete", label: () => t("keys-delete-chat"), enabled: any, run: () => void removeShown() },
    {
      id: "main.undo",
      label: () => t("keys-undo"),
      keys: "Mod+Z",
      // In a text box these keys undo what was typed.
      enabled: () => sidebar.deleted.length > 0 && !isTextBox(document.activeElement),
      run: () => void undo(),
    },
    { id: "main.next", label: () => t("keys-next"), keys: "Alt+ArrowDown", run: () => step(1) },
    { id: "main.previous", label: () => t("keys-previous"), keys: "Alt+ArrowUp", run: () => step(-1) },
  ];
}

export function baseActions(): Action[] {
  return [
    { id: "main.new", label: () => t("list-new"), keys: "Mod+N", run: () => begin(false) },
    { id: "main.new-private", label: () => t("list-new-private"), keys: "Mod+Shift+N", run: () => begin(true) },
    { id: "main.search", label: () => t("keys-search"), keys: "Mod+F", run: () => void sidebar.search() },
    { id: "main.documents", label: () => t("docs-title"), keys: "Mod+D", run: panel("documents") },
    { id: "main.palette", label: () => t("keys-palette"), keys: "Mod+K", run: panel("palette") },
    { id: "main.sidebar", label: () => t("keys-sidebar"), keys: "Mod+B", run: () => sidebar.toggle() },
    { id: "main.preferences", label: () => t("keys-preferences"), keys: "Mod+Comma", run: panel("preferences") },
    {
      id: "main.shortcuts",
      label: () => t("keys-shortcuts"),
      keys: "Mod+Slash",
      also: "Question",
      run: panel("shortcuts"),
    },
    { id: "main.lock", label: () => t("keys-lock"), keys: "Mod+Shift+L", anywhere: true, run: () => void lock() },
    ...chatActions(),
    { id: "main.trust", label: () => t("keys-trust"), run: panel("trust") },
    { id: "main.about", label: () => t("keys-about"), run: panel("about") },
    { id: "main.quit", label: () => t("menu-quit"), keys: "Mod+Q", anywhere: true, run: () => void commands.quit() },
  ];
}

const IN_MENU: Record<MenuChoice, string> = {
  new_chat: "main.new",
  new_private_chat: "main.new-private",
  search: "main.search",
  documents: "main.documents",
  export: "chat.export-markdown",
  preferences: "main.preferences",
  shortcuts: "main.shortcuts",
  trust: "main.trust",
  about: "main.about",
};

/** Does what was chosen in the window's menu. */
export function chooseInMenu(choice: MenuChoice): void {
  const action = actions().find((each) => each.id === IN_MENU[choice]);
  if (action && (action.enabled?.() ?? true)) action.run();
}
