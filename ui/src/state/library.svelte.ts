/** The documents: what there is, what is being done with it, and what is about to be added. */
import { commands } from "../api/commands";
import type { Added, CollectionRow, DocumentRow, LibraryView, News, Problem, Work } from "../api/types";
import { asProblem } from "./problem";

/** Where documents that are about to be added come from. */
export type Source = "files" | "folder" | "watched" | "dropped" | "text";

/** Documents that are about to be added: the person is asked where to. */
export type Wish = { source: Source; files: number; folders: number };

class Library {
  view = $state.raw<LibraryView | null>(null);
  work = $state.raw<Work | null>(null);
  /** The most that was left since there was nothing to do: what progress is measured by. */
  private most = 0;
  /** How much of the work is done, of 1. */
  share = $state(0);
  /** Files are held over the window. */
  dragging = $state(false);
  adding = $state.raw<Wish | null>(null);
  /** What came of adding last. */
  outcome = $state.raw<Added | null>(null);
  problem = $state.raw<Problem | null>(null);
  documents = $derived<DocumentRow[]>(this.view?.documents ?? []);
  collections = $derived<CollectionRow[]>(this.view?.collections ?? []);
  private asking: Promise<void> | null = null;
  private stale = false;
  private turn = 0;

  hear(news: News): void {
    if (news.type === "work") this.measure(news);
    else if (news.type === "library") void this.refresh();
    else if (news.type === "dragging") this.dragging = news.over;
    else if (news.type === "dropped") {
      this.dragging = false;
      if (news.files + news.folders > 0) this.adding = { source: "dropped", files: news.files, folders: news.folders };
    }
  }

  private measure(work: Work): void {
    // A passage is a small part of a page's work.
    const left = work.pages_left + work.documents_left + work.passages_left / 20;
    this.most = work.state === "idle" ? 0 : Math.max(this.most, left);
    this.share = this.most > 0 ? 1 - left / this.most : 0;
    this.work = work;
  }

  add(source: Source): void {
    this.adding = { source, files: 0, folders: 0 };
  }

  row(document: number): DocumentRow | undefined {
    return this.documents.find((each) => each.id === document);
  }

  /** Asks for the list. Asked for while it is on its way, it is asked for once more afterwards, however often. */
  refresh(): Promise<void> {
    if (this.asking) this.stale = true;
    this.asking ??= this.read().finally(() => (this.asking = null));
    return this.asking;
  }

  private async read(): Promise<void> {
    const turn = this.turn;
    do {
      this.stale = false;
      try {
        const view = await commands.library();
        if (turn !== this.turn) return;
        this.view = view;
        this.measure(view.work);
      } catch (error) {
        if (turn === this.turn) this.fail(error);
        return;
      }
    } while (this.stale);
  }

  /** Does something to the documents, and looks at them again; whether it was done. */
  async attempt(work: () => Promise<unknown>): Promise<boolean> {
    this.problem = null;
    try {
      await work();
      await this.refresh();
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  /** A locked vault says so with its own screen. */
  private fail(error: unknown): void {
    const problem = asProblem(error);
    if (problem.kind !== "locked") this.problem = problem;
  }

  /** Forgets everything, for the vault was locked. */
  clear(): void {
    this.turn++;
    this.asking = null;
    this.view = null;
    this.work = null;
    this.dragging = false;
    this.adding = null;
    this.outcome = null;
    this.problem = null;
  }
}

export const library = new Library();
