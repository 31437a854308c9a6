/** What a page is made of, for the eye and for a screen reader alike: its blocks with their roles, in reading order. */
import type { DocumentPage, PageBlock } from "../api/types";
import { inner, meet, type Span } from "../documents/lit";

/** Cells of one row. */
export type Row = readonly Span[];

export type Section =
  | { kind: "heading"; level: number; span: Span }
  | { kind: "paragraph" | "preformatted" | "aside"; span: Span }
  | { kind: "list"; items: Span[] }
  | { kind: "table"; header: Row[]; rows: Row[] };

/** Below the document's name and the page's. */
const levelOf = (kind: string) => Math.min(6, 3 + (Number(kind.slice("heading".length)) || 1));

function cellsOf(text: string, [from, to]: Span): Row {
  const cells: Span[] = [];
  let at = from;
  for (const cell of text.slice(from, to).split("\t")) {
    cells.push([at, at + cell.length]);
    at += cell.length + 1;
  }
  return cells;
}

function add(sections: Section[], text: string, { kind, span }: PageBlock): void {
  const last = sections.at(-1);
  if (kind.startsWith("heading")) sections.push({ kind: "heading", level: levelOf(kind), span });
  else if (kind === "item") {
    if (last?.kind === "list") last.items.push(span);
    else sections.push({ kind: "list", items: [span] });
  } else if (kind === "header_row" || kind === "row") {
    const cells = cellsOf(text, span);
    const header = kind === "header_row";
    // A header after rows is another table's.
    const table = last?.kind === "table" && !(header && last.rows.length > 0) ? last : null;
    if (table) (header ? table.header : table.rows).push(cells);
    else sections.push({ kind: "table", header: header ? [cells] : [], rows: header ? [] : [cells] });
  } else if (kind === "preformatted" || kind === "aside") sections.push({ kind, span });
  else sections.push({ kind: "paragraph", span });
}

/** The sections of a page. What stands in no block is a paragraph: nothing is left out. */
export function sectionsOf({ text, blocks }: Pick<DocumentPage, "text" | "blocks">): Section[] {
  const sections: Section[] = [];
  let at = 0;
  const between = (to: number) => {
    if (text.slice(at, to).trim()) add(sections, text, { kind: "paragraph", span: [at, to] });
  };
  for (const block of [...blocks].sort((a, b) => a.span[0] - b.span[0])) {
    between(block.span[0]);
    add(sections, text, block);
    at = Math.max(at, block.span[1]);
  }
  between(text.length);
  return sections;
}

/** What is known of a stretch of a page. */
export type Stretch = {
  span: Span;
  /** It is cited. */
  lit: boolean;
  /** It was looked for. */
  found: boolean;
  /** OCR is not sure of it. */
  uncertain: boolean;
  /** Why the page does not show it as it reads. */
  why: string | null;
};

/** What a page is looked at for. */
export type Look = { lit: Span | null; found: Span | null };

/** OCR below this is not sure (of 100). */
const sure = 80;

export function uncertainIn(page: DocumentPage): Span[] {
  return page.ocr ? page.words.filter((word) => word.confidence < sure).map((word) => word.span) : [];
}

/** What is known of one span of a page. */
export function stretchOf(page: DocumentPage, uncertain: readonly Span[], look: Look, span: Span): Stretch {
  const holds = (one: Span | null) => one !== null && meet(one, span);
  return {
    span,
    lit: holds(look.lit),
    found: holds(look.found),
    uncertain: uncertain.some(holds),
    why: page.marks.find((mark) => holds(mark.span))?.why ?? null,
  };
}

/** A span of a page in stretches of which the same is known. */
export function stretches(page: DocumentPage, uncertain: readonly Span[], look: Look, span: Span): Stretch[] {
  const seams = [look.lit, look.found, ...page.marks.map((mark) => mark.span), ...uncertain];
  const inside = inner(
    seams.filter((each): each is [number, number] => each !== null),
    span,
  );
  const places = [...new Set([0, ...inside.flat(), span[1] - span[0]])].sort((a, b) => a - b);
  return places.slice(1).map((to, at) => {
    const part: Span = [span[0] + (places[at] ?? 0), span[0] + to];
    return stretchOf(page, uncertain, look, part);
  });
}
