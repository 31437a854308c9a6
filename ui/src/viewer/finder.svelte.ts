/** What is looked for in the document on show. */
import type { Span } from "../documents/lit";
import type { Pages } from "./pages";

/** Where words stand in a text. Between them any space will do. */
export function placesOf(text: string, words: string): Span[] {
  const parts = words.trim().split(/\s+/).filter(Boolean);
  if (parts.length === 0) return [];
  const pattern = parts.map((part) => part.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("\\s+");
  return [...text.matchAll(new RegExp(pattern, "giu"))].map((match) => [match.index, match.index + match[0].length]);
}

/** A place that was found. */
export type Found = { page: number; span: Span; at: number; count: number };

export class Finder {
  words = $state("");
  found = $state.raw<Found | null>(null);
  /** Looked for in the whole document, and not there. */
  nowhere = $state(false);
  busy = $state(false);
  private turn = 0;

  constructor(
    private pages: Pages,
    private count: () => number,
  ) {}

  write(words: string): void {
    this.turn++;
    this.words = words;
    this.found = null;
    this.nowhere = false;
    this.busy = false;
  }

  /** Goes to the next place, or the one before; from this page on, and round the document once. */
  async go(step: 1 | -1, from: number): Promise<void> {
    const turn = ++this.turn;
    const pages = Math.max(1, this.count());
    const before = this.found;
    this.busy = true;
    this.nowhere = false;
    try {
      for (let seen = 0; seen <= pages; seen++) {
        const page = ((((before?.page ?? from) + step * seen) % pages) + pages) % pages;
        const { text } = await this.pages.get(page);
        if (turn !== this.turn) return;
        const places = placesOf(text, this.words);
        // Where one is, from the next place on; on other pages from their near end.
        const at = seen === 0 && before ? before.at + step : step > 0 ? 0 : places.length - 1;
        const span = places[at];
        if (!span) continue;
        this.found = { page, span, at, count: places.length };
        return;
      }
      this.nowhere = before === null;
    } finally {
      if (turn === this.turn) this.busy = false;
    }
  }
}
