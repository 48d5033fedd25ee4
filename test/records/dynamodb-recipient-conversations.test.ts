import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { DynamoDbRecipientConversations } from '../../src/records/dynamodb-recipient-conversations';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { scriptedTables } from '../support/scripted-tables';

const PERSON = '+447700900123';

let dynalite: DynaliteTables;
let conversations: DynamoDbRecipientConversations;

beforeAll(async () => {
  dynalite = await startDynaliteTables();
  conversations = new DynamoDbRecipientConversations(dynalite.records, dynalite.tables.conversations);
});
afterAll(() => dynalite.stop());

const put = async (conversationId: string, createdAt?: string, recipient = PERSON) =>
  dynalite.client.send(
    new PutCommand({
      TableName: dynalite.tables.conversations,
      Item: {
        primary_channel: recipient,
        conversation_id: conversationId,
        ...(createdAt ? { created_at: createdAt } : {}),
      },
    }),
  );
const newest = async (recipient = PERSON, sender = '447700900002', company = 'acme') =>
  conversations.newest({ recipient, sender, company });

test('the newest conversation of recipient, sender and company is found among others', async () => {
  await put('acme#nurses#1#447700900002', '2026-11-01T00:00:00.000Z');
  await put('acme#doctors#2#447700900002', '2026-11-03T00:00:00.000Z');
  await put('acme#nurses#3#447700900009', '2026-11-05T00:00:00.000Z');
  await put('acmeplus#nurses#4#447700900002', '2026-11-06T00:00:00.000Z');
  await put('other#nurses#5#447700900002', '2026-11-07T00:00:00.000Z');
  await put('acme#nurses#6#447700900002', '2026-11-08T00:00:00.000Z', '+447700900124');
  await put('acme#nurses#7#447700900002');
  await put('opt-out');
  expect(await newest()).toEqual({ primary_channel: PERSON, conversation_id: 'acme#doctors#2#447700900002' });
});

test('there may be none', async () => {
  expect(await newest('+447700900199')).toBeUndefined();
  expect(await newest(PERSON, '900002')).toBeUndefined();
  expect(await newest(PERSON, '447700900002', 'acm')).toBeUndefined();
});

test('it is looked for on every page, and not for ever', async () => {
  const [id, older] = ['acme#p#2#447700900002', 'acme#p#1#447700900002'];
  const pages = [
    {
      Items: [{ primary_channel: PERSON, conversation_id: older, created_at: '2026-11-02T00:00:00.000Z' }],
      LastEvaluatedKey: { primary_channel: PERSON },
    },
    {
      Items: [{ primary_channel: PERSON, conversation_id: id, created_at: '2026-11-03T00:00:00.000Z' }],
      LastEvaluatedKey: { primary_channel: PERSON },
    },
    {
      Items: [
        { primary_channel: PERSON, conversation_id: 'acme#p#3#447700900002', created_at: '2026-11-01T00:00:00.000Z' },
      ],
    },
  ];
  const paged = new DynamoDbRecipientConversations(scriptedTables(() => pages.shift()), 'conversations');
  expect(await paged.newest({ recipient: PERSON, sender: '447700900002', company: 'acme' })).toEqual({
    primary_channel: PERSON,
    conversation_id: id,
  });
  const endless = jest.fn(() => ({ LastEvaluatedKey: { primary_channel: PERSON } }));
  expect(
    await new DynamoDbRecipientConversations(scriptedTables(endless), 'c').newest({
      recipient: PERSON,
      sender: 's',
      company: 'c',
    }),
  ).toBeUndefined();
  expect(endless).toHaveBeenCalledTimes(10);
});
