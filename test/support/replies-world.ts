import { runEngine } from '../../src/cli/engine-program';
import type { Stage } from '../../src/cli/stage';
import type { Channel } from '../../src/core/channel';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import { takeIn } from '../../src/core/lifecycle/thread-transitions';
import type { Thread } from '../../src/core/lifecycle/thread-record';
import type { AuditItem } from '../../src/core/ports/audit';
import { timestamp } from '../../src/core/ports/clock';
import type { RequestFinder } from '../../src/core/ports/request-finder';
import { MemoryMedia } from './memory-media';
import { memoryChatLists } from './memory-chat-lists';
import { memoryRepliesDue } from './memory-index';
import { MemoryRequestLimits } from './memory-request-limits';
import { ProcessorWorld } from './processor-world';

export const TEXT = 'Is Friday fine?';

/** A conversation whose message went, and the operators' program on its stage. Its recipient writes with `hear`. */
export async function repliesWorld(channel: Channel = 'sms') {
  const world = new ProcessorWorld(channel);
  const sentAt = timestamp(world.clock.now());
  const { clock, conversations, directory, queue, threads } = world;
  const conversation = await world.accept({
    conversation_status: 'initial_message_sent', vendor_message_id: 'SM-sent', sent_at: sentAt,
  });
  const threadId = threadIdOf(conversation);
  const audited: AuditItem[] = [];
  const media = new MemoryMedia();
  const requests: RequestFinder = {
    beginning: async ({ beginning, limit }) => Promise.resolve(
      directory.allIdempotencyRecords().filter(({ request_id: id }) => id.startsWith(beginning)).slice(0, limit),
    ),
  };
  const stage = {
    name: 'local', clock, conversations, directory, queue, threads, requests,
    limits: new MemoryRequestLimits(),
    chatLists: memoryChatLists(threads, directory, clock),
    media: media.source,
    cardHistory: { keep: async () => Promise.resolve(), list: async () => Promise.resolve([]) },
    secrets: { read: async () => Promise.resolve({ state: 'found', fields: { a_token: 'sample' } }) },
    newIdentifier: world.ports.newIdentifier,
    companies: { list: async () => Promise.resolve([{ company_id: 'brightpath', project_id: 'cv-review' }]) },
    repliesDue: memoryRepliesDue(() => conversations.all()),
    audit: { add: async (item: AuditItem) => Promise.resolve(void audited.push(item)) },
    probe: { kind: 'local' },
    close: () => undefined,
  };
  return {
    world, conversation, threadId, audited, media,
    /** Runs one command line as Sam Reyes. */
    run: async (...words: readonly string[]) => {
      const output: string[] = [];
      const errors: string[] = [];
      const code = await runEngine(words, {
        projectFolder: process.cwd(),
        operator: 'Sam Reyes',
        columns: 200,
        print: (text) => { output.push(text); },
        printError: (text) => { errors.push(text); },
        openStage: () => stage as unknown as Stage,
      });
      return { code, output: output.join('\n'), errors: errors.join('\n') };
    },
    /** The recipient writes. */
    hear: async (id = 'SM-inbound-1', attachments = 0) => {
      const message = {
        message_id: id, timestamp: timestamp(clock.now()), role: 'user' as const, content: TEXT,
        prompt_tokens: 0, completion_tokens: 0, total_tokens: 0,
      };
      const { sequence } = await threads.keep({ conversation, message, vendorMessageId: id, attachments });
      const seen = await threads.find(threadId);
      const change = seen && takeIn({ seen, position: sequence, now: clock.now(), threadId });
      if (change) await threads.change(threadId, change);
    },
    /** Changes the thread as it stands. */
    arrange: async (set: Partial<Thread>) => {
      const seen = await threads.find(threadId);
      if (!seen) throw new Error('There is no thread yet.');
      await threads.change(threadId, {
        name: 'arrange', when: [{ last_change: { equals: seen.last_change } }], set,
      });
    },
    thread: async () => threads.find(threadId),
    /** The record hands so many replies to a person. */
    wait: async (replies: number) => {
      conversations.seed({
        ...(await world.record(conversation)),
        inbound_ids: Array.from({ length: replies }, (_, index) => `SM-${index}`),
        reply_attention: 'reply', reply_since: timestamp(clock.now()),
        hand_off_to_human: true,
      });
    },
  };
}
