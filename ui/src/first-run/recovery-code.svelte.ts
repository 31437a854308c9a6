/** A recovery code on its way: announced, shown, typed back. */
import { commands } from "../api/commands";
import type { Problem } from "../api/types";
import { t } from "../language/language.svelte";
import { asProblem } from "../state/problem";
import { session } from "../state/session.svelte";

export class RecoveryCode {
  phase = $state<"offered" | "shown" | "typing">("offered");
  words = $state.raw<string[]>([]);
  typed = $state("");
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);
  /** What is wrong with the words that were typed. */
  error = $state<string | null>(null);

  constructor(private done: () => void) {}

  /** Leads on from where it is. */
  async onward(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.problem = null;
    this.error = null;
    try {
      if (this.phase === "offered") await this.make();
      else if (this.phase === "shown") this.phase = "typing";
      else await this.confirm();
    } catch (error) {
      this.problem = asProblem(error);
    } finally {
      this.busy = false;
    }
  }

  /** Shows the words once more. */
  back(): void {
    this.phase = "shown";
    this.typed = "";
    this.error = null;
    this.problem = null;
  }

  private async make(): Promise<void> {
    this.words = await commands.makeRecoveryCode();
    this.phase = "shown";
  }

  private async confirm(): Promise<void> {
    const right = await commands.confirmRecoveryCode(this.typed).catch((error: unknown) => {
      const problem = asProblem(error);
      // A slip of the pen is no fault of the program: it is said beside the box, in the program's own words.
      if (problem.kind !== "key" && problem.kind !== "input") throw error;
      this.error = problem.message;
      return null;
    });
    if (right === null) return;
    if (!right) {
      this.error = t("first-recovery-wrong");
      return;
    }
    this.words = [];
    this.typed = "";
    const screen = session.screen;
    if (screen?.screen === "open") {
      const slots = screen.slots.includes("recovery") ? screen.slots : [...screen.slots, "recovery" as const];
      session.opened({ ...screen, slots, recovery_confirmed: true });
    }
    this.done();
  }
}
