/** What is looked for in all chats and documents, and what was found. */
import { commands } from "../api/commands";
import type { DocumentRow, Hit, PassageView, Problem } from "../api/types";
import { t } from "../language/language.svelte";
import { named } from "../documents/words";
import { announcements } from "../parts/announce.svelte";
import { library } from "../state/library.svelte";
import { asProblem } from "../state/problem";

/** Of the documents' passages so many are offered beside the chats; the panel has the others. */
const mostPassages = 8;

/** Passages of all documents. They are beside the point here: what goes wrong with them is said in their panel. */
async function inDocuments(words: string): Promise<PassageView[]> {
  if (library.documents.length === 0) return [];
  const scope = { all: true, collections: [], documents: [] };
  const found = await commands.searchDocuments({ words, scope, kinds: [], from: null, until: null }).catch(() => []);
  return found.slice(0, mostPassages);
}

class Search {
  words = $state("");
  /** Nothing while nothing was looked for. */
  hits = $state.raw<Hit[] | null>(null);
  /** What was found in documents. */
  passages = $state.raw<PassageView[]>([]);
  /** Documents whose names hold the words. */
  names = $derived<DocumentRow[]>(named(library.documents, this.words));
  /** All that was found. */
  count = $derived((this.hits?.length ?? 0) + this.passages.length + (this.hits ? this.names.length : 0));
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
      this.passages = [];
      return;
    }
    try {
      const [hits, passages] = await Promise.all([commands.search(words), inDocuments(words)]);
      if (turn !== this.turn) return;
      this.hits = hits;
      this.passages = passages;
      // Spoken once the person pauses, and not after each letter.
      this.speaking = setTimeout(() => announcements.say(t("find-count", { count: this.count })), 600);
    } catch (error) {
      if (turn !== this.turn) return;
      this.hits = null;
      this.passages = [];
      const problem = asProblem(error);
      if (problem.kind !== "locked") this.problem = problem;
    }
  }

  clear(): void {
    this.turn++;
    clearTimeout(this.speaking);
    this.words = "";
    this.hits = null;
    this.passages = [];
    this.problem = null;
  }
}

export const search = new Search();
