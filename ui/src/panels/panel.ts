import { type Panel, panels } from "../state/panels.svelte";

/** For `bind:open` of a dialog: whether this panel lies over the page. */
export function isOpen(panel: Panel): { get: () => boolean; set: (open: boolean) => void } {
  return {
    get: () => panels.open === panel,
    set: (open) => {
      if (open) panels.open = panel;
      else if (panels.open === panel) panels.open = null;
    },
  };
}
