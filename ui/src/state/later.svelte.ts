/** The parts of the page that wait until the first frame is drawn, so that the window takes typing sooner. */
import { asProblem } from "./problem";
import { session } from "./session.svelte";

class Later {
  parts = $state.raw<typeof import("../later") | null>(null);

  /** The first frame is about to be drawn. */
  soon(): void {
    if (!this.parts) requestAnimationFrame(() => setTimeout(() => void this.read(), 50));
  }

  private async read(): Promise<void> {
    try {
      this.parts = await import("../later");
    } catch (error) {
      session.problem = asProblem(error);
    }
  }
}

export const later = new Later();
