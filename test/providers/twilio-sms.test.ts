import type { SendOutcome } from '../../src/core/ports/provider';
import type { FilledMessage } from '../../src/core/company/template';
import type { HeldScheduler } from '../../tools/vendor-simulators/scheduler';
import { heldScheduler } from '../../tools/vendor-simulators/scheduler';
import type { Vendors } from '../../tools/vendor-simulators/start-vendors';
import { startVendors } from '../../tools/vendor-simulators/start-vendors';
import { MAGIC_RECIPIENTS } from '../../tools/vendor-simulators/twilio-messages/magic-numbers';
import { sendByTwilio } from '../../src/providers/twilio-send';
import {
  ATTEMPT,
  connectionTo,
  CONVERSATION,
  outgoing,
  registerSampleAccount,
  TWILIO_CREDENTIALS,
} from './sample-message';

const MESSAGE: FilledMessage = {
  channel: 'sms',
  text: 'Hello Ada, a word about the gap. STOP to opt out. £5 & 100 %',
  segments: 1,
};

/** Magic recipients whose answer never comes. */
const SILENT: ReadonlySet<string | undefined> = new Set(['+447700900913', '+447700900916']);

describe('SMS through Twilio', () => {
  let vendors: Vendors;
  let scheduler: HeldScheduler;

  beforeEach(async () => {
    scheduler = heldScheduler();
    vendors = await startVendors({ scheduler });
    registerSampleAccount(vendors);
  });

  afterEach(async () => { await vendors.stop(); });

  const send = async (change: Parameters<typeof outgoing>[1] = {}): Promise<SendOutcome> =>
    sendByTwilio(
      outgoing(MESSAGE, change),
      connectionTo(vendors.twilio.url, { timeoutMilliseconds: SILENT.has(change.recipient) ? 150 : 5000 }),
    );
  const parameters = () => vendors.twilio.received().at(-1)?.parameters ?? {};

  it('reaches the recipient word for word', async () => {
    const outcome = await send();
    const [delivery] = vendors.deliveries();
    expect(delivery).toMatchObject({ channel: 'sms', from: '+447700900100', to: '+447700900200', text: MESSAGE.text });
    expect(outcome).toEqual({ outcome: 'accepted', vendorMessageId: delivery?.vendorMessageId });
    expect(parameters()).toEqual({
      From: '+447700900100',
      To: '+447700900200',
      Body: MESSAGE.text,
      ValidityPeriod: '600',
    });
    expect(vendors.twilio.violations()).toEqual([]);
  });

  it('asks for receipts that name conversation and attempt, and for their retries', async () => {
    await send({ receiptUrl: 'https://api.example.com/webhooks/twilio/status' });
    const callback = new URL(parameters().StatusCallback ?? '');
    expect(Object.fromEntries(callback.searchParams)).toEqual({ conversation_id: CONVERSATION, attempt_id: ATTEMPT });
    expect(callback.hash).toBe('#rc=5&rp=all');
  });

  it.each([
    [0, '1'],
    [-5, '1'],
    [59.9, '59'],
    [36_000, '36000'],
    [86_400, '36000'],
  ])("keeps a validity of %d seconds within Twilio's limits", async (validForSeconds, expected) => {
    expect(await send({ validForSeconds })).toMatchObject({ outcome: 'accepted' });
    expect(parameters().ValidityPeriod).toBe(expected);
  });

  describe('knows for certain that nothing was sent', () => {
    it.each([
      ['+447700900901', 'recipient_unreachable', 'never', '21211'],
      ['+447700900902', 'recipient_unreachable', 'never', '21614'],
      ['+447700900903', 'region_not_permitted', 'never', '21408'],
      ['+447700900904', 'recipient_opted_out', 'never', '21610'],
      ['+447700900906', 'recipient_unreachable', 'never', '21612'],
      ['+447700900907', 'sender_misconfigured', 'after_configuration', '20005'],
    ])('when Twilio refuses %s', async (recipient, reason, retry, vendorCode) => {
      expect(await send({ recipient })).toEqual({ outcome: 'refused', reason, retry, vendorCode });
    });

    it('when the credentials are wrong', async () => {
      const credentials = { ...TWILIO_CREDENTIALS, twilio_auth_token: 'rotated' };
      expect(await send({ credentials })).toEqual({
        outcome: 'refused',
        reason: 'sender_misconfigured',
        retry: 'after_configuration',
        vendorCode: '20003',
      });
    });

    it('when the sender is another account\'s', async () => {
      expect(await send({ sender: '+447700900555' })).toEqual({
        outcome: 'refused',
        reason: 'sender_misconfigured',
        retry: 'after_configuration',
        vendorCode: '21606',
      });
    });

    it.each(['twilio_account_sid', 'twilio_auth_token'])('when the secret lacks %s', async (field) => {
      const credentials = { ...TWILIO_CREDENTIALS, [field]: '' };
      expect(await send({ credentials })).toEqual({
        outcome: 'refused',
        reason: 'secret_malformed',
        retry: 'after_configuration',
        vendorCode: 'credentials_incomplete',
      });
      expect(await send({ credentials: {} })).toMatchObject({ reason: 'secret_malformed' });
      expect(vendors.twilio.received()).toEqual([]);
    });

    it('when Twilio asks to send later, and heeds how much later', async () => {
      expect(await send({ recipient: '+447700900910' })).toEqual({
        outcome: 'not_sent',
        detail: 'HTTP 429',
        retryAfterSeconds: 2,
      });
      expect(await send({ recipient: '+447700900905' })).toEqual({ outcome: 'not_sent', detail: 'HTTP 429' });
    });

    it('when Twilio cannot be reached', async () => {
      await vendors.twilio.stop();
      expect(await send()).toEqual({ outcome: 'not_sent', detail: 'no connection (ECONNREFUSED)' });
    });

    it('when Twilio answers a code that nobody knows', async () => {
      vendors.twilio.next({
        kind: 'refused',
        refusal: { status: 400, code: 29_999, message: 'Something about +447700900200' },
      });
      expect(await send()).toEqual({
        outcome: 'refused',
        reason: 'vendor_refused',
        retry: 'never',
        vendorCode: '29999',
      });
    });
  });

  describe('leaves open whether it was sent', () => {
    const lost: ReadonlyArray<readonly [string, string, number]> = [
      ['+447700900911', 'HTTP 500', 0],
      ['+447700900912', 'HTTP 503', 0],
      ['+447700900913', 'no answer within 150 ms', 0],
      ['+447700900914', 'connection lost (ECONNRESET)', 0],
      ['+447700900915', 'connection lost (ECONNRESET)', 1],
      ['+447700900916', 'no answer within 150 ms', 1],
      ['+447700900917', 'unreadable answer with HTTP 200', 1],
      ['+447700900918', 'unreadable answer with HTTP 201', 1],
      ['+447700900919', 'HTTP 500', 1],
    ];

    it.each(lost)('for %s (%s)', async (recipient, detail, delivered) => {
      expect(await send({ recipient })).toEqual({ outcome: 'unknown', detail });
      expect(vendors.deliveries()).toHaveLength(delivered);
      expect(vendors.twilio.received()).toHaveLength(1);
    });

    it('for every fault mode that the simulator knows but the rate limit', () => {
      const faults = Object.entries(MAGIC_RECIPIENTS).filter(
        ([, behaviour]) => behaviour.kind === 'fault' && behaviour.mode !== 'rate-limit',
      );
      expect(lost.map(([recipient]) => recipient).sort()).toEqual(faults.map(([recipient]) => recipient).sort());
    });

    it.each([
      ['a client error without Twilio\'s code', 403, '<html>Forbidden</html>'],
      ['a client error with other JSON', 400, '{"message":"no"}'],
      ['a redirect', 302, ''],
      ['a success without an identifier', 201, '{"status":"queued"}'],
      ['a success that is no JSON', 201, 'OK'],
      ['a time-out of the vendor\'s', 408, ''],
    ])('after %s', async (_what, status, body) => {
      const answer: typeof fetch = async () => Promise.resolve(new Response(body, { status }));
      const outcome = await sendByTwilio(outgoing(MESSAGE), connectionTo(vendors.twilio.url, { fetch: answer }));
      expect(outcome.outcome).toBe('unknown');
    });
  });

  it('says nothing about people or secrets in any outcome', async () => {
    const recipients = ['+447700900901', '+447700900904', '+447700900911', '+447700900914', '+447700900917'];
    const outcomes = JSON.stringify(await Promise.all(recipients.map(async (recipient) => send({ recipient }))));
    for (const secret of [
      '4477009009',
      'Ada',
      TWILIO_CREDENTIALS.twilio_auth_token,
      TWILIO_CREDENTIALS.twilio_account_sid,
    ]) {
      expect(outcomes).not.toContain(secret);
    }
  });

  it('throws for a message of another channel, which only a bug can bring', async () => {
    await expect(
      sendByTwilio(
        { ...outgoing(MESSAGE), message: { channel: 'email', subject: 'x', text: 'y' } },
        connectionTo(vendors.twilio.url),
      ),
    ).rejects.toThrow('filled for email');
  });

  it('brings back conversation and attempt with a real receipt', async () => {
    await send({ receiptUrl: `${vendors.openai.url}/hook` });
    await scheduler.runAll();
    expect(vendors.twilio.webhooks().map((webhook) => new URL(webhook.url).searchParams.get('attempt_id'))).toEqual([
      ATTEMPT,
      ATTEMPT,
    ]);
  });
});
