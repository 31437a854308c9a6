/** Numbers as they are written in the person's language. */
import { language } from "./language.svelte";

/** A share of 1, as a whole number of hundredths. */
export function percent(share: number): string {
  return new Intl.NumberFormat(language(), { style: "percent", maximumFractionDigits: 0 }).format(share);
}

/** An amount of memory, in the unit that makes it short. */
export function bytes(amount: number): string {
  const big = amount >= 1e9;
  return new Intl.NumberFormat(language(), {
    style: "unit",
    unit: big ? "gigabyte" : "megabyte",
    maximumFractionDigits: big ? 1 : 0,
  }).format(amount / (big ? 1e9 : 1e6));
}
