import type { Item } from './dynalite';

/** One change of an item, as DynamoDB Streams record it with the view `KEYS_ONLY`. */
export interface StreamRecord {
  readonly eventID: string;
  readonly eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  readonly keys: Item;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly sequenceNumber: string;
}

type Listener = (record: StreamRecord) => void;

/** As DynamoDB writes them: digits that grow. */
const SEQUENCE_DIGITS = 21;

/** The changes of one table in the order in which they were made. */
export class TableStream {
  private readonly listeners = new Set<Listener>();
  private sequence = 0;

  constructor(
    readonly arn: string,
    private readonly keyNames: readonly string[],
    private readonly now: () => number = Date.now,
  ) {}

  /** Receives every change from here on; the returned function ends it. */
  follow(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => { this.listeners.delete(listener); };
  }

  /** A write that left the item as it was is no change. */
  record(before: Item | undefined, after: Item | undefined): void {
    const item = after ?? before;
    if (!item || (before && after && JSON.stringify(before) === JSON.stringify(after))) return;
    this.sequence += 1;
    const sequenceNumber = String(this.sequence).padStart(SEQUENCE_DIGITS, '0');
    const made: StreamRecord = {
      eventID: sequenceNumber,
      eventName: before ? (after ? 'MODIFY' : 'REMOVE') : 'INSERT',
      keys: Object.fromEntries(this.keyNames.flatMap((name) => (item[name] ? [[name, item[name]]] : []))),
      at: this.now(),
      sequenceNumber,
    };
    for (const listener of this.listeners) listener(made);
  }
}

/** The streams of a stack's tables. */
export interface TableStreams {
  /** By the stream's own ARN. */
  stream(arn: string): TableStream | undefined;
}
