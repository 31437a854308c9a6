/** What was chosen in the palette, the newest first. Kept in memory alone, and gone when the vault is locked. */
class Recent {
  private order: string[] = [];

  note(id: string): void {
    this.order = [id, ...this.order.filter((each) => each !== id)].slice(0, 20);
  }

  /** Puts what was chosen lately first, and leaves the rest in its order. */
  first<T extends { id: string }>(all: T[]): T[] {
    const place = (one: T) => {
      const at = this.order.indexOf(one.id);
      return at < 0 ? this.order.length : at;
    };
    return all.toSorted((a, b) => place(a) - place(b));
  }

  clear(): void {
    this.order = [];
  }
}

export const recent = new Recent();
