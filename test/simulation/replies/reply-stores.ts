import type { Change, ChangeResult } from '../../../src/core/lifecycle/change';
import type { Conversation, ConversationKey } from '../../../src/core/lifecycle/conversation';
import type { ThreadChange, ThreadChangeResult } from '../../../src/core/lifecycle/thread-change';
import type { Thread } from '../../../src/core/lifecycle/thread-record';
import { threadIdOf } from '../../../src/core/lifecycle/thread';
import type { DueRecord } from '../../../src/core/lifecycle/work-due-index';
import type { KeptReply, Reply, ThreadLine } from '../../../src/core/ports/threads';
import { MemoryConversations } from '../../support/memory-conversations';
import { MemoryThreads } from '../../support/memory-threads';
import type { ReplyMutation } from './reply-mutation';

/** Told of every write that was applied. */
export interface StoresWatch {
  thread(id: string, thread: Thread, change: ThreadChange | undefined): void;
  reply(id: string, reply: Reply, kept: KeptReply): void;
  conversation(conversation: Conversation, change: Change | undefined): void;
}

/** Threads whose every write is watched. */
export class WatchedThreads extends MemoryThreads {
  private readonly hidden = new Set<string>();
  private readonly newestOf = new Map<string, Thread>();

  constructor(private readonly watch: StoresWatch, private readonly mutation: ReplyMutation | undefined) {
    super();
  }

  /** As in the tables, a message takes its position in one write and lies there after another one. */
  async reserve(reply: Reply): Promise<KeptReply> {
    const kept = await super.keep(reply);
    if (kept.isNew) this.hidden.add(reply.vendorMessageId);
    await this.note(threadIdOf(reply.conversation));
    return kept;
  }

  /** With what was decided if it lay there before. */
  show(reply: Reply, sequence: number): Pick<KeptReply, 'isNew' | 'decided'> {
    const isNew = this.hidden.delete(reply.vendorMessageId);
    if (isNew) this.lay(reply);
    if (isNew) this.watch.reply(threadIdOf(reply.conversation), reply, { sequence, isNew });
    const decided = isNew ? undefined : this.decisionOf(reply);
    return { isNew, ...(decided ? { decided } : {}) };
  }

  override async newest(id: string, limit: number): Promise<readonly ThreadLine[]> {
    const lines = await super.newest(id, limit);
    return lines.filter(({ vendorMessageId }) => vendorMessageId === undefined || !this.hidden.has(vendorMessageId));
  }

  override async join(sent: Parameters<MemoryThreads['join']>[0]): Promise<void> {
    await super.join(sent);
    await this.note(threadIdOf(sent.conversation));
  }

  override async change(id: string, planned: ThreadChange): Promise<ThreadChangeResult> {
    const change = this.mutation?.thread?.(planned) ?? planned;
    const result = await super.change(id, change);
    if (!result.applied) return result;
    this.newestOf.set(id, result.thread);
    this.watch.thread(id, result.thread, change);
    return result;
  }

  known(): ReadonlyMap<string, Thread> {
    return this.newestOf;
  }

  due(shard: string, before: string): readonly DueRecord[] {
    return [...this.newestOf].flatMap(([threadId, { attention, due_at: dueAt }]) => (
      attention === shard && dueAt !== undefined && dueAt < before
        ? [{ key: { primary_channel: `thread#${threadId}`, conversation_id: 'thread' }, dueAt, threadId }]
        : []
    ));
  }

  private async note(id: string): Promise<void> {
    const thread = await super.find(id);
    if (thread) this.newestOf.set(id, thread);
  }
}

/** Records whose every write is watched. */
export class WatchedConversations extends MemoryConversations {
  constructor(private readonly watch: StoresWatch, private readonly mutation: ReplyMutation | undefined) {
    super();
  }

  override async create(conversation: Conversation): Promise<ChangeResult> {
    const result = await super.create(conversation);
    if (result.applied) this.watch.conversation(result.conversation, undefined);
    return result;
  }

  override async change(key: ConversationKey, planned: Change): Promise<ChangeResult> {
    const change = this.mutation?.record?.(planned) ?? planned;
    const result = await super.change(key, change);
    if (result.applied) this.watch.conversation(result.conversation, change);
    return result;
  }

  due(shard: string, before: string, limit: number): readonly DueRecord[] {
    return this.all().flatMap(({ attention, due_at: dueAt, primary_channel, conversation_id }) => (
      attention === shard && dueAt !== undefined && dueAt < before
        ? [{ key: { primary_channel, conversation_id }, dueAt }]
        : []
    )).slice(0, limit);
  }
}
