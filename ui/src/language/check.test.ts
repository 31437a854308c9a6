import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { check } from "../../scripts/catalogue.js";

const english = `
-name = Tacit
hello = Hello { $name }, this is { -name }
count = { $n ->
    [one] one
   *[other] { $n }
}
kind = { $kind ->
    [file] a file
   *[text] a text
}
bye = Bye
`;
const polish = `
hello = Cześć { $name }, tu { -name }
count = { $n ->
    [one] jeden
    [few] { $n }
    [many] { $n }
   *[other] { $n }
}
kind = { $kind ->
    [file] plik
   *[text] tekst
}
bye = Pa
`;

test("a complete catalogue has no fault", () => {
  expect(check(polish, [english], "pl")).toEqual({ faults: [], lacking: [], share: 1 });
});

test.each([
  ["a message that is not there", polish.replace("bye = Pa", ""), [], ["bye"]],
  ["a message too many", `${polish}more = Więcej\n`, ["line 14: more is not in the English catalogue"], []],
  ["a plural", polish.replace("    [few] { $n }\n", ""), ["line 3: count lacks the plural few"], []],
  [
    "an argument",
    polish.replace("{ $name }", "{ $nam }"),
    ["line 2: hello lacks $name", "line 2: hello uses $nam, which the program does not give"],
    [],
  ],
  ["a term", polish.replace("{ -name }", "{ -nam }"), ["line 2: hello uses the term -nam, which is not defined"], []],
  ["a message twice", `${polish}bye = Cześć\n`, ["line 14: bye is there twice"], []],
])("it is seen that a catalogue lacks or mistakes %s", (_, text, faults, lacking) => {
  const found = check(text, [english], "pl");
  expect(found.faults).toEqual(faults);
  expect(found.lacking).toEqual(lacking);
  expect(found.share).toBe(lacking.length ? 0.75 : 1);
});

test("a mistake in the writing is named with its line", () => {
  const { faults, lacking } = check(polish.replace("bye = Pa", "bye = { Pa"), [english], "pl");
  expect(faults.join()).toMatch(/^line 13: Expected/);
  expect(lacking).toEqual(["bye"]);
});

test("as it is called: what is wrong, how complete it is, and a status for scripts", () => {
  const folder = mkdtempSync(join(tmpdir(), "catalogue-"));
  try {
    const run = (name: string, text: string) => {
      writeFileSync(join(folder, name), text);
      return spawnSync(process.execPath, ["scripts/language.js", "check", join(folder, name)], { encoding: "utf8" });
    };
    const german = run("de.ftl", "continue = Weiter\n");
    expect(german.status).toBe(1);
    expect(german.stdout).toMatch(/lacks later\n(.|\n)* \d+ % complete\n$/);
    const unknown = run("english.ftl", "continue = Weiter\n");
    expect(unknown.status).toBe(1);
    expect(unknown.stderr).toContain("is no language");
    const whole = spawnSync(process.execPath, ["scripts/language.js", "check", "languages/en.ftl"], {
      encoding: "utf8",
    });
    expect(whole.stdout).toContain("100 % complete");
    expect(whole.status).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
