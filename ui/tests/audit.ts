import axe from "axe-core";
import { expect } from "vitest";

/** Whether axe finds nothing wrong with what is on show. Contrast is computed in contrast.test.ts: jsdom paints nothing. */
export async function audit(rules: Record<string, { enabled: boolean }> = {}): Promise<void> {
  document.title = "Tacit"; // index.html says so
  const { violations } = await axe.run(document, { rules: { "color-contrast": { enabled: false }, ...rules } });
  expect(violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}
