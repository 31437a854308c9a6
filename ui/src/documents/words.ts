/** Documents in the person's words. */
import type { DocumentRow, PassageView, Scope } from "../api/types";
import { language, t } from "../language/language.svelte";
import { holds } from "../palette/plain";

const NAMED: Record<string, () => string> = {
  mail: () => t("docs-kind-mail"),
  text: () => t("docs-kind-text"),
  image: () => t("docs-kind-image"),
  markdown: () => "Markdown",
  "": () => t("docs-kind-unknown"),
};

/** What a kind of document is called: most are known by the letters that end their names. */
export function kindName(kind: string): string {
  return NAMED[kind]?.() ?? kind.toUpperCase();
}

/** The size of a file, in the unit that makes it short. */
export function fileSize(bytes: number): string {
  const [unit, of] = bytes >= 1e9 ? ["gigabyte", 1e9] : bytes >= 1e6 ? ["megabyte", 1e6] : ["kilobyte", 1e3];
  const amount = bytes / (of as number);
  const digits = amount < 10 && unit !== "kilobyte" ? 1 : 0;
  return new Intl.NumberFormat(language(), {
    style: "unit",
    unit: unit as string,
    maximumFractionDigits: digits,
  }).format(unit === "kilobyte" ? Math.max(1, amount) : amount);
}

/** A time that is left; not more exact than it is known. */
export function timeLeft(seconds: number): string {
  const [unit, amount] =
    seconds < 60
      ? ["second", Math.max(5, Math.ceil(seconds / 5) * 5)]
      : seconds < 5400
        ? ["minute", Math.round(seconds / 60)]
        : ["hour", Math.round(seconds / 3600)];
  return new Intl.NumberFormat(language(), { style: "unit", unit: unit as string }).format(amount as number);
}

/** How a passage was found; nothing where that is not known. */
export function foundBy({ by_words, by_meaning }: PassageView): string {
  if (by_words !== null) return by_meaning === null ? t("docs-found-words") : t("docs-found-both");
  return by_meaning === null ? "" : t("docs-found-meaning");
}

/** Of a search the documents of that name are shown up to here; the list has the others. */
const mostNamed = 5;

/** The documents whose names hold all the words, and that can be opened. */
export function named(rows: DocumentRow[], words: string): DocumentRow[] {
  if (!words.trim()) return [];
  return rows.filter((row) => row.pages_read > 0 && holds(row.name, words)).slice(0, mostNamed);
}

/** What a chat is about, in a few words. */
export function scopeName(scope: Scope | null): string {
  if (!scope) return t("scope-nothing");
  if (scope.all) return t("scope-all");
  const collections = t("scope-collections-count", { count: scope.collections.length });
  const documents = t("docs-count", { count: scope.documents.length });
  if (!scope.documents.length) return collections;
  return scope.collections.length ? t("scope-some", { collections, documents }) : documents;
}
