interface Event {
  readonly at: number;
  /** Among events of one moment the earlier planned comes first. */
  readonly order: number;
  readonly happen: () => void;
}

/** What is yet to happen, by time: a binary heap. */
export class EventQueue {
  private readonly heap: Event[] = [];
  private planned = 0;

  plan(at: number, happen: () => void): void {
    this.heap.push({ at, order: (this.planned += 1), happen });
    let index = this.heap.length - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.inOrder(parent, index)) return;
      this.swap(parent, index);
      index = parent;
    }
  }

  next(): Event | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (!first || !last || first === last) return first;
    this.heap[0] = last;
    for (let index = 0; ;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      let least = index;
      if (left < this.heap.length && !this.inOrder(least, left)) least = left;
      if (right < this.heap.length && !this.inOrder(least, right)) least = right;
      if (least === index) return first;
      this.swap(index, least);
      index = least;
    }
  }

  private inOrder(one: number, other: number): boolean {
    const [first, second] = [this.heap[one], this.heap[other]];
    if (!first || !second) return true;
    return first.at < second.at || (first.at === second.at && first.order < second.order);
  }

  private swap(one: number, other: number): void {
    const [first, second] = [this.heap[one], this.heap[other]];
    if (!first || !second) return;
    this.heap[one] = second;
    this.heap[other] = first;
  }
}
