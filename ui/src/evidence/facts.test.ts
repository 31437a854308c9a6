import { expect, it } from "vitest";
import type { PassageView } from "../api/types";
import { FakeLibrary, passage } from "../../tests/fake-library";
import { factsIn, shownOnPaper } from "./facts";
import { stripOf } from "./strip";

const library = new FakeLibrary();
const lease = library.page(1, 0);

it("the facts of a sentence are its numbers, its names and its quotations", () => {
  expect(factsIn("On 3 March 2024 Ada Marlow wrote “no mail”.", ["“no mail”"])).toEqual([
    "no mail",
    "3 March 2024",
    "Ada Marlow",
  ]);
  expect(factsIn("The tenant leaves.", [])).toEqual([]);
});

const answer = "The rent is 940 euros. It is paid.";
const cites = (n: number) => ({
  answered: true,
  passages: [],
  sentences: [{ span: [0, 22] as [number, number], support: "full" as const, citations: [n], missing: [], quotes: [] }],
});
const rent = (more: Partial<PassageView> = {}) => passage(lease, "The rent", more);

it("a fact that an answer takes from a passage is shown on paper; what it does not take is not", () => {
  const words = (of: PassageView, n: number) =>
    shownOnPaper(of, answer, cites(n)).map((span) => of.text.slice(...span));
  expect(words(rent(), 1)).toEqual(["940 euros"]);
  expect(words(rent(), 2)).toEqual([]);
});

it("of what was read by OCR the paper is always shown, and of a removed document never", () => {
  expect(shownOnPaper(rent({ ocr: true }), "", cites(2))).toEqual([[0, 8]]);
  expect(shownOnPaper(rent({ ocr: true, gone: true }), answer, cites(1))).toEqual([]);
});

it("a strip is the line with the fact, as wide as what stands on it", () => {
  const of = rent();
  const at = of.text.indexOf("940");
  const strip = stripOf(of, lease, [[at, at + 3]]);
  expect(strip?.asked.map((word) => lease.text.slice(...word.span))).toEqual(["940"]);
  expect(strip?.words.map((word) => lease.text.slice(...word.span)).join(" ")).toBe(of.text);
  const { x = 0, y = 0, width = 0, height = 0 } = strip?.area ?? {};
  for (const { rect } of strip?.words ?? []) {
    expect(rect[0]).toBeGreaterThanOrEqual(x);
    expect(rect[1]).toBeGreaterThanOrEqual(y);
    expect(rect[0] + rect[2]).toBeLessThanOrEqual(x + width);
    expect(rect[1] + rect[3]).toBeLessThanOrEqual(y + height);
  }
});

it("where a passage is not where it says, the page is asked", () => {
  const of = rent();
  const moved = { ...of, span: [0, 3] as [number, number] };
  expect(stripOf(moved, lease, [[0, 3]])?.asked).toEqual(stripOf(of, lease, [[0, 3]])?.asked);
  expect(stripOf(of, library.page(5, 0), [[0, 3]])).toBeNull();
});
