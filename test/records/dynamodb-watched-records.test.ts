import type { Conversation } from '../../src/core/lifecycle/conversation';
import { DynamoDbAddresses } from '../../src/records/dynamodb-addresses';
import { DynamoDbDirectory } from '../../src/records/dynamodb-directory';
import { DynamoDbWatchedRecords } from '../../src/records/dynamodb-watched-records';
import { idempotencyItemKey } from '../../src/records/item-keys';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { FakeClock } from '../support/fake-clock';
import { sampleConversation, sampleIdempotencyRecord } from '../support/sample-message';

const NOW = Date.parse('2026-11-22T10:00:00.000Z');
const SENDER = '447700900002';
const PERSON = '+447700900123';

let dynalite: DynaliteTables;
let records: DynamoDbWatchedRecords;
let directory: DynamoDbDirectory;
let made = 0;
beforeEach(async () => {
  dynalite = await startDynaliteTables();
  records = new DynamoDbWatchedRecords(dynalite.records, dynalite.tables.conversations);
  directory = new DynamoDbDirectory(dynalite.records, dynalite.tables, new FakeClock());
});
afterEach(() => dynalite.stop());

/** A stored conversation of a project with a person, written this many seconds after the first. */
async function conversation(
  projectId: string,
  seconds: number,
  { sender = SENDER, ...changes }: Readonly<Record<string, unknown>> & { readonly sender?: string } = {},
): Promise<Conversation> {
  made += 1;
  const requestId = `3f0c8a52-5d0e-4b7e-9b1a-${String(made).padStart(12, '0')}`;
  const sample = sampleConversation({ now: NOW + seconds * 1000, requestId });
  const stored = {
    ...sample, project_id: projectId, conversation_id: `brightpath#${projectId}#${requestId}#${sender}`, ...changes,
  };
  await dynalite.records.put({ TableName: dynalite.tables.conversations, Item: stored });
  return stored;
}

describe('a record by its key', () => {
  test('is the item as it is stored, and a conversation with what older ones lack', async () => {
    const { primary_channel, conversation_id, company_id } = await conversation('hiring', 0);
    const key = { primary_channel, conversation_id: 'old#one#request#sender' };
    await dynalite.records.put({ TableName: dynalite.tables.conversations, Item: { ...key, company_id } });
    expect(await records.item({ primary_channel, conversation_id })).toMatchObject({ company_id, conversation_id });
    expect(await records.item(key)).toEqual({ ...key, company_id });
    expect(await records.conversation(key)).toMatchObject({ ...key, history: [], messages: [] });
  });

  test('that is not there is none', async () => {
    const key = { primary_channel: PERSON, conversation_id: 'none' };
    expect([await records.item(key), await records.conversation(key)]).toEqual([undefined, undefined]);
  });
});

describe('a conversation by its identifier', () => {
  const accepted = async () => {
    const one = await conversation('cv-review', 0);
    await directory.putIdempotencyRecord(sampleIdempotencyRecord(one));
    return one;
  };

  test('is found by its request', async () => {
    const one = await accepted();
    expect(await records.requested(one.conversation_id)).toEqual(one);
  });

  test('is none for an identifier of another sender, of no request, or of no form', async () => {
    const one = await accepted();
    expect(await records.requested(one.conversation_id.replace(SENDER, '447700900009'))).toBeUndefined();
    expect(await records.requested('brightpath#cv-review#none#447700900002')).toBeUndefined();
    expect(await records.requested('hello')).toBeUndefined();
  });

  test('is none once its person was erased, whatever of its record is left', async () => {
    const one = await accepted();
    await dynalite.records.update({
      TableName: dynalite.tables.conversations,
      Key: idempotencyItemKey('brightpath', 'cv-review', one.request_id),
      UpdateExpression: 'SET erased_at = :at',
      ExpressionAttributeValues: { ':at': '2026-11-23T10:00:00.000Z' },
    });
    expect(await records.requested(one.conversation_id)).toBeUndefined();
  });
});

describe('the newest conversations with a person', () => {
  const newest = async (partition = PERSON, senders: readonly string[] = [SENDER]) =>
    [...await records.newestOfProjects(partition, senders)].sort((one, other) =>
      (one.conversation < other.conversation ? -1 : 1));

  test('are one of each project that wrote by a sender', async () => {
    await conversation('hiring', 3);
    const hiring = await conversation('hiring', 9);
    await conversation('hiring', 5);
    const review = await conversation('cv-review', 1);
    await conversation('surveys', 7, { sender: '447700900009' });
    await dynalite.records.put({
      TableName: dynalite.tables.conversations, Item: { primary_channel: PERSON, conversation_id: 'opt-out' },
    });
    expect(await newest()).toEqual([
      { sender: SENDER, conversation: review.conversation_id },
      { sender: SENDER, conversation: hiring.conversation_id },
    ]);
  });

  test('are named by the sender as the caller spells it, each sender by itself', async () => {
    const one = await conversation('hiring', 1);
    const mail = await conversation('hiring', 2, { sender: 'talent@example.com' });
    expect(await newest(PERSON, ['+44 7700 900002', 'Talent@example.com'])).toEqual([
      { sender: '+44 7700 900002', conversation: one.conversation_id },
      { sender: 'Talent@example.com', conversation: mail.conversation_id },
    ]);
  });

  test('are named by what the client asked for: a reminder or an answer by the conversation that it belongs to',
    async () => {
      const asked = `brightpath#hiring#asked#${SENDER}`;
      const answered = `brightpath#surveys#answered#${SENDER}`;
      await conversation('hiring', 1, { reminder_of: asked });
      await conversation('surveys', 1, { reply: { in_reply_to: answered } });
      expect(await newest()).toEqual([
        { sender: SENDER, conversation: asked },
        { sender: SENDER, conversation: answered },
      ]);
    });

  test('are found from another name of the person, and from the partition of one', async () => {
    const { conversation_id } = await conversation('hiring', 1);
    await new DynamoDbAddresses(dynalite.records, dynalite.tables.conversations).learn({
      company: 'brightpath', address: PERSON, alias: 'GB.abc123', at: '2026-11-22T10:00:00.000Z',
    });
    const found = [{ sender: SENDER, conversation: conversation_id }];
    expect(await newest('GB.abc123')).toEqual(found);
    expect(await newest('address#GB.abc123')).toEqual(found);
    expect(await newest('address#GB.other')).toEqual([]);
  });

  test('are none for a withheld number, and for a record without a time', async () => {
    await conversation('hiring', 1, { created_at: undefined });
    expect([await newest(), await newest('anonymous')]).toEqual([[], []]);
  });
});
