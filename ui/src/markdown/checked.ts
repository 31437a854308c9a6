/**
 * Puts what was checked into the tree of an answer: its sentences, what the passages do not hold, its quotations, and after each sentence the
 * numbers of the passages it rests on. What was checked is told by places in the answer as it was written; the nodes of the tree know theirs.
 */
import type { Nodes, RootContent, Text } from "mdast";
import type { CheckedQuote, CheckedSentence, Evidence, PassageView, Support } from "../api/types";
import { meet, type Span } from "../documents/lit";
import { shown } from "./hidden";
import type { Piece } from "./pieces";

/** Text of a sentence that was checked. */
export type CheckedText = {
  type: "checkedText";
  value: string;
  support: Support;
  /** The passages do not hold it. */
  missing: boolean;
  quote: CheckedQuote | null;
  /** The quotation ends with it. */
  quoteEnds: boolean;
  /** It is not as it was written. */
  position?: undefined;
};

/** The end of a sentence that was checked. */
export type Cited = { type: "cited"; support: Support; passages: PassageView[]; position?: undefined };

declare module "mdast" {
  interface RootContentMap {
    checkedText: CheckedText;
    cited: Cited;
  }
  interface PhrasingContentMap {
    checkedText: CheckedText;
    cited: Cited;
  }
}

/** A sentence, with every place counted from the beginning of a piece as it was parsed. */
type Local = {
  span: Span;
  missing: Span[];
  quotes: { span: Span; quote: CheckedQuote }[];
  sentence: CheckedSentence;
  /** The node after which, or in which, it ends. */
  anchor: Nodes | null;
};

/** The end of a sentence. */
export function citedOf({ support, citations }: CheckedSentence, evidence: Evidence): Cited {
  const passages = citations.flatMap((n) => evidence.passages.filter((passage) => passage.n === n));
  return { type: "cited", support, passages };
}

/** The sentences that end in a piece: after it begins, and not after `until`, where the next one does. */
export function endingIn({ from }: Piece, until: number, evidence: Evidence): CheckedSentence[] {
  return evidence.sentences.filter(({ span }) => span[1] > from && span[1] <= until);
}

/** A link is one: what stands in it can be left out, for its address says the same. */
const isLeaf = (node: Nodes) => !("children" in node) || node.type === "link" || node.type === "linkReference";

function leavesOf(nodes: readonly Nodes[]): Nodes[] {
  return nodes.flatMap((node) => (isLeaf(node) || !("children" in node) ? [node] : leavesOf(node.children)));
}

const startOf = (node: Nodes) => node.position?.start.offset ?? 0;
const endOf = (node: Nodes) => node.position?.end.offset ?? 0;

function localise(piece: Piece, until: number, evidence: Evidence, leaves: Nodes[]): Local[] {
  const { from, raw } = piece;
  // What hides in a text is shown by its number, which is longer.
  const at = (place: number) => shown(raw.slice(0, Math.max(0, place - from))).length;
  const local = ([start, end]: Span): Span => [at(start), at(end)];
  const here = evidence.sentences.filter(({ span }) => meet(span, [from, from + raw.length]));
  const ending = new Set(endingIn(piece, until, evidence));
  return here.map((sentence) => {
    const span = local(sentence.span);
    return {
      span,
      missing: sentence.missing.map(local),
      quotes: sentence.quotes.map((quote) => ({ span: local(quote.span), quote })),
      sentence,
      anchor: ending.has(sentence) ? (leaves.findLast((leaf) => startOf(leaf) < span[1]) ?? null) : null,
    };
  });
}

/** Where the places of a source are in the text that it stands for: marks that escape are gone, entities are one character. */
export function aligned(source: string, value: string): (place: number) => number {
  if (source === value) return (place) => Math.min(value.length, Math.max(0, place));
  const to: number[] = [];
  let at = 0;
  while (to.length < source.length) {
    const here = to.length;
    const entity = /^&#?\w{1,31};/.exec(source.slice(here, here + 34))?.[0];
    if (entity && !value.startsWith(entity, at)) {
      for (let each = 0; each < entity.length; each++) to.push(at);
      at += String.fromCodePoint(value.codePointAt(at) ?? 0).length;
    } else to.push(source[here] === value[at] ? at++ : at);
  }
  return (place) => (place < 0 ? 0 : Math.min(value.length, to[place] ?? value.length));
}

/** A text in parts: what was checked, with the citations where sentences end, and what was not. */
function partsOf(node: Text, source: string, locals: Local[], evidence: Evidence): Nodes[] {
  const range: Span = [startOf(node), endOf(node)];
  const place = aligned(source.slice(...range), node.value);
  const into = (span: Span): Span => [place(span[0] - range[0]), place(span[1] - range[0])];
  const here = locals
    .filter(({ span, anchor }) => meet(span, range) || anchor === node)
    .map(({ span, missing, quotes, sentence, anchor }) => ({
      span: into(span),
      missing: missing.map(into),
      quotes: quotes.map(({ span: of, quote }) => ({ span: into(of), quote })),
      sentence,
      ends: anchor === node,
    }));
  const seams = here.flatMap(({ span, missing, quotes }) => [span, ...missing, ...quotes.map((each) => each.span)]);
  const places = [...new Set([0, ...seams.flat(), node.value.length])].sort((a, b) => a - b);
  const nodes: Nodes[] = [];
  places.forEach((to, index) => {
    const part: Span = [places[index - 1] ?? 0, to];
    const within = here.find(({ span }) => meet(span, part));
    const value = node.value.slice(...part);
    const quoted = within?.quotes.find(({ span }) => meet(span, part));
    if (value && !within) nodes.push({ type: "text", value });
    if (value && within) {
      nodes.push({
        type: "checkedText",
        value,
        support: within.sentence.support,
        missing: within.missing.some((span) => meet(span, part)),
        quote: quoted?.quote ?? null,
        quoteEnds: quoted?.span[1] === to,
      });
    }
    for (const { span, sentence, ends } of here) if (ends && span[1] === to) nodes.push(citedOf(sentence, evidence));
  });
  return nodes;
}

/** The tree of a piece of an answer, with what was checked in it. */
export function checked(piece: Piece & { kind: "flow" }, until: number, evidence: Evidence): RootContent[] {
  const leaves = leavesOf(piece.nodes);
  const locals = localise(piece, until, evidence, leaves);
  if (locals.length === 0) return piece.nodes;
  const rebuilt = (nodes: readonly Nodes[]): Nodes[] =>
    nodes.flatMap((node): Nodes[] => {
      if (!isLeaf(node) && "children" in node) return [{ ...node, children: rebuilt(node.children) } as Nodes];
      if (node.type === "text") return partsOf(node, piece.source, locals, evidence);
      const ends = locals.filter(({ anchor }) => anchor === node);
      return [node, ...ends.map(({ sentence }) => citedOf(sentence, evidence))];
    });
  return rebuilt(piece.nodes) as RootContent[];
}
