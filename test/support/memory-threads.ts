import type { Conversation, ConversationMessage } from '../../src/core/lifecycle/conversation';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import type { KeptReply, Reply, Threads } from '../../src/core/ports/threads';

interface Kept extends Reply {
  readonly sequence: number;
}

/** What recipients wrote, in memory and written down the plain way; one test judges it and the tables alike. */
export class MemoryThreads implements Threads {
  private readonly threads = new Map<string, Kept[]>();

  keep(reply: Reply): Promise<KeptReply> {
    const id = threadIdOf(reply.conversation);
    const kept = this.threads.get(id) ?? [];
    const known = kept.find(({ vendorMessageId }) => vendorMessageId === reply.vendorMessageId);
    if (known) return Promise.resolve({ sequence: known.sequence, isNew: false });
    const sequence = (kept.at(-1)?.sequence ?? 0) + 1;
    this.threads.set(id, [...kept, { ...reply, sequence }]);
    return Promise.resolve({ sequence, isNew: true });
  }

  repliesTo(conversation: Conversation): Promise<readonly ConversationMessage[]> {
    const kept = this.threads.get(threadIdOf(conversation)) ?? [];
    return Promise.resolve(kept.filter((reply) => isAbout(reply, conversation)).map(({ message }) => message));
  }

  discard({ conversation }: Reply, sequence: number): Promise<void> {
    this.drop(conversation, (kept) => kept.sequence === sequence);
    return Promise.resolve();
  }

  removeRepliesTo(conversation: Conversation): Promise<void> {
    this.drop(conversation, (kept) => isAbout(kept, conversation));
    return Promise.resolve();
  }

  /** Why each reply to a conversation may not be answered, in their order. */
  neverAnswered(conversation: Conversation): ReadonlyArray<Reply['neverAnswered']> {
    const kept = this.threads.get(threadIdOf(conversation)) ?? [];
    return kept.filter((reply) => isAbout(reply, conversation)).map((reply) => reply.neverAnswered);
  }

  private drop(conversation: Conversation, isGone: (kept: Kept) => boolean): void {
    const id = threadIdOf(conversation);
    this.threads.set(id, (this.threads.get(id) ?? []).filter((kept) => !isGone(kept)));
  }
}

function isAbout({ conversation }: Reply, { conversation_id: id }: Conversation): boolean {
  return conversation.conversation_id === id;
}
