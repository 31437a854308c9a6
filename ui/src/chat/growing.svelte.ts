/** An answer that is being written. Tokens are gathered and shown once a frame, or less often where showing them takes long. */
import { tick } from "svelte";
import type { Evidence } from "../api/types";

/** Of the page's time, showing an answer takes at most one part in so many. */
const share = 8;
const longestPause = 500;

export type Stage = "waiting" | "loading" | "reading" | "writing";

let next = 0;

export class Growing {
  /** Its number, once it has one. */
  id = $state<number | null>(null);
  text = $state("");
  stage = $state<Stage>("waiting");
  /** How much of the model is loaded, of 1000. */
  permille = $state(0);
  /** What the program said about it, in sentences. */
  notices = $state.raw<string[]>([]);
  /** What it will rest on; its sentences are checked when it has ended. */
  evidence = $state.raw<Evidence | null>(null);
  /** The person asked to stop it. */
  stopping = $state(false);
  /** A name that it keeps. */
  readonly key: string;
  private arrived = "";
  private frame = 0;
  /** Before this time nothing is shown. */
  private rest = 0;

  /** An answer that is gone on with begins with what it was. */
  constructor(start = "", id: number | null = null, key = `growing-${next++}`) {
    this.key = key;
    this.text = start;
    this.id = id;
  }

  add(text: string): void {
    this.arrived += text;
    this.frame ||= requestAnimationFrame(() => this.draw());
  }

  private draw(): void {
    const begun = performance.now();
    if (begun < this.rest) {
      this.frame = requestAnimationFrame(() => this.draw());
      return;
    }
    this.flush();
    void tick().then(() => (this.rest = begun + Math.min(longestPause, share * (performance.now() - begun))));
  }

  /** Shows what has arrived. */
  flush(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    if (!this.arrived) return;
    this.stage = "writing";
    this.text += this.arrived;
    this.arrived = "";
  }
}
