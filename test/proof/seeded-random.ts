/** Repeatable random choices (mulberry32): the same seed gives the same facts and values on every machine. */
export class SeededRandom {
  constructor(private state: number) {}

  /** A whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number {
    this.state = (this.state + 0x6D2B79F5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return least + (((mixed ^ (mixed >>> 14)) >>> 0) % (most - least + 1));
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.between(0, items.length - 1)];
    if (item === undefined) throw new Error('There is nothing to pick from.');
    return item;
  }

  text(alphabet: string, length: number): string {
    const characters = [...alphabet];
    return Array.from({ length }, () => this.pick(characters)).join('');
  }
}
