/** The sidebar: whether it is there, what is being done in it, and what can be undone. */
import { tick } from "svelte";
import { SvelteSet } from "svelte/reactivity";
import type { Problem } from "../api/types";

export type Deleted = { id: number; title: string; wasShown: boolean };

class Sidebar {
  /** The window is too narrow for it to stand beside the chat. */
  narrow = $state(false);
  /** Put away, in a wide window. */
  hidden = $state(false);
  /** Drawn over the page, in a narrow window. */
  drawer = $state(false);
  /** The chat whose title is being changed. */
  renaming = $state<number | null>(null);
  /** The chat that is to get a folder with a new name. */
  foldering = $state<number | null>(null);
  /** The folders that are closed. */
  readonly closed = new SvelteSet<string>();
  /** Chats that were deleted and can still be brought back, the newest last. */
  deleted = $state.raw<Deleted[]>([]);
  /** What went wrong here. */
  problem = $state.raw<Problem | null>(null);
  /** The chat that gets the focus once it is in the list. */
  focused = $state<number | null>(null);

  get visible(): boolean {
    return this.narrow ? this.drawer : !this.hidden;
  }

  open(): void {
    if (this.narrow) this.drawer = true;
    else this.hidden = false;
  }

  toggle(): void {
    if (this.narrow) this.drawer = !this.drawer;
    else this.hidden = !this.hidden;
  }

  /** Opens it and puts the cursor into the search field. */
  async search(): Promise<void> {
    this.open();
    await tick();
    document.querySelector<HTMLInputElement>("[data-search]")?.focus();
  }

  /** A chat was chosen: in a narrow window the drawer makes way for it. */
  chosen(): void {
    this.drawer = false;
  }

  clear(): void {
    this.drawer = false;
    this.renaming = null;
    this.foldering = null;
    this.closed.clear();
    this.deleted = [];
    this.problem = null;
    this.focused = null;
  }
}

export const sidebar = new Sidebar();
