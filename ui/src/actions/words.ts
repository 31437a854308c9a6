import { t } from "../language/language.svelte";
import { isMac, written } from "./keys";

/** Keys in the person's words: `Ctrl + Shift + N`, on a Mac `⌘⇧N`. */
export function keysInWords(keys: string): string {
  const words = {
    Mod: t("keys-ctrl"),
    Shift: t("keys-shift"),
    Alt: t("keys-alt"),
    Escape: t("keys-escape"),
    Delete: t("keys-delete"),
  };
  return written(keys, words).join(isMac() ? "" : " + ");
}
