/** A text as pieces to show. What is finished is kept from one look to the next. */
import type { RootContent } from "mdast";
import { Blocks, type Block } from "./blocks";
import { shown } from "./hidden";
import { parse, walk } from "./parse";

type Content =
  | { kind: "flow"; source: string; nodes: RootContent[] }
  | { kind: "code"; source: string; language: string; value: string }
  | { kind: "math"; source: string; value: string }
  | { kind: "plain"; source: string };

/** A piece, where it begins in the text, and what stands there: `source` is that with what hides in it made visible. */
export type Piece = Content & { from: number; raw: string };

/** What a piece must know of the whole. */
export type Whole = {
  /** Addresses by the names of their definitions. */
  definitions: ReadonlyMap<string, string>;
  /** The depths of headings in use, in order: a text that begins at `###` skips no level. */
  depths: readonly number[];
};

/** What comes after these is shown as it is written. An answer has some dozens. */
const mostPieces = 500;

/** More definitions than this are not looked up: each costs in every piece. */
const mostDefinitions = 60;

function codeOf(source: string): Content {
  const lines = source.split("\n");
  const [, indent = "", fence = "```", info = ""] = /^( {0,3})(`{3,}|~{3,})(.*)$/.exec(lines[0] ?? "") ?? [];
  const last = lines.at(-1)?.trim() ?? "";
  const closed = lines.length > 1 && last.startsWith(fence) && last === fence.charAt(0).repeat(last.length);
  const inner = lines.slice(1, closed ? -1 : undefined);
  const value = inner.map((line) => line.replace(new RegExp(`^ {0,${indent.length}}`), "")).join("\n");
  return { kind: "code", source, language: info.trim().split(/\s/)[0] ?? "", value };
}

function mathOf(source: string): Content {
  const value = source.trim().replace(/^(?:\$\$|\\\[)/, "");
  return { kind: "math", source, value: value.replace(/(?:\$\$|\\\])$/, "").trim() };
}

function contentOf(block: Block, known: string[]): Content {
  const source = shown(block.source);
  if (block.kind === "code") return codeOf(source);
  if (block.kind === "math") return mathOf(source);
  const nodes = parse(source, known);
  return nodes ? { kind: "flow", source, nodes } : { kind: "plain", source };
}

function pieceOf(block: Block, known: string[]): Piece {
  return { ...contentOf(block, known), from: block.from, raw: block.source };
}

export class Pieces {
  private blocks = new Blocks();
  /** A finished block stays the same object, so it is read once. */
  private kept = new WeakMap<Block, Piece>();
  private names = "";
  private definitions: Map<string, string> = new Map();
  private depths: number[] = [];

  /** What the pieces that were given last must know of the whole. */
  get whole(): Whole {
    return { definitions: this.definitions, depths: this.depths };
  }

  /** The pieces of `text`; `whole` when nothing more comes. */
  of(text: string, whole: boolean): Piece[] {
    const all = this.blocks.of(text, whole);
    const blocks = all.slice(0, mostPieces);
    const rest = all[mostPieces];
    const pieces = this.known(blocks);
    this.depths = depthsIn(pieces);
    if (!rest) return pieces;
    const raw = text.slice(rest.from);
    return [...pieces, { kind: "plain", source: shown(raw), from: rest.from, raw }];
  }

  private known(blocks: Block[]): Piece[] {
    const pieces = this.read(blocks);
    const definitions = definitionsIn(pieces);
    const names = [...definitions].join("\n");
    if (names === this.names) return pieces;
    // A definition came: what may refer to it is read once more.
    this.names = names;
    this.definitions = definitions;
    for (const block of blocks) if (block.source.includes("[")) this.kept.delete(block);
    return this.read(blocks);
  }

  private read(blocks: Block[]): Piece[] {
    const known = [...this.definitions.keys()];
    return blocks.map((block) => {
      const piece = this.kept.get(block) ?? pieceOf(block, known);
      this.kept.set(block, piece);
      return piece;
    });
  }
}

function depthsIn(pieces: Piece[]): number[] {
  const nodes = pieces.flatMap((piece) => (piece.kind === "flow" ? piece.nodes : []));
  return [...new Set(nodes.flatMap((node) => (node.type === "heading" ? [node.depth] : [])))].sort();
}

function definitionsIn(pieces: Piece[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const piece of pieces) {
    if (piece.kind !== "flow" || !piece.source.includes("]:")) continue;
    for (const node of walk(piece.nodes)) {
      if (found.size >= mostDefinitions) return found;
      if (node.type === "definition" && !found.has(node.identifier)) found.set(node.identifier, node.url);
    }
  }
  return found;
}
