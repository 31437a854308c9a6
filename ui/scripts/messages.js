// Writes src/language/messages.ts, the type of every message and its arguments, from the English catalogue.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, Visitor } from "@fluent/syntax";

const catalogue = join(import.meta.dirname, "../languages/en.ftl");

class Variables extends Visitor {
  names = new Set();
  visitVariableReference(node) {
    this.names.add(node.id.name);
  }
}

/** The text of messages.ts. */
export function messagesTs() {
  const { body } = parse(readFileSync(catalogue, "utf8"), {});
  const lines = body.flatMap((entry) => {
    if (entry.type === "Junk") throw new Error(entry.content);
    if (entry.type !== "Message" || !entry.value) return [];
    const variables = new Variables();
    variables.visit(entry);
    const names = [...variables.names].sort();
    const type = names.length ? `{ ${names.map((each) => `${each}: string | number | Date`).join("; ")} }` : "null";
    return [`  "${entry.id.name}": ${type};`];
  });
  return `// Generated from the English catalogue by \`npm run messages\`. Do not edit.\n\nexport type Messages = {\n${lines.join("\n")}\n};\n`;
}

if (process.argv[1] === import.meta.filename) {
  writeFileSync(join(import.meta.dirname, "../src/language/messages.ts"), messagesTs());
}
