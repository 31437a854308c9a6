import type { Locked } from "../api/types";
import { t } from "../language/language.svelte";

/** What can be done where the keyring did not open the vault. */
export function advice(locked: Locked): string | null {
  if (!locked.keyring) return null;
  if (locked.keyring.code === "keyring_locked") return t("unlock-can-locked");
  if (locked.slots.every((slot) => slot === "keyring")) return t("unlock-only-keyring");
  return locked.keyring.code === "keyring_unavailable" ? t("unlock-can-unavailable") : t("unlock-can-missing");
}
