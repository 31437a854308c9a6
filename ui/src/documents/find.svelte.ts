/** What is looked for in the documents, and what was found. */
import { commands } from "../api/commands";
import type { PassageView, Problem } from "../api/types";
import { t } from "../language/language.svelte";
import { announcements } from "../parts/announce.svelte";
import { asProblem } from "../state/problem";
import { beginning } from "./days";

/** Letters come faster than passages: it is asked for when they pause. */
const pause = 150;

class Find {
  words = $state("");
  /** Only in this collection. */
  collection = $state<number | null>(null);
  /** Only of this kind. */
  kind = $state<string | null>(null);
  /** Only of this day or later, and of this day or earlier (`2024-03-31`); empty for any. */
  after = $state("");
  before = $state("");
  readonly from = $derived(beginning(this.after));
  readonly until = $derived(beginning(this.before, 1));
  /** Nothing while nothing was looked for. */
  hits = $state.raw<PassageView[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  private turn = 0;
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private speaking: ReturnType<typeof setTimeout> | undefined;

  look(words: string): void {
    this.words = words;
    this.again();
  }

  /** Looks once more, for what is looked in has changed. */
  again(): void {
    const turn = ++this.turn;
    clearTimeout(this.waiting);
    clearTimeout(this.speaking);
    this.problem = null;
    if (!this.words.trim()) this.hits = null;
    else this.waiting = setTimeout(() => void this.ask(turn), pause);
  }

  private async ask(turn: number): Promise<void> {
    const { collection, kind, from, until } = this;
    const scope = { all: collection === null, collections: collection === null ? [] : [collection], documents: [] };
    try {
      const hits = await commands.searchDocuments({
        words: this.words,
        scope,
        kinds: kind === null ? [] : [kind],
        from,
        until,
      });
      if (turn !== this.turn) return;
      this.hits = hits;
      this.speaking = setTimeout(() => announcements.say(t("docs-hits-count", { count: hits.length })), 600);
    } catch (error) {
      if (turn !== this.turn) return;
      this.hits = null;
      const problem = asProblem(error);
      if (problem.kind !== "locked") this.problem = problem;
    }
  }

  clear(): void {
    this.look("");
    this.collection = null;
    this.kind = null;
    this.after = "";
    this.before = "";
  }
}

export const find = new Find();
