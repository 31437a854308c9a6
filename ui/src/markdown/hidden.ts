/**
 * Characters that make a text look like another one: overrides of the direction (CVE-2021-42574) and Unicode's invisible tags. They are shown
 * by their numbers. Marks that real spelling needs (joiners, LRM, RLM, ALM) stay, and so do the tags in a flag.
 */
const deceiving = /[\u202a-\u202e\u2066-\u2069]|(?<flag>\u{1f3f4})?[\u{e0000}-\u{e007f}]+/gu;

/** `text` with what hides in it made visible. */
export function shown(text: string): string {
  return text.replace(deceiving, (match: string, flag: string | undefined) => {
    if (flag !== undefined) return match;
    const codes = [...match].map((each) => each.codePointAt(0) ?? 0);
    if (codes.length === 1) return `⟦U+${codes[0]?.toString(16).toUpperCase()}⟧`;
    return `⟦U+E00xx: ${codes.map((each) => (each >= 0xe0020 && each < 0xe007f ? String.fromCharCode(each - 0xe0000) : "·")).join("")}⟧`;
  });
}
