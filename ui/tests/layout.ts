/** A layout where jsdom has none, so that the lists of messages, documents and pages show them. */
import { vi } from "vitest";

/** Until `vi.restoreAllMocks` and `vi.unstubAllGlobals`. */
export function pretendLayout(): void {
  // jsdom has no layout: a line is 100 pixels high here, and a list so high that forty of them are on show.
  const lists = ["feed", "list", "group"];
  const height = (element: Element) => (lists.includes(element.getAttribute("role") ?? "") ? 4000 : 100);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockImplementation(function (this: HTMLElement) {
    return height(this);
  });
  vi.spyOn(HTMLElement.prototype, "offsetParent", "get").mockImplementation(function (this: HTMLElement) {
    return this.parentElement;
  });
  vi.stubGlobal(
    "ResizeObserver",
    class {
      constructor(private seen: ResizeObserverCallback) {}
      observe(target: Element) {
        const contentRect = { width: 800, height: height(target) } as DOMRectReadOnly;
        setTimeout(() => this.seen([{ target, contentRect } as ResizeObserverEntry], this));
      }
      unobserve() {}
      disconnect() {}
    },
  );
  Element.prototype.scrollTo ??= () => {};
  Element.prototype.scrollIntoView ??= () => {};
  // Nor does it draw.
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
  vi.stubGlobal("createImageBitmap", () => Promise.resolve({ width: 10, height: 10, close: () => {} }));
}
