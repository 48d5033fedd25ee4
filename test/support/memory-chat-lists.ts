import { chatListPartition, readPlace, stretchOf } from '../../src/core/lifecycle/chat-list';
import type { Clock } from '../../src/core/ports/clock';
import type { ChatLists } from '../../src/core/ports/chat-lists';
import type { MemoryDirectory } from './memory-directory';
import type { MemoryThreads } from './memory-threads';

/** The lists over threads in memory: the same attributes as the table's. */
export function memoryChatLists(
  threads: MemoryThreads, directory: MemoryDirectory, clock: Pick<Clock, 'now'>,
): ChatLists {
  return {
    page: async ({ company, list, by, after, limit }) => {
      const { from, to } = stretchOf(list, { by, now: clock.now() });
      const found = threads.all().flatMap(([threadId, { reply_attention: partition, reply_since: place = '' }]) => {
        const entry = readPlace(list, place);
        const isWithin = partition === chatListPartition(list, company) && place >= from && place <= to;
        return isWithin && entry ? [{ ...entry, threadId, place }] : [];
      });
      const order = list === 'returned' ? -1 : 1;
      const sorted = found.sort((one, other) => (one.place < other.place ? -order : order));
      const begin = after === undefined ? 0 : sorted.findIndex(({ place }) => place === after) + 1;
      return Promise.resolve(sorted.slice(begin, begin + limit));
    },
    recipients: async (ids) => Promise.resolve(new Map(directory.allIdempotencyRecords()
      .filter(({ erased_at: erased }) => erased === undefined)
      .filter(({ conversation: { conversation_id: id } }) => ids.includes(id))
      .map(({ conversation }) => [conversation.conversation_id, conversation.primary_channel]))),
  };
}
