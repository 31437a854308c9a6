/**
 * What the page says. Every string stands in `ui/languages/*.ftl` (Project Fluent); `t` is typed by the English catalogue, through
 * `messages.ts`, which `npm run messages` writes.
 */
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import english from "../../languages/en.ftl?raw";
import type { Messages } from "./messages";

const others = import.meta.glob<string>(["../../languages/*.ftl", "!../../languages/en.ftl"], {
  query: "?raw",
  import: "default",
});
const pathOf = (language: string) => `../../languages/${language}.ftl`;

/** The languages that there is a catalogue for. */
export const languages: string[] = [
  "en",
  ...Object.keys(others).map((path) => path.slice(pathOf("").length - 4, -4)),
].sort();

/** A catalogue. A message is parsed when it is first said: of some hundred, what one begins with needs twenty. None refers to another. */
class Catalogue {
  private bundle: FluentBundle;
  private unread = new Map<string, string>();

  constructor(
    readonly language: string,
    text: string,
  ) {
    this.bundle = new FluentBundle(language);
    for (const message of text.split(/^(?=[a-z])/m)) this.unread.set(message.slice(0, message.search(/[ =]/)), message);
  }

  say(id: string, values: Record<string, FluentVariable> | null): string | undefined {
    const source = this.unread.get(id);
    if (source) {
      this.bundle.addResource(new FluentResource(source));
      this.unread.delete(id);
    }
    const pattern = this.bundle.getMessage(id)?.value;
    return pattern ? this.bundle.formatPattern(pattern, values, []) : undefined;
  }
}

const fallback = new Catalogue("en", english);
let current = $state.raw(fallback);

/** The language on show, BCP 47. */
export function language(): string {
  return current.language;
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

let turn = 0;

/** Shows the page in another language; in English where its catalogue cannot be read. */
export async function speak(wish: string): Promise<void> {
  const mine = ++turn;
  let chosen = bestFor(wish);
  let catalogue = fallback;
  if (chosen !== "en") {
    try {
      catalogue = new Catalogue(chosen, (await others[pathOf(chosen)]?.()) ?? "");
    } catch {
      chosen = "en";
    }
  }
  // The wish that came last holds, however long an earlier one takes.
  if (mine !== turn) return;
  current = catalogue;
  document.documentElement.lang = chosen;
  document.documentElement.dir = isRightToLeft(chosen) ? "rtl" : "ltr";
}

type Arguments<Id extends keyof Messages> = Messages[Id] extends null ? [] : [values: Messages[Id]];

/** The sentence with this name in the person's language; in English where a catalogue lacks it. */
export function t<Id extends keyof Messages>(id: Id, ...values: Arguments<Id>): string {
  const named = (values[0] ?? null) as Record<string, FluentVariable> | null;
  return current.say(id, named) ?? fallback.say(id, named) ?? id;
}
