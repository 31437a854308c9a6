/** Spans of a text, in UTF-16 units: beginning and end. */
export type Span = readonly [from: number, to: number];

/** Whether two spans share a character. */
export function meet([from, to]: Span, [start, end]: Span): boolean {
  return from < end && start < to;
}

/** A text in pieces, cut wherever one of the spans begins or ends; nothing left out. */
export function cut(length: number, spans: readonly Span[]): Span[] {
  const inside = (at: number) => at > 0 && at < length;
  const places = [...new Set([0, ...spans.flat().filter(inside), length])].sort((a, b) => a - b);
  return places.slice(1).map((to, at): Span => [places[at] ?? 0, to]);
}

/** The part of each span that lies within `within`, counted from its beginning. */
export function inner(spans: readonly Span[], within: Span): Span[] {
  return spans
    .filter((span) => meet(span, within))
    .map(([from, to]): Span => [Math.max(from, within[0]) - within[0], Math.min(to, within[1]) - within[0]]);
}
