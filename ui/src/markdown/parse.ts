/** One piece of Markdown to a tree (mdast). HTML is text like any other, so nothing in the tree is markup but Markdown's own. */
import type { Root, RootContent, Nodes } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { mathFromMarkdown } from "mdast-util-math";
import { gfm } from "micromark-extension-gfm";
import { shown } from "./hidden";
import { inlineMath } from "./inline-math";

/** Beyond these a piece is shown as it is written: what is longer or deeper is made to hang a page, not to be read. */
const longest = 20_000;
const deepest = 24;
const mostMarks = 2_000;

const options = {
  extensions: [gfm(), inlineMath, { disable: { null: ["htmlFlow", "htmlText", "codeIndented"] } }],
  mdastExtensions: [gfmFromMarkdown(), mathFromMarkdown()],
};

/** Whether the parser would take long over it, or the tree become deep. */
function isHostile(source: string): boolean {
  if (source.length > longest) return true;
  let marks = 0;
  for (const each of source) if ("[]*_~`<!$|".includes(each) && ++marks > mostMarks) return true;
  return source.split("\n").some((line) => {
    const lead = /^[ \t>+*\-\d.)]*/.exec(line)?.[0] ?? "";
    return lead.length > 4 * deepest || (lead.match(/[>+*-]|\d[.)]/g)?.length ?? 0) > deepest + 8;
  });
}

function isTooDeep(root: Root): boolean {
  const open: [Nodes, number][] = [[root, 0]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, depth] = next;
    if (depth > 2 * deepest) return true;
    if ("children" in node) for (const child of node.children) open.push([child, depth + 1]);
  }
  return false;
}

/**
 * The tree of a piece. `known` are the names of definitions that stand in other pieces, for a reference is one only if its definition exists.
 * Nothing when it is to be shown as it is written.
 */
export function parse(source: string, known: Iterable<string> = []): RootContent[] | null {
  if (isHostile(source)) return null;
  const lower = source.toLowerCase();
  const before = [...known]
    .filter((name) => lower.includes(name))
    .map((name) => `[${name}]: #\n`)
    .join("");
  const start = before ? before.length + 1 : 0;
  const root = fromMarkdown(before ? `${before}\n${source}` : source, options);
  if (isTooDeep(root)) return null;
  for (const node of walk(root.children)) reveal(node);
  const own = root.children.filter((node) => (node.position?.start.offset ?? 0) >= start);
  if (start) for (const node of walk(own)) shift(node, start);
  return own;
}

/** Places are counted from where the source begins, and not from the definitions before it. */
function shift({ position }: Nodes, by: number): void {
  for (const point of position ? [position.start, position.end] : []) point.offset = (point.offset ?? by) - by;
}

/** An entity (`&#8238;`) can stand for a character that hides. */
function reveal(node: Nodes): void {
  const fields = node as unknown as Record<string, unknown>;
  for (const field of ["value", "url", "alt", "label", "lang"]) {
    const text = fields[field];
    if (typeof text === "string") fields[field] = shown(text);
  }
}

/** Every node below and with these. */
export function* walk(nodes: readonly Nodes[]): Generator<Nodes> {
  const open = [...nodes].reverse();
  for (let node = open.pop(); node; node = open.pop()) {
    yield node;
    if ("children" in node) open.push(...[...node.children].reverse());
  }
}
