/**
 * Splits Markdown into pieces that can be read each by itself, so that an answer that grows is not read again from its beginning: a finished
 * piece never changes, wherever the stream was cut. Fenced code and display mathematics are pieces of their own and never pass the parser.
 * Where it is not certain that a piece ends, it goes on: two blocks read together are read rightly, one block read in halves is not.
 */
export type Block = {
  kind: "flow" | "code" | "math";
  /** With its fences and without the blank lines around it. */
  source: string;
  /** Where it begins. */
  from: number;
};

type Fence = { close: RegExp; kind: "code" | "math" };

const blank = /^[ \t]*$/;
const marker = /^ {0,3}(?:[-+*]|\d{1,9}[.)])(?:[ \t]|$)/;
const footnote = /^ {0,3}\[\^[^\]]+\]:/;
const heading = /^ {0,3}#{1,6}(?:[ \t]|$)/;

/** What a line opens, if anything: ``` and ~~~, $$ and \[. */
function fenceOf(line: string): Fence | null {
  const code = /^ {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$/.exec(line);
  if (code) {
    const fence = code[1] ?? code[2] ?? "";
    return { kind: "code", close: new RegExp(`^ {0,3}\\${fence.charAt(0)}{${fence.length},}[ \\t]*$`) };
  }
  if (/^ {0,3}\$\$(?!\$)/.test(line)) return { kind: "math", close: /\$\$[ \t]*$/ };
  return /^ {0,3}\\\[/.test(line) ? { kind: "math", close: /\\\][ \t]*$/ } : null;
}

/** Whether a line that opens mathematics closes it too. */
function closesItself(line: string, close: RegExp): boolean {
  return close.test(line.trimStart().slice(2));
}

export class Blocks {
  /** Finished pieces. */
  private finished: Block[] = [];
  /** What has been taken, up to the end of its last whole line. */
  private taken = "";
  /** Where the open piece begins; nothing when none is open. */
  private start: number | null = null;
  private fence: Fence | null = null;
  private inList = false;
  private afterBlank = false;

  /** The pieces of `text`, the last of which may still grow unless the text is whole. */
  of(text: string, whole: boolean): Block[] {
    if (!text.startsWith(this.taken)) this.reset();
    for (let end = text.indexOf("\n", this.taken.length); end >= 0; end = text.indexOf("\n", this.taken.length)) {
      this.take(text, this.taken.length, end);
      this.taken = text.slice(0, end + 1);
    }
    return whole ? this.rest(text) : this.withOpen(text);
  }

  private reset(): void {
    this.finished = [];
    this.taken = "";
    this.start = null;
    this.fence = null;
  }

  /** A whole text ends with a line that has no end. What that does is not remembered, for more may come after all. */
  private rest(text: string): Block[] {
    const copy = new Blocks();
    Object.assign(copy, this, { finished: [...this.finished] });
    if (copy.taken.length < text.length) copy.take(text, copy.taken.length, text.length);
    copy.close(text, text.length);
    return copy.finished;
  }

  private withOpen(text: string): Block[] {
    const from = this.start ?? this.taken.length;
    const source = text.slice(from);
    if (blank.test(source)) return [...this.finished];
    const kind = this.start === null ? "flow" : (this.fence?.kind ?? "flow");
    // The beginning of a closing fence is not shown as code for a moment.
    return [...this.finished, { kind, from, source: kind === "code" ? source.replace(/\n {0,3}[`~]+$/, "") : source }];
  }

  /** Takes the line from `at` to `end`. */
  private take(text: string, at: number, end: number): void {
    const line = text.slice(at, end).replace(/\r$/, "");
    if (this.fence) return this.takeFenced(text, line, end);
    if (blank.test(line)) {
      this.afterBlank = true;
      return;
    }
    const inner = this.start !== null && this.inList && /^[ \t]/.test(line);
    const fence = inner ? null : fenceOf(line);
    const alone = fence !== null || (!inner && heading.test(line));
    if (this.start !== null && (alone || (this.afterBlank && !this.goesOn(line)))) this.close(text, at);
    if (this.start === null) this.begin(at);
    if (marker.test(line) || footnote.test(line)) this.inList = true;
    this.afterBlank = false;
    this.fence = fence;
    if (alone && (fence === null || (fence.kind === "math" && closesItself(line, fence.close)))) this.close(text, end);
  }

  private takeFenced(text: string, line: string, end: number): void {
    if (this.fence?.close.test(line)) this.close(text, end);
    else if (this.fence?.kind === "math" && blank.test(line)) {
      // Mathematics has no blank lines: these were two dollars.
      this.fence = null;
      this.afterBlank = true;
    }
  }

  private begin(at: number): void {
    this.start = at;
    this.inList = false;
  }

  /** Whether a line after a blank one still belongs to a list or a footnote. */
  private goesOn(line: string): boolean {
    return this.inList && (/^[ \t]/.test(line) || marker.test(line));
  }

  private close(text: string, end: number): void {
    if (this.start === null) return;
    const kind = this.fence?.kind ?? "flow";
    this.finished.push({ kind, from: this.start, source: text.slice(this.start, end).trimEnd() });
    this.start = null;
    this.fence = null;
  }
}
