/** An answer that is being written. Tokens are gathered and shown once a frame. */
export type Stage = "waiting" | "loading" | "reading" | "writing";

export class Growing {
  /** Its number, once it has one. */
  id = $state<number | null>(null);
  text = $state("");
  stage = $state<Stage>("waiting");
  /** How much of the model is loaded, of 1000. */
  permille = $state(0);
  /** What the program said about it, in sentences. */
  notices = $state.raw<string[]>([]);
  /** The person asked to stop it. */
  stopping = $state(false);
  private arrived = "";
  private frame = 0;

  /** An answer that is gone on with begins with what it was. */
  constructor(start = "", id: number | null = null) {
    this.text = start;
    this.id = id;
  }

  add(text: string): void {
    this.arrived += text;
    this.frame ||= requestAnimationFrame(() => this.flush());
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
