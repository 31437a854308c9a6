/** What can be done in a chat by keyboard. */
import type { Action } from "../actions/actions.svelte";
import { commands } from "../api/commands";
import { t } from "../language/language.svelte";
import { announcements } from "../parts/announce.svelte";
import { panels } from "../state/panels.svelte";
import { asProblem } from "../state/problem";
import type { Conversation } from "./conversation.svelte";
import { exportChat } from "./export";
import { editing } from "./editing.svelte";

type Now = { readonly now: Conversation };

/** Copies Markdown as it was written. */
export async function copyText(conversation: Conversation, text: string): Promise<void> {
  try {
    await commands.copy(text);
    announcements.say(t("chat-copied"));
  } catch (error) {
    conversation.problem = asProblem(error);
  }
}

/** Whether an answer can be gone on with. */
export function canGoOn(conversation: Conversation): boolean {
  const last = conversation.messages.at(-1);
  return !conversation.busy && last?.role === "assistant" && last.state !== "complete" && last.state !== "growing";
}

export function chatActions(chat: Now, { focusComposer }: { focusComposer: () => void }): Action[] {
  const lastAnswer = () => chat.now.messages.findLast((each) => each.role === "assistant");
  const lastQuestion = () => chat.now.messages.findLast((each) => each.role === "user");
  const idle = () => !chat.now.busy;
  const stored = () => chat.now.id !== null;
  return [
    { id: "chat.write", label: () => t("chat-action-write"), keys: "Mod+L", run: focusComposer },
    {
      id: "chat.stop",
      label: () => t("chat-action-stop"),
      keys: "Escape",
      enabled: () => chat.now.busy,
      run: () => void chat.now.stop(),
    },
    {
      id: "chat.regenerate",
      label: () => t("chat-regenerate"),
      keys: "Mod+Shift+R",
      enabled: () => idle() && stored() && chat.now.messages.length > 0,
      run: () => void chat.now.regenerate(chat.now.messages.at(-1)?.id ?? 0),
    },
    {
      id: "chat.go-on",
      label: () => t("chat-go-on"),
      keys: "Mod+Shift+G",
      enabled: () => canGoOn(chat.now),
      run: () => void chat.now.goOn(chat.now.messages.at(-1)?.id ?? 0),
    },
    {
      id: "chat.copy-answer",
      label: () => t("chat-action-copy"),
      keys: "Mod+Shift+C",
      enabled: () => lastAnswer() !== undefined,
      run: () => void copyText(chat.now, lastAnswer()?.text ?? ""),
    },
    {
      id: "chat.edit-question",
      label: () => t("chat-action-edit"),
      keys: "Mod+Shift+E",
      enabled: () => idle() && stored() && lastQuestion() !== undefined,
      run: () => (editing.message = lastQuestion()?.id ?? null),
    },
    {
      id: "chat.settings",
      label: () => t("chat-settings"),
      keys: "Mod+Shift+Comma",
      run: () => (panels.open = "chat-settings"),
    },
    {
      id: "chat.export-markdown",
      label: () => t("chat-action-export-markdown"),
      keys: "Mod+Shift+S",
      enabled: stored,
      run: () => void exportChat(chat.now, "markdown"),
    },
    {
      id: "chat.export-json",
      label: () => t("chat-action-export-json"),
      enabled: stored,
      run: () => void exportChat(chat.now, "json"),
    },
  ];
}
