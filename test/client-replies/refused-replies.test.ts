import { SEND_REPLY } from '../../src/client-replies/send-reply';
import { BODY_LIMIT } from '../../src/core/contract/request';
import { timestamp } from '../../src/core/ports/clock';
import { sampleCompany } from '../support/sample-message';
import { REPLY_ID, replyWorld, WORDS } from './reply-world';

const HOUR = 60 * 60_000;
const ODD = 'f47ac10b-58cc-1372-8567-0e02b2c3d479';

/** Nothing of a refused reply is kept, counted, queued or said, and the engine keeps the thread. */
async function leftAlone(world: Awaited<ReturnType<typeof replyWorld>>): Promise<void> {
  expect(world.world.queue.enqueued).toEqual([]);
  expect(await world.thread()).toMatchObject({ owner: 'engine', epoch: 0 });
  const { company_id: company, project_id: project } = world.conversation;
  expect(world.ports.limits).toMatchObject({ book: expect.anything() });
  const { idempotency } = await world.world.directory.loadForProcessing(
    { companyId: company, projectId: project, requestId: REPLY_ID },
  );
  expect(idempotency).toBeUndefined();
}

describe('hostile input', () => {
  const order = { request_id: REPLY_ID, text: WORDS };
  test.each([
    ['no body', undefined, 'body'],
    ['an empty body', '', 'body'],
    ['what is no JSON', '{"request_id":', 'body'],
    ['a list', '[]', 'body'],
    ['a text', '"reply"', 'body'],
    ['nothing in it', '{}', 'request_id'],
    ['no identifier', JSON.stringify({ text: WORDS }), 'request_id'],
    ['an identifier of another version', JSON.stringify({ ...order, request_id: ODD }), 'request_id'],
    ['an identifier in capitals', JSON.stringify({ ...order, request_id: REPLY_ID.toUpperCase() }), 'request_id'],
    ['an identifier that leaves its key', JSON.stringify({ ...order, request_id: `${REPLY_ID}#x` }), 'request_id'],
    ['an identifier that is a number', JSON.stringify({ ...order, request_id: 7 }), 'request_id'],
    ['no words', JSON.stringify({ request_id: REPLY_ID }), 'text'],
    ['words that are a list', JSON.stringify({ ...order, text: [WORDS] }), 'text'],
    ['a field that is not known', JSON.stringify({ ...order, subject: 'x' }), 'subject'],
    ['half a character', `{"request_id":"${REPLY_ID}","text":"a\\ud800"}`, 'body'],
    ['bytes that were no UTF-8', JSON.stringify({ ...order, text: 'a\ufffd' }), 'body'],
    ['a deep body', `{"request_id":"${REPLY_ID}","text":${'['.repeat(200)}${']'.repeat(200)}}`, 'body'],
    ['blank words', JSON.stringify({ ...order, text: ' \n\t ' }), 'text'],
    ['a control character', JSON.stringify({ ...order, text: 'a\u0007b' }), 'text'],
    ['a zero byte', JSON.stringify({ ...order, text: 'a\u0000b' }), 'text'],
    ['a turn of direction', JSON.stringify({ ...order, text: 'a\u202eb' }), 'text'],
    ['empty words', JSON.stringify({ ...order, text: '' }), 'text'],
    ['more than any channel takes', JSON.stringify({ ...order, text: 'a'.repeat(20_001) }), 'text'],
    ['more than carriers take', JSON.stringify({ ...order, text: 'a'.repeat(1_601) }), 'text'],
  ])('%s is refused with the field that is wrong', async (_what, body, path) => {
    const world = await replyWorld();
    const { status, json, text } = await world.call(SEND_REPLY, body === undefined ? {} : { body });
    expect([status, json.error_code, json.details?.[0]?.path]).toEqual([400, 'INVALID_REQUEST', path]);
    expect(text).not.toContain(WORDS);
    await leftAlone(world);
  });

  test('a faulty body is answered before anything of a conversation is read', async () => {
    const world = await replyWorld();
    expect(await world.reply({ text: 7 }, { about: 'brightpath#cv-review#nothing#447700900002' })).toMatchObject(
      { status: 400 },
    );
  });

  test('a huge body is refused before it is read', async () => {
    const world = await replyWorld();
    expect(await world.reply({ text: 'a'.repeat(BODY_LIMIT) })).toMatchObject(
      { status: 400, json: { error_code: 'PAYLOAD_TOO_LARGE' } },
    );
    await leftAlone(world);
  });

  test.each([
    '', '#', '###', 'x', '%', '%00', 'a#b#c', `${'a'.repeat(5_000)}#b#c#d`, 'brightpath#cv-review##447700900002', '../..',
  ])('the identifier "%.20s" in the path names nothing', async (about) => {
    const world = await replyWorld();
    for (const call of [world.reply({}, { about }), world.take({ about }), world.giveBack({ about })]) {
      expect(await call).toMatchObject({ status: 404, json: { error_code: 'CONVERSATION_NOT_FOUND' } });
    }
    await leftAlone(world);
  });

  test('nothing that a client sent stands in the logs', async () => {
    const world = await replyWorld();
    await world.reply({ text: 'Ring me at +44 7700 900999.' });
    await world.reply({ text: 'a\u0007b +44 7700 900999' });
    await world.work();
    const logged = JSON.stringify(world.observer);
    for (const secret of ['900999', 'Ring me', 'key-of-cv-review', '+447700900123']) expect(logged).not.toContain(secret);
  });
});

describe('the rules for every message', () => {
  test('nothing is answered that the recipient has not written', async () => {
    const world = await replyWorld('sms', { inbound_ids: [] });
    expect(await world.reply()).toMatchObject({ status: 409, json: { error_code: 'NOTHING_TO_ANSWER', request_id: REPLY_ID } });
    await leftAlone(world);
  });

  test('whoever has opted out is not answered', async () => {
    const world = await replyWorld();
    await world.world.directory.addOptOut({
      recipient: world.conversation.primary_channel, sender: '447700900002',
      at: timestamp(world.world.clock.now()), source: 'reply',
    });
    expect(await world.reply()).toMatchObject({ status: 403, json: { error_code: 'RECIPIENT_OPTED_OUT' } });
    await leftAlone(world);
  });

  test('WhatsApp takes free words until shortly before 24 hours are over', async () => {
    const world = await replyWorld('whatsapp');
    world.world.clock.advance(24 * HOUR - 5 * 60_000 - 20_000 + 1);
    expect(await world.reply()).toMatchObject({ status: 409, json: { error_code: 'WINDOW_CLOSED' } });
    await leftAlone(world);
    await world.hear('SM-inbound-2');
    expect(await world.reply()).toMatchObject({ status: 200 });
  });

  test('a mail answers under the subject that it answers', async () => {
    const filled = { channel: 'email' as const, subject: 'Your CV', text: 'Hello', html: '' };
    const world = await replyWorld('email', {
      composition: {
        filled, values: {}, template_name: 'cv_question', template_version: 3, instructions_version: 'x', facts_hash: 'x',
        verdicts: {}, usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
      },
    });
    await world.reply();
    await world.work();
    expect(world.world.provider.requests.map(({ message }) => message)).toMatchObject([{ subject: 'Re: Your CV' }]);
  });

  test.each([
    ['is switched off', { project_status: 'inactive' }, 403, 'PROJECT_INACTIVE'],
    ['may not use the channel', { allowed_channels: ['email'] }, 403, 'CHANNEL_NOT_ALLOWED'],
    ['lacks its sender', { channel_config: {} }, 500, 'CONFIGURATION_ERROR'],
  ] as const)('a project that %s sends no reply', async (_what, changes, status, code) => {
    const world = await replyWorld();
    world.world.directory.seedCompany(sampleCompany(changes));
    expect(await world.reply()).toMatchObject({ status, json: { error_code: code, request_id: REPLY_ID } });
    expect(world.observer.counted('ConfigurationFault')).toBe(status === 500 ? 1 : 0);
    await leftAlone(world);
  });

  test('a limit that is used up says when to send the same reply again', async () => {
    const world = await replyWorld();
    world.world.directory.seedCompany(sampleCompany({ rate_limits: { requests_per_minute: 1 } }));
    expect(await world.reply()).toMatchObject({ status: 200 });
    const limited = await world.reply({ request_id: '11111111-2222-4333-8444-555555555555' });
    expect([limited.status, limited.json.error_code]).toEqual([429, 'RATE_LIMIT_EXCEEDED']);
    expect(Number(limited.headers['Retry-After'])).toBeGreaterThan(0);
    expect(await world.reply()).toMatchObject({ status: 200, headers: { 'Idempotency-Replayed': 'true' } });
  });

  test('of a person who was erased nothing is made again', async () => {
    const world = await replyWorld();
    const { directory } = world.ports;
    const erased = { ...world.ports.directory, erased_at: timestamp(world.world.clock.now()) };
    await world.reply();
    const around = {
      directory: Object.create(directory, {
        loadForProcessing: {
          value: async (query: Parameters<typeof directory.loadForProcessing>[0]) => {
            const { idempotency, ...rest } = await directory.loadForProcessing(query);
            return { ...rest, ...(idempotency && { idempotency: { ...idempotency, erased_at: erased.erased_at } }) };
          },
        },
      }),
    };
    expect(await world.reply({}, { around })).toMatchObject({ status: 409, json: { error_code: 'NOTHING_TO_ANSWER' } });
  });
});
