/** The program's side of the commands about documents, in memory. See fake.ts. */
import type {
  Added,
  Adding,
  DocumentPage,
  DocumentQuery,
  DocumentRow,
  Evidence,
  LibraryView,
  PageBlock,
  PageWord,
  PassageView,
  Scope,
} from "../src/api/types";

type Args = Record<string, unknown>;

const day = 86_400_000;

/** A lease, as its paper has it: a line is a block. */
const LEASE: [kind: string, text: string][] = [
  ["heading1", "Lease of 14 Harbour Street"],
  ["paragraph", "Made on 3 March 2024 between Ada Marlow, the landlord, and Tom Ferris, the tenant."],
  ["heading2", "1. Rent"],
  ["paragraph", "The rent is 940 euros a month, due on the first day of each month."],
  ["heading2", "2. End of the lease"],
  ["paragraph", "The tenant may end the lease with three months' notice, given in writing to the landlord."],
  ["item", "Notice by electronic mail does not count."],
  ["item", "The keys are given back on the last day."],
  ["header_row", "Room\tSize"],
  ["row", "Kitchen\t11 m²"],
  ["row", "Living room\t24 m²"],
];

function textOf(lines: [string, string][]): { text: string; blocks: PageBlock[] } {
  let text = "";
  const blocks = lines.map(([kind, line]): PageBlock => {
    const from = text.length;
    text += `${line}\n`;
    return { kind, span: [from, from + line.length] };
  });
  return { text, blocks };
}

/** The words of a page, set as a typewriter would: a block begins a line, and a line is as wide as the paper. */
function wordsOf(text: string, blocks: PageBlock[], confidence: (word: string) => number): PageWord[] {
  const words: PageWord[] = [];
  let top = 56;
  for (const { span, kind } of blocks) {
    const size = kind.startsWith("heading") ? 16 : 11;
    let left = 60;
    for (const match of text.slice(...span).matchAll(/\S+/g)) {
      const width = match[0].length * size * 0.5;
      if (left + width > 535) [left, top] = [60, top + size * 1.4];
      const from = span[0] + match.index;
      words.push({
        span: [from, from + match[0].length],
        rect: [left, top, width, size],
        confidence: confidence(match[0]),
      });
      left += width + size * 0.3;
    }
    top += size * 1.4 + 8;
  }
  return words;
}

/** A passage of the page that holds these words. */
export function passage(page: DocumentPage, words: string, more: Partial<PassageView>): PassageView {
  const block = page.blocks.find(({ span }) => page.text.slice(...span).includes(words));
  const span = block?.span ?? [0, 0];
  const text = page.text.slice(...span);
  const at = text.indexOf(words);
  return {
    n: 1,
    document: 1,
    name: "Lease.pdf",
    page: page.number,
    label: page.label,
    span,
    text,
    heading: "2. End of the lease",
    lit: [[at, at + words.length]],
    ocr: page.ocr,
    marks: [],
    by_words: 1,
    by_meaning: 2,
    gone: false,
    ...more,
  };
}

export function documentRow(id: number, name: string, more: Partial<DocumentRow> = {}): DocumentRow {
  return {
    id,
    name,
    kind: name.split(".").at(-1) ?? "",
    added_at: Date.now() - id * day,
    dated: Date.now() - id * day,
    bytes: 184_000,
    pages: 3,
    pages_read: 3,
    pages_ocr: 0,
    state: { state: "read" },
    passages: 24,
    passages_by_meaning: 24,
    collections: [],
    sealed: true,
    origin: `/home/ada/Papers/${name}`,
    ...more,
  };
}

export class FakeLibrary {
  view: LibraryView = {
    documents: [],
    collections: [],
    watched: [],
    work: { state: "idle", document: null, documents_left: 0, pages_left: 0, passages_left: 0, seconds_left: null },
  };
  private next = 100;

  /** A library as a person has one. */
  fill(): this {
    const damaged = {
      code: "reader_password",
      kind: "input",
      message: "This document is locked with a password: save a copy without one and add that.",
    } as const;
    this.view.documents = [
      documentRow(1, "Lease.pdf", { collections: [1] }),
      documentRow(2, "Invoice 2024-017.jpg", { kind: "image", pages: 1, pages_read: 1, pages_ocr: 1, sealed: false }),
      documentRow(3, "Minutes of the general meeting.docx", {
        state: { state: "reading" },
        pages: 40,
        pages_read: 12,
        passages_by_meaning: 3,
      }),
      documentRow(4, "Tax return.pdf", { state: { state: "failed", problem: damaged }, pages: 0, pages_read: 0 }),
      documentRow(5, "Letter from the bank.eml", { kind: "mail", pages: 1, pages_read: 1 }),
    ];
    this.view.collections = [{ id: 1, name: "Flat", documents: 1 }];
    this.view.watched = [{ path: "/home/ada/Scans", looked_at: Date.now() - 60_000 }];
    this.view.work = {
      state: "working",
      document: "Minutes of the general meeting.docx",
      documents_left: 1,
      pages_left: 28,
      passages_left: 21,
      seconds_left: 95,
    };
    return this;
  }

  page(document: number, number: number): DocumentPage {
    const scan = document === 2;
    const { text, blocks } = textOf(LEASE);
    const words = wordsOf(text, blocks, (word) => (scan && word === "940" ? 61 : 99));
    const hidden = text.indexOf("Notice by electronic");
    return {
      number,
      label: String(number + 1),
      width: document === 5 ? 0 : 595,
      height: document === 5 ? 0 : 842,
      text,
      blocks,
      words: document === 5 ? [] : words,
      marks: document === 1 && number === 1 ? [{ span: [hidden, hidden + 41], why: "invisible" }] : [],
      ocr: scan,
      drawable: document !== 5,
    };
  }

  /** What an answer about the lease rests on. */
  evidence(answer: string, answered = true): Evidence {
    const lease = this.page(1, 0);
    const passages = [
      passage(lease, "three months' notice", {}),
      passage(this.page(2, 0), "940 euros", { n: 2, document: 2, name: "Invoice 2024-017.jpg", heading: "1. Rent" }),
      passage(lease, "electronic mail", { n: 3, marks: ["invisible"], heading: "" }),
    ];
    const sentences = answered
      ? [...new Intl.Segmenter("en", { granularity: "sentence" }).segment(answer)].map(({ segment, index }, at) => {
          const end = index + segment.trimEnd().length;
          const quote = answer.indexOf("“", index);
          const fact = at === 1 ? answer.indexOf("950", index) : -1;
          return {
            span: [index, end] as [number, number],
            support: (["full", "partial", "none"] as const)[at % 3] ?? "full",
            citations: at === 2 ? [] : [at + 1],
            missing: fact < 0 ? [] : [[fact, fact + 3] as [number, number]],
            quotes:
              quote >= 0 && quote < end
                ? [{ span: [quote, answer.indexOf("”", quote) + 1] as [number, number], passage: at === 0 ? 1 : null }]
                : [],
          };
        })
      : [];
    return { answered, passages, sentences };
  }

  /** The answer to a command about documents; nothing where it is about something else. */
  async call(command: string, args: Args): Promise<{ reply: unknown } | null> {
    const handler = this.handlers[command];
    return handler ? { reply: await handler(args) } : null;
  }

  private row(id: unknown): DocumentRow {
    const found = this.view.documents.find((row) => row.id === id);
    if (!found) throw { code: "no_such_document", kind: "not_found", message: "That document no longer exists." };
    return found;
  }

  private add(name: string, adding: Adding, more: Partial<DocumentRow> = {}): Added {
    const collections = adding.collection === null ? [] : [adding.collection];
    const state = { state: "waiting" } as const;
    const row = documentRow(this.next++, name, { state, pages_read: 0, collections, sealed: adding.seal, ...more });
    this.view.documents = [{ ...row, added_at: Date.now() }, ...this.view.documents];
    return { new: 1, known: 0, newer: 0, refused: [] };
  }

  private search({ words, scope, kinds }: DocumentQuery): PassageView[] {
    const wanted = words.replaceAll('"', "").trim().toLowerCase();
    return this.view.documents.flatMap((row) => {
      const inScope =
        scope.all ||
        scope.documents.includes(row.id) ||
        row.collections.some((each) => scope.collections.includes(each));
      if (!inScope || (kinds.length > 0 && !kinds.includes(row.kind)) || row.state.state !== "read") return [];
      const page = this.page(row.id, 0);
      const at = page.text.toLowerCase().indexOf(wanted);
      if (at < 0) return [];
      return [passage(page, page.text.slice(at, at + wanted.length), { document: row.id, name: row.name })];
    });
  }

  private handlers: Record<string, (args: Args) => unknown> = {
    library: () => structuredClone(this.view),
    add_by_dialog: ({ folder, adding }) => this.add(folder ? "From a folder.pdf" : "Chosen.pdf", adding as Adding),
    add_dropped: ({ adding }) => ({
      ...this.add("Dropped.pdf", adding as Adding),
      refused: [
        {
          name: "film.mp4",
          problem: { code: "reader_kind", kind: "input", message: "This kind of file has no text." },
        },
      ],
    }),
    add_text: ({ name, adding }) => this.add(String(name), adding as Adding, { kind: "text", origin: null }),
    add_sample: () =>
      this.add("Sample lease.pdf", { collection: null, seal: true }, { state: { state: "read" }, pages_read: 3 }),
    pause_library: ({ paused }) => {
      this.view.work.state = paused ? "paused" : "working";
      return null;
    },
    retry_document: ({ document }) => {
      this.row(document).state = { state: "waiting" };
      return null;
    },
    remove_document: ({ document }) => {
      this.view.documents = this.view.documents.filter((row) => row !== this.row(document));
      return null;
    },
    make_collection: ({ name }) => {
      this.view.collections.push({ id: this.next, name: String(name), documents: 0 });
      return this.next++;
    },
    rename_collection: ({ collection, name }) => {
      for (const each of this.view.collections) if (each.id === collection) each.name = String(name);
      return null;
    },
    delete_collection: ({ collection }) => {
      this.view.collections = this.view.collections.filter((each) => each.id !== collection);
      return null;
    },
    put_in_collection: ({ document, collection, member }) => {
      const row = this.row(document);
      const others = row.collections.filter((each) => each !== collection);
      row.collections = member ? [...others, collection as number] : others;
      return null;
    },
    watch_by_dialog: () => {
      this.view.watched.push({ path: "/home/ada/Mail", looked_at: null });
      return "/home/ada/Mail";
    },
    unwatch: ({ path }) => {
      this.view.watched = this.view.watched.filter((each) => each.path !== path);
      return null;
    },
    search_documents: ({ query }) => this.search(query as DocumentQuery),
    page: ({ document, page }) => this.page(this.row(document).id, page as number),
    draw_page: (args) => this.draw(args),
    save_original: ({ document }) => this.row(document).name,
  };

  /** A picture of a page. Where nothing can be drawn it is empty. */
  private async draw({ document, page, scale, area }: Args): Promise<ArrayBuffer> {
    if (typeof OffscreenCanvas === "undefined") return new ArrayBuffer(0);
    const it = this.page(document as number, page as number);
    const part = (area ?? { x: 0, y: 0, width: it.width, height: it.height }) as {
      x: number;
      y: number;
      width: number;
      height: number;
    };
    const zoom = scale as number;
    const canvas = new OffscreenCanvas(Math.round(part.width * zoom), Math.round(part.height * zoom));
    const on = canvas.getContext("2d");
    if (!on) return new ArrayBuffer(0);
    on.fillStyle = "#fff";
    on.fillRect(0, 0, canvas.width, canvas.height);
    on.scale(zoom, zoom);
    on.translate(-part.x, -part.y);
    on.fillStyle = "#111";
    on.textBaseline = "top";
    on.textAlign = "left";
    for (const { span, rect } of it.words) {
      on.font = `${rect[3]}px serif`;
      on.fillText(it.text.slice(...span), rect[0], rect[1], rect[2]);
    }
    return (await canvas.convertToBlob({ type: "image/png" })).arrayBuffer();
  }
}

export const everything: Scope = { all: true, collections: [], documents: [] };
