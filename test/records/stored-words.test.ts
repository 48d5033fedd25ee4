import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { timestamp } from '../../src/core/ports/clock';
import type { CompositionSnapshot } from '../../src/core/lifecycle/conversation';
import { holdForReview } from '../../src/core/lifecycle/message-transitions';
import { persistAndClaim } from '../../src/core/lifecycle/send-transitions';
import { DynamoDbConversations } from '../../src/records/dynamodb-conversations';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { sampleConversation } from '../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
const TEXT = 'Dear Ada,\n\none point in your CV is not clear to us.';
const composition: CompositionSnapshot = {
  filled: { channel: 'email', subject: 'Your application', text: TEXT },
  values: {},
  template_name: 'cv_question',
  template_version: 3,
  instructions_version: '0',
  facts_hash: '0',
  verdicts: {},
  usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
};

let dynalite: DynaliteTables;
let store: DynamoDbConversations;
beforeAll(async () => {
  dynalite = await startDynaliteTables();
  store = new DynamoDbConversations(dynalite.records, dynalite.tables.conversations, () => 'change');
});
afterAll(() => dynalite.stop());

async function held(conversation_id: string) {
  const record = sampleConversation({
    now: NOW,
    changes: { conversation_id, conversation_status: 'processing', lease_owner: 'me' },
  });
  await store.create(record);
  return record;
}

async function stored({
  primary_channel,
  conversation_id,
}: {
  readonly primary_channel: string;
  readonly conversation_id: string;
}): Promise<string> {
  const { Item } = await dynalite.client.send(
    new GetCommand({ TableName: dynalite.tables.conversations, Key: { primary_channel, conversation_id } }),
  );
  return JSON.stringify(Item);
}

const times = (text: string, item: string) => item.split(JSON.stringify(text)).length - 1;

test('persisted words stand once in the item, and readers and changes find them in both places', async () => {
  const record = await held('frozen');
  const message = {
    message_id: 'm',
    timestamp: timestamp(NOW),
    role: 'assistant',
    content: TEXT,
    ...composition.usage,
  } as const;
  const { conversation } = await store.change(
    record,
    persistAndClaim({ owner: 'me', now: NOW, attemptId: 'attempt', composition, message }),
  );
  expect(conversation).toMatchObject({ composition, messages: [message] });
  expect(await store.find(record)).toMatchObject({ composition, messages: [message] });
  expect(times(TEXT, await stored(record))).toBe(1);
});

test('words that wait for a person are not messages yet, and stay where they are', async () => {
  const record = await held('waiting');
  await store.change(record, holdForReview({ owner: 'me', now: NOW, reason: 'review_requested', composition }));
  expect(await store.find(record)).toMatchObject({ composition, messages: [] });
  expect(times(TEXT, await stored(record))).toBe(1);
});

test('a message of other words than the frozen ones takes nothing from them', async () => {
  const record = await held('edited');
  const message = {
    message_id: 'm',
    timestamp: timestamp(NOW),
    role: 'assistant',
    content: 'Other words',
    ...composition.usage,
  } as const;
  await store.change(record, persistAndClaim({ owner: 'me', now: NOW, attemptId: 'attempt', composition, message }));
  expect(await store.find(record)).toMatchObject({ composition, messages: [message] });
});
