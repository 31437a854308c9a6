/** The everyday key that a person chooses: the keyring, or a passphrase typed twice. */
import { t } from "../language/language.svelte";

export class NewKey {
  kind = $state<"keyring" | "passphrase">("keyring");
  passphrase = $state("");
  again = $state("");
  /** What is wrong with the passphrase, and with its repetition. */
  error = $state<string | null>(null);
  againError = $state<string | null>(null);
  field = $state<HTMLElement | null>(null);
  againField = $state<HTMLElement | null>(null);

  /** Whether it can be used; else says why, beside the field, and puts the focus there. */
  check(): boolean {
    const own = this.kind === "passphrase";
    this.error = own && !this.passphrase.trim() ? t("first-passphrase-empty") : null;
    this.againError = own && !this.error && this.again !== this.passphrase ? t("first-passphrase-differs") : null;
    if (this.error) this.field?.focus();
    else if (this.againError) this.againField?.focus();
    return !this.error && !this.againError;
  }

  /** For the commands: nothing stands for the keyring. */
  get chosen(): string | null {
    return this.kind === "passphrase" ? this.passphrase : null;
  }

  /** Nothing of it stays in the page. */
  forget(): void {
    this.passphrase = "";
    this.again = "";
  }
}
