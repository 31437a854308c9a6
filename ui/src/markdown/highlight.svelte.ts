/** Colours for code. The highlighter is loaded when the first code is shown. */
import type { createLowlight } from "lowlight";

/** Text, or text of a kind: a class of highlight.js. */
export type Span = string | { kind: string; inner: Span[] };
type Lowlight = ReturnType<typeof createLowlight>;
type Hast = ReturnType<Lowlight["highlight"]>["children"];

/** Longer code is shown without colours: it would hold up the page. */
const longest = 20_000;

class Highlighter {
  private loaded = $state.raw<Lowlight | null>(null);
  private asked: Promise<void> | null = null;

  /** Code in its colours, as soon as they are there. */
  spans(code: string, language: string): Span[] {
    if (!language || code.length > longest) return [code];
    if (!this.loaded) {
      void this.load();
      return [code];
    }
    if (!this.loaded.registered(language)) return [code];
    return spansOf(this.loaded.highlight(language, code).children);
  }

  /** Loads the highlighter. */
  load(): Promise<void> {
    this.asked ??= import("./languages").then(({ lowlight }) => {
      this.loaded = lowlight;
    });
    return this.asked;
  }
}

function spansOf(nodes: Hast): Span[] {
  return nodes.flatMap((node): Span[] => {
    if (node.type === "text") return [node.value];
    if (node.type !== "element") return [];
    const names = node.properties["className"];
    return [{ kind: Array.isArray(names) ? names.join(" ") : "", inner: spansOf(node.children) }];
  });
}

export const highlighter = new Highlighter();
