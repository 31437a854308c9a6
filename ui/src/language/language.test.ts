import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { check, languageOf, read } from "../../scripts/catalogue.js";
import { messagesTs } from "../../scripts/messages.js";
import { bestFor, isRightToLeft, languages, speak, t } from "./language.svelte";

const folder = "languages";
const catalogues = readdirSync(folder).filter((name) => name.endsWith(".ftl"));
const textOf = (language: string) =>
  catalogues.filter((name) => languageOf(name) === language).map((name) => readFileSync(join(folder, name), "utf8"));

/** Where sentences that the program itself says are read: not in the page. */
const ofTheProgram = /^(error|export|notice|menu)-/;

/** All that the page is written in, but what was generated and the tests. */
function sources(): string {
  return readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(svelte|ts)$/.test(name) && !/\.test\.ts$/.test(name) && !name.endsWith("messages.ts"))
    .map((name) => readFileSync(join("src", name), "utf8"))
    .join("\n");
}

afterEach(() => speak("en"));

test("messages.ts is current", () => {
  expect(readFileSync("src/language/messages.ts", "utf8"), "run: npm run messages").toBe(messagesTs());
});

test("French says everything, with the same arguments and all its plurals", () => {
  const { faults, lacking } = check(textOf("fr").join("\n"), textOf("en"), "fr");
  expect({ faults, lacking }).toEqual({ faults: [], lacking: [] });
});

test("no other catalogue has a mistake in it, complete or not", () => {
  for (const language of languages) {
    expect(check(textOf(language).join("\n"), textOf("en"), language).faults, language).toEqual([]);
  }
});

test("every message is said somewhere, and everything that is said is in the catalogue", () => {
  const known = [...read(textOf("en").join("\n")).messages.keys()];
  const source = sources();
  const literals = new Set([...source.matchAll(/["'`]([a-z][a-z0-9-]*)["'`]/g)].map(([, name]) => name));
  expect(known.filter((id) => !ofTheProgram.test(id) && !literals.has(id))).toEqual([]);
  const said = [...source.matchAll(/\bt\(\s*["'`]([^"'`]+)["'`]/g)].flatMap(([, id]) => id ?? []);
  expect(said.length).toBeGreaterThan(50);
  expect(said.filter((id) => !known.includes(id))).toEqual([]);
});

test("a language that lacks a message says it in English, and reads in its own direction", async () => {
  await speak("ar-EG");
  expect(document.documentElement).toHaveAttribute("dir", "rtl");
  expect(document.documentElement).toHaveAttribute("lang", "ar");
  expect(t("chat-send")).toBe("إرسال");
  expect(t("find-count", { count: 2 })).toBe("نتيجتان");
  expect(t("about-version")).toBe("Version");
  await speak("fr");
  expect(document.documentElement).toHaveAttribute("dir", "ltr");
  expect(t("list-undo")).toBe("Annuler");
});

test("the wish that came last holds", async () => {
  await Promise.all([speak("ar"), speak("fr"), speak("en")]);
  expect(document.documentElement).toHaveAttribute("lang", "en");
  expect(t("list-undo")).toBe("Undo");
});

test("the nearest language there is", () => {
  expect(bestFor("fr-CA")).toBe("fr");
  expect(bestFor("xx")).toBe("en");
  expect(isRightToLeft("he-IL")).toBe(true);
  expect(isRightToLeft("fr")).toBe(false);
});
