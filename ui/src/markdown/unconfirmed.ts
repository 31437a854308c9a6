/**
 * Which parts of a text are numbers, dates, sums or doses: what a model invents most easily and what does the most harm. Digits of every script
 * count. Each pattern begins with something it must have and repeats nothing that contains a repetition, so that it takes linear time.
 */
export type Part = { text: string; unconfirmed: boolean };

/** Of one text; what comes after these is marked as a whole. */
const most = 1_000;

const months =
  "(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|" +
  "[Jj]anvier|[Ff]évrier|[Mm]ars|[Aa]vril|[Mm]ai|[Jj]uin|[Jj]uillet|[Aa]oût|[Ss]eptembre|[Oo]ctobre|[Nn]ovembre|[Dd]écembre)\\.?";
const units =
  "(?:%|‰|°[CF]?|\\p{Sc}|(?:percent|per cent|pour cent|euros?|dollars?|pounds?|livres?|[mkµμcd]?[glLm]|mcg|mmol|mL|dL|IU|UI|" +
  "kWh|kW|[km]?Wh?|[kMGT]i?B|[kMGT]o|[kM]?Hz|km/h|mph|kcal|kJ|hours?|minutes?|days?|weeks?|months?|years?|h|min|ms|" +
  "heures?|jours?|semaines?|mois|ans?|années?|a\\.m\\.|p\\.m\\.|am|pm)(?!\\p{L}))";
const space = "[ \\u00a0\\u202f]";
const number =
  `(?:\\p{Sc}${space}?|[+−±-])?\\p{Nd}+(?:[.,:/’'٫٬\\u00a0\\u202f ·×–-]\\p{Nd}+)*` +
  // What is written without a space belongs to it: 3rd, 10mg, 1950s.
  `(?:\\p{Script=Latin}{1,4}(?!\\p{L}))?`;
const found = new RegExp(
  // Digits in a Latin word are a name (H2O); other scripts put numbers and letters side by side.
  `(?<![\\p{Script=Latin}\\p{Nd}_])(?:${months}${space})?${number}` +
    `(?:(?:${space}(?:of |de )?${months}(?:,?${space}\\p{Nd}{2,4}(?!\\p{Nd}))?)|,${space}\\p{Nd}{4}(?!\\p{Nd})|${space}?${units}(?:/\\p{L}{1,4}(?!\\p{L}))?)?`,
  "gu",
);

/** `text` in parts, in order, nothing left out. */
export function parts(text: string): Part[] {
  const all: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(found)) {
    if (match.index > at) all.push({ text: text.slice(at, match.index), unconfirmed: false });
    if (all.length > 2 * most) return [...all, { text: text.slice(match.index), unconfirmed: true }];
    all.push({ text: match[0], unconfirmed: true });
    at = match.index + match[0].length;
  }
  if (at < text.length) all.push({ text: text.slice(at), unconfirmed: false });
  return all;
}
