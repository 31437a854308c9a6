/** What the screen reader says next. `Announcer.svelte` holds the live region. */
class Announcements {
  /** Lines, the newest last; each is spoken once. */
  lines = $state<{ id: number; text: string }[]>([]);
  private next = 0;

  /** Speaks a finished sentence, after what is being spoken. */
  say(text: string): void {
    this.lines = [...this.lines.slice(-4), { id: this.next++, text }];
  }
}

export const announcements = new Announcements();
