import type { Change, Where } from '../core/lifecycle/change';
import type { Conversation } from '../core/lifecycle/conversation';
import type { Item } from './item';

/** What a change writes, attribute by attribute, in the form in which the table holds it. */
export interface StoredChange {
  readonly name: string;
  readonly when: ReadonlyArray<Where<string>>;
  readonly set: Readonly<Record<string, unknown>>;
  readonly remove?: readonly string[];
  readonly increase?: Readonly<Record<string, number | undefined>>;
  readonly append?: Readonly<Record<string, unknown>>;
}

/**
 * Frozen words stand once in an item, as the message that clients of the records know: every later write pays for the
 * item's whole size, and mails are long.
 */
export function withoutRepeatedWords(change: Change): StoredChange {
  const { composition } = change.set;
  if (!composition || composition.filled.text !== change.append?.messages?.content) return change;
  const { text: _repeated, ...filled } = composition.filled;
  return { ...change, set: { ...change.set, composition: { ...composition, filled } } };
}

/** The frozen words of an item, put back from its message where they stand there alone. */
export function withRepeatedWords(item: Item): Partial<Conversation> {
  const { composition, messages } = item as Partial<Conversation>;
  if (!composition || typeof composition.filled.text === 'string') return item;
  const text = messages?.find(({ role }) => role === 'assistant')?.content ?? '';
  return { ...item, composition: { ...composition, filled: { ...composition.filled, text } } };
}
