import { formatConversationId, parseConversationId } from '../../src/core/lifecycle/conversation-id';
import { testSender } from '../../src/core/lifecycle/test-message';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import { testReplies } from '../../src/handlers/test-replies';
import { DynamoDbConversations } from '../../src/records/dynamodb-conversations';
import { DynamoDbThreads } from '../../src/records/dynamodb-threads';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { sampleCompany, sampleConversation } from '../support/sample-message';
import { SENT, WebhookWorld } from '../support/webhook-world';

const SENDER = testSender('+447700900002');

let dynalite: DynaliteTables;
let world: WebhookWorld;
beforeAll(async () => { dynalite = await startDynaliteTables(); });
beforeEach(() => { world = new WebhookWorld(); });
afterAll(() => dynalite.stop());

function replies() {
  const { conversations: table } = dynalite.tables;
  const { turns, directory, handoff, observer } = world;
  const conversations = new DynamoDbConversations(dynalite.records, table, () => String(Math.random()));
  return testReplies(dynalite.records, table, { turns, directory, handoff, observer, conversations });
}

/** A test's message that went and expects an answer, of this request. */
async function sent(requestId: string) {
  const now = Date.now();
  const expected = [{ name: 'reason', question: 'Why?', type: 'text', required: true }] as const;
  const made = sampleConversation({ now, requestId, changes: { ...SENT, expected_answers: expected } });
  const identity = parseConversationId(made.conversation_id);
  if (!identity) throw new Error('The sample has no identity.');
  const conversation = { ...made, conversation_id: formatConversationId({ ...identity, sender: SENDER }) };
  const { conversations: table } = dynalite.tables;
  await dynalite.records.put({ TableName: table, Item: { ...conversation } });
  return conversation;
}

const read = async (conversation: Awaited<ReturnType<typeof sent>>) =>
  new DynamoDbThreads(dynalite.records, dynalite.tables.conversations).repliesTo(conversation);

describe('the reply to a test', () => {
  test('is kept in the test\'s own thread and queued to be read, as a real one is', async () => {
    const conversation = await sent('1');
    await replies().take({ conversation, text: 'I was ill', vendorMessageId: 'reply-1' });
    expect((await read(conversation)).map(({ content }) => content)).toEqual(['I was ill']);
    expect(world.turns.items).toEqual([expect.objectContaining({ threadId: threadIdOf(conversation) })]);
  });

  test('that stops counts for the sender that only tests have', async () => {
    const conversation = await sent('2');
    await replies().take({ conversation, text: 'STOP', vendorMessageId: 'reply-2' });
    const to = { recipient: conversation.primary_channel, company: 'brightpath' };
    expect(await world.directory.optedOutOf(to)).toEqual([SENDER]);
    expect(world.turns.items).toEqual([]);
  });

  test('is heard in the language of the template', async () => {
    const { channel_config: config } = sampleCompany();
    const sms = { ...config.sms, template: { ...config.sms.template, language: 'de-DE' } };
    world.directory.seedCompany(sampleCompany({ channel_config: { ...config, sms } }));
    const conversation = await sent('3');
    await replies().take({ conversation, text: 'Bitte abmelden, danke!', vendorMessageId: 'reply-3' });
    const to = { recipient: conversation.primary_channel, company: 'brightpath' };
    expect(await world.directory.optedOutOf(to)).toEqual([SENDER]);
  });

  test('to a message that has no identity is nobody\'s', async () => {
    const conversation = { ...(await sent('4')), conversation_id: 'none' };
    await replies().take({ conversation, text: 'STOP', vendorMessageId: 'reply-4' });
    const to = { recipient: conversation.primary_channel, company: 'brightpath' };
    expect(await world.directory.optedOutOf(to)).toEqual([]);
  });
});
