import { INDEXES } from '../../src/core/indexes';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import type { WorkDueIndex } from '../../src/core/lifecycle/work-due-index';
import type { ConversationIndex } from '../../src/core/ports/conversation-index';

/** The indexes over records in memory: the same attributes as the table's. `asked` counts the queries. */
export function memoryIndex(records: () => readonly Conversation[]): ConversationIndex & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    search: (text, report) => {
      report(records().length);
      const found = records().filter(({ conversation_id: id, request_id: request }) => id === text || request === text);
      return Promise.resolve(found.map(keyOf));
    },
    records: async (keys) => Promise.resolve(keys.map((key) => records().find((one) => (
      one.primary_channel === key.primary_channel && one.conversation_id === key.conversation_id
    )))),
    newestFirst: ({ index, partition, until, limit }) => {
      asked.push(`${index} ${partition}`);
      const { partitionKey, sortKey } =
        index === 'recipient' ? { partitionKey: 'primary_channel', sortKey: 'created_at' } : INDEXES[index];
      const entries = records().flatMap((record) => {
        const values = new Map<string, unknown>(Object.entries(record));
        const at = values.get(sortKey);
        const isThere = values.get(partitionKey) === partition && typeof at === 'string';
        return isThere && (until === undefined || at <= until) ? [{ key: keyOf(record), at }] : [];
      });
      return Promise.resolve(entries.sort((one, other) => (one.at > other.at ? -1 : 1)).slice(0, limit));
    },
  };
}

export function memoryRepliesDue(records: () => readonly Conversation[]): WorkDueIndex {
  return {
    due: ({ shard, before, limit }) => {
      const due = records().flatMap((record) => {
        const { reply_attention: partition, reply_since: dueAt } = record;
        return partition === shard && dueAt !== undefined && dueAt < before ? [{ key: keyOf(record), dueAt }] : [];
      });
      return Promise.resolve(due.sort((one, other) => (one.dueAt < other.dueAt ? -1 : 1)).slice(0, limit));
    },
  };
}

function keyOf({ primary_channel, conversation_id }: Conversation) {
  return { primary_channel, conversation_id };
}
