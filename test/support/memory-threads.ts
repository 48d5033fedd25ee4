import type { Conversation, ConversationMessage } from '../../src/core/lifecycle/conversation';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import type { ThreadChange, ThreadChangeResult } from '../../src/core/lifecycle/thread-change';
import { TURN_LIMITS } from '../../src/core/lifecycle/thread-limits';
import type { Thread } from '../../src/core/lifecycle/thread-record';
import { NEW_THREAD } from '../../src/core/lifecycle/thread-record';
import type { KeptDecision, KeptReply, Reply, ThreadLine, Threads } from '../../src/core/ports/threads';
import { compileChange } from '../../src/records/change-expression';
import { holds } from './memory-conversations';

interface Kept {
  readonly conversation: Conversation;
  readonly line: ThreadLine;
  /** Absent for a line of ours. */
  readonly message?: ConversationMessage | undefined;
  readonly neverAnswered?: Reply['neverAnswered'] | undefined;
  readonly decided?: KeptDecision;
}

/** What recipients wrote, in memory and written down the plain way; one test judges it and the tables alike. */
export class MemoryThreads implements Threads {
  private readonly lines = new Map<string, Kept[]>();
  private readonly threads = new Map<string, Thread>();
  private changes = 0;

  keep({ conversation, message, vendorMessageId, ...reply }: Reply): Promise<KeptReply> {
    const { unread, quotes, neverAnswered, card, attachments, handOff } = reply;
    const { message_id, timestamp, content } = message;
    const decided = { unread, card, handOff, messageId: message_id };
    const kept = this.put(conversation, vendorMessageId, { message, neverAnswered, decided }, {
      role: 'user', message_id, timestamp, content,
      ...(unread === undefined ? {} : { unread }), ...(quotes === undefined ? {} : { quotes }),
      ...(attachments ? { attachments } : {}),
      ...(card === undefined ? {} : { card }),
    });
    return Promise.resolve(kept);
  }

  join({ conversation, vendorMessageId, at, expects }: Parameters<Threads['join']>[0]): Promise<void> {
    this.put(conversation, vendorMessageId, {}, {
      role: 'assistant', message_id: conversation.request_id, timestamp: at, content: '',
      ...(conversation.reply?.card ? { card: conversation.reply.card.card_id } : {}),
    });
    const id = threadIdOf(conversation);
    const thread = this.threads.get(id);
    const { expecting = [] } = thread ?? {};
    if (thread && expects && !expecting.includes(conversation.conversation_id)) {
      const next = [...expecting, conversation.conversation_id].slice(-TURN_LIMITS.expecting);
      this.threads.set(id, { ...thread, expecting: next, last_change: this.nextChange() });
    }
    return Promise.resolve();
  }

  /** Each thread by its identifier. */
  all(): ReadonlyArray<readonly [threadId: string, thread: Thread]> {
    return [...this.threads].map(([id, thread]) => [id, copy(thread)]);
  }

  find(threadId: string): Promise<Thread | undefined> {
    const thread = this.threads.get(threadId);
    return Promise.resolve(thread && copy(thread));
  }

  change(threadId: string, change: ThreadChange): Promise<ThreadChangeResult> {
    // Throws for a change that DynamoDB would refuse to read.
    compileChange(change, 'change');
    const thread = this.threads.get(threadId);
    if (!thread) return Promise.resolve({ applied: false });
    if (!change.when.some((where) => holds(thread, where))) {
      return Promise.resolve({ applied: false, thread: copy(thread) });
    }
    const removed = Object.fromEntries((change.remove ?? []).map((name) => [name, undefined]));
    const changed = copy({ ...thread, ...change.set, ...removed, last_change: this.nextChange() });
    this.threads.set(threadId, changed);
    return Promise.resolve({ applied: true, thread: copy(changed) });
  }

  newest(threadId: string, limit: number): Promise<readonly ThreadLine[]> {
    return Promise.resolve((this.lines.get(threadId) ?? []).slice(-limit).map(({ line }) => line));
  }

  repliesTo(conversation: Conversation): Promise<readonly ConversationMessage[]> {
    const kept = this.lines.get(threadIdOf(conversation)) ?? [];
    return Promise.resolve(kept.flatMap((one) => (one.message && isAbout(one, conversation) ? [one.message] : [])));
  }

  discard({ conversation }: Reply, sequence: number): Promise<void> {
    this.drop(conversation, ({ line }) => line.sequence === sequence);
    return Promise.resolve();
  }

  removeRepliesTo(conversation: Conversation): Promise<void> {
    this.drop(conversation, (kept) => isAbout(kept, conversation));
    return Promise.resolve();
  }

  /** Why each reply to a conversation may not be answered, in their order. */
  neverAnswered(conversation: Conversation): ReadonlyArray<Reply['neverAnswered']> {
    const kept = this.lines.get(threadIdOf(conversation)) ?? [];
    return kept.filter((one) => one.message && isAbout(one, conversation)).map((one) => one.neverAnswered);
  }

  private put(
    conversation: Conversation,
    vendorMessageId: string,
    inbound: Omit<Kept, 'conversation' | 'line'>,
    line: Omit<ThreadLine, 'sequence' | 'conversation' | 'vendorMessageId'>,
  ): KeptReply {
    const id = threadIdOf(conversation);
    const kept = this.lines.get(id) ?? [];
    const known = kept.find((one) => one.line.vendorMessageId === vendorMessageId);
    const { company_id, channel_method, time_to_live, conversation_id } = conversation;
    const thread = this.threads.get(id) ?? {
      ...NEW_THREAD, company_id, channel_method, time_to_live, message_sequence: 0, last_change: '',
    };
    const sequence = thread.message_sequence + 1;
    const counted = { ...thread, message_sequence: sequence, last_change: this.nextChange() };
    // What is reported again leaves a position unused.
    if (!known || inbound.message) this.threads.set(id, counted);
    const left = copy(counted);
    if (known) {
      const { decided } = known;
      return { sequence: known.line.sequence, isNew: false, ...(decided ? { decided } : {}), thread: left };
    }
    const whole = { ...line, sequence, conversation: conversation_id, vendorMessageId };
    this.lines.set(id, [...kept, { conversation, line: whole, ...inbound }]);
    return { sequence, isNew: true, thread: left };
  }

  protected decisionOf({ conversation, vendorMessageId }: Reply): KeptDecision | undefined {
    const kept = this.lines.get(threadIdOf(conversation)) ?? [];
    return kept.find(({ line }) => line.vendorMessageId === vendorMessageId)?.decided;
  }

  /** A message that had its position alone lies there as this call has it. */
  protected lay({ conversation, message, vendorMessageId, unread, card, handOff }: Reply): void {
    const id = threadIdOf(conversation);
    const { message_id, timestamp, content } = message;
    const decided = { unread, card, handOff, messageId: message_id };
    this.lines.set(id, (this.lines.get(id) ?? []).map((kept): Kept => {
      if (kept.line.vendorMessageId !== vendorMessageId) return kept;
      const { unread: _unread, card: _card, ...line } = kept.line;
      const laid = {
        ...line, message_id, timestamp, content,
        ...(unread === undefined ? {} : { unread }), ...(card === undefined ? {} : { card }),
      };
      return { ...kept, message, decided, line: laid };
    }));
  }

  private nextChange(): string {
    this.changes += 1;
    return `thread-change-${this.changes}`;
  }

  private drop(conversation: Conversation, isGone: (kept: Kept) => boolean): void {
    const id = threadIdOf(conversation);
    this.lines.set(id, (this.lines.get(id) ?? []).filter((kept) => !isGone(kept)));
  }
}

function isAbout({ conversation }: Kept, { conversation_id: id }: Conversation): boolean {
  return conversation.conversation_id === id;
}

function copy(thread: Thread): Thread {
  return JSON.parse(JSON.stringify(thread)) as Thread;
}
