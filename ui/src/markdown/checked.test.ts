import { describe, expect, it } from "vitest";
import type { Nodes } from "mdast";
import type { CheckedSentence, Evidence } from "../api/types";
import { FakeLibrary } from "../../tests/fake-library";
import { aligned, checked, citedOf, endingIn } from "./checked";
import { Pieces } from "./pieces";

const passages = new FakeLibrary().evidence("", false).passages;

/** An answer of which these parts are sentences, each of them resting on the first passage. */
function evidenceFor(answer: string, sentences: string[], more: Partial<CheckedSentence> = {}): Evidence {
  let at = 0;
  return {
    answered: true,
    passages,
    sentences: sentences.map((sentence) => {
      const from = answer.indexOf(sentence, at);
      at = from + sentence.length;
      return { span: [from, at], support: "full", citations: [1], missing: [], quotes: [], ...more };
    }),
  };
}

/** The tree as a line: what was checked in braces, a citation as its number. */
function written(nodes: readonly Nodes[]): string {
  return nodes
    .map((node) => {
      if (node.type === "cited") return `[${node.passages.map(({ n }) => n).join()}]`;
      if (node.type === "checkedText") return `{${node.missing ? "!" : ""}${node.value}}`;
      if ("children" in node) return `<${written(node.children)}>`;
      return "value" in node ? node.value : `(${node.type})`;
    })
    .join("");
}

function shownAs(answer: string, evidence: Evidence): string {
  const pieces = new Pieces().of(answer, true);
  return pieces
    .map((piece, at) => {
      const until = pieces[at + 1]?.from ?? Infinity;
      if (piece.kind === "flow") return written(checked(piece, until, evidence));
      return piece.kind + endingIn(piece, until, evidence).map((each) => written([citedOf(each, evidence)]));
    })
    .join("");
}

describe("a citation stands after the last word of its sentence", () => {
  it.each([
    ["in a paragraph", "One. Two.", ["One.", "Two."], "<{One.}[1] {Two.}[1]>"],
    ["that ends in strong words", "It is **so.** Not.", ["It is **so.**"], "<{It is }<{so.}[1]> Not.>"],
    ["that ends with code", "Call `f()`", ["Call `f()`"], "<{Call }f()[1]>"],
    ["in a list", "- One.\n- Two.", ["One.", "Two."], "<<<{One.}[1]>><<{Two.}[1]>>>"],
    ["in a table", "| a | b |\n| - | - |\n| 1 | 2 |", ["2"], "<<<a><b>><<1><{2}[1]>>>"],
    ["that begins in one block and ends in the next", "One:\n\nTwo.", ["One:\n\nTwo."], "<{One:}><{Two.}[1]>"],
    [
      "after a code block",
      "See:\n\n```\nx\n```\n\nEnd.",
      ["See:\n\n```\nx\n```", "End."],
      "<{See:}>code[1]<{End.}[1]>",
    ],
    ["in a second paragraph", "One.\n\nTwo.", ["Two."], "<One.><{Two.}[1]>"],
    ["with escapes before it", "A \\*b\\* &amp; c. D.", ["A \\*b\\* &amp; c.", "D."], "<{A *b* & c.}[1] {D.}[1]>"],
    ["in a quotation of lines", "> One\n> two. Three.", ["One\n> two."], "<<{One\ntwo.}[1] Three.>>"],
    [
      "after a link, whose address is all there is",
      "At https://a.example",
      ["At https://a.example"],
      "<{At }<https://a.example>[1]>",
    ],
  ])("%s", (_, answer, sentences, expected) => {
    expect(shownAs(answer, evidenceFor(answer, sentences))).toBe(expected);
  });

  it("also where hidden characters are shown by their numbers", () => {
    const answer = "A\u202eb. Two.";
    expect(shownAs(answer, evidenceFor(answer, ["A\u202eb.", "Two."]))).toBe("<{A⟦U+202E⟧b.}[1] {Two.}[1]>");
  });

  it("also where definitions of other pieces are read with it", () => {
    const answer = "See [r]. Two.\n\n[r]: https://a.example";
    expect(shownAs(answer, evidenceFor(answer, ["See [r].", "Two."]))).toContain("{.}[1] {Two.}[1]");
  });
});

it("what the passages do not hold is marked, and no more", () => {
  const answer = "It costs 950 euros.";
  const at = answer.indexOf("950");
  const evidence = evidenceFor(answer, [answer], { missing: [[at, at + 3]] });
  expect(shownAs(answer, evidence)).toBe("<{It costs }{!950}{ euros.}[1]>");
});

it("an answer without checked sentences stays as it is", () => {
  expect(shownAs("One.", { answered: true, passages, sentences: [] })).toBe("<One.>");
});

it.each([
  ["abc", "abc", 2, 2],
  ["a\\*b", "a*b", 3, 2],
  ["a &amp; b", "a & b", 8, 4],
  ["a &#x1f600; b", "a 😀 b", 11, 4],
  ["one\n> two", "one\ntwo", 6, 4],
])("in %j, which says %j, place %i is place %i", (source, value, from, to) => {
  expect(aligned(source, value)(from)).toBe(to);
});
