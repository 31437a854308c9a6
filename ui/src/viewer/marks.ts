import { t } from "../language/language.svelte";

const EXPLAINED: Record<string, () => string> = {
  invisible: () => t("mark-invisible"),
  same_colour: () => t("mark-same-colour"),
  tiny: () => t("mark-tiny"),
  off_page: () => t("mark-off-page"),
  forged_font: () => t("mark-forged-font"),
  bidi: () => t("mark-bidi"),
  unseen: () => t("mark-unseen"),
  lookalike: () => t("mark-lookalike"),
};

/** Why a page does not show a text as it reads, in a sentence. */
export function explained(why: string): string {
  return (EXPLAINED[why] ?? (() => t("mark-other")))();
}
