import { SENT, WebhookWorld } from '../support/webhook-world';
import type { InboundMessage } from '../../src/core/ports/receipt';
import type { InboundOwner } from '../../src/receipts/take-inbound';
import { takeInbound } from '../../src/receipts/take-inbound';

const PERSON = '+447700900123';
const NUMBER = '+447700900002';
const OWNER: InboundOwner = {
  companyId: 'brightpath',
  company: {},
  access: { channel: 'sms', sender: NUMBER, credentialsId: 'sample/credentials' },
};

const wrote = (text: string, changes: Partial<InboundMessage> = {}): InboundMessage => ({
  from: PERSON, to: NUMBER, text, attachments: 0, vendorMessageId: `SM-${text}`, ...changes,
});
const HANDS_OVER = { auto_queue_reply_message: true };

describe('a stop word', () => {
  test('is an opt-out of the person and the number, and START lifts it', async () => {
    const world = new WebhookWorld();
    expect(await takeInbound(wrote('Stop.'), OWNER, world.ports)).toBe('opted_out');
    expect(await world.directory.optedOutOf({ recipient: PERSON, company: 'brightpath' })).toEqual(['447700900002']);
    expect(await takeInbound(wrote('START'), OWNER, world.ports)).toBe('opted_in');
    expect(await world.directory.optedOutOf({ recipient: PERSON, company: 'brightpath' })).toEqual([]);
    expect(world.observer.counted('OptOutHeard')).toBe(2);
  });

  test('is not appended and rings no bell', async () => {
    const world = new WebhookWorld(HANDS_OVER);
    const before = await world.seed(SENT);
    await takeInbound(wrote('stop'), OWNER, world.ports);
    expect(await world.record(before)).toEqual(before);
    expect(world.handoff.items).toEqual([]);
  });

  test('in the template\'s language is one, with politeness around it or by a button', async () => {
    const world = new WebhookWorld();
    const german = { ...OWNER, access: { ...OWNER.access, language: 'de-DE' } };
    expect(await takeInbound(wrote('Bitte abmelden, danke!'), german, world.ports)).toBe('opted_out');
    expect(await takeInbound(wrote('START'), german, world.ports)).toBe('opted_in');
    const button = { payload: 'STOP', text: 'Stop promotions' };
    expect(await takeInbound(wrote('Stop promotions', { button }), OWNER, world.ports)).toBe('opted_out');
  });

  test('that is told again after its counterpart does nothing, in either direction', async () => {
    const world = new WebhookWorld();
    await takeInbound(wrote('stop'), OWNER, world.ports);
    await takeInbound(wrote('start'), OWNER, world.ports);
    await takeInbound(wrote('stop'), OWNER, world.ports);
    expect(await world.directory.optedOutOf({ recipient: PERSON, company: 'brightpath' })).toEqual([]);
    await takeInbound(wrote('stop', { vendorMessageId: 'SM-new' }), OWNER, world.ports);
    await takeInbound(wrote('start'), OWNER, world.ports);
    expect(await world.directory.optedOutOf({ recipient: PERSON, company: 'brightpath' })).toEqual(['447700900002']);
  });

  test('in a language that only the vendor understands counts as the vendor took it', async () => {
    const world = new WebhookWorld();
    expect(await takeInbound(wrote('Arrêt', { command: 'stop' }), OWNER, world.ports)).toBe('opted_out');
    expect(await takeInbound(wrote('Recommencer', { command: 'start' }), OWNER, world.ports)).toBe('opted_in');
  });

  test('to the company\'s former number counts where that number wrote to the person', async () => {
    const world = new WebhookWorld();
    const moved: InboundOwner = { ...OWNER, access: { ...OWNER.access, sender: '+447700900009' } };
    await world.seed(SENT);
    expect(await takeInbound(wrote('stop'), moved, world.ports)).toBe('opted_out');
  });

  test('to a number of somebody else\'s counts for nothing: no company speaks for another\'s recipients', async () => {
    const world = new WebhookWorld();
    await world.seed({ ...SENT, conversation_id: 'other#project#1#447700900077', company_id: 'other' });
    expect(await takeInbound(wrote('start', { to: '+447700900077' }), OWNER, world.ports)).toBe('unmatched');
    expect(await takeInbound(wrote('stop', { to: '+447700900077' }), OWNER, world.ports)).toBe('unmatched');
    expect(await world.directory.optedOutOf({ recipient: PERSON, company: 'brightpath' })).toEqual([]);
  });
});

describe('a person who is known by another name', () => {
  const IDENTIFIER = 'GB.13491208655302741918';

  test.each([
    ['a number of Mexico', '+525512345678', '+5215512345678'],
    ['a number of Argentina', '+541123456789', '+5491123456789'],
    ['a number of Brazil', '+5511987654321', '+551187654321'],
  ])('by %s opts out of what is sent to it', async (_what, sent, from) => {
    const world = new WebhookWorld();
    await world.seed({ ...SENT, primary_channel: sent, recipient_tel: sent });
    expect(await takeInbound(wrote('stop', { from }), OWNER, world.ports)).toBe('opted_out');
    expect(await world.directory.optedOutOf({ recipient: sent, company: 'brightpath' })).toEqual(['447700900002']);
    expect(world.observer.counted('StopUnmatched')).toBe(0);
    expect(await takeInbound(wrote('I am back', { from }), OWNER, world.ports)).toBe('appended');
  });

  test('by a business-scoped identifier is found once the vendor has reported the number beside it', async () => {
    const world = new WebhookWorld();
    const record = await world.seed(SENT);
    await takeInbound(wrote('Hello', { alsoKnownAs: IDENTIFIER }), OWNER, world.ports);
    expect(await takeInbound(wrote('It is me', { from: IDENTIFIER }), OWNER, world.ports)).toBe('appended');
    expect(await world.replies(record)).toEqual(['Hello', 'It is me']);
    expect(await takeInbound(wrote('STOP', { from: IDENTIFIER }), OWNER, world.ports)).toBe('opted_out');
    expect(await world.directory.optedOutOf({ recipient: PERSON, company: 'brightpath' })).toEqual(['447700900002']);
    expect(world.observer.counted('StopUnmatched')).toBe(0);
  });

  test.each([IDENTIFIER, '12345', 'rcs:agent_of_a_person', 'messenger:4711', 'ACME'])(
    'by %s alone opts out of what is learned later, and alarms',
    async (from) => {
      const world = new WebhookWorld();
      await world.seed(SENT);
      expect(await takeInbound(wrote('STOP', { from }), OWNER, world.ports)).toBe('opted_out');
      expect(world.observer.counted('StopUnmatched')).toBe(1);
      expect(await world.directory.optedOutOf({ recipient: PERSON, company: 'brightpath' })).toEqual([]);
      await takeInbound(wrote('Hello', { alsoKnownAs: from }), OWNER, world.ports);
      expect(await world.directory.optedOutOf({ recipient: PERSON, company: 'brightpath' })).toEqual(['447700900002']);
    },
  );

  test('by nothing opts nobody out, and alarms', async () => {
    const world = new WebhookWorld();
    expect(await takeInbound(wrote('STOP', { from: 'Anonymous' }), OWNER, world.ports)).toBe('unmatched');
    expect(world.observer.counted('StopUnmatched')).toBe(1);
    expect(await world.directory.optedOutOf({ recipient: 'Anonymous', company: 'brightpath' })).toEqual([]);
  });

  test('by a number that nobody wrote to opts out of it for the future, and alarms', async () => {
    const world = new WebhookWorld();
    expect(await takeInbound(wrote('STOP', { from: '+447700900177' }), OWNER, world.ports)).toBe('opted_out');
    expect(world.observer.counted('StopUnmatched')).toBe(1);
    expect(await world.directory.optedOutOf({ recipient: '+447700900177', company: 'brightpath' })).toEqual([
      '447700900002',
    ]);
  });

  test('is known so to the one company alone', async () => {
    const world = new WebhookWorld();
    await world.seed(SENT);
    await world.ports.aliases.learn({ company: 'other', address: PERSON, alias: IDENTIFIER, at: 'then' });
    expect(await takeInbound(wrote('It is me', { from: IDENTIFIER }), OWNER, world.ports)).toBe('unmatched');
  });
});

describe('any other message', () => {
  test('is appended to the newest conversation of the two', async () => {
    const world = new WebhookWorld();
    const older = await world.seed(
      { ...SENT, created_at: '2026-11-01T09:00:00.000Z' },
      { requestId: '1f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90' },
    );
    const newer = await world.seed(SENT);
    world.clock.advance(60_000);
    expect(await takeInbound(wrote('Two months of leave.'), OWNER, world.ports)).toBe('appended');
    expect(await world.record(older)).toEqual(older);
    expect(await world.threads.repliesTo(older)).toEqual([]);
    expect(await world.threads.repliesTo(newer)).toEqual([
      {
        message_id: 'identifier-1',
        timestamp: '2026-11-02T09:01:00.000Z',
        role: 'user',
        content: 'Two months of leave.',
        prompt_tokens: 0,
        completion_tokens: 0,
        total_tokens: 0,
      },
    ]);
    expect(await world.record(newer)).toMatchObject({
      messages: [],
      inbound_ids: ['SM-Two months of leave.'],
      conversation_status: 'initial_message_sent',
      hand_off_to_human: false,
    });
    expect(await world.record(newer)).not.toHaveProperty('reply_attention');
    expect(world.handoff.items).toEqual([]);
    expect(world.observer.counted('ReplyReceived')).toBe(1);
  });

  test('in reply to a reminder belongs to the conversation that it reminds of', async () => {
    const world = new WebhookWorld();
    const asked = await world.seed(
      { ...SENT, created_at: '2026-11-01T09:00:00.000Z' },
      { requestId: '1f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90' },
    );
    const reminder = await world.seed({ ...SENT, reminder_of: asked.conversation_id });
    expect(await takeInbound(wrote('The late one.'), OWNER, world.ports)).toBe('appended');
    expect(await world.record(asked)).toMatchObject({ inbound_ids: ['SM-The late one.'] });
    expect(await world.record(reminder)).toEqual(reminder);
    expect((await world.threads.repliesTo(asked)).map(({ content }) => content)).toEqual(['The late one.']);
  });

  test('in reply to a person\'s words belongs to the conversation that the client asked for', async () => {
    const world = new WebhookWorld();
    const asked = await world.seed(
      { ...SENT, created_at: '2026-11-01T09:00:00.000Z' },
      { requestId: '1f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90' },
    );
    const reminder = await world.seed(
      { ...SENT, created_at: '2026-11-01T10:00:00.000Z', reminder_of: asked.conversation_id },
      { requestId: '2f0c8a52-5d0e-4b7e-9b1a-2f6f8c1d7e90' },
    );
    const answered = { owner: 'person', epoch: 1, thread: 't', in_reply_to: reminder.conversation_id, by: 'Sam' } as const;
    const reply = await world.seed({ ...SENT, reply: answered });
    expect(await takeInbound(wrote('At three, then.'), OWNER, world.ports)).toBe('appended');
    expect(await world.record(asked)).toMatchObject({ inbound_ids: ['SM-At three, then.'] });
    expect(await world.record(reply)).toEqual(reply);
  });

  test('goes before a person as the company asks, by identifiers alone', async () => {
    const world = new WebhookWorld(HANDS_OVER);
    const conversation = await world.seed(SENT);
    expect(await takeInbound(wrote('Call me on +447700900123'), OWNER, world.ports)).toBe('handed_off');
    expect(world.handoff.items).toEqual([
      { conversationId: conversation.conversation_id, company: 'brightpath', reason: 'reply_received' },
    ]);
    expect(await world.record(conversation)).toMatchObject({
      hand_off_to_human: true,
      hand_off_to_human_reason: 'reply_received',
      reply_attention: 'reply',
      reply_since: '2026-11-02T09:00:00.000Z',
    });
    expect(world.observer.everything()).not.toContain('7700900123');
  });

  test('that is told twice stands once and rings once', async () => {
    const world = new WebhookWorld(HANDS_OVER);
    const conversation = await world.seed(SENT);
    await takeInbound(wrote('Yes'), OWNER, world.ports);
    expect(await takeInbound(wrote('Yes'), OWNER, world.ports)).toBe('known');
    expect(await world.replies(conversation)).toHaveLength(1);
    expect(world.handoff.items).toHaveLength(1);
    world.clock.advance(60_000);
    expect(await takeInbound(wrote('Yes', { vendorMessageId: 'SM-2' }), OWNER, world.ports)).toBe('handed_off');
    // The person has waited since the first.
    expect(await world.record(conversation)).toMatchObject({
      inbound_ids: ['SM-Yes', 'SM-2'],
      reply_since: '2026-11-02T09:00:00.000Z',
    });
  });

  test('that is told twice at once stands once', async () => {
    const world = new WebhookWorld();
    const conversation = await world.seed(SENT);
    const outcomes = await Promise.all([
      takeInbound(wrote('Yes'), OWNER, world.ports),
      takeInbound(wrote('Yes'), OWNER, world.ports),
    ]);
    expect([...outcomes].sort()).toEqual(['appended', 'known']);
    expect(await world.replies(conversation)).toHaveLength(1);
  });

  test('is not lost with a crash between notification and record: its repetition does both', async () => {
    const world = new WebhookWorld(HANDS_OVER);
    const conversation = await world.seed(SENT);
    jest.spyOn(world.conversations, 'change').mockRejectedValueOnce(new Error('down'));
    await expect(takeInbound(wrote('Yes'), OWNER, world.ports)).rejects.toThrow('down');
    expect(await takeInbound(wrote('Yes'), OWNER, world.ports)).toBe('handed_off');
    expect(world.handoff.items).toHaveLength(2);
    expect(await world.replies(conversation)).toHaveLength(1);
  });

  test('says that there are pictures, which stay with the vendor', async () => {
    const world = new WebhookWorld();
    const conversation = await world.seed(SENT);
    await takeInbound(wrote('', { attachments: 1, vendorMessageId: 'a' }), OWNER, world.ports);
    await takeInbound(wrote('My papers', { attachments: 2, vendorMessageId: 'b' }), OWNER, world.ports);
    expect(await world.replies(conversation)).toEqual([
      '[an attachment: see the vendor\'s console]', 'My papers\n[2 attachments: see the vendor\'s console]',
    ]);
  });

  test.each<[string, Partial<InboundMessage>]>([
    ['to a number that never wrote to the person', { to: '+447700900088' }],
    ['of a person to whom nobody wrote', { from: '+447700900321' }],
  ])('%s is counted and kept nowhere', async (_words, changes) => {
    const world = new WebhookWorld(HANDS_OVER);
    const before = await world.seed(SENT);
    expect(await takeInbound(wrote('Hello?', changes), OWNER, world.ports)).toBe('unmatched');
    expect([await world.record(before), world.handoff.items]).toEqual([before, []]);
    expect(world.observer.counted('ReplyUnmatched')).toBe(1);
  });

  test('to another company\'s conversation with the same number is not this company\'s', async () => {
    const world = new WebhookWorld();
    const other = await world.seed({ ...SENT, conversation_id: 'other#project#1#447700900002', company_id: 'other' });
    expect(await takeInbound(wrote('Hello?'), OWNER, world.ports)).toBe('unmatched');
    expect(await world.record(other)).toEqual(other);
  });

  test('whose record has gone meanwhile is kept nowhere', async () => {
    const world = new WebhookWorld();
    const conversation = await world.seed(SENT);
    const find = jest.spyOn(world.conversations, 'find').mockResolvedValueOnce(undefined);
    expect(await takeInbound(wrote('Hello?'), OWNER, world.ports)).toBe('unmatched');
    find.mockRestore();
    expect(await world.replies(conversation)).toEqual([]);
  });

  test('whose record is erased while it comes in is kept nowhere', async () => {
    const world = new WebhookWorld();
    const conversation = await world.seed(SENT);
    const keep = world.threads.keep.bind(world.threads);
    jest.spyOn(world.threads, 'keep').mockImplementationOnce(async (reply) => {
      const kept = await keep(reply);
      world.conversations.remove(conversation);
      return kept;
    });
    expect(await takeInbound(wrote('Hello?'), OWNER, world.ports)).toBe('unmatched');
    expect(await world.replies(conversation)).toEqual([]);
  });

  test.each(['Can I talk to somebody?', 'I told you to stop, who are you?'])(
    'that asks for a person, as %p, reaches one though the company asks for none',
    async (text) => {
      const world = new WebhookWorld({ auto_queue_reply_message: false });
      const conversation = await world.seed(SENT);
      expect(await takeInbound(wrote(text), OWNER, world.ports)).toBe('handed_off');
      expect(world.handoff.items).toHaveLength(1);
      expect(await world.record(conversation)).toMatchObject({ hand_off_to_human: true, reply_attention: 'reply' });
    },
  );

  test('makes no record larger than its vendor\'s identifier does, up to a bound, and is kept beyond it', async () => {
    const world = new WebhookWorld(HANDS_OVER);
    const ids = Array.from({ length: 998 }, (_, index) => `SM-${index}`);
    const conversation = await world.seed({ ...SENT, inbound_ids: ids });
    const long = 'x'.repeat(1_600);
    for (const id of ['a', 'b', 'c', 'c', 'd']) {
      await takeInbound(wrote(long, { vendorMessageId: id }), OWNER, world.ports);
    }
    const record = await world.record(conversation);
    expect(record.inbound_ids).toEqual([...ids, 'a', 'b']);
    expect(JSON.stringify(record)).not.toContain(long);
    expect(await world.replies(conversation)).toEqual([long, long, long, long]);
    expect(world.handoff.items).toHaveLength(4);
  });

  test('follows the settings of its own project where two share a number', async () => {
    const world = new WebhookWorld();
    world.directory.seedCompany({ company_id: 'brightpath', project_id: 'second' });
    await world.seed({ ...SENT, conversation_id: 'brightpath#second#1#447700900002', project_id: 'second' });
    expect(await takeInbound(wrote('Hello'), OWNER, world.ports)).toBe('handed_off');
  });
});

describe('a company that sends as a Messaging Service', () => {
  const SERVICE = `MG${'a'.repeat(32)}`;
  const owner: InboundOwner = { ...OWNER, access: { ...OWNER.access, sender: SERVICE } };
  const written = { ...SENT, conversation_id: `brightpath#cv-review#1#${SERVICE}` };
  const pooled = { to: '+447700900044', service: SERVICE };

  test('hears a reply to whichever number of it', async () => {
    const world = new WebhookWorld();
    await world.seed(written);
    expect(await takeInbound(wrote('Yes, two of them.', pooled), owner, world.ports)).toBe('appended');
  });

  test('keeps a stop for the service, before each send as it is asked', async () => {
    const world = new WebhookWorld();
    await world.seed(written);
    expect(await takeInbound(wrote('stop', pooled), owner, world.ports)).toBe('opted_out');
    expect(await world.directory.optedOutOf({ recipient: PERSON, company: 'brightpath' })).toEqual([SERVICE]);
    expect(await takeInbound(wrote('start', pooled), owner, world.ports)).toBe('opted_in');
    expect(await world.directory.optedOutOf({ recipient: PERSON, company: 'brightpath' })).toEqual([]);
  });

  test('hears them where the call names no service: the number is one of its account', async () => {
    const world = new WebhookWorld();
    await world.seed(written);
    expect(await takeInbound(wrote('stop', { to: pooled.to }), owner, world.ports)).toBe('opted_out');
    expect(await world.directory.optedOutOf({ recipient: PERSON, company: 'brightpath' })).toEqual([SERVICE]);
  });

  test('that wrote by the number itself before has the stop for both', async () => {
    const world = new WebhookWorld();
    await world.seed(SENT);
    await world.seed({ ...written, request_id: '1' });
    const toBoth = { to: NUMBER, service: SERVICE };
    expect(await takeInbound(wrote('stop', toBoth), owner, world.ports)).toBe('opted_out');
    const optedOut = await world.directory.optedOutOf({ recipient: PERSON, company: 'brightpath' });
    expect([...optedOut].sort()).toEqual(['447700900002', SERVICE]);
  });

  test('takes nothing for a service that is not its own', async () => {
    const world = new WebhookWorld();
    const foreign = { to: '+447700900077', service: `MG${'b'.repeat(32)}` };
    expect(await takeInbound(wrote('stop', foreign), OWNER, world.ports)).toBe('unmatched');
  });
});
