// Reads Fluent catalogues and says what one lacks beside the English one.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse, Visitor } from "@fluent/syntax";

const english = join(import.meta.dirname, "../languages/en.ftl");

class Parts extends Visitor {
  variables = new Set();
  terms = new Set();
  selectors = [];
  visitVariableReference(node) {
    this.variables.add(node.id.name);
  }
  visitTermReference(node) {
    this.terms.add(node.id.name);
    this.genericVisit(node);
  }
  visitSelectExpression(node) {
    this.selectors.push(node);
    this.genericVisit(node);
  }
}

/** What stands in one message or term: its line, arguments, terms and selectors. */
function partsOf(entry, line) {
  const parts = new Parts();
  parts.visit(entry);
  return { line, variables: parts.variables, terms: parts.terms, selectors: parts.selectors };
}

/** A catalogue: its messages and terms by name, and what is no Fluent. */
export function read(text) {
  // A fault that is only seen at the end of a line belongs to that line.
  const lineOf = (place) => text.slice(0, place).trimEnd().split("\n").length;
  const found = { messages: new Map(), terms: new Map(), wrong: [] };
  for (const entry of parse(text, { withSpans: true }).body) {
    if (entry.type === "Junk") {
      for (const { message, span } of entry.annotations) found.wrong.push(`line ${lineOf(span.start)}: ${message}`);
    } else if (entry.type === "Message" || entry.type === "Term") {
      const kind = entry.type === "Term" ? found.terms : found.messages;
      const line = lineOf(entry.span.start + 1);
      const name = entry.id.name;
      if (kind.has(name)) found.wrong.push(`line ${line}: ${name} is there twice`);
      kind.set(name, partsOf(entry, line));
    }
  }
  return found;
}

/** The language of a catalogue: the name of its file. */
export function languageOf(file) {
  return basename(file, ".ftl");
}

const isNumber = (key) => key.type === "NumberLiteral";
const nameOf = (key) => (isNumber(key) ? key.value : key.name);
const CATEGORIES = ["zero", "one", "two", "few", "many", "other"];

/** The plural categories of a language that a selector over a number lacks. */
function lackingPlurals(selector, language) {
  const names = selector.variants.map(({ key }) => nameOf(key));
  const plural = selector.variants.every(({ key }) => isNumber(key) || CATEGORIES.includes(key.name));
  if (!plural) return [];
  return new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((each) => !names.includes(each));
}

const list = (names) => [...names].map((name) => `$${name}`).join(", ");
const without = (some, others) => [...some].filter((name) => !others.has(name));

/** What is wrong with one message beside the English one. */
function faultsOf(name, own, wanted, terms, language) {
  const lacks = without(wanted.variables, own.variables);
  const extra = without(own.variables, wanted.variables);
  const at = `line ${own.line}: ${name}`;
  return [
    ...(lacks.length ? [`${at} lacks ${list(lacks)}`] : []),
    ...(extra.length ? [`${at} uses ${list(extra)}, which the program does not give`] : []),
    ...without(own.terms, terms).map((term) => `${at} uses the term -${term}, which is not defined`),
    ...own.selectors.flatMap((selector) => {
      const plurals = lackingPlurals(selector, language);
      return plurals.length ? [`${at} lacks the plural ${plurals.join(", ")}`] : [];
    }),
  ];
}

/** What is wrong with a catalogue, and how much of the English one it has, from 0 to 1. */
export function check(text, englishTexts, language) {
  const own = read(text);
  const wanted = read(englishTexts.join("\n"));
  const terms = new Map([...wanted.terms, ...own.terms]);
  const lacking = [...wanted.messages.keys()].filter((name) => !own.messages.has(name));
  const faults = [...own.wrong];
  for (const [name, parts] of own.messages) {
    const there = wanted.messages.get(name);
    if (there) faults.push(...faultsOf(name, parts, there, terms, language));
    else faults.push(`line ${parts.line}: ${name} is not in the English catalogue`);
  }
  const whole = wanted.messages.size;
  const share = whole ? (whole - lacking.length) / whole : 1;
  return { faults, lacking, share };
}

/** Checks a file against the English catalogue beside this script. */
export function checkFile(file) {
  const texts = [readFileSync(english, "utf8")];
  return check(readFileSync(file, "utf8"), texts, languageOf(file));
}
