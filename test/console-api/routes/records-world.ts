import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { REVIEW_SHARD } from '../../../src/core/lifecycle/work-due-index';
import { API_BASE } from '../../../src/console-api/routes/table';
import { recordKey } from '../../../src/console-api/routes/record-key';
import type { ConsolePorts } from '../../../src/console-api/routes/route';
import { ReviewWorld } from '../../review/review-world';
import { MemoryRequestLimits } from '../../support/memory-request-limits';
import { memoryChatLists } from '../../support/memory-chat-lists';
import { memoryIndex, memoryRepliesDue } from '../../support/memory-index';
import { consoleWorld } from '../console-world';

export const HASH = 'a'.repeat(64);

/** The console over records in memory, as the processor left them. */
export function recordsWorld(more: Partial<ConsolePorts> = {}, records = new ReviewWorld()) {
  const { conversations, threads, directory, queue, clock } = records;
  const all = () => conversations.all();
  const reviewsDue: ConsolePorts['reviewsDue'] = {
    due: async ({ shard, limit }) => {
      const waiting = all().filter(({ attention }) => shard === REVIEW_SHARD && attention === 'review');
      return Promise.resolve(
        waiting.slice(0, limit).map(({ primary_channel, conversation_id, due_at: dueAt = '' }) => ({
          key: { primary_channel, conversation_id },
          dueAt,
        })),
      );
    },
  };
  const page = consoleWorld({
    conversations, threads, directory, queue, clock, reviewsDue,
    index: memoryIndex(all), limits: new MemoryRequestLimits(), repliesDue: memoryRepliesDue(all),
    chatLists: memoryChatLists(threads, directory, clock), ...more,
  });
  const signIn = (...roles: readonly string[]) => {
    // Time of the page is that of the records.
    page.clock.advance((more.clock ?? clock).now() - page.clock.now());
    return page.signIn(...roles);
  };
  const get = async (path: string, query: Readonly<Record<string, string>> = {}) =>
    page.call('GET', API_BASE + path, { query: { company: 'brightpath', ...query } });
  const post = async (path: string, body: object, query: Readonly<Record<string, string>> = {}) =>
    page.call('POST', API_BASE + path, { query, body: JSON.stringify(body) });
  const actions = () => page.audited.map(({ action, fields, reason }) => ({ action, fields, reason }));
  return { records, page, signIn, get, post, actions };
}

export function pathOf(
  kind: string, { conversation_id: id }: Pick<Conversation, 'conversation_id'>, then = '',
): string {
  return `/${kind}/${recordKey(id)}${then}`;
}

/** Well formed, of the company, and of no record. */
export const UNKNOWN = {
  conversation_id: 'brightpath#cv-review#5b0e8d5c-0000-4000-8000-000000000000#447700900002',
};
