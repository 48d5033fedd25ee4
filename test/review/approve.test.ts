import { timestamp } from '../../src/core/ports/clock';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { TIMES } from '../../src/core/lifecycle/limits';
import { approve } from '../../src/review/approve';
import { sampleCompany, sampleCompanyWithTemplate } from '../support/sample-message';
import { INVENTED_LINK, REVIEWER, ReviewWorld } from './review-world';

const TEXT = 'Hello Ada, which of your projects used a message queue?';

let world: ReviewWorld;
beforeEach(() => {
  world = new ReviewWorld();
});

const approving = (conversation: Pick<Conversation, 'conversation_id'>, values?: Readonly<Record<string, string>>) =>
  approve(
    { conversationId: conversation.conversation_id, reviewer: REVIEWER, ...(values ? { values } : {}) },
    world.reviewPorts,
  );

const statuses = (record: Conversation) => record.history.map(({ status }) => status);

describe('a message that the company wants a person to see', () => {
  test('goes as the person saw it, and the record tells who let it go and when', async () => {
    const held = await world.heldByFlag();
    const at = timestamp(world.clock.now());
    expect(await approving(held)).toMatchObject({ outcome: 'approved' });
    const approved = await world.record(held);
    expect(approved).toMatchObject({
      conversation_status: 'composed', composition: held.composition, hand_off_to_human: false,
      review: { decision: 'approved', reviewer: REVIEWER, at, held_for: 'review_requested' },
      messages: [{ role: 'assistant', content: TEXT, total_tokens: 320 }],
      attention: 'stuck#3', due_at: timestamp(world.clock.now() + TIMES.reconcileAfter),
    });
    expect(approved.history.at(-1)).toEqual({ at, status: 'composed', by: REVIEWER });
    for (const name of ['failure_reason', 'hand_off_to_human_reason', 'lease_owner']) {
      expect(approved).not.toHaveProperty(name);
    }
    expect(world.queue.enqueued).toEqual([
      { channel: 'sms', conversationId: held.conversation_id, company: 'brightpath' },
    ]);
    await world.work(held);
    expect((await world.record(held)).conversation_status).toBe('initial_message_sent');
    expect(world.provider.accepted.map(({ message }) => message.text)).toEqual([TEXT]);
    expect(world.model.requests).toHaveLength(1);
  });

  test('goes with the words that the person put in the place of the model\'s', async () => {
    const held = await world.heldByFlag();
    expect(await approving(held, { question: 'did you use a message queue?' })).toMatchObject({ outcome: 'approved' });
    await world.work(held);
    expect(world.provider.accepted.map(({ message }) => message.text)).toEqual([
      'Hello Ada, did you use a message queue?',
    ]);
    expect((await world.record(held)).review?.edited).toEqual(['question']);
    expect((await world.record(held)).composition?.verdicts).toEqual({ first_name: 'copied', question: 'proved' });
  });

  test('does not go with words that the facts do not hold', async () => {
    const held = await world.heldByFlag();
    const result = await approving(held, { question: INVENTED_LINK });
    expect(result).toMatchObject({ outcome: 'unproved', detail: 'question: unknown_link' });
    expect(JSON.stringify(result.outcome === 'unproved' && [result.detail, result.faults])).not.toContain('evil');
    expect(await world.record(held)).toEqual(held);
    expect(world.queue.enqueued).toEqual([]);
  });

  test.each([
    ['no such variable', { rumour: 'x' }, 'rumour: unknown_variable'],
    ['a line break', { question: '' }, 'question: empty'],
  ])('does not go with %s', async (_name, values, detail) => {
    expect(await approving(await world.heldByFlag(), values)).toMatchObject({ outcome: 'unproved', detail });
  });
});

describe('a message whose proof failed', () => {
  test('does not go as it is: its open variables are named', async () => {
    const held = await world.heldByProof();
    expect(await approving(held)).toMatchObject({ outcome: 'unproved', detail: 'question: missing' });
    expect((await world.record(held)).conversation_status).toBe('awaiting_review');
  });

  test('goes once a person has written what was open; the model\'s part of the record stays', async () => {
    const held = await world.heldByProof();
    expect(await approving(held, { question: 'did you use a message queue?' })).toMatchObject({ outcome: 'approved' });
    const record = await world.record(held);
    expect(record.composition).toEqual({
      ...held.composition,
      filled: { channel: 'sms', text: 'Hello Ada, did you use a message queue?', segments: 1 },
      values: { first_name: 'Ada', question: 'did you use a message queue?' },
      verdicts: { first_name: 'copied', question: 'proved' },
    });
    expect(record.composition?.usage.total_tokens).toBe(640);
    await world.work(held);
    expect(world.provider.accepted).toHaveLength(1);
  });

  test('goes by the fallback that its template has been given since', async () => {
    const held = await world.heldByProof();
    const company = sampleCompany();
    const { template } = company.channel_config.sms;
    const variables = {
      ...template.variables,
      question: { ...template.variables.question, fallback: 'please call us.' },
    };
    const sms = { ...company.channel_config.sms, template: { ...template, version: 4, variables } };
    world.directory.seedCompany({ ...company, channel_config: { ...company.channel_config, sms } });
    expect(await approving(held)).toMatchObject({ outcome: 'approved' });
    expect((await world.record(held)).composition).toMatchObject({
      filled: { text: 'Hello Ada, please call us.' },
      template_version: 4,
      verdicts: { question: 'fallback' },
    });
  });

  test.each([['whatsapp', '2'], ['email', 'question']] as const)('goes by %s too', async (channel, name) => {
    world = new ReviewWorld(channel);
    const held = await world.heldByProof();
    expect(await approving(held, { [name]: 'did you use a message queue?' })).toMatchObject({ outcome: 'approved' });
    await world.work(held);
    expect(world.provider.accepted.map(({ message }) => message.text)).toEqual([
      'Hello Ada, did you use a message queue?',
    ]);
  });
});

describe('a message that has no words', () => {
  test('is composed once its template is mended, and goes', async () => {
    const held = await world.heldByTemplate();
    expect(held).not.toHaveProperty('composition');
    world.directory.seedCompany(sampleCompany());
    expect(await approving(held)).toMatchObject({
      outcome: 'sent_to_composition',
      conversation: { conversation_status: 'initiated' },
    });
    await world.work(held);
    const record = await world.record(held);
    expect(statuses(record)).toEqual([
      'initiated',
      'processing',
      'awaiting_review',
      'initiated',
      'processing',
      'sending',
      'initial_message_sent',
    ]);
    expect(record.review).toMatchObject({ decision: 'approved', held_for: 'proof_failed' });
  });

  test('whose company wants a person to see it is held again: nobody has seen its words yet', async () => {
    const flags = { auto_queue_initial_message: true };
    const held = await world.heldByTemplate(flags);
    world.directory.seedCompany(sampleCompany(flags));
    await approving(held);
    await world.work(held);
    expect(await world.record(held)).toMatchObject({
      conversation_status: 'awaiting_review',
      failure_reason: 'review_requested',
      composition: { filled: { text: TEXT } },
    });
    await approving(held);
    await world.work(held);
    expect((await world.record(held)).conversation_status).toBe('initial_message_sent');
  });

  test('and was held for the flag alone is not held for it again', async () => {
    const held = await world.heldByFlag();
    const { composition: _none, ...unwritten } = held;
    world.conversations.seed(unwritten);
    expect(await approving(held)).toMatchObject({ outcome: 'sent_to_composition' });
    await world.work(held);
    expect((await world.record(held)).conversation_status).toBe('initial_message_sent');
  });

  test('goes with the words of a person alone', async () => {
    const held = await world.heldByTemplate();
    world.directory.seedCompany(sampleCompany());
    expect(await approving(held, { question: 'did you use a message queue?' })).toMatchObject({ outcome: 'approved' });
    expect((await world.record(held)).composition).toMatchObject({
      values: { first_name: 'Ada' },
      usage: { total_tokens: 0 },
      template_version: 3,
    });
    expect((await world.record(held)).composition).not.toHaveProperty('model');
  });
});

describe('a message that lacks a fact', () => {
  const VARIABLES = {
    first_name: { description: 'First name.', max_length: 40, copy_of: 'recipient_data.recipient_first_name' },
    job_title: { description: 'The position.', max_length: 60, copy_of: 'project_data.job_title' },
    question: { description: 'What to clarify.', max_length: 120, fallback: 'some dates do not match.' },
  };

  async function heldByFacts(): Promise<Conversation> {
    world.directory.seedCompany(
      sampleCompanyWithTemplate({ variables: VARIABLES, body: 'Hello {{first_name}}, as {{job_title}}: {{question}}' }),
    );
    return world.held();
  }

  test('shows what is not written yet as such, and no fallback in its place', async () => {
    const held = await heldByFacts();
    expect(held).toMatchObject({ failure_reason: 'facts_missing', failure_detail: 'job_title: fact_missing' });
    expect(held.composition).toMatchObject({ values: { first_name: 'Ada' }, unwritten: ['question'] });
    expect(held.composition?.values).toEqual({ first_name: 'Ada' });
    expect(world.model.requests).toEqual([]);
  });

  test('is composed around the value that a person gives, and then goes', async () => {
    const held = await heldByFacts();
    expect(await approving(held, { job_title: 'backend engineer' })).toMatchObject({ outcome: 'sent_to_composition' });
    const approved = await world.record(held);
    expect(approved).toMatchObject({
      conversation_status: 'initiated',
      review: { values: { job_title: 'backend engineer' } },
    });
    expect(approved).not.toHaveProperty('composition');
    await world.work(held);
    expect(world.model.requests.map(({ schema }) => Object.keys(schema.properties ?? {}))).toEqual([['question']]);
    expect(world.provider.accepted.map(({ message }) => message.text)).toEqual([
      'Hello Ada, as backend engineer: which of your projects used a message queue?',
    ]);
  });

  test('goes as it is once a person has given every word', async () => {
    const held = await heldByFacts();
    const given = { job_title: 'backend engineer', question: 'did you use a message queue?' };
    expect(await approving(held, given)).toMatchObject({ outcome: 'approved' });
    expect((await world.record(held)).composition?.filled.text).toBe(
      'Hello Ada, as backend engineer: did you use a message queue?',
    );
    expect(world.model.requests).toEqual([]);
  });

  test('does not go without the fact, nor with words that the facts do not hold', async () => {
    const held = await heldByFacts();
    expect(await approving(held)).toMatchObject({ outcome: 'unproved', detail: 'job_title: fact_missing' });
    expect(await approving(held, { question: 'did you use a message queue?' })).toMatchObject({
      outcome: 'unproved', detail: 'job_title: fact_missing',
    });
    const invented = await approving(held, { job_title: INVENTED_LINK });
    expect(invented).toMatchObject({
      outcome: 'unproved',
      faults: [{ variable: 'job_title', rules: ['unknown_link'] }],
    });
    expect(await approving(held, { rumour: 'x', job_title: 'backend engineer' })).toMatchObject({
      outcome: 'unproved', detail: 'rumour: unknown_variable',
    });
    expect(await world.record(held)).toEqual(held);
  });

  test('is composed, too, if an earlier version kept the fallback of what was never written', async () => {
    const held = await heldByFacts();
    const { composition } = held;
    if (!composition) throw new Error('The words that came so far are gone.');
    const { unwritten: _none, ...earlier } = composition;
    const values = { ...earlier.values, question: 'some dates do not match.' };
    world.conversations.seed({
      ...held,
      composition: { ...earlier, values, verdicts: { ...earlier.verdicts, question: 'fallback' } },
    });
    expect(await approving(held, { job_title: 'backend engineer' })).toMatchObject({ outcome: 'sent_to_composition' });
  });
});

describe('a message whose template wants its fallbacks to be seen', () => {
  const variables = {
    ...sampleCompany().channel_config.sms.template.variables,
    question: { description: 'What to clarify.', max_length: 120, fallback: 'please call us.' },
  };

  test('goes with the fallback once a person has seen it', async () => {
    world.directory.seedCompany(sampleCompanyWithTemplate({ variables, on_fallback: 'review' }));
    const held = await world.heldByProof();
    expect(held).toMatchObject({ failure_reason: 'fallback_used', failure_detail: 'question: unknown_link' });
    expect(await approving(held)).toMatchObject({ outcome: 'approved' });
    await world.work(held);
    expect(world.provider.accepted.map(({ message }) => message.text)).toEqual(['Hello Ada, please call us.']);
  });
});

describe('an approval', () => {
  test('that is repeated changes nothing and queues what a crash left unqueued', async () => {
    const held = await world.heldByFlag();
    const crashing = {
      ...world.reviewPorts,
      queue: { enqueue: () => Promise.reject(new Error('The queue is out of reach.')) },
    };
    await expect(approve({ conversationId: held.conversation_id, reviewer: REVIEWER }, crashing)).rejects.toThrow(
      'out of reach',
    );
    const once = await world.record(held);
    expect(
      await approve({ conversationId: held.conversation_id, reviewer: 'Someone Else' }, world.reviewPorts),
    ).toMatchObject({ outcome: 'approved_before' });
    expect(await world.record(held)).toEqual(once);
    expect(world.queue.enqueued).toHaveLength(1);
    await world.work(held);
    await approving(held);
    expect(world.queue.enqueued).toHaveLength(1);
  });

  test('of two people at once counts once', async () => {
    const held = await world.heldByFlag();
    const outcomes = await Promise.all(
      ['One Example', 'Other Example'].map((reviewer) =>
        approve({ conversationId: held.conversation_id, reviewer }, world.reviewPorts),
      ),
    );
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['approved', 'approved_before']);
    expect((await world.record(held)).messages).toHaveLength(1);
  });

  test('does not overrule an opt-out that came meanwhile', async () => {
    const held = await world.heldByFlag();
    await world.directory.addOptOut({
      recipient: held.primary_channel,
      sender: '447700900002',
      at: held.created_at,
      source: 'reply',
    });
    await approving(held);
    await world.work(held);
    expect((await world.record(held)).conversation_status).toBe('suppressed');
    expect(world.provider.accepted).toEqual([]);
  });

  test('of a message that is of no use any more is refused', async () => {
    const held = await world.heldByFlag();
    world.clock.advance(TIMES.validFor);
    expect(await approving(held)).toMatchObject({ outcome: 'expired' });
    expect((await world.record(held)).conversation_status).toBe('awaiting_review');
  });

  test('means the wait that the person saw, not a later one', async () => {
    const held = await world.heldByFlag();
    world.conversations.seed({ ...held, due_at: timestamp(world.clock.now()) });
    const order = { conversationId: held.conversation_id, reviewer: REVIEWER, heldSince: held.due_at ?? '' };
    expect(await approve(order, world.reviewPorts)).toMatchObject({ outcome: 'held_again' });
    expect(world.queue.enqueued).toEqual([]);
  });

  test('of nothing that waits is refused', async () => {
    const sent = await world.accept();
    expect(await approving(sent)).toMatchObject({
      outcome: 'not_waiting',
      conversation: { conversation_status: 'initiated' },
    });
    for (const conversationId of ['', 'nothing', sent.conversation_id.replace('#447', '#449')]) {
      expect(await approve({ conversationId, reviewer: REVIEWER }, world.reviewPorts)).toEqual({
        outcome: 'not_found',
      });
    }
  });

  test('names what the company record lacks', async () => {
    const held = await world.heldByProof();
    world.directory.seedCompany(sampleCompany({ channel_config: {} }));
    expect(await approving(held, { question: 'really?' })).toMatchObject({
      outcome: 'company_record_incomplete', faults: [{ path: 'channel_config.sms', message: 'is missing' }],
    });
    world.directory.removeCompany('brightpath', 'cv-review');
    expect(await approving(held, { question: 'really?' })).toMatchObject({ outcome: 'company_record_incomplete' });
  });
});
