/** Digits of a moment in milliseconds: enough until the year 2286. */
const DIGITS = 13;
const SEQUENCE_DIGITS = 6;

/** Milliseconds for which a run may believe that an event lies where it put it; a slower write is repeated. */
export const WRITE_BOUND = 500;

/**
 * Milliseconds after which the order up to a moment is settled: what was slower has been written again behind it.
 * The rest of the second allows for clocks that differ.
 */
export const SETTLED_AFTER = 1_000;

/** Where an event lies in its company's order. The order of one record is that of its sequence. */
export function positionAt(milliseconds: number, sequence: number, id: string): string {
  return [
    String(milliseconds).padStart(DIGITS, '0'), String(sequence).padStart(SEQUENCE_DIGITS, '0'), id,
  ].join('-');
}

/** Before every event of this moment and after every one of an earlier moment. */
export function cursorAt(milliseconds: number): string {
  return String(Math.max(0, milliseconds)).padStart(DIGITS, '0');
}

export function momentOf(position: string): number {
  return Number(position.slice(0, DIGITS));
}

/** Whether a text can be a cursor: one that is not would list from the beginning. */
export function isCursor(text: string): boolean {
  return CURSOR.test(text);
}

export const CURSOR = /^\d{13}(?:-\d{6}-[0-9a-f-]{36})?$/;
