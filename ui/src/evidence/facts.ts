/** What of an answer one wants to see on paper: its numbers, dates and sums, its names, and what it quotes. */
import type { Evidence, PassageView } from "../api/types";
import type { Span } from "../documents/lit";
import { parts } from "../markdown/unconfirmed";

/** One or more capitalised words. */
const names = /\p{Lu}[\p{L}\p{M}’'-]+(?:\s+\p{Lu}[\p{L}\p{M}’'-]+)*/gu;

/** The facts of a sentence, as they stand there. */
export function factsIn(sentence: string, quotes: readonly string[]): string[] {
  const numbers = parts(sentence).flatMap((part) => (part.unconfirmed ? [part.text] : []));
  // The first word of a sentence is written large whatever it is.
  const named = [...sentence.matchAll(names)]
    .filter((match) => match.index > 0)
    .map(([name]) => name)
    .filter((name) => !numbers.some((number) => number.includes(name)));
  const quoted = quotes.map((quote) => quote.replace(/^[“”"«»„‘’'\s]+|[“”"«»„‘’'\s]+$/g, ""));
  return [...new Set([...quoted, ...numbers, ...named])].filter(Boolean);
}

/** Where the facts that an answer takes from a passage stand in it. */
export function factsOf(passage: PassageView, answer: string, evidence: Evidence): Span[] {
  const facts = evidence.sentences
    .filter(({ citations }) => citations.includes(passage.n))
    .flatMap(({ span, quotes }) =>
      factsIn(
        answer.slice(...span),
        quotes.map((quote) => answer.slice(...quote.span)),
      ),
    );
  return facts.flatMap((fact): Span[] => {
    const at = passage.text.indexOf(fact);
    return at < 0 ? [] : [[at, at + fact.length]];
  });
}

/** The parts of a passage that are shown on paper: the facts; of what was read by OCR always something. */
export function shownOnPaper(passage: PassageView, answer: string, evidence: Evidence): Span[] {
  if (passage.gone) return [];
  const facts = factsOf(passage, answer, evidence);
  if (facts.length || !passage.ocr) return facts;
  return passage.lit.length ? passage.lit : [[0, Math.min(passage.text.length, 60)]];
}
