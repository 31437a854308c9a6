/**
 * What the page says. Every string stands in `ui/languages/*.ftl` (Project Fluent); `t` is typed by the English catalogue, through
 * `messages.ts`, which `npm run messages` writes.
 */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import type { Messages } from "./messages";

type Loader = () => Promise<string>;
const english = import.meta.glob<string>("../../languages/*en.ftl", { query: "?raw", import: "default", eager: true });
const others = import.meta.glob<string>(["../../languages/*.ftl", "!../../languages/*en.ftl"], {
  query: "?raw",
  import: "default",
});

/** The language of a catalogue's path: the last part of its name. */
function languageOf(path: string): string {
  return (
    path
      .slice(path.lastIndexOf("/") + 1, -".ftl".length)
      .split(".")
      .at(-1) ?? "en"
  );
}

/** The languages that there is a catalogue for. */
export const languages: string[] = ["en", ...new Set(Object.keys(others).map(languageOf))].sort();

function bundleOf(language: string, texts: string[]): FluentBundle {
  const bundle = new FluentBundle(language);
  for (const text of texts) bundle.addResource(new FluentResource(text));
  return bundle;
}

const fallback = bundleOf("en", Object.values(english));
let current = $state.raw(fallback);

/** The language on show, BCP 47. */
export function language(): string {
  return current.locales[0] ?? "en";
}

/** Whether a language is written from right to left. */
export function isRightToLeft(tag: string): boolean {
  return ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "ug", "ur", "yi"].includes(tag.split("-")[0] ?? "");
}

/** The best language there is for a wish such as `fr-CA`; English without one. */
export function bestFor(wish: string): string {
  const short = wish.split("-")[0] ?? "en";
  return languages.find((one) => one === wish) ?? languages.find((one) => one === short) ?? "en";
}

/** Shows the page in another language. */
export async function speak(wish: string): Promise<void> {
  const chosen = bestFor(wish);
  const loaders: Loader[] = Object.entries(others).flatMap(([path, load]) =>
    languageOf(path) === chosen ? [load] : [],
  );
  current = chosen === "en" ? fallback : bundleOf(chosen, await Promise.all(loaders.map((load) => load())));
  document.documentElement.lang = chosen;
  document.documentElement.dir = isRightToLeft(chosen) ? "rtl" : "ltr";
}

type Arguments<Id extends keyof Messages> = Messages[Id] extends null ? [] : [values: Messages[Id]];

/** The sentence with this name in the person's language; in English where a catalogue lacks it. */
export function t<Id extends keyof Messages>(id: Id, ...values: Arguments<Id>): string {
  for (const bundle of [current, fallback]) {
    const pattern = bundle.getMessage(id)?.value;
    if (pattern) return bundle.formatPattern(pattern, (values[0] ?? null) as Record<string, FluentVariable> | null, []);
  }
  return id;
}
