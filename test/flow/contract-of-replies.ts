import { randomUUID } from 'node:crypto';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Channel } from '../../src/core/channel';
import type { RefusalCode } from '../../src/core/contract/refusal';
import { REFUSAL_STATUS } from '../../src/core/contract/refusal';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import { resourceNames } from '../../src/core/names';
import { systemClock } from '../../src/handlers/system-clock';
import { takeThread } from '../../src/operations/replies/take-over';
import { twilioInboundUrl } from '../../src/providers/twilio-inbound-webhook';
import { DynamoDbThreads } from '../../src/records/dynamodb-threads';
import { threadItemKeys } from '../../src/records/item-keys';
import { TableClient } from '../../src/records/table-client';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import type { HttpAnswer } from '../openapi/documented-answers';
import type { EventsWorldOfContract } from './contract-of-events';
import { recipient, request } from './local-stage-of-tests';
import { addKey, addProject, ofTenant } from './tenants-of-tests';

/** How what clients do in a conversation is provoked. */
export type RepliesWorldOfContract = EventsWorldOfContract & { readonly stage: LocalStage };

type Provoke = (world: RepliesWorldOfContract) => Promise<HttpAnswer>;

const names = resourceNames(LOCAL_STAGE);
const PLACE = '/conversations/{conversation_id}';
const REPLIES = `${PLACE}/replies`;
const ACKNOWLEDGE = `${PLACE}/acknowledge`;
export const REPLY_PATHS = [REPLIES, `${PLACE}/take-over`, `${PLACE}/return`, ACKNOWLEDGE] as const;
type ReplyPath = (typeof REPLY_PATHS)[number];

const NUMBERS = { sms: SAMPLE.smsNumber, whatsapp: `whatsapp:${SAMPLE.whatsappNumber}` };
let people = 0;

/** A conversation of a person of its own who has written `words`; without words nothing was written. */
async function written(
  { stage, post }: RepliesWorldOfContract,
  words: readonly string[] = ['Hello'],
  { channel = 'sms', projectId = SAMPLE.projectId }: { channel?: Channel & keyof typeof NUMBERS; projectId?: string } = {},
): Promise<Conversation> {
  const person = `+4477009004${String((people += 1)).padStart(2, '0')}`;
  const { requestId, body } = request(channel, {
    ...ofTenant({ projectId }), ...recipient(channel, { recipient_tel: person }),
  });
  const { conversation_id: id }: { conversation_id: string } = JSON.parse((await post(body)).body);
  await (projectId === SAMPLE.projectId ? awaitOutcome(stage, requestId) : undefined);
  for (const text of words) {
    await stage.vendors.twilio.receiveInbound({
      from: channel === 'whatsapp' ? `whatsapp:${person}` : person,
      to: NUMBERS[channel],
      body: text,
      url: twilioInboundUrl(stage.url, { ...SAMPLE, projectId, channel }),
    });
  }
  const found = { conversation_id: id, company_id: SAMPLE.companyId, channel_method: channel, primary_channel: person };
  return found as unknown as Conversation;
}

const order = () => ({ request_id: randomUUID(), text: 'Friday at ten is fine.' });
const BODIES: Readonly<Partial<Record<ReplyPath, () => object>>> = {
  [REPLIES]: order, [ACKNOWLEDGE]: () => ({ replies: 1 }),
};

const call = async (
  { ask }: RepliesWorldOfContract, path: ReplyPath, id = 'none', body = BODIES[path]?.(), key?: string,
) => ask('post', path.replace('{conversation_id}', encodeURIComponent(id)), body, key);

const about = (path: ReplyPath, words?: readonly string[]): Provoke => async (world) => (
  call(world, path, (await written(world, words)).conversation_id)
);

/** About a message that goes in an hour. */
const unsent = (path: ReplyPath): Provoke => async (world) => {
  const { body } = request('sms', recipient('sms', { recipient_tel: '+447700900499' }));
  const send_at = new Date(Date.now() + 3_600_000).toISOString();
  const { body: answer } = await world.post({ ...body, request_data: { ...body.request_data, send_at } });
  const { conversation_id: id }: { conversation_id: string } = JSON.parse(answer);
  return call(world, path, id);
};

const inProject = (change: Parameters<typeof addProject>[2]): Provoke => async (world) => {
  const projectId = randomUUID();
  await addProject(world.stage, { projectId });
  const { conversation_id: id } = await written(world, ['Hello'], { projectId });
  await addProject(world.stage, { projectId }, change);
  return call(world, REPLIES, id);
};

const taken = (path: ReplyPath): Provoke => async (world) => {
  const conversation = await written(world);
  const threads = new DynamoDbThreads(new TableClient(world.stage.tables), names.conversationTable);
  await takeThread({ clock: systemClock, threads }, { conversation, actor: { id: 'Sam Reyes', roles: [] } });
  return call(world, path, conversation.conversation_id);
};

/** Answers of every one of them. */
function always(path: ReplyPath): Readonly<Partial<Record<RefusalCode, Provoke>>> {
  const none: Provoke = async (world) => call(world, path);
  return {
    FORBIDDEN: async (world) => call(world, path, 'none', undefined, 'no-such-key-no-such-key'),
    CONVERSATION_NOT_FOUND: none,
    RATE_LIMIT_EXCEEDED: async (world) => {
      const answers = await Promise.all(Array.from({ length: 60 }, async () => none(world)));
      return answers.find(({ status }) => status === 429) ?? none(world);
    },
    DATABASE_ERROR: async (world) => world.refusing(names.clientReplies, 'dynamodb', async () => none(world)),
    INTERNAL_ERROR: async (world) => world.killing(names.clientReplies, async () => none(world)),
    SENDING_KEY_REQUIRED: async (world) => {
      const { conversation_id: id } = await written(world, []);
      return call(world, path, id, undefined, await addKey(world.stage, SAMPLE.companyId, ['*'], { test: 'yes' }));
    },
    ...(path === ACKNOWLEDGE ? {} : {
      CONVERSATION_TAKEN: taken(path),
      RECIPIENT_OPTED_OUT: about(path, ['Hello', 'STOP']),
      NOTHING_TO_ANSWER: unsent(path),
    }),
    ...(BODIES[path] && {
      INVALID_REQUEST: async (world) => call(world, path, 'none', { text: 1 }),
      PAYLOAD_TOO_LARGE: async (world) => call(world, path, 'none', { text: 'a'.repeat(300_000) }),
    }),
  };
}

const OF_REPLIES: Readonly<Partial<Record<RefusalCode, Provoke>>> = {
  PROJECT_INACTIVE: inProject((record) => { record.project_status = 'inactive'; }),
  CHANNEL_NOT_ALLOWED: inProject((record) => { record.allowed_channels = ['email']; }),
  CONFIGURATION_ERROR: inProject((record) => { delete record.channel_config.sms.template; }),
  IDEMPOTENCY_CONFLICT: async (world) => {
    const { conversation_id: id } = await written(world);
    const sent = order();
    await call(world, REPLIES, id, sent);
    return call(world, REPLIES, id, { ...sent, text: 'Monday.' });
  },
  WINDOW_CLOSED: async (world) => {
    const conversation = await written(world, ['Hello'], { channel: 'whatsapp' });
    await world.stage.tables.send(new UpdateCommand({
      TableName: names.conversationTable,
      Key: threadItemKeys(threadIdOf(conversation)).thread,
      UpdateExpression: 'SET last_inbound_at = :before',
      ExpressionAttributeValues: { ':before': new Date(Date.now() - 25 * 60 * 60_000).toISOString() },
    }));
    return call(world, REPLIES, conversation.conversation_id);
  },
  QUEUE_ERROR: async (world) => {
    const { conversation_id: id } = await written(world);
    return world.refusing(names.clientReplies, 'sqs', async () => call(world, REPLIES, id));
  },
};

const refused = (path: ReplyPath, codes: Readonly<Partial<Record<RefusalCode, Provoke>>>) => Object.fromEntries(
  Object.keys(REFUSAL_STATUS).flatMap((word) => {
    const code = word as RefusalCode;
    const provoke = codes[code];
    return provoke ? [[`post ${path} ${REFUSAL_STATUS[code]} ${code}`, provoke] as const] : [];
  }),
);

/** By documented answer: how it is had. */
export const REPLIES_PROVOKED: Readonly<Record<string, Provoke>> = {
  ...Object.fromEntries(REPLY_PATHS.flatMap((path) => [
    [`post ${path} 200`, about(path)], ...Object.entries(refused(path, always(path))),
  ])),
  ...refused(REPLIES, OF_REPLIES),
  ...refused(ACKNOWLEDGE, {
    REPLIES_UNREAD: async (world) => call(
      world, ACKNOWLEDGE, (await written(world, ['May I speak to a person?'])).conversation_id, { replies: 7 },
    ),
  }),
};

/** Documented, and not to be had over HTTP from here. */
export const REPLIES_NOT_PROVOKED: Readonly<Record<string, string>> = Object.fromEntries(REPLY_PATHS.map((path) => [
  `post ${path} 409 CONVERSATION_CHANGED`,
  'five writes of others would have to meet it within some milliseconds; test/client-replies provokes it',
]));
