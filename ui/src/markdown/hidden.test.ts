import { expect, it } from "vitest";
import { shown } from "./hidden";

it.each([
  ["a\u202eb\u2069c", "a⟦U+202E⟧b⟦U+2069⟧c"],
  ["a\u{e0048}\u{e0069}b", "a⟦U+E00xx: Hi⟧b"],
  ["\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}", "\u{1f3f4}\u{e0067}\u{e0062}\u{e007f}"],
  ["نمی‌دانم 👩‍👧 \u200f", "نمی‌دانم 👩‍👧 \u200f"],
])("%j is shown as %j", (text, expected) => {
  expect(shown(text)).toBe(expected);
});
