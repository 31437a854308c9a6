import { untrack } from "svelte";

/**
 * Everything that a person can do by keyboard, in one place: the command palette, the list of shortcuts and the keys themselves read it.
 * A component offers its actions while it is on show.
 */
export type Action = {
  /** A stable name. */
  id: string;
  /** In the person's language; a function, for the language can change. */
  label: () => string;
  /** Keys as `Mod+Shift+N`; `Mod` is Ctrl, and Cmd on a Mac. */
  keys?: string;
  /** A second set of keys. */
  also?: string;
  /** Also while a dialog or a menu lies over the page. */
  anywhere?: boolean;
  /** Whether it can be done now; always without. */
  enabled?: () => boolean;
  run: () => void;
};

let offered = $state.raw<Action[]>([]);

/** All actions on offer. */
export function actions(): Action[] {
  return offered;
}

/** Offers actions until the returned function is called; meant for `$effect` and `onMount`. */
export function offer(...more: Action[]): () => void {
  // An effect that offers does not depend on what is offered.
  offered = [...untrack(() => offered), ...more];
  return () => {
    offered = offered.filter((action) => !more.includes(action));
  };
}
