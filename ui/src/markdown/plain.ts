/** A tree as it is spoken. */
import type { Nodes } from "mdast";
import { parts } from "./unconfirmed";

const blocks = new Set(["paragraph", "heading", "listItem", "tableRow", "code", "definition", "footnoteDefinition"]);

/** Its text; with `word`, after each unconfirmed number too. Blocks end with a line's end. */
export function plain(nodes: readonly Nodes[], word?: string): string {
  return nodes.map((node) => one(node, word)).join("");
}

function one(node: Nodes, word: string | undefined): string {
  if (node.type === "text") return word === undefined ? node.value : spoken(node.value, word);
  if (node.type === "break") return "\n";
  if (node.type === "tableCell") return `${plain(node.children, word)} `;
  const inner = "children" in node ? plain(node.children, word) : "value" in node ? node.value : "";
  return blocks.has(node.type) ? `${inner}\n` : inner;
}

/** Plain text with `word` after each unconfirmed number. */
export function spoken(text: string, word: string): string {
  return parts(text)
    .map((part) => (part.unconfirmed ? `${part.text} ${word}` : part.text))
    .join("");
}
