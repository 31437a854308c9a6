import { commands } from "../api/commands";
import type { ExportFormat } from "../api/types";
import { t } from "../language/language.svelte";
import { announcements } from "../parts/announce.svelte";
import { asProblem } from "../state/problem";
import type { Conversation } from "./conversation.svelte";

/** Writes a chat where the person wants it, and says so. */
export async function exportChat(conversation: Conversation, format: ExportFormat): Promise<void> {
  if (conversation.id === null) return;
  try {
    const file = await commands.exportChat(conversation.id, format);
    if (file !== null) announcements.say(t("chat-exported", { file }));
  } catch (error) {
    conversation.problem = asProblem(error);
  }
}
