import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { erasePerson } from '../../../src/operations/people/erase-person';
import { exportPerson } from '../../../src/operations/people/export-person';
import { replyToken } from '../../../src/core/recipient/reply-address';
import type { OperationPorts } from '../../../src/operations/ports';
import type { Conversation, ConversationStatus } from '../../../src/core/lifecycle/conversation';
import { STATUSES } from '../../../src/core/lifecycle/conversation';
import { noteReply } from '../../../src/core/lifecycle/receipt-transitions';
import { persistComposition } from '../../../src/core/lifecycle/message-transitions';
import { DynamoDbConversations } from '../../../src/records/dynamodb-conversations';
import { DynamoDbDirectory } from '../../../src/records/dynamodb-directory';
import { DynamoDbAddresses } from '../../../src/records/dynamodb-addresses';
import { DynamoDbReplyAddresses } from '../../../src/records/dynamodb-reply-addresses';
import { DynamoDbThreads } from '../../../src/records/dynamodb-threads';
import { DynamoDbPerson } from '../../../src/records/dynamodb-person';
import type { DynaliteTables } from '../../support/dynalite-tables';
import { startDynaliteTables } from '../../support/dynalite-tables';
import { FakeClock } from '../../support/fake-clock';
import { sampleConversation, sampleIdempotencyRecord } from '../../support/sample-message';

type Ports = Pick<OperationPorts, 'clock' | 'conversations' | 'people' | 'replyAddresses' | 'threads'>;

const NOW = Date.parse('2026-11-02T09:00:00.000Z');
let dynalite: DynaliteTables;
let recipients = 0;

beforeAll(async () => { dynalite = await startDynaliteTables(); });
afterAll(async () => { await dynalite.stop(); });

/** A recipient of its own, so that tests do not meet. */
function person() {
  const telephone = `+4477009${String(10_000 + (recipients += 1))}`;
  const { client, records, tables } = dynalite;
  let changes = 0;
  const clock = new FakeClock(NOW);
  const conversations = new DynamoDbConversations(
    records,
    tables.conversations,
    () => `${telephone}-${(changes += 1)}`,
  );
  const directory = new DynamoDbDirectory(records, tables, clock);
  const held = new DynamoDbPerson(records, tables.conversations);
  const threads = new DynamoDbThreads(records, tables.conversations);
  const replyAddresses = new DynamoDbReplyAddresses(records, tables.conversations);
  const ports: Ports = { people: held, conversations, replyAddresses, threads, clock };
  const hold = async (requestId: string, status: ConversationStatus, more: Partial<Conversation> = {}) => {
    const conversation = sampleConversation({
      now: NOW,
      requestId,
      changes: { primary_channel: telephone, recipient_tel: telephone, conversation_status: status, ...more },
    });
    await directory.putIdempotencyRecord(sampleIdempotencyRecord(conversation));
    await conversations.create(conversation);
    return conversation;
  };
  const everything = async () =>
    JSON.stringify((await client.send(new ScanCommand({ TableName: tables.conversations }))).Items);
  return { telephone, ports, held, replyAddresses, conversations, threads, directory, hold, everything };
}

/** Some methods of an object, so that a test can put others beside them. */
function bound<Whole extends object, Name extends keyof Whole>(
  whole: Whole,
  names: readonly Name[],
): Pick<Whole, Name> {
  return Object.fromEntries(
    names.map((name) => {
      const method = whole[name];
      return [name, typeof method === 'function' ? method.bind(whole) : method];
    }),
  ) as Pick<Whole, Name>;
}

const id = (number: number) =>
  `3f0c8a52-5d0e-4b7e-9b1a-${String(recipients).padStart(6, '0')}${String(number).padStart(6, '0')}`;

test('the addresses that replies to a person\'s mails go to are erased with them', async () => {
  const { telephone, ports, replyAddresses, hold } = person();
  const attempts = [`${telephone}-first`, `${telephone}-second`];
  const sent = await hold(id(1), 'initial_message_sent', { attempt_ids: attempts });
  for (const attemptId of [...attempts, 'of-another-person']) {
    await replyAddresses.keep({ conversationId: sent.conversation_id, attemptId, timeToLive: sent.time_to_live });
  }
  const found = async () => Promise.all(
    [...attempts, 'of-another-person'].map(async (attempt) => replyAddresses.find(replyToken(attempt))),
  );
  expect((await found()).filter(Boolean)).toHaveLength(3);
  await erasePerson(ports, telephone);
  expect((await found()).map(Boolean)).toEqual([false, false, true]);
});

test('an erased person is nowhere in the table, and each request is still known', async () => {
  const { telephone, ports, directory, hold, everything } = person();
  const sent = await hold(id(1), 'initial_message_sent');
  await hold(id(2), 'failed_unknown');
  expect(await everything()).toContain(telephone);
  expect(await erasePerson(ports, telephone)).toMatchObject({ erased: 2, ended: 0, inFlight: [], optOutsKept: 0 });
  expect(await everything()).not.toContain(telephone);
  const { idempotency } = await directory.loadForProcessing({
    companyId: sent.company_id,
    projectId: sent.project_id,
    requestId: sent.request_id,
  });
  expect(idempotency).toMatchObject({
    body_hash: sampleIdempotencyRecord(sent).body_hash,
    erased_at: new Date(NOW).toISOString(),
    conversation: { primary_channel: 'erased', conversation_id: sent.conversation_id },
  });
});

test.each(STATUSES)(
  'a message that is %s is ended if it can be, and kept if its vendor has not told yet',
  async (status) => {
    const { telephone, ports, conversations, hold } = person();
    const conversation = await hold(id(1), status);
    const { ended, erased, inFlight } = await erasePerson(ports, telephone);
    const expected =
      {
        sending: 'kept',
        send_unknown: 'kept',
        initiated: 'ended',
        processing: 'ended',
        composed: 'ended',
        awaiting_review: 'ended',
      }[String(status)] ?? 'erased';
    expect({ ended, erased, kept: inFlight.length }).toEqual({
      ended: Number(expected === 'ended'),
      erased: Number(expected !== 'kept'),
      kept: Number(expected === 'kept'),
    });
    expect((await conversations.find(conversation)) !== undefined).toBe(expected === 'kept');
  },
);

test('a worker that composes meanwhile finds its record gone and sends nothing', async () => {
  const { telephone, ports, conversations, hold } = person();
  const conversation = await hold(id(1), 'processing', {
    lease_owner: 'worker',
    lease_until: '2026-11-02T09:01:00.000Z',
  });
  await erasePerson(ports, telephone);
  const composition = {
    filled: { channel: 'sms', text: 'Hello', segments: 1 } as const,
    values: {},
    template_name: 't',
    template_version: 1,
    instructions_version: '',
    facts_hash: '',
    verdicts: {},
    usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
  };
  const message = {
    message_id: 'm',
    timestamp: 't',
    role: 'assistant',
    content: 'Hello',
    prompt_tokens: 0,
    completion_tokens: 0,
    total_tokens: 0,
  } as const;
  expect(
    await conversations.change(conversation, persistComposition({ owner: 'worker', now: NOW, composition, message })),
  ).toEqual({ applied: false });
});

test('the opt-out is kept, and so is another person', async () => {
  const { telephone, ports, directory, hold, everything } = person();
  await hold(id(1), 'initial_message_sent');
  await directory.addOptOut({
    recipient: telephone,
    sender: '447700900002',
    at: '2026-11-02T08:00:00.000Z',
    source: 'reply',
  });
  const other = await hold(id(2), 'initial_message_sent', {
    primary_channel: `${telephone}9`,
    recipient_tel: `${telephone}9`,
  });
  expect(await erasePerson(ports, telephone)).toMatchObject({ erased: 1, optOutsKept: 1 });
  expect(await directory.optedOutOf({ recipient: telephone, company: 'brightpath' })).toEqual(['447700900002']);
  expect(await everything()).toContain(other.primary_channel);
});

test('a run that was cut short is finished by the next, wherever it stopped', async () => {
  for (const stop of ['change', 'blankIdempotencyRecord', 'remove'] as const) {
    const { telephone, ports, hold, everything } = person();
    await hold(id(1), 'composed');
    await hold(id(2), 'initial_message_sent');
    const fail = () => Promise.reject(new Error('The network is gone.'));
    const whole = bound(ports.people, [
      'addressesOf',
      'forgetNames',
      'find',
      'findIdempotencyRecord',
      'blankIdempotencyRecord',
      'remove',
    ]);
    const broken: Ports = {
      ...ports,
      people: { ...whole, ...(stop === 'change' ? {} : { [stop]: fail }) },
      conversations: {
        ...bound(ports.conversations, ['create', 'find', 'change']),
        ...(stop === 'change' ? { change: fail } : {}),
      },
    };
    await expect(erasePerson(broken, telephone)).rejects.toThrow('The network is gone.');
    await erasePerson(ports, telephone);
    expect(await everything()).not.toContain(telephone);
    expect(await erasePerson(ports, telephone)).toMatchObject({ erased: 0, ended: 0 });
  }
});

test('a reply that comes in meanwhile goes with the rest', async () => {
  const { telephone, ports, conversations, threads, hold, everything } = person();
  const conversation = await hold(id(1), 'initial_message_sent');
  const message = {
    message_id: 'm',
    timestamp: 't',
    role: 'user',
    content: 'Too late',
    prompt_tokens: 0,
    completion_tokens: 0,
    total_tokens: 0,
  } as const;
  let replied = false;
  const busy: Ports = {
    ...ports,
    people: {
      ...bound(ports.people, ['addressesOf', 'forgetNames', 'find', 'findIdempotencyRecord', 'remove']),
      blankIdempotencyRecord: async (request, at) => {
        await ports.people.blankIdempotencyRecord(request, at);
        if (!replied) {
          await threads.keep({ conversation, message, vendorMessageId: 'SM9' });
          await conversations.change(
            conversation,
            noteReply({ vendorMessageId: 'SM9', now: NOW, isCounted: true }),
          );
        }
        replied = true;
      },
    },
  };
  expect(await erasePerson(busy, telephone)).toMatchObject({ erased: 1 });
  expect(await everything()).not.toContain(telephone);
  expect(await everything()).not.toContain('Too late');
});

test('a record without an idempotency record, as the engine before this one left them, is erased as well', async () => {
  const { telephone, ports, everything } = person();
  const { client, tables } = dynalite;
  await client.send(
    new PutCommand({
      TableName: tables.conversations,
      Item: {
        primary_channel: telephone,
        conversation_id: 'old#one#two#3',
        company_id: 'old',
        project_id: 'one',
        request_id: 'two',
        conversation_status: 'initial_message_sent',
      },
    }),
  );
  expect(await erasePerson(ports, telephone)).toMatchObject({ erased: 1 });
  expect(await everything()).not.toContain(telephone);
});

test('other addresses in the records are told, for they may be the same person\'s', async () => {
  const { telephone, ports, hold } = person();
  await hold(id(1), 'initial_message_sent', { recipient_email: 'ada.example@example.com' });
  expect((await erasePerson(ports, telephone)).otherAddresses).toEqual(['ada.example@example.com']);
});

test('an e-mail address is found in the spelling of the request and in small letters', async () => {
  const { telephone, ports, hold } = person();
  const small = `${telephone.slice(1)}@example.com`;
  await hold(id(1), 'initial_message_sent', { primary_channel: small, recipient_email: small });
  expect(await erasePerson(ports, small.toUpperCase())).toMatchObject({ erased: 1 });
});

test.each([
  ['Priya.Shah@Example.com', 'priya.shah@example.com'],
  ['priya.other@example.com', 'Priya.Other@EXAMPLE.com'],
  ['+5215512345670', '+525512345670'],
  ['+525512345671', '+5215512345671'],
  ['+4407700900559', '+447700900559'],
])('a record that lies under %s is erased for %s', async (stored, asked) => {
  const { ports, hold } = person();
  const record = await hold(id(1), 'initial_message_sent', { primary_channel: stored });
  expect(await erasePerson(ports, asked)).toMatchObject({ erased: 1 });
  expect(await ports.conversations.find(record)).toBeUndefined();
});

test('a person is erased by another name, and the names go too unless an opt-out needs them', async () => {
  const { telephone, ports, directory, hold, everything } = person();
  const aliases = new DynamoDbAddresses(dynalite.records, dynalite.tables.conversations);
  const alias = `GB.${telephone.slice(1)}77`;
  await aliases.learn({ company: 'brightpath', address: telephone, alias, at: '2026-11-02' });
  await hold(id(1), 'initial_message_sent');
  expect(await erasePerson(ports, alias)).toMatchObject({ erased: 1, optOutsKept: 0 });
  expect(await everything()).not.toContain(telephone);
  await aliases.learn({ company: 'other', address: telephone, alias, at: '2026-11-02' });
  await directory.addOptOut({ recipient: alias, sender: 's', at: '2026-11-02', source: 'reply' });
  await hold(id(2), 'initial_message_sent');
  expect(await erasePerson(ports, telephone)).toMatchObject({ erased: 1, optOutsKept: 1 });
  expect(await directory.optedOutOf({ recipient: telephone, company: 'other' })).toEqual(['s']);
});

test('an export holds conversations, idempotency records and opt-outs as they are stored, and says where more may lie', async () => {
  const { telephone, ports, directory, threads, hold } = person();
  const conversation = await hold(id(1), 'initial_message_sent', { inbound_ids: ['SM1'] });
  const message = {
    message_id: 'm', timestamp: 't', role: 'user', content: 'My own words', prompt_tokens: 0, completion_tokens: 0,
    total_tokens: 0,
  } as const;
  await threads.keep({ conversation, message, vendorMessageId: 'SM1' });
  await directory.addOptOut({
    recipient: telephone,
    sender: '447700900002',
    at: '2026-11-02T08:00:00.000Z',
    source: 'reply',
  });
  const held = await exportPerson(ports, telephone);
  expect(held.conversations).toMatchObject([
    { recipient_first_name: 'Ada', project_data: conversation.project_data, messages: [{ content: 'My own words' }] },
  ]);
  expect(held.opt_outs).toMatchObject([{ senders: { 447700900002: { source: 'reply' } } }]);
  expect(held.request_guards).toMatchObject([
    { conversation: { primary_channel: telephone }, body_hash: 'a'.repeat(64) },
  ]);
  expect(held.not_in_this_export.join(' ')).toContain('Twilio and SendGrid');
});
