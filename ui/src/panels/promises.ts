/** What the doctor saw, promise by promise. */
import type { Check } from "../api/types";
import { t } from "../language/language.svelte";

/** `holds` where all that was tried does; `unseen` where nothing could be tried here. */
export type Verdict = "holds" | "broken" | "unseen";

export type Promised = { number: number; sentence: string; verdict: Verdict; checks: Check[] };

/** Whether what was tried of a promise holds. */
function verdict(checks: Check[]): Verdict {
  if (checks.some((check) => check.holds === false)) return "broken";
  return checks.some((check) => check.holds) ? "holds" : "unseen";
}

/** The eight promises, in the person's language. */
export function promises(checks: Check[]): Promised[] {
  const sentences = [
    t("trust-promise-1"),
    t("trust-promise-2"),
    t("trust-promise-3"),
    t("trust-promise-4"),
    t("trust-promise-5"),
    t("trust-promise-6"),
    t("trust-promise-7"),
    t("trust-promise-8"),
  ];
  return sentences.map((sentence, at) => {
    const own = checks.filter((check) => check.promise === at + 1);
    return { number: at + 1, sentence, verdict: verdict(own), checks: own };
  });
}

/** What the whole comes to, in a sentence. */
export function summary(checks: Check[]): string {
  const tried = checks.filter((check) => check.holds !== null).length;
  const broken = checks.filter((check) => check.holds === false).length;
  return broken ? t("trust-summary-broken", { broken, tried }) : t("trust-summary-holds", { tried });
}
