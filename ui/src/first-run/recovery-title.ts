import { t } from "../language/language.svelte";
import type { RecoveryCode } from "./recovery-code.svelte";

/** What the heading says while a recovery code is made, shown and typed back. */
export function recoveryTitle(code: RecoveryCode): string {
  if (code.phase === "offered") return t("first-recovery-title");
  return code.phase === "shown" ? t("first-recovery-shown") : t("first-recovery-typing");
}
