/** The document beside the chat, and the place in it that is lit. */
import type { PassageView } from "../api/types";

export type Place = {
  document: number;
  name: string;
  /** Counted from 0. */
  page: number;
  /** The part of the page's text that is lit. */
  span: [number, number] | null;
};

class Viewer {
  /** Each time that a place is asked for it is another one, so that one can go to the same place twice. */
  place = $state.raw<Place | null>(null);
  /** The window is too narrow for it to stand beside the chat. */
  over = $state(false);
  /** Where the focus was when it was opened. */
  private from: HTMLElement | null = null;

  show(place: Place, from: HTMLElement | null): void {
    // From one place in the document to the next the way back stays the same.
    if (!this.place || from) this.from = from;
    this.place = { ...place };
  }

  showPassage({ document, name, page, span }: PassageView, from: HTMLElement | null): void {
    this.show({ document, name, page, span }, from);
  }

  /** Closes it; what had the focus before. */
  close(): HTMLElement | null {
    const from = this.from;
    this.clear();
    return from;
  }

  /** Forgets everything, for the vault was locked. */
  clear(): void {
    this.place = null;
    this.from = null;
  }
}

export const viewer = new Viewer();
