/** Draws mathematics, for the eye and as MathML. KaTeX is loaded when the first formula is shown. */
import type Katex from "katex";

/** Longer formulas are shown as they are written. */
const longest = 5_000;

class Formulas {
  private katex = $state.raw<typeof Katex | null>(null);
  private asked: Promise<void> | null = null;

  /** A formula's elements; nothing while KaTeX is not there, and for what is none: KaTeX's own report of an error is markup made of the text. */
  draw(source: string, display: boolean): DocumentFragment | null {
    if (source.length > longest) return null;
    if (!this.katex) {
      void this.load();
      return null;
    }
    const span = document.createElement("span");
    try {
      this.katex.render(source, span, {
        displayMode: display,
        output: "htmlAndMathml",
        throwOnError: true,
        trust: false,
        strict: "ignore",
        maxExpand: 200,
        maxSize: 20,
      });
    } catch {
      return null;
    }
    const drawn = document.createDocumentFragment();
    drawn.append(...span.childNodes);
    return drawn;
  }

  load(): Promise<void> {
    this.asked ??= Promise.all([import("katex"), import("katex/dist/katex.min.css")]).then(([{ default: katex }]) => {
      this.katex = katex;
    });
    return this.asked;
  }
}

export const formulas = new Formulas();
