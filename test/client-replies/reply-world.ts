import { ACKNOWLEDGE } from '../../src/client-replies/acknowledge';
import type { ClientOperation, ClientReplyPorts } from '../../src/client-replies/client-call';
import { answerClientCall } from '../../src/client-replies/client-call';
import { SEND_REPLY } from '../../src/client-replies/send-reply';
import { RETURN, TAKE_OVER } from '../../src/client-replies/take-over';
import type { Channel } from '../../src/core/channel';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { sha256 } from '../../src/core/sha256';
import { processMessage } from '../../src/processor/process-message';
import { FakeObserver } from '../support/fake-observer';
import { writtenThread } from '../support/written-thread';

export const KEYS = {
  own: 'key-of-cv-review', whole: 'key-of-brightpath', other: 'key-of-another-project', rival: 'key-of-a-rival',
  revoked: 'revoked-key', test: 'test-key',
};
export const WORDS = 'Friday at ten is fine.';
export const REPLY_ID = '7c1d2e3f-4a5b-4c6d-8e7f-9a0b1c2d3e4f';

interface More {
  readonly key?: string;
  readonly about?: string;
  readonly around?: Partial<ClientReplyPorts>;
}

/** A conversation that its recipient has answered, and the clients that may ask about it. */
export async function replyWorld(channel: Channel = 'sms', changes: Partial<Conversation> = {}) {
  const setting = await writtenThread(channel, { inbound_ids: ['SM-inbound-1'], ...changes });
  const { world, conversation } = setting;
  const { directory } = world;
  const created_at = '2026-01-01T00:00:00.000Z';
  const { company_id } = conversation;
  directory.seedKey(sha256(KEYS.own), { company_id, project_ids: [conversation.project_id], created_at });
  directory.seedKey(sha256(KEYS.whole), { company_id, project_ids: ['*'], created_at });
  directory.seedKey(sha256(KEYS.other), { company_id, project_ids: ['another'], created_at });
  directory.seedKey(sha256(KEYS.rival), { company_id: 'rival', project_ids: ['*'], created_at });
  directory.seedKey(sha256(KEYS.revoked), { company_id, project_ids: ['*'], created_at, revoked_at: created_at });
  directory.seedKey(sha256(KEYS.test), { company_id, project_ids: ['*'], created_at, test: true });
  const observer = new FakeObserver();
  const ports: ClientReplyPorts = { ...setting.ports, observer };
  const call = async (operation: ClientOperation, more: More & { readonly body?: string } = {}) => {
    const { body, key = KEYS.own, about = conversation.conversation_id, around = {} } = more;
    const asked = { apiKey: key, pathPart: encodeURIComponent(about), ...(body === undefined ? {} : { body }) };
    const { status, headers, body: answer } = await answerClientCall(operation, asked, { ...ports, ...around }, ['*']);
    return { status, headers, text: answer, json: JSON.parse(answer) };
  };
  return {
    ...setting, observer, ports, call,
    reply: async (order: object = {}, more: More = {}) => (
      call(SEND_REPLY, { body: JSON.stringify({ request_id: REPLY_ID, text: WORDS, ...order }), ...more })
    ),
    take: async (more?: More) => call(TAKE_OVER, more),
    giveBack: async (more?: More) => call(RETURN, more),
    acknowledge: async (replies: unknown, more?: More) => (
      call(ACKNOWLEDGE, { body: JSON.stringify({ replies }), ...more })
    ),
    /** Works everything that is queued, as the channel's processor would. */
    work: async () => {
      for (let one = world.queue.receive(); one; one = world.queue.receive()) {
        await processMessage(world.message({ conversation_id: one.conversationId }), world.ports, world.settings);
        world.queue.remove(one.entryId);
      }
    },
    sent: () => world.provider.requests.map(({ message }) => message.text),
  };
}
