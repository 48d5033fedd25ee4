import type { IndexedConversation } from '../ports/conversation-index';
import type { Timestamp } from '../ports/clock';
import { sha256 } from '../sha256';

/** Where a page ends. It holds no address and no identifier, so that it may be shown. */
export interface Position {
  readonly at: Timestamp;
  /** Orders what an index has at one moment, which it returns in no order. */
  readonly tie: string;
}

const TIE_DIGITS = 16;

export function positionOf({ at, key }: IndexedConversation): Position {
  return { at, tie: sha256(key.conversation_id).slice(0, TIE_DIGITS) };
}

/** Whether a position comes after another one in a list that begins with the newest. */
export function isAfter(one: Position, other: Position): boolean {
  return one.at === other.at ? one.tie > other.tie : one.at < other.at;
}

/**
 * A position as text. `owner` says whose list it is of: as another's, it is not a cursor.
 *
 * The checksum is not a signature. Who computes one reaches nothing by it: what may be listed follows from the caller
 * alone, and a position only says where to go on.
 */
export function formatCursor({ at, tie }: Position, owner: string): string {
  const checksum = sha256(JSON.stringify([owner, at, tie])).slice(0, TIE_DIGITS);
  return Buffer.from(JSON.stringify([at, tie, checksum])).toString('base64url');
}

/** Undefined if the text is not, to the last character, what `formatCursor` wrote for this owner. */
export function parseCursor(text: string, owner: string): Position | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    const [at = '', tie = ''] = Array.isArray(parsed) ? parsed.map(String) : [];
    const position = { at, tie };
    if (!Number.isNaN(Date.parse(at)) && formatCursor(position, owner) === text) return position;
  } catch {
    // No cursor: whatever else it may be.
  }
  return undefined;
}
