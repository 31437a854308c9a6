/** `dir="auto"` looks past what has a direction of its own, so a list or a quotation of such paragraphs must be told. */
import type { Nodes } from "mdast";
import { walk } from "./parse";

const strong = /\p{L}/u;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The direction of the first letter in a tree. */
export function directionOf(nodes: readonly Nodes[]): "ltr" | "rtl" | "auto" {
  for (const node of walk(nodes)) {
    const letter = node.type === "text" ? strong.exec(node.value)?.[0] : undefined;
    if (letter) return rightToLeft.test(letter) ? "rtl" : "ltr";
  }
  return "auto";
}
