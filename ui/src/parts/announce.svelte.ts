/** What the screen reader says next. `Announcer.svelte` holds the live region. */
import { untrack } from "svelte";
import { commands } from "../api/commands";
import { session } from "../state/session.svelte";

class Announcements {
  /** Lines, the newest last; each is spoken once. */
  lines = $state<{ id: number; text: string }[]>([]);
  private next = 0;

  /** WebKitGTK tells no screen reader of a live region: there the program has it speak. */
  get byProgram(): boolean {
    return session.beginning?.system === "linux";
  }

  /** Speaks a finished sentence, after what is being spoken. */
  say(text: string): void {
    this.lines = [...this.lines.slice(-4), { id: this.next++, text }];
    if (untrack(() => this.byProgram)) commands.announce(text).catch(() => {});
  }

  /** Another screen came, and its heading has the focus. Orca passes over a heading that takes the focus; others read it. */
  arrive(title: string): void {
    if (this.byProgram) this.say(title);
  }
}

export const announcements = new Announcements();
