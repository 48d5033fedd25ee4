import type { Conversation } from '../../src/core/lifecycle/conversation';
import { dueShard } from '../../src/core/lifecycle/work-due-index';
import type { CompanySummary } from '../../src/core/ports/company-records';
import { timestamp } from '../../src/core/ports/clock';
import { FakeClock } from './fake-clock';
import { MemoryConversations } from './memory-conversations';
import { memoryIndex, memoryRepliesDue } from './memory-index';
import { sampleConversation } from './sample-message';

export const NOW = Date.parse('2026-11-02T09:30:00.000Z');
const MINUTE = 60_000;

/** What a test says of a record; the rest is the sample's. */
export interface Arranged extends Partial<Conversation> {
  readonly company?: string;
  readonly project?: string;
  /** Minutes since it was accepted. */
  readonly minutesAgo?: number;
}

/** A stage's records in memory, with the ports of what operators ask. */
export function operatorsWorld() {
  const conversations = new MemoryConversations();
  const index = memoryIndex(() => conversations.all());
  const queued: string[] = [];
  const projects = new Set<string>();
  let count = 0;
  const companies = {
    list: () => Promise.resolve([...projects].map((name): CompanySummary => {
      const [company_id = '', project_id = ''] = name.split('#');
      return {
        company_id,
        project_id,
        company_name: company_id,
        project_name: project_id,
        project_status: 'active',
        allowed_channels: [],
      };
    })),
    find: () => Promise.resolve(undefined),
    create: () => Promise.resolve(true),
    change: () => Promise.resolve(true),
  };
  const letters: Record<string, number> = {};
  return {
    clock: new FakeClock(NOW),
    conversations,
    companies,
    directory: {
      projectIdsOf: ({ companyId }: { readonly companyId: string }) =>
        Promise.resolve([...projects].flatMap((name) => {
          const [company, project = ''] = name.split('#');
          return company === companyId ? [project] : [];
        })),
    },
    index,
    queued,
    letters,
    repliesDue: memoryRepliesDue(() => conversations.all()),
    queue: {
      enqueue: ({ conversationId }: { readonly conversationId: string }) =>
        Promise.resolve(void queued.push(conversationId)),
    },
    deadLetters: {
      look: (channel: string) => Promise.resolve({ count: letters[channel] ?? 0, letters: [] }),
      redriveOne: () => Promise.resolve({ outcome: 'not_there' as const }),
      redriveAll: () => Promise.resolve({ outcome: 'moved' as const, moved: 0 }),
    },
    /** Puts a record and answers its request's identifier. */
    add: ({ company = 'acme', project = 'hiring', minutesAgo = 1, ...changes }: Arranged = {}): string => {
      count += 1;
      const requestId = `${(count % 16).toString(16)}${String(count).padStart(7, '0')}-0000-4000-8000-000000000000`;
      projects.add(`${company}#${project}`);
      const ended =
        changes.conversation_status !== undefined &&
        /^(?:failed_|expired|send_unconfirmed|initial_message_sent|suppressed|rejected)/.test(
          changes.conversation_status,
        );
      const at = NOW - minutesAgo * MINUTE;
      const status = changes.conversation_status ?? 'initiated';
      conversations.seed(
        sampleConversation({
          now: at,
          requestId,
          changes: {
            company_id: company,
            project_id: project,
            company_project: `${company}#${project}`,
            conversation_id: `${company}#${project}#${requestId}#447700900002`,
            history: [
              { at: timestamp(at), status: 'initiated' },
              ...(status === 'initiated' ? [] : [{ at: timestamp(at), status }]),
            ],
            attention: ended ? undefined : dueShard(requestId),
            due_at: ended ? undefined : timestamp(NOW + MINUTE),
            ...changes,
          },
        }),
      );
      return requestId;
    },
  };
}

export type OperatorsWorld = ReturnType<typeof operatorsWorld>;
