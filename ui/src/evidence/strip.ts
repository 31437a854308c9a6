/** The strip of a page on which some words stand. */
import type { Area, DocumentPage, PageWord, PassageView } from "../api/types";
import { meet, type Span } from "../documents/lit";

/** A strip is as high as so many of its lines at most. */
const mostLines = 6;
const margin = 8;
const narrowest = 160;

export type Strip = {
  area: Area;
  /** The words that are asked about. */
  asked: PageWord[];
  /** All words on it, in order. */
  words: PageWord[];
};

/** Where a passage begins on its page; the page is asked before what the passage says of itself. */
export function beginningOf({ text, span }: PassageView, page: DocumentPage): number {
  if (page.text.startsWith(text, span[0])) return span[0];
  const at = page.text.indexOf(text);
  return at < 0 ? span[0] : at;
}

/** The strip with the words at `spans` of a passage; nothing where the page has no paper or the words are not on it. */
export function stripOf(passage: PassageView, page: DocumentPage, spans: readonly Span[]): Strip | null {
  const begin = beginningOf(passage, page);
  const wanted = spans.map(([from, to]): Span => [begin + from, begin + to]);
  const found = page.words.filter((word) => wanted.some((span) => meet(span, word.span)));
  const first = found[0];
  if (!first) return null;
  const [, top, , line] = first.rect;
  const near = found.filter(({ rect: [, y, , height] }) => Math.abs(y + height - top) <= mostLines * line);
  const upper = Math.max(0, Math.min(...near.map(({ rect }) => rect[1])) - line * 0.8);
  const lower = Math.min(page.height, Math.max(...near.map(({ rect }) => rect[1] + rect[3])) + line * 0.8);
  const words = page.words.filter(({ rect: [, y, , height] }) => y + height / 2 > upper && y + height / 2 < lower);
  const left = Math.max(0, Math.min(...words.map(({ rect }) => rect[0])) - margin);
  const right = Math.max(...words.map(({ rect }) => rect[0] + rect[2])) + margin;
  const width = Math.min(page.width - left, Math.max(narrowest, right - left));
  return { area: { x: left, y: upper, width, height: lower - upper }, asked: near, words };
}
