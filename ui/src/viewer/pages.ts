/** The pages of one document. Those that were looked at last are kept. */
import { commands } from "../api/commands";
import type { DocumentPage } from "../api/types";

const most = 64;

export class Pages {
  private kept = new Map<number, Promise<DocumentPage>>();

  constructor(readonly document: number) {}

  get(number: number): Promise<DocumentPage> {
    const page = this.kept.get(number) ?? commands.page(this.document, number);
    this.kept.delete(number);
    this.kept.set(number, page);
    // What could not be had is asked for again the next time.
    page.catch(() => this.kept.delete(number));
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= most) break;
      this.kept.delete(oldest);
    }
    return page;
  }
}
