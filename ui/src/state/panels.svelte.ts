/** Which panel lies over the page, if any. */
export type Panel =
  "preferences" | "shortcuts" | "trust" | "about" | "palette" | "chat-settings" | "recovery" | "documents";

class Panels {
  open = $state<Panel | null>(null);
}

export const panels = new Panels();
