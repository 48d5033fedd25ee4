import type { Change } from '../../src/core/lifecycle/change';
import { CHANNELS } from '../../src/core/channel';
import { timestamp } from '../../src/core/ports/clock';
import type { Conversation, CompositionSnapshot } from '../../src/core/lifecycle/conversation';
import { STATUSES } from '../../src/core/lifecycle/conversation';
import { ATTEMPTS, TIMES, WAITS } from '../../src/core/lifecycle/limits';
import { processMessage } from '../../src/processor/process-message';
import type { ProcessorPorts, QueuedMessage } from '../../src/processor/processing';
import type { Around } from '../support/outside-calls';
import { aroundOutsideCalls } from '../support/outside-calls';
import { CREDENTIALS, ProcessorWorld } from '../support/processor-world';
import {
  SAMPLE_CREDENTIALS_SECRET,
  SAMPLE_MODEL_SECRET,
  sampleCompany,
  sampleCompanyWithTemplate,
} from '../support/sample-message';

const SECOND = 1000;
const TEXT = 'Hello Ada, which of your projects used a message queue?';
const DONE = { outcome: 'done' };

const FROZEN: CompositionSnapshot = {
  filled: { channel: 'sms', text: 'The frozen words.', segments: 1 },
  values: {},
  template_name: 'cv_question',
  template_version: 2,
  instructions_version: '0123456789abcdef',
  facts_hash: 'f'.repeat(64),
  verdicts: {},
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
};
const COMPOSED = { conversation_status: 'composed', composition: FROZEN } as const;

let world: ProcessorWorld;
beforeEach(() => {
  world = new ProcessorWorld();
});

async function run(
  conversation: Pick<Conversation, 'conversation_id'>,
  ports: ProcessorPorts = world.ports,
  message: Partial<QueuedMessage> = {},
) {
  return processMessage(world.message(conversation, message), ports, world.settings);
}

/** The world's ports with something happening just before the call of this name, or instead of it. */
function meanwhile(name: string, happen: () => Promise<unknown>): ProcessorPorts {
  const around: Around = async (called, call) => {
    if (called === name) await happen();
    return call();
  };
  return aroundOutsideCalls(world.ports, around);
}

/** Changes the record behind a worker's back. */
async function interfere(conversation: Conversation, changes: Partial<Conversation>): Promise<void> {
  world.conversations.seed({ ...(await world.record(conversation)), ...changes });
}

const failing = (name: string, times = Infinity) => {
  let failures = 0;
  return meanwhile(name, () => {
    failures += 1;
    return failures > times ? Promise.resolve() : Promise.reject(new Error('The database is out of reach.'));
  });
};

const statuses = (record: Conversation) => record.history.map((entry) => entry.status);

describe('an accepted message', () => {
  test('is composed, sent and recorded', async () => {
    const conversation = await world.accept();
    expect(await run(conversation)).toEqual(DONE);
    const record = await world.record(conversation);
    expect(statuses(record)).toEqual(['initiated', 'processing', 'sending', 'initial_message_sent']);
    expect(record).toMatchObject({
      vendor_message_id: 'vendor-1',
      delivery_status: 'accepted',
      attempt_count: 1,
      processor_version: '1.0.0',
      task_complete: 0,
      composition: { filled: { text: TEXT } },
      messages: [{ role: 'assistant', content: TEXT, timestamp: timestamp(world.clock.now()), total_tokens: 320 }],
    });
    expect(record).not.toHaveProperty('attention');
    expect(world.observer.counted('MessageSent')).toBe(1);
    expect(await world.senders.includes('+447700900002')).toBe(true);
    expect(world.observer.durations.map(({ metric }) => metric)).toEqual(
      expect.arrayContaining(['SendTime', 'AcceptedToSent']),
    );
  });

  test.each(CHANNELS)('goes to the vendor of %s with all that it needs', async (channel) => {
    world = new ProcessorWorld(channel);
    const conversation = await world.accept();
    await processMessage(world.message(conversation), world.ports, {
      ...world.settings,
      receiptUrl: 'https://receipts.example.com/status',
    });
    const record = await world.record(conversation);
    expect(world.provider.requests).toEqual([{
      message: record.composition?.filled,
      sender: { whatsapp: '+447700900001', sms: '+447700900002', email: 'talent@example.com' }[channel],
      recipient: conversation.primary_channel,
      credentials: CREDENTIALS,
      conversationId: conversation.conversation_id,
      attemptId: record.attempt_id,
      receiptUrl: 'https://receipts.example.com/status',
      validForSeconds: 24 * 60 * 60,
    }]);
    expect(record.composition?.filled.channel).toBe(channel);
  });

  test('is composed without a name where the template has none, and the facts hold none', async () => {
    const { first_name: _copied, ...variables } = sampleCompany().channel_config.sms.template.variables;
    world.directory.seedCompany(sampleCompanyWithTemplate({ variables, body: 'Hello, {{question}}' }));
    const conversation = await world.accept({ recipient_first_name: undefined, recipient_last_name: undefined });
    expect(await run(conversation)).toEqual(DONE);
    expect((await world.record(conversation)).composition?.filled.text).toBe(
      'Hello, which of your projects used a message queue?',
    );
    expect(world.model.requests[0]?.facts).toContain('"recipient_data":{}');
  });

  describe('whose model\'s words were refused for a fallback', () => {
    const question = { description: 'What to clarify.', max_length: 120, fallback: 'please call us.' };
    const { first_name } = sampleCompany().channel_config.sms.template.variables;
    const refused = (template: Readonly<Record<string, unknown>>) => {
      world.directory.seedCompany(sampleCompanyWithTemplate({ variables: { first_name, question }, ...template }));
      world.model.arrangeValues({ question: 'see https://evil.example.org' }, 2);
    };

    test.each([undefined, 'send'] as const)('is sent with it where the template says %s', async (on_fallback) => {
      refused({ on_fallback });
      const conversation = await world.accept();
      expect(await run(conversation)).toEqual(DONE);
      expect((await world.record(conversation)).composition).toMatchObject({
        filled: { text: 'Hello Ada, please call us.' }, verdicts: { question: 'fallback' },
      });
      expect(world.provider.accepted).toHaveLength(1);
    });

    test('waits for a person where the template says review', async () => {
      refused({ on_fallback: 'review' });
      const conversation = await world.accept();
      expect(await run(conversation)).toEqual(DONE);
      expect(await world.record(conversation)).toMatchObject({
        conversation_status: 'awaiting_review',
        failure_reason: 'fallback_used',
        failure_detail: 'question: unknown_link',
      });
      expect(world.provider.accepted).toEqual([]);
    });

    test('ends where the template says fail, and what the model cost is kept', async () => {
      refused({ on_fallback: 'fail' });
      const conversation = await world.accept();
      expect(await run(conversation)).toEqual(DONE);
      expect(await world.record(conversation)).toMatchObject({
        conversation_status: 'failed_to_process_ai',
        failure_reason: 'fallback_used',
        failure_detail: 'question: unknown_link',
        composition: { usage: { total_tokens: 640 } },
      });
    });

    test('is sent with the fallback of a variable that is not required, whatever the template says', async () => {
      refused({ on_fallback: 'fail', variables: { first_name, question: { ...question, required: false } } });
      const conversation = await world.accept();
      await run(conversation);
      expect((await world.record(conversation)).conversation_status).toBe('initial_message_sent');
    });

    test('is sent where a fallback stands for a fact that a variable copies: no model wrote there', async () => {
      const copied = { ...first_name, fallback: 'there' };
      world.directory.seedCompany(
        sampleCompanyWithTemplate({ on_fallback: 'fail', variables: { first_name: copied, question } }),
      );
      const conversation = await world.accept({ recipient_first_name: undefined });
      await run(conversation);
      expect((await world.record(conversation)).composition?.filled.text).toBe(
        'Hello there, which of your projects used a message queue?',
      );
    });
  });

  test('asks for no receipts where there is no endpoint for them', async () => {
    await run(await world.accept());
    expect(world.provider.requests[0]).not.toHaveProperty('receiptUrl');
  });

  test('leaves no word about its recipient in logs and metrics', async () => {
    await run(await world.accept());
    await run(
      await world.accept(
        { conversation_status: 'sending', send_deadline: timestamp(world.clock.now() - 1) },
        '9a4f8e1c-0b52-4c56-8f0e-6a1d2b3c4d5e',
      ),
    );
    world.provider.arrange({
      outcome: 'refused',
      reason: 'recipient_unreachable',
      retry: 'never',
      vendorCode: '21211',
    });
    await run(await world.accept({}, '0b0e6f0a-7f6c-4a55-9f0b-0d1c2b3a4f5e'));
    expect(world.observer.lines.length).toBeGreaterThan(2);
    expect(world.observer.everything()).not.toMatch(
      /Ada|Sample|900123|ada\.example|message queue|sample-credential|sample-model-key/,
    );
  });
});

describe('a queue body that leads to no record', () => {
  test.each([
    ['is not an identifier', 'not an identifier of Ada'],
    ['is longer than a key of the table', `a#b#${'x'.repeat(2000)}#s`],
    ['has a company that is longer than a key of the table', `${'x'.repeat(2048)}#b#c#s`],
    ['is longer in bytes than a key of the table', `a#b#${'é'.repeat(600)}#s`],
    ['is nothing but separators', '#'.repeat(100_000)],
    ['was never accepted', 'brightpath#cv-review#00000000-0000-4000-8000-000000000000#447700900002'],
    [
      'names another sender than the accepted request',
      'brightpath#cv-review#3f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90#447700900009',
    ],
  ])('because it %s is dropped, counted and not quoted', async (_name, body) => {
    const conversation = await world.accept();
    expect(await run({ conversation_id: body })).toEqual(DONE);
    expect(world.observer.counted('QueueBodyRefused')).toBe(1);
    expect(world.observer.everything()).not.toContain(body);
    expect(await world.record(conversation)).toEqual(conversation);
  });

  test.each([
    ['a JSON object', '{"company_data":{"company_id":"brightpath"},"recipient_data":{"recipient_first_name":"Ada"}}'],
    [
      "a JSON object with parts like an identifier's",
      ' {"conversation_id":"brightpath#cv-review#1#2", "recipient_first_name":"Ada"}',
    ],
  ])('is left to the dead letters if it may be a message of the engine before this one: %s', async (_name, body) => {
    expect(await run({ conversation_id: body })).toEqual({ outcome: 'failed' });
    expect(await run({ conversation_id: body }, world.ports, { receiveCount: 5 })).toEqual({ outcome: 'failed' });
    expect(world.observer.counted('QueueBodyRefused')).toBe(2);
    expect(world.observer.everything()).not.toContain('Ada');
  });

  test('because the record is gone is dropped and counted', async () => {
    const conversation = await world.accept();
    world.conversations.remove(conversation);
    expect(await run(conversation)).toEqual(DONE);
    expect(world.observer.counted('QueueBodyRefused')).toBe(1);
  });

  test.each(['initiated', 'composed'] as const)(
    'because the record (%s) is of another channel is dropped and leaves the record alone',
    async (status) => {
      const conversation = await world.accept({ channel_method: 'email', conversation_status: status });
      expect(await run(conversation)).toEqual(DONE);
      expect(world.observer.counted('QueueBodyRefused')).toBe(1);
      expect(await world.record(conversation)).toEqual(conversation);
    },
  );
});

describe('a message that is found', () => {
  const resting = STATUSES.filter(
    (status) => !['initiated', 'processing', 'composed', 'sending', 'awaiting_review'].includes(status),
  );

  test.each(resting)('%s is left as it is, and the queue message deleted', async (status) => {
    const conversation = await world.accept({ conversation_status: status });
    expect(await run(conversation)).toEqual(DONE);
    expect(await world.record(conversation)).toEqual(conversation);
    expect(world.provider.requests).toEqual([]);
    expect(world.model.requests).toEqual([]);
  });

  test('under another worker\'s lease comes back when that has run out', async () => {
    const lease = { lease_owner: 'other', lease_until: timestamp(world.clock.now() + 30 * SECOND) };
    const conversation = await world.accept({ conversation_status: 'processing', ...lease });
    expect(await run(conversation)).toEqual({ outcome: 'retry', afterSeconds: 31 });
    expect(await world.record(conversation)).toEqual(conversation);
  });

  test('under a lease that has run out is taken over and sent', async () => {
    const lease = { lease_owner: 'other', lease_until: timestamp(world.clock.now() - 1) };
    expect(await run(await world.accept({ conversation_status: 'processing', ...lease }))).toEqual(DONE);
    expect(world.provider.accepted).toHaveLength(1);
  });

  test('composed is sent with the frozen words, and the model is not asked again', async () => {
    const conversation = await world.accept(COMPOSED);
    expect(await run(conversation)).toEqual(DONE);
    expect(world.provider.accepted[0]?.message).toEqual(FROZEN.filled);
    expect(world.model.requests).toEqual([]);
    expect(world.secrets.reads).toEqual([SAMPLE_CREDENTIALS_SECRET]);
    expect((await world.record(conversation)).conversation_status).toBe('initial_message_sent');
  });

  test('composed but without words is a bug, and is told as one', async () => {
    const conversation = await world.accept({ conversation_status: 'composed' });
    await expect(run(conversation)).rejects.toThrow(/holds no words/);
    expect(world.provider.requests).toEqual([]);
  });

  test.each(['initiated', 'composed'] as const)(
    'waiting (%s) comes back at its time, also one that is half a day away',
    async (conversation_status) => {
      const wait = (milliseconds: number) => ({
        ...COMPOSED,
        conversation_status,
        retry_at: timestamp(world.clock.now() + milliseconds),
      });
      expect(await run(await world.accept(wait(40 * SECOND)))).toEqual({ outcome: 'retry', afterSeconds: 41 });
      expect(await run(await world.accept(wait(20 * 60 * 60 * SECOND)))).toEqual({
        outcome: 'retry',
        afterSeconds: 11 * 60 * 60,
      });
      expect(world.provider.requests).toEqual([]);
    },
  );

  test('in another worker\'s send comes back after its deadline', async () => {
    const conversation = await world.accept({
      conversation_status: 'sending',
      attempt_id: 'other',
      send_deadline: timestamp(world.clock.now() + 12 * SECOND),
    });
    expect(await run(conversation)).toEqual({ outcome: 'retry', afterSeconds: 13 });
    expect(await world.record(conversation)).toEqual(conversation);
  });

  test('in a send that nobody answered in time is marked unknown and never sent again', async () => {
    const conversation = await world.accept({
      conversation_status: 'sending',
      attempt_id: 'other',
      send_deadline: timestamp(world.clock.now() - 1),
    });
    expect(await run(conversation)).toEqual(DONE);
    expect((await world.record(conversation)).conversation_status).toBe('send_unknown');
    expect(world.observer.counted('SendUnknown')).toBe(1);
    expect(await run(conversation)).toEqual(DONE);
    expect(world.provider.requests).toEqual([]);
  });

  test('in a send whose answer another worker records at this moment comes back', async () => {
    const conversation = await world.accept({
      conversation_status: 'sending',
      attempt_id: 'other',
      send_deadline: timestamp(world.clock.now() - 1),
    });
    const ports = meanwhile('conversations.change expire send window', () =>
      interfere(conversation, { conversation_status: 'initial_message_sent' }),
    );
    expect(await run(conversation, ports)).toEqual({ outcome: 'retry', afterSeconds: 1 });
    expect(world.observer.counted('SendUnknown')).toBe(0);
  });

  test('waiting for a person is put before one again, since a worker may have died just before', async () => {
    const conversation = await world.accept({
      conversation_status: 'awaiting_review',
      hand_off_to_human_reason: 'proof_failed',
    });
    expect(await run(conversation)).toEqual(DONE);
    expect(world.handoff.items).toEqual([
      { conversationId: conversation.conversation_id, company: 'brightpath', reason: 'proof_failed' },
    ]);
  });
});

const STAGES = [['new', {}], ['composed', COMPOSED]] as const;

describe.each(STAGES)('a %s message', (stage, changes) => {
  const back = stage === 'new' ? 'initiated' : 'composed';

  /** `waited`: milliseconds since the request was accepted, and its recipient's opt-outs were read. */
  async function ends(ending: Partial<Conversation>, waited = 0): Promise<Conversation> {
    const conversation = await world.accept(changes);
    world.clock.advance(waited);
    expect(await run(conversation)).toEqual(DONE);
    const record = await world.record(conversation);
    expect(record).toMatchObject(ending);
    expect(record).not.toHaveProperty('attention');
    expect(world.provider.requests).toEqual([]);
    expect(world.model.requests).toEqual([]);
    return record;
  }

  test.each([
    [{ project_status: 'inactive' }, 'project_inactive'],
    [{ allowed_channels: ['email'] }, 'channel_not_allowed'],
    [{ allowed_channels: ['email'], channel_config: {} }, 'channel_not_allowed'],
  ] as const)('ends where the company record says %j', async (settings, reason) => {
    world.directory.seedCompany(sampleCompany(settings));
    await ends({ conversation_status: 'failed_unknown', failure_reason: reason });
    expect(world.observer.counted('MessageFailed')).toBe(1);
  });

  test('ends where the company is no more', async () => {
    world.directory.removeCompany('brightpath', 'cv-review');
    await ends({ conversation_status: 'failed_unknown', failure_reason: 'company_record_missing' });
  });

  test('waits for the repair of an incomplete company record, names each missing field and raises the alarm', async () => {
    world.directory.seedCompany(sampleCompany({ company_name: undefined, channel_config: { sms: {} } }));
    const conversation = await world.accept(changes);
    expect(await run(conversation)).toEqual({ outcome: 'retry', afterSeconds: 15 * 60 });
    const record = await world.record(conversation);
    expect(record).toMatchObject({
      conversation_status: back,
      failure_reason: 'company_record_incomplete',
      wait_count: 1,
    });
    expect(record.failure_detail).toBe(
      'company_name is missing; channel_config.sms.company_sms_number is missing; ' +
        'channel_config.sms.sms_credentials_id is missing; channel_config.sms.template is missing',
    );
    expect(world.observer.counted('ConfigurationFault')).toBe(1);
    world.directory.seedCompany(sampleCompany());
    world.clock.advance(15 * 60 * SECOND);
    expect(await run(conversation)).toEqual(DONE);
    expect(world.provider.accepted).toHaveLength(1);
  });

  test('ends as expired after its time, and tells why it waited last', async () => {
    const conversation = await world.accept(changes);
    world.secrets.put(SAMPLE_CREDENTIALS_SECRET, { outcome: 'unavailable' });
    await run(conversation);
    world.clock.advance(TIMES.validFor + 1);
    expect(await run(conversation)).toEqual(DONE);
    expect(await world.record(conversation)).toMatchObject({
      conversation_status: 'expired',
      failure_reason: 'expired',
      failure_detail: 'secret_unavailable',
    });
    expect(world.observer.counted('MessageExpired')).toBe(1);
  });

  test('ends as expired even if its company record is incomplete, and without a detail where it never waited', async () => {
    world.directory.seedCompany(sampleCompany({ channel_config: {} }));
    const conversation = await world.accept({ ...changes, send_before: timestamp(world.clock.now() - 1) });
    expect(await run(conversation)).toEqual(DONE);
    const record = await world.record(conversation);
    expect(record.conversation_status).toBe('expired');
    expect(record).not.toHaveProperty('failure_detail');
  });

  test('may still go at its last useful moment', async () => {
    const conversation = await world.accept({ ...changes, send_before: timestamp(world.clock.now()) });
    expect(await run(conversation)).toEqual(DONE);
    expect((await world.record(conversation)).conversation_status).toBe('initial_message_sent');
    expect(world.provider.requests[0]?.validForSeconds).toBe(1);
  });

  test('is suppressed where the recipient opted out of its sender', async () => {
    await world.directory.addOptOut({
      recipient: '+447700900123',
      sender: '447700900002',
      at: timestamp(0),
      source: 'inbound',
    });
    await ends({ conversation_status: 'suppressed', failure_reason: 'recipient_opted_out' }, TIMES.lease);
    expect(world.observer.counted('MessageSuppressed')).toBe(1);
  });

  test.each([
    ['the sender that the company has now', '447700900005'],
    ['the sender that it had when the request was accepted', '447700900002'],
  ])('is suppressed where the recipient opted out of %s', async (_name, sender) => {
    await world.directory.addOptOut({ recipient: '+447700900123', sender, at: timestamp(0), source: 'inbound' });
    const { sms } = sampleCompany().channel_config;
    world.directory.seedCompany(
      sampleCompany({ channel_config: { sms: { ...sms, company_sms_number: '+447700900005' } } }),
    );
    await ends({ conversation_status: 'suppressed' }, TIMES.lease);
  });

  test('that was accepted within a worker\'s life is suppressed too, at the latest before the send', async () => {
    const conversation = await world.accept(changes);
    world.clock.advance(TIMES.lease - 1);
    await world.directory.addOptOut({
      recipient: '+447700900123',
      sender: '447700900002',
      at: timestamp(0),
      source: 'inbound',
    });
    await run(conversation);
    expect((await world.record(conversation)).conversation_status).toBe('suppressed');
    expect(world.provider.requests).toEqual([]);
  });

  test('is sent where the recipient opted out of another sender', async () => {
    await world.directory.addOptOut({
      recipient: '+447700900123',
      sender: '447700900009',
      at: timestamp(0),
      source: 'inbound',
    });
    await run(await world.accept(changes));
    expect(world.provider.accepted).toHaveLength(1);
  });

  test.each([SAMPLE_CREDENTIALS_SECRET, SAMPLE_MODEL_SECRET])(
    'waits for the repair of a record that names %s, which is not its own company\'s',
    async (secret) => {
      world.secrets.put(secret, { outcome: 'not_permitted' });
      const conversation = await world.accept();
      expect(await run(conversation)).toMatchObject({ outcome: 'retry' });
      expect(await world.record(conversation)).toMatchObject({
        conversation_status: 'initiated',
        failure_reason: 'secret_not_permitted',
        failure_detail: secret,
      });
      expect(world.model.requests).toEqual([]);
      expect(world.observer.counted('ConfigurationFault')).toBe(1);
    },
  );

  test.each([
    ['missing', 'secret_missing'],
    ['malformed', 'secret_malformed'],
  ] as const)('ends where the credentials are %s', async (outcome, reason) => {
    world.secrets.put(SAMPLE_CREDENTIALS_SECRET, { outcome });
    await ends({
      conversation_status: 'failed_secrets_fetch',
      failure_reason: reason,
      failure_detail: SAMPLE_CREDENTIALS_SECRET,
    });
    expect(world.observer.counted('ConfigurationFault')).toBe(1);
    expect(world.observer.counted('MessageFailed')).toBe(1);
  });

  test('waits where the credentials cannot be read, longer each time, and raises the alarm once that lasts', async () => {
    world.secrets.put(SAMPLE_CREDENTIALS_SECRET, { outcome: 'unavailable' });
    const conversation = await world.accept(changes);
    const waits: number[] = [];
    for (let count = 0; count < 4; count += 1) {
      const outcome = await run(conversation);
      if (outcome.outcome !== 'retry') throw new Error('It did not wait.');
      waits.push(outcome.afterSeconds);
      expect(world.observer.counted('ConfigurationFault')).toBe(count < 3 ? 0 : 1);
      world.clock.advance(outcome.afterSeconds * SECOND);
    }
    expect(waits).toEqual([3, 5, 10, 20]);
    expect(await world.record(conversation)).toMatchObject({
      conversation_status: back,
      failure_reason: 'secret_unavailable',
      wait_count: 4,
    });
    world.secrets.put(SAMPLE_CREDENTIALS_SECRET, { outcome: 'found', fields: CREDENTIALS });
    expect(await run(conversation)).toEqual(DONE);
    expect(world.provider.accepted).toHaveLength(1);
  });

  test('ends as expired where it has waited too often', async () => {
    world.secrets.put(SAMPLE_CREDENTIALS_SECRET, { outcome: 'unavailable' });
    const conversation = await world.accept({ ...changes, wait_count: WAITS });
    expect(await run(conversation)).toEqual(DONE);
    expect(await world.record(conversation)).toMatchObject({
      conversation_status: 'expired', failure_detail: `secret_unavailable: ${SAMPLE_CREDENTIALS_SECRET}`,
    });
  });

  test('is left to the worker that took it over while this one met an obstacle', async () => {
    world.secrets.put(SAMPLE_CREDENTIALS_SECRET, { outcome: 'unavailable' });
    const conversation = await world.accept(changes);
    const ports = meanwhile('secrets.read', () => interfere(conversation, { conversation_status: 'expired' }));
    expect(await run(conversation, ports)).toEqual(DONE);
    expect((await world.record(conversation)).history).toHaveLength(stage === 'new' ? 2 : 1);
  });

  test('counts no end that another worker wrote', async () => {
    world.secrets.put(SAMPLE_CREDENTIALS_SECRET, { outcome: 'missing' });
    const conversation = await world.accept(changes);
    const ports = meanwhile('secrets.read', () =>
      interfere(conversation, { conversation_status: 'initial_message_sent' }),
    );
    expect(await run(conversation, ports)).toEqual(DONE);
    expect(world.observer.counted('MessageFailed')).toBe(0);
  });
});

describe('the model\'s key', () => {
  test.each([
    [{ outcome: 'missing' }, 'secret_missing'],
    [{ outcome: 'malformed' }, 'secret_malformed'],
    [{ outcome: 'found', fields: { other: 'field' } }, 'secret_malformed'],
  ] as const)('that reads %j ends the message', async (result, reason) => {
    world.secrets.put(SAMPLE_MODEL_SECRET, result);
    const conversation = await world.accept();
    expect(await run(conversation)).toEqual(DONE);
    expect(await world.record(conversation)).toMatchObject({
      conversation_status: 'failed_secrets_fetch', failure_reason: reason, failure_detail: SAMPLE_MODEL_SECRET,
    });
    expect(world.model.requests).toEqual([]);
  });

  test('a template that only copies needs no model, and so no key for one', async () => {
    const company = sampleCompany();
    const { template, ...settings } = company.channel_config.sms;
    const question = { ...template.variables.question, copy_of: 'project_data.open_point' };
    const copied = { ...template, variables: { ...template.variables, question } };
    world.directory.seedCompany({
      ...company,
      channel_config: { ...company.channel_config, sms: { ...settings, template: copied } },
    });
    world.secrets.put(SAMPLE_MODEL_SECRET, { outcome: 'missing' });
    const conversation = await world.accept();
    expect(await run(conversation)).toEqual(DONE);
    expect(await world.record(conversation)).toMatchObject({ conversation_status: 'initial_message_sent' });
    expect(world.secrets.reads).toEqual([SAMPLE_CREDENTIALS_SECRET]);
    expect(world.model.requests).toEqual([]);
  });

  test('that cannot be read makes the message wait', async () => {
    world.secrets.put(SAMPLE_MODEL_SECRET, { outcome: 'unavailable' });
    expect(await run(await world.accept())).toEqual({ outcome: 'retry', afterSeconds: 3 });
  });
});

describe('composing', () => {
  test('waits for a model that is unavailable, as long as it asks', async () => {
    world.model.arrange({ outcome: 'unavailable', retryAfterSeconds: 40 });
    const conversation = await world.accept();
    expect(await run(conversation)).toEqual({ outcome: 'retry', afterSeconds: 45 });
    const record = await world.record(conversation);
    expect(record).toMatchObject({
      conversation_status: 'initiated',
      failure_reason: 'model_unavailable',
      wait_count: 1,
    });
    expect(record).not.toHaveProperty('lease_owner');
    world.clock.advance(45 * SECOND);
    expect(await run(conversation)).toEqual(DONE);
    expect(statuses(await world.record(conversation))).toEqual([
      'initiated', 'processing', 'initiated', 'processing', 'sending', 'initial_message_sent',
    ]);
  });

  test('with a slow model costs nothing twice: an answer that leaves no time for it is sent by the next worker', async () => {
    const conversation = await world.accept();
    const slow = meanwhile('model.fill', () => Promise.resolve(world.clock.advance(50 * SECOND)));
    expect(await run(conversation, slow)).toEqual({ outcome: 'retry', afterSeconds: 1 });
    expect(await world.record(conversation)).toMatchObject({
      conversation_status: 'composed',
      composition: { filled: { text: TEXT } },
    });
    world.clock.advance(SECOND);
    expect(await run(conversation)).toEqual(DONE);
    expect(world.model.requests).toHaveLength(1);
  });

  test('waits for a model that says nothing about when', async () => {
    world.model.arrange({ outcome: 'unavailable' });
    expect(await run(await world.accept())).toEqual({ outcome: 'retry', afterSeconds: 3 });
  });

  test('waits for the operator where the model refuses the key, and raises the alarm', async () => {
    world.model.arrange({ outcome: 'misconfigured', code: 'invalid_api_key' });
    const conversation = await world.accept();
    expect(await run(conversation)).toEqual({ outcome: 'retry', afterSeconds: 15 * 60 });
    expect(await world.record(conversation)).toMatchObject({
      conversation_status: 'initiated', failure_reason: 'model_misconfigured', failure_detail: 'invalid_api_key',
    });
    expect(world.observer.counted('ConfigurationFault')).toBe(1);
  });

  test('ends as expired where the model asks for more time than the message has', async () => {
    world.model.arrange({ outcome: 'unavailable', retryAfterSeconds: 600 });
    const conversation = await world.accept({ send_before: timestamp(world.clock.now() + 300 * SECOND) });
    expect(await run(conversation)).toEqual(DONE);
    expect(await world.record(conversation)).toMatchObject({
      conversation_status: 'expired',
      failure_detail: 'model_unavailable',
    });
  });

  test('hands what cannot be proved to a person, after the record knows', async () => {
    world.model.arrangeValues({ question: 'please visit https://evil.example.org now' }, 2);
    const conversation = await world.accept();
    expect(await run(conversation)).toEqual(DONE);
    const record = await world.record(conversation);
    expect(record).toMatchObject({
      conversation_status: 'awaiting_review',
      attention: 'review',
      failure_reason: 'proof_failed',
      hand_off_to_human: true,
    });
    expect(record.failure_detail).toMatch(/question/);
    expect(world.handoff.items).toEqual([
      { conversationId: conversation.conversation_id, company: 'brightpath', reason: 'proof_failed' },
    ]);
    expect(world.observer.counted('MessageForReview')).toBe(1);
    expect(world.provider.requests).toEqual([]);
  });

  test('hands the proved words to a person first where the company asks for it', async () => {
    world.directory.seedCompany(sampleCompany({ auto_queue_initial_message: true }));
    const conversation = await world.accept();
    expect(await run(conversation)).toEqual(DONE);
    expect(await world.record(conversation)).toMatchObject({
      conversation_status: 'awaiting_review',
      hand_off_to_human_reason: 'review_requested',
      composition: { filled: { text: TEXT } },
    });
    expect(world.handoff.items[0]?.reason).toBe('review_requested');
    expect(world.provider.requests).toEqual([]);
  });

  test('gives the model the same time wherever a worker has plenty, and no more than the worker has beside the send', async () => {
    const budgets: number[] = [];
    for (const [digit, seconds] of [
      ['1', 60],
      ['2', 52],
      ['3', 21],
    ] as const) {
      const conversation = await world.accept({}, `${digit}a4f8e1c-0b52-4c56-8f0e-6a1d2b3c4d5e`);
      await run(conversation, world.ports, { finishBy: world.clock.now() + seconds * SECOND });
      budgets.push(world.model.requests.at(-1)?.timeBudgetMilliseconds ?? 0);
    }
    const [plenty = 0, enough, little = 0] = budgets;
    expect(plenty).toBe(enough);
    expect(plenty).toBeLessThanOrEqual(TIMES.modelTimeout);
    expect(little).toBeGreaterThan(0);
    expect(little).toBeLessThanOrEqual(6 * SECOND);
  });

  test('is not begun with less than five seconds for the model; the message is given back and has lost nothing', async () => {
    const conversation = await world.accept();
    expect(await run(conversation, world.ports, { finishBy: world.clock.now() + 20 * SECOND - 1 })).toEqual({
      outcome: 'retry',
      afterSeconds: 1,
    });
    const record = await world.record(conversation);
    expect(record).toMatchObject({ conversation_status: 'initiated', wait_count: 0 });
    expect(record).not.toHaveProperty('failure_reason');
    expect(world.model.requests).toEqual([]);
  });

  test.each([
    ['words', {}],
    ['an unproved value', { question: 'please visit https://evil.example.org now' }],
  ])('leaves the record to a worker that took the lease meanwhile, whatever came of it: %s', async (_name, values) => {
    world.model.arrangeValues({ question: 'which of your projects used a message queue?', ...values }, 2);
    const conversation = await world.accept();
    const lease = { lease_owner: 'other', lease_until: timestamp(world.clock.now() + 30 * SECOND) };
    const outcome = await run(conversation, meanwhile('model.fill', () => interfere(conversation, lease)));
    expect(outcome).toEqual({ outcome: 'retry', afterSeconds: 31 });
    expect(await world.record(conversation)).toMatchObject({ conversation_status: 'processing', lease_owner: 'other' });
    expect(world.provider.requests).toEqual([]);
    expect(world.handoff.items).toEqual([]);
  });

  test('comes back to words that another worker froze meanwhile', async () => {
    const conversation = await world.accept();
    expect(
      await run(
        conversation,
        meanwhile('model.fill', () => interfere(conversation, COMPOSED)),
      ),
    ).toEqual({ outcome: 'retry', afterSeconds: 1 });
    expect(world.provider.requests).toEqual([]);
  });

  test('heeds a stop word that came while the model was at work', async () => {
    const conversation = await world.accept();
    const stop = { recipient: '+447700900123', sender: '447700900002', at: timestamp(0), source: 'inbound' };
    expect(await run(conversation, meanwhile('model.fill', () => world.directory.addOptOut(stop)))).toEqual(DONE);
    expect((await world.record(conversation)).conversation_status).toBe('suppressed');
    expect(world.provider.requests).toEqual([]);
  });

  test('ends quietly where the record vanished under it', async () => {
    const conversation = await world.accept();
    const ports = meanwhile('model.fill', () => Promise.resolve(world.conversations.remove(conversation)));
    expect(await run(conversation, ports)).toEqual(DONE);
    expect(world.provider.requests).toEqual([]);
  });
});

describe('claiming the send', () => {
  test('is not done with less time than vendor and record need; the words are kept', async () => {
    const conversation = await world.accept(COMPOSED);
    expect(await run(conversation, world.ports, { finishBy: world.clock.now() + 13 * SECOND - 1 })).toEqual({
      outcome: 'retry',
      afterSeconds: 1,
    });
    expect(await world.record(conversation)).toEqual(conversation);
    expect(await run(conversation, world.ports, { finishBy: world.clock.now() + 13 * SECOND })).toEqual(DONE);
    expect(world.provider.accepted).toHaveLength(1);
  });

  test('is done by one worker only; the other comes back after the deadline', async () => {
    const conversation = await world.accept(COMPOSED);
    const claimed = {
      conversation_status: 'sending',
      attempt_id: 'other',
      send_deadline: timestamp(world.clock.now() + 20 * SECOND),
    } as const;
    const ports = meanwhile('conversations.change claim send', () => interfere(conversation, claimed));
    expect(await run(conversation, ports)).toEqual({ outcome: 'retry', afterSeconds: 21 });
    expect(world.provider.requests).toEqual([]);
  });

  test('ends the message where its attempts are used up', async () => {
    const conversation = await world.accept({ ...COMPOSED, attempt_count: ATTEMPTS });
    expect(await run(conversation)).toEqual(DONE);
    expect(await world.record(conversation)).toMatchObject({
      conversation_status: 'failed_to_send_message',
      failure_reason: 'attempts_exhausted',
    });
  });

  test.each([
    [10 * SECOND, 0],
    [10 * SECOND - 1, 1],
  ])('that took %p ms leaves time for %p sends before the deadline', async (duration, sends) => {
    const conversation = await world.accept(COMPOSED);
    const slow = meanwhile('conversations.change claim send', () => Promise.resolve(world.clock.advance(duration)));
    const outcome = await run(conversation, slow);
    expect(world.provider.requests).toHaveLength(sends);
    if (sends === 0) {
      expect(outcome).toEqual({ outcome: 'retry', afterSeconds: 1 });
      expect(await world.record(conversation)).toMatchObject({ conversation_status: 'composed', attempt_count: 0 });
      expect(await run(conversation)).toEqual(DONE);
    }
    expect(world.provider.accepted).toHaveLength(1);
  });

  test('freezes the words in the same write; a message that expired meanwhile keeps them and ends', async () => {
    const conversation = await world.accept();
    const slow = meanwhile('conversations.change persist composition and claim send', () =>
      interfere(conversation, { send_before: timestamp(world.clock.now() - 1) }),
    );
    expect(await run(conversation, slow)).toEqual({ outcome: 'retry', afterSeconds: 1 });
    expect(await world.record(conversation)).toMatchObject({
      conversation_status: 'composed',
      attempt_count: 0,
      messages: [{ role: 'assistant' }],
    });
    expect(await run(conversation)).toEqual(DONE);
    expect(await world.record(conversation)).toMatchObject({
      conversation_status: 'expired',
      failure_reason: 'expired',
    });
    expect(world.provider.requests).toEqual([]);
    expect(world.model.requests).toHaveLength(1);
  });

  test('with less time than vendor and record need freezes the words alone, so that the model is not paid again', async () => {
    const conversation = await world.accept();
    const slow = meanwhile('directory.optedOutOf', () => Promise.resolve(world.clock.advance(50 * SECOND)));
    await interfere(conversation, { created_at: timestamp(world.clock.now() - 50 * SECOND) });
    expect(await run(conversation, slow, { finishBy: world.clock.now() + 60 * SECOND })).toEqual({
      outcome: 'retry',
      afterSeconds: 1,
    });
    expect(await world.record(conversation)).toMatchObject({ conversation_status: 'composed', attempt_count: 0 });
    expect(await run(conversation)).toEqual(DONE);
    expect(world.provider.accepted).toHaveLength(1);
    expect(world.model.requests).toHaveLength(1);
  });

  test('is not done where nobody can tell who has opted out; the words are kept, and the model is not paid again', async () => {
    const conversation = await world.accept();
    await expect(run(conversation, failing('directory.optedOutOf'))).rejects.toThrow('out of reach');
    expect(await world.record(conversation)).toMatchObject({
      conversation_status: 'composed',
      attempt_count: 0,
      messages: [{ role: 'assistant' }],
    });
    expect(await run(conversation)).toEqual(DONE);
    expect(world.provider.accepted).toHaveLength(1);
    expect(world.model.requests).toHaveLength(1);
  });

  test('is left to another worker where the lease was lost meanwhile', async () => {
    const conversation = await world.accept();
    const lease = { lease_owner: 'other', lease_until: timestamp(world.clock.now() + 40 * SECOND) } as const;
    const ports = meanwhile('conversations.change persist composition and claim send', () =>
      interfere(conversation, lease),
    );
    expect(await run(conversation, ports)).toEqual({ outcome: 'retry', afterSeconds: 41 });
    expect(await world.record(conversation)).toMatchObject({ conversation_status: 'processing', lease_owner: 'other' });
    expect(world.provider.requests).toEqual([]);
  });

  test('whose answer is lost is given back: nothing was sent', async () => {
    const conversation = await world.accept(COMPOSED);
    const around: Around = async (name, call) => {
      const value = await call();
      if (name === 'conversations.change claim send') throw new Error('The database did not answer.');
      return value;
    };
    await expect(run(conversation, aroundOutsideCalls(world.ports, around))).rejects.toThrow('did not answer');
    expect(await world.record(conversation)).toMatchObject({ conversation_status: 'composed', attempt_count: 0 });
    expect(world.provider.requests).toEqual([]);
  });
});

describe('the vendor\'s answer', () => {
  const refused = { outcome: 'refused', reason: 'recipient_unreachable', retry: 'never', vendorCode: '21211' } as const;

  test('that refuses for good ends the message', async () => {
    world.provider.arrange(refused);
    const conversation = await world.accept();
    expect(await run(conversation)).toEqual(DONE);
    expect(await world.record(conversation)).toMatchObject({
      conversation_status: 'failed_to_send_message', failure_reason: 'recipient_unreachable', failure_detail: '21211',
    });
    expect(world.observer.counted('MessageFailed')).toBe(1);
    expect(world.observer.counted('ConfigurationFault')).toBe(0);
  });

  test.each(['sender_misconfigured', 'template_rejected', 'region_not_permitted'] as const)(
    'that refuses for good as %s raises the alarm',
    async (reason) => {
      world.provider.arrange({ ...refused, reason });
      await run(await world.accept());
      expect(world.observer.counted('ConfigurationFault')).toBe(1);
    },
  );

  test('that the recipient opted out is kept for every later message, before the record\'s step', async () => {
    world.provider.arrange({ ...refused, reason: 'recipient_opted_out', vendorCode: '21610' });
    const conversation = await world.accept();
    const optedOut: unknown[] = [];
    const ports = meanwhile('conversations.change refuse send', async () =>
      optedOut.push(await world.directory.optedOutOf({ recipient: '+447700900123', company: 'brightpath' })),
    );
    expect(await run(conversation, ports)).toEqual(DONE);
    expect(optedOut).toEqual([['447700900002']]);
    expect((await world.record(conversation)).conversation_status).toBe('suppressed');
    expect(world.observer.counted('MessageSuppressed')).toBe(1);
  });

  test('that the recipient opted out leaves the record in the send where the opt-out cannot be kept', async () => {
    world.provider.arrange({ ...refused, reason: 'recipient_opted_out' });
    const conversation = await world.accept();
    const outcome = await run(conversation, failing('directory.addOptOut'));
    expect(outcome.outcome).toBe('retry');
    expect((await world.record(conversation)).conversation_status).toBe('sending');
  });

  test.each([
    [{ outcome: 'not_sent', detail: '429', retryAfterSeconds: 40 }, 45, 'vendor_busy', '429'],
    [{ outcome: 'not_sent', detail: 'connection refused' }, 3, 'vendor_busy', 'connection refused'],
    [{ outcome: 'refused', reason: 'vendor_busy', retry: 'soon', vendorCode: '63017' }, 3, 'vendor_busy', '63017'],
    [
      { outcome: 'refused', reason: 'vendor_busy', retry: 'soon', vendorCode: '20429', retryAfterSeconds: 80 },
      90,
      'vendor_busy',
      '20429',
    ],
    [
      { outcome: 'refused', reason: 'vendor_daily_limit', retry: 'next_day', vendorCode: '63038' },
      11 * 60 * 60,
      'vendor_daily_limit',
      '63038',
    ],
    [
      { outcome: 'refused', reason: 'sender_misconfigured', retry: 'after_configuration', vendorCode: '20003' },
      15 * 60,
      'sender_misconfigured',
      '20003',
    ],
  ] as const)(
    '%j makes the message wait for %p s and costs no attempt',
    async (answer, afterSeconds, reason, detail) => {
      world.provider.arrange(answer);
      const conversation = await world.accept();
      expect(await run(conversation)).toEqual({ outcome: 'retry', afterSeconds });
      expect(await world.record(conversation)).toMatchObject({
        conversation_status: 'composed',
        attempt_count: 0,
        wait_count: 1,
        failure_reason: reason,
        failure_detail: detail,
      });
      expect(world.observer.counted('ConfigurationFault')).toBe(reason === 'sender_misconfigured' ? 1 : 0);
      world.clock.advance(16 * 60 * 60 * SECOND);
      expect(await run(conversation)).toEqual(DONE);
      expect(world.provider.accepted).toHaveLength(1);
      expect(world.provider.requests[0]?.message).toEqual(world.provider.requests[1]?.message);
      expect(world.provider.requests[0]?.attemptId).not.toBe(world.provider.requests[1]?.attemptId);
      expect(world.model.requests).toHaveLength(1);
    },
  );

  test('that always asks to wait ends the message as expired', async () => {
    world.provider.arrange({ outcome: 'not_sent', detail: '429' }, 1000);
    const conversation = await world.accept();
    let outcome = await run(conversation);
    while (outcome.outcome === 'retry') {
      world.clock.advance(outcome.afterSeconds * SECOND);
      outcome = await run(conversation);
    }
    const record = await world.record(conversation);
    expect(record).toMatchObject({
      conversation_status: 'expired',
      failure_reason: 'expired',
      failure_detail: 'vendor_busy: 429',
    });
    expect(world.provider.requests.length).toBeLessThanOrEqual(WAITS + 1);
    expect(world.clock.now() - Date.parse(conversation.created_at)).toBeGreaterThan(TIMES.validFor / 2);
  });

  test('that asks for more time than the message has leaves no record that could be tried early, should the worker die', async () => {
    world.provider.arrange({ outcome: 'not_sent', detail: '429', retryAfterSeconds: 6 * 60 * 60 });
    const conversation = await world.accept({ send_before: timestamp(world.clock.now() + 300 * SECOND) });
    await expect(run(conversation, failing('conversations.change fail while composed'))).rejects.toThrow(
      'out of reach',
    );
    const outcome = await run(conversation);
    expect(outcome).toEqual({ outcome: 'retry', afterSeconds: 301 });
    world.clock.advance(301 * SECOND);
    expect(await run(conversation)).toEqual(DONE);
    expect((await world.record(conversation)).conversation_status).toBe('expired');
    expect(world.provider.requests).toHaveLength(1);
  });

  test('that is lost is never followed by a second send', async () => {
    world.provider.arrangeLostAnswer();
    const conversation = await world.accept();
    expect(await run(conversation)).toEqual(DONE);
    expect(await world.record(conversation)).toMatchObject({
      conversation_status: 'send_unknown', failure_reason: 'answer_lost', failure_detail: 'no answer within 10 s',
    });
    expect(world.observer.counted('SendUnknown')).toBe(1);
    expect(await run(conversation)).toEqual(DONE);
    expect(world.provider.requests).toHaveLength(1);
  });

  test('of an adapter with a bug counts as lost', async () => {
    const bug = new Error('a property of nothing was read');
    world.provider.arrangeBug(bug);
    const conversation = await world.accept();
    expect(await run(conversation)).toEqual(DONE);
    expect((await world.record(conversation)).conversation_status).toBe('send_unknown');
    expect(world.observer.lines.filter(({ level }) => level === 'error')).toMatchObject([{ error: bug }]);
  });

  test('that comes after a receipt only adds the vendor\'s identifier', async () => {
    const conversation = await world.accept();
    const receipt = () =>
      interfere(conversation, { conversation_status: 'initial_message_sent', delivery_status: 'delivered' });
    expect(await run(conversation, meanwhile('conversations.change record sent', receipt))).toEqual(DONE);
    expect(await world.record(conversation)).toMatchObject({
      vendor_message_id: 'vendor-1',
      delivery_status: 'delivered',
    });
    expect(world.observer.counted('MessageSent')).toBe(1);
  });

  test('that comes after a receipt which knew the identifier changes nothing', async () => {
    const conversation = await world.accept();
    const receipt = {
      conversation_status: 'initial_message_sent',
      vendor_message_id: 'vendor-1',
      delivery_status: 'delivered',
    } as const;
    expect(
      await run(
        conversation,
        meanwhile('conversations.change record sent', () => interfere(conversation, receipt)),
      ),
    ).toEqual(DONE);
    expect(await world.record(conversation)).toMatchObject(receipt);
    expect(world.observer.counted('SentNotRecorded')).toBe(0);
  });

  test('that was marked lost meanwhile still proves the message as sent', async () => {
    const conversation = await world.accept();
    const ports = meanwhile('conversations.change record sent', () =>
      interfere(conversation, { conversation_status: 'send_unknown' }),
    );
    expect(await run(conversation, ports)).toEqual(DONE);
    expect((await world.record(conversation)).conversation_status).toBe('initial_message_sent');
  });

  test('that an older attempt was accepted, with a newer one under way, is the operator\'s to see', async () => {
    const conversation = await world.accept();
    const ports = meanwhile('conversations.change record sent', () =>
      interfere(conversation, { conversation_status: 'composed', attempt_id: 'newer' }),
    );
    expect(await run(conversation, ports)).toEqual({ outcome: 'retry', afterSeconds: 1 });
    expect(world.observer.counted('SentNotRecorded')).toBe(1);
    expect(world.observer.counted('MessageSent')).toBe(0);
  });
});

describe('a database that is out of reach after the send', () => {
  test('is tried again, with growing pauses', async () => {
    const conversation = await world.accept();
    expect(await run(conversation, failing('conversations.change record sent', 3))).toEqual(DONE);
    expect((await world.record(conversation)).conversation_status).toBe('initial_message_sent');
    expect(world.clock.slept).toEqual([300, 600, 1200]);
    expect(world.observer.counted('SentNotRecorded')).toBe(0);
  });

  test('for too long leaves the send to be found unknown, and never repeats it', async () => {
    const conversation = await world.accept();
    const outcome = await run(conversation, failing('conversations.change record sent'));
    expect(outcome).toEqual({ outcome: 'retry', afterSeconds: 11 });
    expect(world.clock.slept).toHaveLength(5);
    expect(world.observer.counted('SentNotRecorded')).toBe(1);
    expect(world.observer.everything()).toContain('vendor-1');
    world.clock.advance(11 * SECOND);
    expect(await run(conversation)).toEqual(DONE);
    expect((await world.record(conversation)).conversation_status).toBe('send_unknown');
    expect(world.provider.accepted).toHaveLength(1);
  });

  test('is not tried beyond the worker\'s time', async () => {
    const conversation = await world.accept(COMPOSED);
    world.provider.delay = () => world.clock.advance(12_500);
    await run(conversation, failing('conversations.change record sent'), { finishBy: world.clock.now() + 13 * SECOND });
    expect(world.clock.slept).toEqual([300]);
    expect(world.observer.counted('SentNotRecorded')).toBe(1);
  });

  test.each([
    ['a refusal', { outcome: 'refused', reason: 'content_rejected', retry: 'never', vendorCode: '30007' }],
    ['a wait', { outcome: 'not_sent', detail: '429' }],
    ['a lost answer', { outcome: 'unknown', detail: 'reset' }],
  ] as const)('makes of %s an unknown outcome', async (_name, answer) => {
    world.provider.arrange(answer);
    const conversation = await world.accept();
    const names = ['refuse send', 'release send claim', 'mark send unknown'].map(
      (name) => `conversations.change ${name}`,
    );
    const around: Around = (name, call) =>
      names.includes(name) ? Promise.reject(new Error('The database is out of reach.')) : call();
    expect(await run(conversation, aroundOutsideCalls(world.ports, around))).toMatchObject({ outcome: 'retry' });
    expect((await world.record(conversation)).conversation_status).toBe('sending');
    expect(world.observer.counted('SentNotRecorded')).toBe(0);
  });

  test('before the send is a failure of the whole message, which the queue repeats', async () => {
    const conversation = await world.accept();
    await expect(run(conversation, failing('conversations.change take lease'))).rejects.toThrow('out of reach');
    await expect(run(conversation, failing('directory.loadForProcessing'))).rejects.toThrow('out of reach');
  });
});

describe('the last receive that the queue allows', () => {
  test('puts a fresh copy in the place of a message that waits', async () => {
    world.model.arrange({ outcome: 'unavailable', retryAfterSeconds: 40 });
    const conversation = await world.accept();
    expect(await run(conversation, world.ports, { receiveCount: 5 })).toEqual(DONE);
    expect(world.queue.enqueued).toEqual([
      { channel: 'sms', conversationId: conversation.conversation_id, company: 'brightpath', delaySeconds: 45 },
    ]);
  });

  test('delays the copy for as long as a queue can', async () => {
    world.provider.arrange({
      outcome: 'refused',
      reason: 'vendor_daily_limit',
      retry: 'next_day',
      vendorCode: '63038',
    });
    await run(await world.accept(), world.ports, { receiveCount: 6 });
    expect(world.queue.enqueued).toMatchObject([{ delaySeconds: 900 }]);
  });

  test('is nothing special for a message that is done, nor an earlier one for a message that waits', async () => {
    await run(await world.accept(), world.ports, { receiveCount: 5 });
    world.model.arrange({ outcome: 'unavailable' });
    const waiting = await world.accept({}, '9a4f8e1c-0b52-4c56-8f0e-6a1d2b3c4d5e');
    expect(await run(waiting, world.ports, { receiveCount: 4 })).toMatchObject({ outcome: 'retry' });
    expect(world.queue.enqueued).toEqual([]);
  });
});

test('a message is never changed but by the transitions of its life', async () => {
  const names: string[] = [];
  const ports = {
    ...world.ports,
    conversations: {
      find: world.ports.conversations.find.bind(world.ports.conversations),
      change: (key: Parameters<ProcessorPorts['conversations']['change']>[0], change: Change) => {
        names.push(change.name);
        return world.conversations.change(key, change);
      },
    },
  };
  await run(await world.accept(), ports);
  expect(names).toEqual(['take lease', 'persist composition and claim send', 'record sent']);
});
