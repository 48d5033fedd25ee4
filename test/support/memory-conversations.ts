import type { Change, ChangeResult, ConversationStore, Test, Where } from '../../src/core/lifecycle/change';
import type { Conversation, ConversationKey } from '../../src/core/lifecycle/conversation';
import type { NewIdentifier } from '../../src/core/identity';
import { compileChange } from '../../src/records/change-expression';

/**
 * The conversation records in memory, with the semantics of the DynamoDB adapter (a test applies the same random
 * changes to both).
 * What goes in and out is copied, so that no caller can change a record but through a `Change`.
 */
export class MemoryConversations implements ConversationStore {
  private readonly records = new Map<string, Conversation>();
  private readonly newIdentifier: NewIdentifier;

  constructor(newIdentifier?: NewIdentifier) {
    let count = 0;
    this.newIdentifier = newIdentifier ?? (() => `change-${(count += 1)}`);
  }

  create(conversation: Conversation): Promise<ChangeResult> {
    const existing = this.records.get(address(conversation));
    if (existing) return Promise.resolve({ applied: false, conversation: copy(existing) });
    return Promise.resolve({
      applied: true,
      conversation: this.seed({ ...conversation, last_change: this.newIdentifier() }),
    });
  }

  change(key: ConversationKey, change: Change): Promise<ChangeResult> {
    const existing = this.records.get(address(key));
    if (!existing) return Promise.resolve({ applied: false });
    const changed = applyChange(existing, change, this.newIdentifier());
    if (!changed) return Promise.resolve({ applied: false, conversation: copy(existing) });
    return Promise.resolve({ applied: true, conversation: this.seed(changed) });
  }

  find(key: ConversationKey): Promise<Conversation | undefined> {
    const existing = this.records.get(address(key));
    return Promise.resolve(existing && copy(existing));
  }

  /** Puts a record as it is, whatever was there: for arranging tests. */
  seed(conversation: Conversation): Conversation {
    this.records.set(address(conversation), copy(conversation));
    return copy(conversation);
  }

  remove(key: ConversationKey): void {
    this.records.delete(address(key));
  }

  all(): readonly Conversation[] {
    return [...this.records.values()].map(copy);
  }
}

/** The record after the change, or undefined if its condition does not hold. */
export function applyChange(record: Conversation, change: Change, changeId: string): Conversation | undefined {
  // Throws for a change that DynamoDB would refuse to read, such as one that sets and removes the same attribute.
  compileChange(change, changeId);
  const changed = judgeChange(record, change, changeId);
  // Copying drops what is undefined, as the adapter's client does.
  return changed && copy(changed);
}

/**
 * As `applyChange`, sharing what did not change with the record: for the simulation, which changes no record but
 * through this.
 */
export function judgeChange(record: Conversation, change: Change, changeId: string): Conversation | undefined {
  if (!change.when.some((where) => holds(record, where))) return undefined;
  const { history, messages, attempt_ids: attemptId, inbound_ids: inboundId } = change.append ?? {};
  return {
    ...record,
    ...defined(change.set),
    ...Object.fromEntries((change.remove ?? []).map((name) => [name, undefined])),
    ...(history ? { history: [...record.history, history] } : {}),
    ...(messages ? { messages: [...record.messages, messages] } : {}),
    ...(attemptId !== undefined ? { attempt_ids: [...(record.attempt_ids ?? []), attemptId] } : {}),
    ...(inboundId !== undefined ? { inbound_ids: [...(record.inbound_ids ?? []), inboundId] } : {}),
    ...increased(record, change.increase ?? {}),
    last_change: changeId,
  };
}

function increased(
  record: Conversation,
  increase: NonNullable<Change['increase']>,
): Pick<Conversation, 'attempt_count' | 'model_calls'> {
  const { attempt_count: sends = 0, model_calls: calls } = increase;
  return {
    attempt_count: record.attempt_count + sends,
    ...(calls === undefined ? {} : { model_calls: (record.model_calls ?? 0) + calls }),
  };
}

/** Whether a record passes every test. */
export function holds(record: object, where: Where<string>): boolean {
  const values: Readonly<Record<string, unknown>> = { ...record };
  return Object.entries(where).every(([name, test]) => test === undefined || passes(values[name], test));
}

function passes(value: unknown, test: Test): boolean {
  if ('exists' in test) return (value !== undefined) === test.exists;
  if ('lacks' in test) return !holdsWord(value, test.lacks);
  if (value === undefined) return false;
  if ('equals' in test) return value === test.equals;
  if ('oneOf' in test) return typeof value === 'string' && test.oneOf.includes(value);
  if ('contains' in test) return holdsWord(value, test.contains);
  if ('below' in test) return compare(value, test.below) < 0;
  return compare(value, test.atLeast) >= 0;
}

function holdsWord(value: unknown, word: string): boolean {
  return typeof value === 'string' ? value.includes(word) : Array.isArray(value) && value.includes(word);
}

/** NaN, which passes no comparison, where the kinds differ: DynamoDB orders no text against a number. */
function compare(value: unknown, other: string | number): number {
  if (typeof value === 'number' && typeof other === 'number') return value - other;
  if (typeof value !== 'string' || typeof other !== 'string') return Number.NaN;
  return value === other ? 0 : value < other ? -1 : 1;
}

function defined<Value extends object>(value: Value): Partial<Value> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as Partial<Value>;
}

function copy(conversation: Conversation): Conversation {
  return JSON.parse(JSON.stringify(conversation)) as Conversation;
}

function address(key: ConversationKey): string {
  return JSON.stringify([key.primary_channel, key.conversation_id]);
}
