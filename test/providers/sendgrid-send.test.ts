import type { SendOutcome } from '../../src/core/ports/provider';
import type { FilledMessage } from '../../src/core/company/template';
import type { HeldScheduler } from '../../tools/vendor-simulators/scheduler';
import { heldScheduler } from '../../tools/vendor-simulators/scheduler';
import { MAGIC_ADDRESSES } from '../../tools/vendor-simulators/sendgrid-mail/magic-addresses';
import type { Vendors } from '../../tools/vendor-simulators/start-vendors';
import { startVendors } from '../../tools/vendor-simulators/start-vendors';
import { sendBySendGrid } from '../../src/providers/sendgrid-send';
import {
  ATTEMPT,
  connectionTo,
  CONVERSATION,
  outgoing,
  registerSampleAccount,
  SENDGRID_CREDENTIALS,
} from './sample-message';

const MESSAGE: FilledMessage<'email'> = {
  channel: 'email',
  subject: 'One question – about “your” CV',
  text: 'Dear Ada,\n\nplease say more.',
};

describe('e-mail through SendGrid', () => {
  let vendors: Vendors;
  let scheduler: HeldScheduler;

  beforeEach(async () => {
    scheduler = heldScheduler();
    vendors = await startVendors({ scheduler });
    registerSampleAccount(vendors);
  });

  afterEach(async () => { await vendors.stop(); });

  const send = async (change: Parameters<typeof outgoing>[1] = {}): Promise<SendOutcome> =>
    sendBySendGrid(
      outgoing(MESSAGE, change),
      connectionTo(vendors.sendgrid.url, { timeoutMilliseconds: change.recipient?.includes('silence') ? 150 : 5000 }),
    );

  it('reaches the recipient word for word', async () => {
    const outcome = await send();
    const [delivery] = vendors.deliveries();
    expect(delivery).toMatchObject({
      channel: 'email',
      from: 'careers@example.org',
      to: 'ada@example.com',
      subject: MESSAGE.subject,
      text: MESSAGE.text,
    });
    expect(delivery?.html).toBeUndefined();
    expect(outcome).toEqual({ outcome: 'accepted', vendorMessageId: delivery?.vendorMessageId });
  });

  it('with its HTML part after the text, and no link of either replaced', async () => {
    const html = '<p>Dear Ada, <a href="https://example.org/cv">here</a></p>';
    expect(await send({ message: { ...MESSAGE, html } })).toMatchObject({ outcome: 'accepted' });
    expect(vendors.deliveries()[0]).toMatchObject({ text: MESSAGE.text, html });
  });

  it('names conversation and attempt in every event', async () => {
    await send();
    await scheduler.runAll();
    const { messageId, body } = vendors.sendgrid.received()[0] ?? {};
    expect(body).toMatchObject({
      personalizations: [{ custom_args: { conversation_id: CONVERSATION, attempt_id: ATTEMPT } }],
    });
    expect(messageId).toBe(vendors.deliveries()[0]?.vendorMessageId);
  });

  it('switches off everything that would change the proved words', async () => {
    await send();
    expect(vendors.sendgrid.received()[0]?.body).toMatchObject({
      tracking_settings: {
        click_tracking: { enable: false, enable_text: false },
        open_tracking: { enable: false },
        subscription_tracking: { enable: false },
        ganalytics: { enable: false },
      },
      mail_settings: { footer: { enable: false } },
    });
  });

  it('takes a key with white space around it, as it comes from a console', async () => {
    expect(
      await send({ credentials: { sendgrid_api_key: ` ${SENDGRID_CREDENTIALS.sendgrid_api_key}\n` } }),
    ).toMatchObject({ outcome: 'accepted' });
  });

  describe('knows for certain that nothing was sent', () => {
    it.each([
      [
        'a wrong key',
        { credentials: { sendgrid_api_key: 'SG.revoked' } },
        'sender_misconfigured',
        'after_configuration',
        '401',
      ],
      ['used-up credits', { recipient: 'no-credits@example.com' }, 'vendor_daily_limit', 'next_day', '401-credits'],
      [
        'a key without the scope',
        { recipient: 'forbidden@example.com' },
        'sender_misconfigured',
        'after_configuration',
        '403',
      ],
      [
        'an unverified sender',
        { sender: 'other@example.org' },
        'sender_misconfigured',
        'after_configuration',
        '403-sender',
      ],
      ['a recipient that is not an address', { recipient: 'ada' }, 'recipient_unreachable', 'never', '400-recipient'],
      ['an empty subject', { message: { ...MESSAGE, subject: '' } }, 'template_rejected', 'never', '400-content'],
      ['too large a mail', { recipient: 'too-large@example.com' }, 'template_rejected', 'never', '413'],
      [
        'a secret without a key',
        { credentials: {} },
        'secret_malformed',
        'after_configuration',
        'credentials_incomplete',
      ],
      [
        'a key that no header can hold',
        { credentials: { sendgrid_api_key: 'SG.ключ' } },
        'secret_malformed',
        'after_configuration',
        'credentials_incomplete',
      ],
      [
        'a key of two lines',
        { credentials: { sendgrid_api_key: 'SG.a\nX-Other: b' } },
        'secret_malformed',
        'after_configuration',
        'credentials_incomplete',
      ],
    ])('with %s', async (_what, change, reason, retry, vendorCode) => {
      expect(await send(change)).toEqual({ outcome: 'refused', reason, retry, vendorCode });
      expect(vendors.deliveries()).toEqual([]);
    });

    it('when SendGrid asks to send later, and heeds how much later', async () => {
      expect(await send({ recipient: 'rate-limit@example.com' })).toEqual({
        outcome: 'not_sent',
        detail: 'HTTP 429',
        retryAfterSeconds: 2,
      });
    });

    it('when SendGrid cannot be reached', async () => {
      await vendors.sendgrid.stop();
      expect(await send()).toEqual({ outcome: 'not_sent', detail: 'no connection (ECONNREFUSED)' });
    });
  });

  describe('leaves open whether it was sent', () => {
    const lost: ReadonlyArray<readonly [string, string, number]> = [
      ['server-error@example.com', 'HTTP 500', 0],
      ['html-page@example.com', 'HTTP 503', 0],
      ['silence@example.com', 'no answer within 150 ms', 0],
      ['reset@example.com', 'connection lost (ECONNRESET)', 0],
      ['accepted-then-reset@example.com', 'connection lost (ECONNRESET)', 1],
      ['accepted-then-silence@example.com', 'no answer within 150 ms', 1],
      ['accepted-then-html@example.com', 'HTTP 200', 1],
      ['accepted-then-server-error@example.com', 'HTTP 500', 1],
    ];

    it.each(lost)('for %s (%s)', async (recipient, detail, delivered) => {
      expect(await send({ recipient })).toEqual({ outcome: 'unknown', detail });
      expect(vendors.deliveries()).toHaveLength(delivered);
      expect(vendors.sendgrid.received()).toHaveLength(1);
    });

    it('but not for an acceptance whose body breaks off: the header says it all', async () => {
      expect(await send({ recipient: 'accepted-then-cut@example.com' })).toEqual({
        outcome: 'accepted',
        vendorMessageId: vendors.deliveries()[0]?.vendorMessageId,
      });
    });

    it('for every fault mode that the simulator knows but these two', () => {
      const faults = Object.entries(MAGIC_ADDRESSES)
        .filter(([, behaviour]) => behaviour.kind === 'fault')
        .map(([address]) => address);
      const told = [...lost.map(([address]) => address), 'rate-limit@example.com', 'accepted-then-cut@example.com'];
      expect(told.sort()).toEqual(faults.sort());
    });

    it.each([
      ['a client error without SendGrid\'s errors', 400, '<html>Bad Request</html>'],
      ['a client error with an empty list', 400, '{"errors":[]}'],
      ['an acceptance without an identifier', 202, ''],
      ['a redirect', 301, ''],
    ])('after %s', async (_what, status, body) => {
      const answer: typeof fetch = async () => Promise.resolve(new Response(body, { status }));
      const outcome = await sendBySendGrid(outgoing(MESSAGE), connectionTo(vendors.sendgrid.url, { fetch: answer }));
      expect(outcome).toEqual({ outcome: 'unknown', detail: `HTTP ${status}` });
    });
  });

  it('reads errors of an unexpected form as far as they go', async () => {
    const answer: typeof fetch = async () =>
      Promise.resolve(new Response('{"errors":[{"message":null,"field":7},{"field":"subject"}]}', { status: 400 }));
    const outcome = await sendBySendGrid(outgoing(MESSAGE), connectionTo(vendors.sendgrid.url, { fetch: answer }));
    expect(outcome).toMatchObject({ outcome: 'refused', vendorCode: '400-content' });
  });

  it('says nothing about people or secrets in any outcome', async () => {
    const changes = [
      { recipient: 'ada' },
      { recipient: 'reset@example.com' },
      { recipient: 'html-page@example.com' },
      { sender: 'other@example.org' },
    ];
    const outcomes = JSON.stringify(await Promise.all(changes.map(send)));
    for (const secret of ['ada', 'example', 'secret-of', 'CV']) expect(outcomes).not.toContain(secret);
  });

  it('throws for a message of another channel, which only a bug can bring', async () => {
    await expect(send({ message: { channel: 'sms', text: 'x', segments: 1 } })).rejects.toThrow('filled for sms');
  });
});
