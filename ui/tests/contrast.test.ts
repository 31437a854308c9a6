import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const css = readFileSync("src/style/tokens.css", "utf8");

/** The colours of one theme: each `--name: light-dark(#..., #...)`. */
function colours(theme: "light" | "dark"): Map<string, string> {
  const pairs = css.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g);
  return new Map([...pairs].map(([, name = "", light = "", dark = ""]) => [name, theme === "light" ? light : dark]));
}

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const GROUNDS = ["paper", "raised", "sunken", "hover", "accent-soft", "danger-soft"];
const TEXTS = ["ink", "ink-soft", "accent", "danger", "unconfirmed"];
/** What stands on a ground of its own. */
const FITTED: [text: string, ground: string][] = [
  ["on-accent", "accent"],
  ["on-accent", "accent-strong"],
  ["on-danger", "danger"],
  ["on-danger", "danger-strong"],
  ["ink", "mark"],
];
/** Lines without which a control would not be seen. */
const EDGES = ["edge", "accent", "danger", "unconfirmed"];
/** Colours that no text and no edge depends on: `line` only divides what a distance divides already. */
const DECORATION = ["line"];

describe.each(["light", "dark"] as const)("%s", (theme) => {
  const all = colours(theme);
  const of = (name: string) => all.get(name) ?? "";

  test.each([...TEXTS.flatMap((text) => GROUNDS.map((ground): [string, string] => [text, ground])), ...FITTED])(
    "%s on %s can be read",
    (text, ground) => expect(contrast(of(text), of(ground))).toBeGreaterThanOrEqual(4.5),
  );
  test.each(EDGES.flatMap((edge) => GROUNDS.map((ground): [string, string] => [edge, ground])))(
    "%s on %s can be seen",
    (edge, ground) => expect(contrast(of(edge), of(ground))).toBeGreaterThanOrEqual(3),
  );
  test("every colour is looked at", () => {
    const looked = new Set([...GROUNDS, ...TEXTS, ...EDGES, ...DECORATION, ...FITTED.flat()]);
    expect([...all.keys()].filter((name) => !looked.has(name))).toEqual([]);
    expect([...looked].filter((name) => !all.has(name))).toEqual([]);
  });
});

test.each(["sheet-warning", "sheet-danger"])("%s can be seen on a picture of paper", (edge) => {
  const of = (name: string) => new RegExp(`--${name}:\\s*(#[0-9a-f]{6})`).exec(css)?.[1] ?? "";
  for (const ground of ["sheet", "sheet-lit", "sheet-found"]) {
    expect(contrast(of(edge), of(ground))).toBeGreaterThanOrEqual(3);
  }
});

test("the formula is WCAG's", () => {
  expect(contrast("#ffffff", "#000000")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});
