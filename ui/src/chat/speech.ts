/** Speaks an answer while it grows: finished sentences, each once, with 'unconfirmed' after what is. */
import type { MessageView } from "../api/types";
import { t, language } from "../language/language.svelte";
import { Pieces, type Piece } from "../markdown/pieces";
import { plain, spoken } from "../markdown/plain";
import { announcements } from "../parts/announce.svelte";

/** How much of an answer about documents is supported by them. */
function evidenceOf({ evidence }: MessageView): string[] {
  if (!evidence?.sentences.length) return [];
  const full = evidence.sentences.filter(({ support }) => support === "full").length;
  return [t("evidence-summary", { full, count: evidence.sentences.length })];
}

export class Speech {
  private pieces = new Pieces();
  /** The piece that is being spoken, and how many of its sentences have been. */
  private piece = 0;
  private sentence = 0;
  private sentences = new Intl.Segmenter(language(), { granularity: "sentence" });

  /** What stands there already is not spoken again. */
  constructor(start: string) {
    if (start) this.next(start, false);
  }

  hear(text: string): void {
    this.say(this.next(text, false));
  }

  /** Speaks the rest, and how it ended. */
  end(answer: MessageView): void {
    const ends = { stopped: t("chat-stopped"), interrupted: t("chat-interrupted"), cut: t("chat-cut") };
    const end = answer.state in ends ? ends[answer.state as keyof typeof ends] : t("chat-answer-complete");
    this.say([...this.next(answer.text, true), end, ...evidenceOf(answer)]);
  }

  private say(lines: string[]): void {
    const line = lines.join(" ").trim();
    if (line) announcements.say(line);
  }

  private next(text: string, whole: boolean): string[] {
    const pieces = this.pieces.of(text, whole);
    const said: string[] = [];
    for (let at = this.piece; at < pieces.length; at++) {
      const piece = pieces[at] as Piece;
      const finished = whole || at < pieces.length - 1;
      const all = this.sentencesOf(piece);
      const ready = finished ? all : all.slice(0, -1);
      said.push(...ready.slice(this.sentence));
      this.sentence = finished ? 0 : Math.max(this.sentence, ready.length);
      this.piece = finished ? at + 1 : at;
    }
    return said;
  }

  private sentencesOf(piece: Piece): string[] {
    const word = t("chat-unconfirmed-spoken");
    if (piece.kind === "code") return [t("chat-code", { language: piece.language || "text" })];
    if (piece.kind === "math") return [piece.value];
    const text = piece.kind === "flow" ? plain(piece.nodes, word) : spoken(piece.source, word);
    return [...this.sentences.segment(text)].map(({ segment }) => segment.trim()).filter(Boolean);
  }
}
