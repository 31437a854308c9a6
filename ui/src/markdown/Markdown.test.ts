import { cleanup, render } from "@testing-library/svelte";
import axe from "axe-core";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { heavy, hostile } from "../../tests/hostile-markdown";
import { formulas } from "./formulas.svelte";
import { highlighter } from "./highlight.svelte";
import Markdown from "./Markdown.svelte";

beforeAll(() => Promise.all([formulas.load(), highlighter.load()]));
afterEach(cleanup);

/** What is shown, without the comments that Svelte finds its place by. */
function shown(container: HTMLElement): string {
  return container.innerHTML.replace(/<!--.*?-->/gs, "");
}

function fromHistory(source: string): string {
  const { container, unmount } = render(Markdown, { source });
  const html = shown(container);
  unmount();
  return html;
}

/** Elements and attributes that could fetch, open, run or send anything. */
function active(container: HTMLElement): string[] {
  const found: string[] = [];
  for (const element of container.querySelectorAll("*")) {
    const name = element.localName;
    const inFormula = element.closest(".katex") !== null;
    if (
      /^(a|img|script|iframe|form|input|object|embed|style|link|meta|base|video|audio|image|use|foreignobject)$/.test(
        name,
      )
    )
      found.push(name);
    if (name === "svg" && !inFormula && !element.classList.contains("lucide")) found.push("svg");
    for (const { name: attribute, value } of element.attributes) {
      if (/^on|^(href|src|srcset|action|formaction|data|poster|background|xlink:href|ping)$/.test(attribute))
        found.push(attribute);
      if (attribute === "style" && /url|expression|@import/i.test(value)) found.push(`style ${value}`);
    }
  }
  return found;
}

describe.each(Object.entries(hostile))("%s", (_name, source) => {
  it("is inert", () => {
    const { container } = render(Markdown, { source });
    expect(active(container)).toEqual([]);
    // What the catalogue puts around an alternative text, so that it cannot turn what follows, comes in pairs.
    const text = container.textContent.replace(/\[image: \u2068.*?\u2069\]/gsu, "");
    expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|(?<!\u{1f3f4})[\u{e0000}-\u{e005f}]/u);
  });

  it("is the same from a stream, wherever it is cut", async () => {
    const whole = fromHistory(source);
    const characters = [...source];
    const { container, rerender } = render(Markdown, { source: "", growing: true });
    for (let at = 0; at <= characters.length; at++) {
      await rerender({ source: characters.slice(0, at).join(""), growing: true });
      expect(active(container)).toEqual([]);
      await rerender({ source, growing: true });
      await rerender({ source, growing: false });
      if (shown(container) !== whole) expect(shown(container), `cut at ${at}`).toBe(whole);
    }
  }, 60_000);

  it("is the same from a stream of single characters", async () => {
    const { container, rerender } = render(Markdown, { source: "", growing: true });
    let text = "";
    for (const unit of source.split("")) {
      text += unit;
      await rerender({ source: text, growing: true });
    }
    await rerender({ source, growing: false });
    expect(shown(container)).toBe(fromHistory(source));
  });
});

describe("what would hold up the page", () => {
  it.each(Object.entries(heavy))("%s does not", (_name, source) => {
    const begun = performance.now();
    const { container } = render(Markdown, { source });
    // In a browser this takes a fraction of what it takes here, where every element is an object of JavaScript.
    expect(performance.now() - begun).toBeLessThan(3000);
    expect(container.textContent.length).toBeGreaterThan(0);
  });
});

describe("Markdown", () => {
  const html = (source: string) => {
    const { container } = render(Markdown, { source });
    return container.firstElementChild as HTMLElement;
  };

  it("shows addresses whole, and none of them leads anywhere", () => {
    const shownText = html(
      "[the report](https://evil.example/?q=1) ![chart][i]\n\n[i]: https://evil.example/i.png",
    ).textContent;
    expect(shownText).toContain("the report https://evil.example/?q=1");
    expect(shownText).toMatch(/\[image: .?chart.?\] https:\/\/evil\.example\/i\.png/);
  });

  it("resolves a reference whose definition comes later, in another piece", () => {
    expect(html("See [this].\n\nText.\n\n[this]: https://a.example/b").textContent).toContain(
      "this https://a.example/b",
    );
  });

  it("marks numbers in text, not in code and not in mathematics", () => {
    const marked = [...html("5 mg `7` $9$\n\n```\n8\n```").querySelectorAll(".unconfirmed")].map(
      (each) => each.textContent,
    );
    expect(marked).toEqual(["5 mg"]);
  });

  it("says after each such number that it is unconfirmed", () => {
    expect(html("Take 5 mg.").querySelector(".unconfirmed + .spoken")?.textContent).toBe("(unconfirmed)");
  });

  it("takes a price for a price", () => {
    const element = html("It costs $5, or $10 to $12.");
    expect(element.querySelector(".formula")).toBeNull();
    expect(element.textContent).toContain("$5");
  });

  it.each(["$a^2$", "\\(a^2\\)", "$$a^2$$", "\\[a^2\\]", "$$\na^2\n$$"])("draws %s, with MathML", (source) => {
    const element = html(source);
    expect(element.querySelector("math")).not.toBeNull();
    expect(element.querySelector(".katex-html")).not.toBeNull();
  });

  it("shows what is no mathematics as it was written", () => {
    const element = html("$\\undefined{<img src=x>}$");
    expect(element.querySelector("code")?.textContent).toBe("\\undefined{<img src=x>}");
    expect(element.querySelector(".katex-error, .katex")).toBeNull();
  });

  it("colours code and leaves its text as it is", () => {
    const element = html("```js\nconst a = '<b>';\n```");
    expect(element.querySelector(".hljs-keyword")?.textContent).toBe("const");
    expect(element.querySelector("pre")?.textContent).toBe("const a = '<b>';");
  });

  it("gives each block a direction, and a list that of its text", () => {
    const element = html("Bonjour.\n\nمرحبا.\n\n- مرحبا\n- سلام\n\n> שלום");
    expect([...element.querySelectorAll("p")].every((each) => each.dir === "auto")).toBe(true);
    expect(element.querySelector("ul")?.dir).toBe("rtl");
    expect(element.querySelector("blockquote")?.dir).toBe("rtl");
  });

  it("has no fault that axe knows", async () => {
    document.body.append(html(Object.values(hostile).join("\n\n")));
    const { violations } = await axe.run(document.body, {
      rules: { "color-contrast": { enabled: false }, region: { enabled: false }, "heading-order": { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });
});
