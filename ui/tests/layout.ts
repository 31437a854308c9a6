/** A layout where jsdom has none, so that the list of messages shows them. */
import { vi } from "vitest";

/** Until `vi.restoreAllMocks` and `vi.unstubAllGlobals`. */
export function pretendLayout(): void {
  // jsdom has no layout: a message is 100 pixels high here, and the list so high that all of them are on show.
  const height = (element: Element) => (element.getAttribute("role") === "feed" ? 4000 : 100);
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
}
