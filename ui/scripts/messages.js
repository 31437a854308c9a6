// Writes src/language/messages.ts, the type of every message and its arguments, from the English catalogue.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { parse, Visitor } from "@fluent/syntax";

const folder = new URL("../languages/", import.meta.url);

class Variables extends Visitor {
  names = new Set();
  visitVariableReference(node) {
    this.names.add(node.id.name);
  }
}

/** The text of messages.ts. */
export function messagesTs() {
  const files = readdirSync(folder).filter((name) => name === "en.ftl" || name.endsWith(".en.ftl"));
  const lines = files.sort().flatMap((name) => {
    const { body } = parse(readFileSync(new URL(name, folder), "utf8"), {});
    return body.flatMap((entry) => {
      if (entry.type === "Junk") throw new Error(`${name}: ${entry.content}`);
      if (entry.type !== "Message" || !entry.value) return [];
      const variables = new Variables();
      variables.visit(entry);
      const names = [...variables.names].sort();
      const type = names.length ? `{ ${names.map((each) => `${each}: string | number | Date`).join("; ")} }` : "null";
      return [`  "${entry.id.name}": ${type};`];
    });
  });
  return `// Generated from the English catalogue by \`npm run messages\`. Do not edit.\n\nexport type Messages = {\n${lines.join("\n")}\n};\n`;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  writeFileSync(new URL("../src/language/messages.ts", import.meta.url), messagesTs());
}
