/** What is looked for in all chats, and what was found. */
import { commands } from "../api/commands";
import type { Hit, Problem } from "../api/types";
import { t } from "../language/language.svelte";
import { announcements } from "../parts/announce.svelte";
import { asProblem } from "../state/problem";

class Search {
  words = $state("");
  /** Nothing while nothing was looked for. */
  hits = $state.raw<Hit[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  private turn = 0;
  private speaking: ReturnType<typeof setTimeout> | undefined;

  /** Looks for words. What was asked for before and comes late is dropped. */
  async look(words: string): Promise<void> {
    this.words = words;
    const turn = ++this.turn;
    clearTimeout(this.speaking);
    this.problem = null;
    if (!words.trim()) {
      this.hits = null;
      return;
    }
    try {
      const hits = await commands.search(words);
      if (turn !== this.turn) return;
      this.hits = hits;
      // Spoken once the person pauses, and not after each letter.
      this.speaking = setTimeout(() => announcements.say(t("find-count", { count: hits.length })), 600);
    } catch (error) {
      if (turn !== this.turn) return;
      this.hits = null;
      const problem = asProblem(error);
      if (problem.kind !== "locked") this.problem = problem;
    }
  }

  clear(): void {
    this.turn++;
    clearTimeout(this.speaking);
    this.words = "";
    this.hits = null;
    this.problem = null;
  }
}

export const search = new Search();
