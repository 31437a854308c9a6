// What a translation lacks: node ui/scripts/language.js check FILE
import { checkFile, languageOf } from "./catalogue.js";

/** Whether there are plural rules for a language: without, its name is most likely mistyped. */
function isKnown(language) {
  try {
    return Intl.PluralRules.supportedLocalesOf(language).length > 0;
  } catch {
    return false;
  }
}

function main([command, file]) {
  if (command !== "check" || !file?.endsWith(".ftl")) {
    console.error("usage: node ui/scripts/language.js check FILE.ftl");
    return 2;
  }
  if (!isKnown(languageOf(file))) {
    console.error(`${file}: "${languageOf(file)}" is no language (BCP 47), such as ar or pt-BR`);
    return 1;
  }
  let found;
  try {
    found = checkFile(file);
  } catch (error) {
    console.error(`${file} cannot be read: ${error.message}`);
    return 1;
  }
  for (const fault of found.faults) console.log(`${file}: ${fault}`);
  for (const name of found.lacking) console.log(`${file}: lacks ${name}`);
  console.log(`${file}: ${Math.floor(found.share * 100)} % complete`);
  return found.faults.length || found.lacking.length ? 1 : 0;
}

process.exitCode = main(process.argv.slice(2));
