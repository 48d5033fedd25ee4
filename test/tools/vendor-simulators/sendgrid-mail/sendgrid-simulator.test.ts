import { EventWebhook, EventWebhookHeader } from '@sendgrid/eventwebhook';
import type { VendorRequest } from '../../../../tools/vendor-simulators/loopback-server';
import type { HeldScheduler } from '../../../../tools/vendor-simulators/scheduler';
import { heldScheduler } from '../../../../tools/vendor-simulators/scheduler';
import { MAGIC_ADDRESSES } from '../../../../tools/vendor-simulators/sendgrid-mail/magic-addresses';
import type { SendGridSimulator } from '../../../../tools/vendor-simulators/sendgrid-mail/sendgrid-simulator';
import { startSendGridSimulator } from '../../../../tools/vendor-simulators/sendgrid-mail/sendgrid-simulator';
import { startWebhookReceiver } from '../webhook-receiver';

const KEY = 'SG.sample-key';
const NOW = Date.UTC(2026, 10, 7, 9, 0, 0);
const MAIL = {
  personalizations: [{ to: [{ email: 'ada@example.com', name: 'Ada' }] }],
  from: { email: 'careers@example.org' },
  subject: 'One question',
  content: [{ type: 'text/plain', value: 'Dear Ada' }],
  custom_args: { conversation_id: 'acme#one', attempt_id: '7' },
  tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
};

/** Judged by SendGrid's own library. */
function isSigned({ headers, body }: VendorRequest, publicKey: string): boolean {
  const webhook = new EventWebhook();
  const header = (name: string) => String(headers[name.toLowerCase()]);
  return webhook.verifySignature(
    webhook.convertPublicKeyToECDSA(publicKey),
    body,
    header(EventWebhookHeader.SIGNATURE()),
    header(EventWebhookHeader.TIMESTAMP()),
  );
}

describe('the simulated SendGrid', () => {
  let sendgrid: SendGridSimulator;
  let scheduler: HeldScheduler;

  beforeEach(async () => {
    scheduler = heldScheduler();
    sendgrid = await startSendGridSimulator({ port: 0, now: () => NOW, scheduler, receiptDelayMilliseconds: 50 });
    sendgrid.registerKey({ apiKey: KEY, verifiedSenders: ['careers@example.org', '@verified.example.org'] });
  });

  afterEach(async () => { await sendgrid.stop(); });

  const post = async (body: unknown, headers: Readonly<Record<string, string>> = {}, path = '/v3/mail/send') =>
    fetch(`${sendgrid.url}${path}`, {
      method: 'POST',
      headers: { 'authorization': `Bearer ${KEY}`, 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      signal: AbortSignal.timeout(5000),
    });

  const to = (email: string) => ({ ...MAIL, personalizations: [{ to: [{ email }] }] });

  describe('takes a good mail', () => {
    it('with an empty answer and an id', async () => {
      const response = await post(MAIL);
      expect(response.status).toBe(202);
      expect(await response.text()).toBe('');
      const messageId = response.headers.get('x-message-id');
      expect(messageId).toMatch(/^[\w-]{22}$/);
      expect(sendgrid.deliveries()).toEqual([{
        channel: 'email',
        from: 'careers@example.org',
        to: 'ada@example.com',
        subject: 'One question',
        text: 'Dear Ada',
        vendorMessageId: messageId,
        status: 'accepted',
        acceptedAt: NOW,
      }]);
      expect(sendgrid.received()).toEqual([{ body: MAIL, status: 202, messageId }]);
    });

    it('from any address of an authenticated domain, in any case', async () => {
      expect((await post({ ...MAIL, from: { email: 'Anyone@Verified.Example.org' } })).status).toBe(202);
    });

    it('to several recipients, each of whom gets it', async () => {
      await post({
        ...MAIL,
        personalizations: [
          { to: [{ email: 'ada@example.com' }, { email: 'bea@example.com' }], subject: 'x' },
          { to: [{ email: 'cy@example.com' }] },
        ],
      });
      expect(sendgrid.deliveries().map((delivery) => delivery.to)).toEqual([
        'ada@example.com',
        'bea@example.com',
        'cy@example.com',
      ]);
    });

    it('with the subject of its personalization', async () => {
      await post({
        ...MAIL,
        subject: undefined,
        personalizations: [{ to: [{ email: 'ada@example.com' }], subject: 'Mine' }],
      });
      expect(sendgrid.deliveries()[0]?.subject).toBe('Mine');
    });

    it('but only checks it in sandbox mode', async () => {
      const response = await post({ ...MAIL, mail_settings: { sandbox_mode: { enable: true } } });
      expect(response.status).toBe(200);
      expect(sendgrid.deliveries()).toEqual([]);
    });

    const html = {
      content: [...MAIL.content, { type: 'text/html', value: '<a href="https://example.org/cv">CV</a>' }],
    };

    it('and leaves its links alone where click tracking is off', async () => {
      await post({ ...MAIL, ...html });
      expect(sendgrid.deliveries()[0]?.html).toBe('<a href="https://example.org/cv">CV</a>');
    });

    it('and replaces its links where nobody said that click tracking is off', async () => {
      await post({ ...MAIL, ...html, tracking_settings: undefined });
      expect(sendgrid.deliveries()[0]?.html).toMatch(
        /^<a href="https:\/\/url0000\.ct\.sendgrid\.example\/ls\/click\?upn=[\w-]+">CV<\/a>$/,
      );
    });
  });

  describe('refuses', () => {
    it.each([
      ['no key', { authorization: '' }, 401, 'Permission denied, wrong credentials'],
      [
        'a wrong key',
        { authorization: 'Bearer SG.other' },
        401,
        'The provided authorization grant is invalid, expired, or revoked',
      ],
      ['another content type', { 'content-type': 'text/plain' }, 415, 'Content-Type should be application/json.'],
    ])('%s', async (_what, headers, status, message) => {
      const response = await post(MAIL, headers);
      expect(response.status).toBe(status);
      expect(await response.json()).toEqual({ errors: [{ message, field: null, help: null }] });
    });

    it('a key that may not send', async () => {
      sendgrid.registerKey({ apiKey: KEY, verifiedSenders: [], maySend: false });
      const response = await post(MAIL);
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('access forbidden');
    });

    it('other paths and methods', async () => {
      expect((await post(MAIL, {}, '/v3/templates')).status).toBe(404);
      expect(
        (await fetch(`${sendgrid.url}/v3/mail/send`, { headers: { authorization: `Bearer ${KEY}` } })).status,
      ).toBe(405);
    });

    it('a sender that is not verified', async () => {
      const response = await post({ ...MAIL, from: { email: 'other@example.org' } });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({
        errors: [{ field: 'from', message: expect.stringContaining('verified Sender Identity') }],
      });
    });

    it.each(['no json', '[]', '"text"'])('the body %s', async (body) => {
      const response = await post(body);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('Bad Request');
    });

    const text = MAIL.content[0];
    it.each([
      ['no personalization', { personalizations: [] }, 'personalizations'],
      [
        'too many personalizations',
        { personalizations: Array.from({ length: 1001 }, () => ({ to: [{ email: 'ada@example.com' }] })) },
        'personalizations',
      ],
      ['no recipient', { personalizations: [{ to: [] }] }, 'personalizations.0.to'],
      [
        'a recipient that is not an address',
        { personalizations: [{ to: [{ email: 'ada' }] }] },
        'personalizations.0.to.0.email',
      ],
      [
        'a recipient without an address',
        { personalizations: [{ to: [{ name: 'Ada' }] }] },
        'personalizations.0.to.0.email',
      ],
      [
        'the same recipient twice',
        { personalizations: [{ to: [{ email: 'ada@example.com' }, { email: 'Ada@example.com' }] }] },
        'personalizations.0.to',
      ],
      ['no sender', { from: undefined }, 'from.email'],
      ['a sender that is not an address', { from: { email: 'careers' } }, 'from.email'],
      ['no subject', { subject: '' }, 'subject'],
      ['no content', { content: [] }, 'content'],
      ['empty content', { content: [{ type: 'text/plain', value: '' }] }, 'content.0.value'],
      ['content without a type', { content: [{ value: 'Hi' }] }, 'content.0.type'],
      ['HTML before plain text', { content: [{ type: 'text/html', value: '<p>' }, text] }, 'content'],
      ['two plain texts', { content: [text, text] }, 'content'],
      ['arguments that are not an object', { custom_args: 'text' }, 'custom_args'],
      ['an argument that is not text', { custom_args: { attempt: 7 } }, 'custom_args.attempt'],
      ['too many bytes of arguments', { custom_args: { note: 'é'.repeat(5000) } }, 'custom_args'],
    ])('a mail with %s', async (_what, change, field) => {
      const response = await post({ ...MAIL, ...change });
      expect(response.status).toBe(400);
      const { errors } = (await response.json()) as {
        errors: ReadonlyArray<{ field: string; message: string; help: string }>;
      };
      expect(errors.map((error) => error.field)).toEqual([field]);
      expect(errors[0]?.message).not.toBe('');
      expect(errors[0]?.help).toContain('Mail/errors.html#message.');
      expect(sendgrid.deliveries()).toEqual([]);
    });

    it('with all faults at once', async () => {
      const { errors } = await (await post({})).json() as { errors: readonly unknown[] };
      expect(errors).toHaveLength(4);
    });

    it('takes a mail without arguments', async () => {
      expect((await post({ ...MAIL, custom_args: undefined })).status).toBe(202);
    });
  });

  describe('its events', () => {
    const events = async (mail: unknown, ...answers: ReadonlyArray<number | 'reset'>) => {
      const receiver = await startWebhookReceiver(...answers);
      try {
        sendgrid.registerKey({ apiKey: KEY, verifiedSenders: ['careers@example.org'], eventWebhookUrl: receiver.url });
        const messageId = (await post(mail)).headers.get('x-message-id') ?? '';
        await scheduler.runAll();
        const batches = receiver
          .received()
          .map((request) => JSON.parse(request.body) as ReadonlyArray<Record<string, unknown>>);
        return { messageId, events: batches.flat(), requests: receiver.received() };
      } finally {
        await receiver.stop();
      }
    };

    it('tell that the mail was processed and delivered, and echo its arguments', async () => {
      const { messageId, events: posted } = await events(MAIL);
      expect(posted.map((event) => event.event)).toEqual(['processed', 'delivered']);
      expect(posted[0]).toMatchObject({
        'email': 'ada@example.com',
        'timestamp': NOW / 1000,
        'conversation_id': 'acme#one',
        'attempt_id': '7',
        'smtp-id': expect.any(String),
      });
      expect(String(posted[0]?.sg_message_id).split('.')[0]).toBe(messageId);
      expect(posted[0]?.sg_event_id).not.toBe(posted[1]?.sg_event_id);
      expect(sendgrid.deliveries()[0]?.status).toBe('delivered');
    });

    it('are signed with the account\'s own key, which stays when the account changes', async () => {
      const before = sendgrid.publicKey(KEY);
      const { requests } = await events(MAIL);
      expect(sendgrid.publicKey(KEY)).toBe(before);
      expect(requests.map((request) => isSigned(request, before))).toEqual([true, true]);
      sendgrid.registerKey({ apiKey: 'SG.other', verifiedSenders: [] });
      expect(requests.map((request) => isSigned(request, sendgrid.publicKey('SG.other')))).toEqual([false, false]);
    });

    it('tell of opens only where opens are tracked', async () => {
      const { events: posted } = await events({ ...MAIL, tracking_settings: undefined });
      expect(posted.map((event) => event.event)).toEqual(['processed', 'delivered', 'open']);
    });

    it.each(Object.entries(MAGIC_ADDRESSES).filter(([, behaviour]) => behaviour.kind === 'events'))(
      'of %s are those of the table',
      async (address, behaviour) => {
        if (behaviour.kind !== 'events') throw new Error('wrong table row');
        const { events: posted } = await events(to(address));
        expect(posted).toEqual(
          behaviour.events.map(({ event, details }) => expect.objectContaining({ event, ...details })),
        );
        expect(sendgrid.deliveries()[0]?.status).toBe(behaviour.events.at(-1)?.event);
      },
    );

    it('can stay away', async () => {
      const { events: posted } = await events(to('no-events@example.com'));
      expect(posted).toEqual([]);
      expect(sendgrid.deliveries()[0]?.status).toBe('delivered');
    });

    it('can come twice, the very same', async () => {
      const { events: posted } = await events(to('doubled-events@example.com'));
      expect(posted.map((event) => event.event)).toEqual(['processed', 'processed', 'delivered', 'delivered']);
      expect(posted[0]).toEqual(posted[1]);
    });

    it('can come in reverse', async () => {
      const { events: posted } = await events(to('reversed-events@example.com'));
      expect(posted.map((event) => event.event)).toEqual(['delivered', 'processed']);
      expect(sendgrid.deliveries()[0]?.status).toBe('delivered');
    });

    it('are posted again until they are taken, the very same', async () => {
      const { events: posted } = await events(MAIL, 500, 'reset', 204);
      expect(posted.map((event) => event.event).sort()).toEqual(['delivered', 'delivered', 'processed', 'processed']);
      expect(new Set(posted.map((event) => event.sg_event_id)).size).toBe(2);
      expect(sendgrid.webhooks().map((webhook) => webhook.status)).toEqual([500, undefined, 204, 204]);
    });

    it('are given up after a while', async () => {
      const { requests } = await events(to('dropped@example.com'), 503);
      expect(requests).toHaveLength(6);
    });

    it('come one by one when a test asks for them', async () => {
      const receiver = await startWebhookReceiver();
      sendgrid.registerKey({ apiKey: KEY, verifiedSenders: ['careers@example.org'], eventWebhookUrl: receiver.url });
      const messageId = (await post(MAIL)).headers.get('x-message-id') ?? '';
      await sendgrid.emit(messageId, 'bounce', { type: 'bounce' });
      await sendgrid.emit(messageId, 'processed');
      await receiver.stop();
      expect(sendgrid.webhooks().flatMap((webhook) => webhook.events.map((event) => event.event))).toEqual([
        'bounce',
        'processed',
      ]);
      expect(sendgrid.deliveries()[0]?.status).toBe('bounce');
    });

    it('go nowhere without a webhook', async () => {
      const messageId = (await post(MAIL)).headers.get('x-message-id') ?? '';
      expect(await sendgrid.emit(messageId, 'open')).toBeUndefined();
    });

    it('of an unknown mail, or the key of an unknown account, are mistakes of the test', async () => {
      await expect(sendgrid.emit('nothing', 'open')).rejects.toThrow('the simulator has no such mail');
      expect(() => sendgrid.publicKey('SG.nobody')).toThrow('no such key is registered');
    });
  });
});
