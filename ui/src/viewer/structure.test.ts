import { expect, it } from "vitest";
import { FakeLibrary } from "../../tests/fake-library";
import { placesOf } from "./finder.svelte";
import { sectionsOf, stretches, uncertainIn } from "./structure";

const page = new FakeLibrary().page(1, 1);

it("a page is made of headings, paragraphs, lists and tables, in reading order", () => {
  expect(sectionsOf(page).map(({ kind }) => kind)).toEqual([
    "heading",
    "paragraph",
    "heading",
    "paragraph",
    "heading",
    "paragraph",
    "list",
    "table",
  ]);
  const table = sectionsOf(page).at(-1);
  if (table?.kind !== "table") throw new Error("no table");
  const words = (rows: typeof table.rows) => rows.map((row) => row.map((cell) => page.text.slice(...cell)));
  expect(words(table.header)).toEqual([["Room", "Size"]]);
  expect(words(table.rows)).toEqual([
    ["Kitchen", "11 m²"],
    ["Living room", "24 m²"],
  ]);
});

it("what stands in no block is not left out", () => {
  const sections = sectionsOf({ text: "before head after", blocks: [{ span: [7, 11], kind: "heading1" }] });
  expect(sections.map(({ kind }) => kind)).toEqual(["paragraph", "heading", "paragraph"]);
});

it("a second header begins a second table", () => {
  const blocks = ["header_row", "row", "header_row", "row"].map((kind, at) => ({
    kind,
    span: [at * 2, at * 2 + 1] as [number, number],
  }));
  expect(sectionsOf({ text: "a b c d ", blocks })).toHaveLength(2);
});

it("a span is cut where something else is known of it", () => {
  const from = page.marks[0]?.span[0] ?? 0;
  const look = { lit: [from + 5, from + 8] as const, found: null };
  const parts = stretches(page, [], look, [from - 3, from + 12]);
  expect(parts.map(({ lit, why }) => [lit, why])).toEqual([
    [false, null],
    [false, "invisible"],
    [true, "invisible"],
    [false, "invisible"],
  ]);
  expect(parts.map(({ span }) => page.text.slice(...span)).join("")).toBe(page.text.slice(from - 3, from + 12));
});

it("OCR below 80 of 100 is uncertain, and what was not read by OCR never is", () => {
  const scan = new FakeLibrary().page(2, 0);
  expect(uncertainIn(scan).map((span) => scan.text.slice(...span))).toEqual(["940"]);
  expect(uncertainIn({ ...scan, ocr: false })).toEqual([]);
});

it("words are found whatever space stands between them, and whatever they mean to a pattern", () => {
  expect(placesOf("Three\nmonths, three  months", "three months")).toEqual([
    [0, 12],
    [14, 27],
  ]);
  expect(placesOf("a (b) c", "(b)")).toEqual([[2, 5]]);
  expect(placesOf("abc", "  ")).toEqual([]);
});
