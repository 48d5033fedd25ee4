import type { DueRecord } from '../../src/core/lifecycle/work-due-index';
import type { Change, ChangeResult, ConversationStore } from '../../src/core/lifecycle/change';
import type { Conversation, ConversationKey } from '../../src/core/lifecycle/conversation';
import type { SendTrace } from '../../src/core/ports/message-lookup';
import { judgeChange } from '../support/memory-conversations';
import type { Mutation } from './mutation';
import type { Machine, Process } from './machine';

export interface RecordsWatch {
  created(conversation: Conversation): void;
  changed(before: Conversation, after: Conversation, change: Change, process: Process): void;
}

/**
 * The conversation records, with the semantics of the DynamoDB adapter: an SDK that repeats a write which was applied
 * is told that its condition
 * failed, and the adapter recognises its own `last_change`.
 */
export class Records {
  private readonly records = new Map<string, Conversation>();
  private changes = 0;

  constructor(
    private readonly machine: Machine,
    private readonly watch: RecordsWatch,
    private readonly mutation: Mutation | undefined,
  ) {}

  portFor(process: Process): ConversationStore {
    return {
      create: (conversation) =>
        this.machine.call(process, 'create', (fault) => {
          const id = this.newChangeId();
          const result = this.create(conversation, id);
          return fault?.what === 'repeat' ? this.asRepeated(this.create(conversation, id), id) : result;
        }),
      change: (key, planned) => {
        const change = this.mutation?.change ? this.mutation.change(planned) : planned;
        return this.machine.call(process, change.name, (fault) => {
          const id = this.newChangeId();
          const result = this.apply(key, change, id, process);
          return fault?.what === 'repeat' ? this.asRepeated(this.apply(key, change, id, process), id) : result;
        });
      },
      find: (key) => this.machine.call(process, 'find', () => this.records.get(key.conversation_id)),
    };
  }

  get(conversationId: string): Conversation | undefined {
    return this.records.get(conversationId);
  }

  all(): readonly Conversation[] {
    return [...this.records.values()];
  }

  due(shard: string, before: string, limit: number): readonly DueRecord[] {
    return this.all()
      .filter(({ attention, due_at: at }) => attention === shard && at !== undefined && at < before)
      .map((record) => ({ key: keyOf(record), dueAt: record.due_at ?? '' }))
      .sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1))
      .slice(0, limit);
  }

  traces(recipient: string): readonly SendTrace[] {
    return this.all()
      .filter((record) => record.primary_channel === recipient && record.attempt_count > 0)
      .map(({ conversation_id, vendor_message_id, composition }) => ({
        conversation_id,
        ...(vendor_message_id === undefined ? {} : { vendor_message_id }),
        ...(composition ? { text: composition.filled.text } : {}),
      }));
  }

  private create(conversation: Conversation, id: string): ChangeResult {
    const existing = this.records.get(conversation.conversation_id);
    if (existing) return { applied: false, conversation: existing };
    const made = { ...conversation, last_change: id };
    this.records.set(conversation.conversation_id, made);
    this.watch.created(made);
    return { applied: true, conversation: made };
  }

  private apply(key: ConversationKey, change: Change, id: string, process: Process): ChangeResult {
    const existing = this.records.get(key.conversation_id);
    if (!existing) return { applied: false };
    const changed = judgeChange(existing, change, id);
    if (!changed) return { applied: false, conversation: existing };
    this.records.set(key.conversation_id, changed);
    this.watch.changed(existing, changed, change, process);
    return { applied: true, conversation: changed };
  }

  private asRepeated(result: ChangeResult, id: string): ChangeResult {
    return !result.applied && result.conversation?.last_change === id
      ? { applied: true, conversation: result.conversation }
      : result;
  }

  private newChangeId(): string {
    return `change-${(this.changes += 1)}`;
  }
}

function keyOf({ primary_channel, conversation_id }: Conversation): ConversationKey {
  return { primary_channel, conversation_id };
}
