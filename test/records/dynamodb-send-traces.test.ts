import { timestamp } from '../../src/core/ports/clock';
import { persistComposition } from '../../src/core/lifecycle/message-transitions';
import { DynamoDbConversations } from '../../src/records/dynamodb-conversations';
import { DynamoDbSendTraces } from '../../src/records/dynamodb-send-traces';
import type { DynaliteTables } from '../support/dynalite-tables';
import { startDynaliteTables } from '../support/dynalite-tables';
import { sampleConversation } from '../support/sample-message';

const NOW = Date.parse('2026-11-02T09:00:00.000Z');

let dynalite: DynaliteTables;
beforeAll(async () => {
  dynalite = await startDynaliteTables();
});
afterAll(() => dynalite.stop());

test("a recipient's conversations with a claimed send, with the vendor's identifier and the words", async () => {
  const store = new DynamoDbConversations(dynalite.records, dynalite.tables.conversations, () => 'change');
  const filled = { channel: 'sms', text: 'Hello Ada', segments: 1 } as const;
  const composition = {
    filled,
    values: {},
    template_name: 'cv_question',
    template_version: 3,
    instructions_version: '0',
    facts_hash: '0',
    verdicts: {},
    usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
  };
  const put = (conversation_id: string, changes: Parameters<typeof sampleConversation>[0]['changes']) =>
    store.create(sampleConversation({ now: NOW, changes: { ...changes, conversation_id } }));
  await put('sent', { attempt_count: 1, vendor_message_id: 'SM1', composition });
  await put('unknown', { attempt_count: 2, composition });
  await put('never-claimed', { attempt_count: 0, composition });
  await put('frozen', { attempt_count: 1, conversation_status: 'processing', lease_owner: 'me' });
  const message = {
    message_id: 'm',
    timestamp: timestamp(NOW),
    role: 'assistant',
    content: filled.text,
    ...composition.usage,
  } as const;
  await store.change(
    { primary_channel: '+447700900123', conversation_id: 'frozen' },
    persistComposition({ owner: 'me', now: NOW, composition, message }),
  );
  await put('of-another', { attempt_count: 1, primary_channel: '+447700900124' });
  expect(
    await new DynamoDbSendTraces(dynalite.records, dynalite.tables.conversations).tracesOf('+447700900123'),
  ).toEqual([
    { conversation_id: 'frozen', text: 'Hello Ada' },
    { conversation_id: 'sent', vendor_message_id: 'SM1', text: 'Hello Ada' },
    { conversation_id: 'unknown', text: 'Hello Ada' },
  ]);
});
