import { setTimeout } from 'node:timers/promises';
import { CHANNELS } from '../../src/core/channel';
import { twilioInboundUrl } from '../../src/providers/twilio-inbound-webhook';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { postRequest, readConversation } from '../../tools/local-stage/api-client';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { awaitRecord, handedOff, postAgain } from './webhook-calls';
import { recipient, request, startStage } from './local-stage-of-tests';
import { handOverReplies } from './reply-settings';

describe('what vendors tell, over HTTP', () => {
  let stage: LocalStage;
  beforeAll(async () => {
    stage = await startStage('receipts');
    await handOverReplies(stage);
  });
  afterAll(async () => { await stage.stop(); });

  const send = async (...[channel, change]: Parameters<typeof request>) => {
    const { requestId, body } = request(channel, change);
    expect(await postRequest(stage.url, stage.apiKey, body)).toMatchObject({ status: 200 });
    return requestId;
  };
  /**
   * The callbacks of a message once so many were answered: the record may know before the vendor has read the answer.
   */
  const receiptsOf = async (sid: unknown, amount: number) => {
    const ended = () => stage.vendors.twilio.webhooks().filter(({ parameters }) => parameters.MessageSid === sid);
    while (ended().length < amount) await setTimeout(20);
    return ended();
  };
  const inbound = (from: string, body: string) =>
    stage.vendors.twilio.receiveInbound({
      from,
      to: SAMPLE.smsNumber,
      body,
      url: twilioInboundUrl(stage.url, { ...SAMPLE, channel: 'sms' }),
    });

  test.each(CHANNELS)('a message by %s ends as delivered, or as read where the channel tells it', async (channel) => {
    const requestId = await send(channel);
    const record = await awaitRecord(stage, requestId, {
      delivery_status: channel === 'whatsapp' ? 'read' : 'delivered',
    });
    expect(record).toMatchObject({ conversation_status: 'initial_message_sent', attempt_count: 1 });
    expect(record.failure_reason).toBeUndefined();
  });

  test('each callback is answered with 204 at once and never asked for again', async () => {
    const record = await awaitRecord(stage, await send('whatsapp'), { delivery_status: 'read' });
    const told = await receiptsOf(record.vendor_message_id, 3);
    expect(told.map(({ attempts }) => attempts)).toEqual([[204], [204], [204]]);
  });

  test('a message that the carrier does not deliver says so, with the reason', async () => {
    const requestId = await send('sms', recipient('sms', { recipient_tel: '+447700900934' }));
    expect(await awaitRecord(stage, requestId, { delivery_status: 'undelivered' })).toMatchObject({
      conversation_status: 'initial_message_sent', failure_reason: 'recipient_unreachable', failure_detail: '30005',
    });
  });

  test('a mail that bounces says so, with the reason', async () => {
    const requestId = await send('email', recipient('email', { recipient_email: 'bounce@example.com' }));
    expect(await awaitRecord(stage, requestId, { delivery_status: 'undelivered' })).toMatchObject({
      failure_reason: 'recipient_unreachable',
    });
  });

  test.each(['sms', 'whatsapp'] as const)(
    'a lost answer of %s is resolved by its receipt, and nothing is sent again',
    async (channel) => {
      const requestId = await send(channel, recipient(channel, { recipient_tel: '+447700900915' }));
      const record = await awaitRecord(stage, requestId, { conversation_status: 'initial_message_sent' });
      expect(record).toMatchObject({ attempt_count: 1, vendor_message_id: expect.stringMatching(/^SM|^MM/) });
      expect(record.attention).toBeUndefined();
      expect(
        stage.vendors.deliveries().filter(({ to, channel: by }) => to === '+447700900915' && by === channel),
      ).toHaveLength(1);
    },
  );

  test('receipts that come in reverse, or twice, leave the highest', async () => {
    for (const number of ['+447700900971', '+447700900972']) {
      const requestId = await send('whatsapp', recipient('whatsapp', { recipient_tel: number }));
      const record = await awaitRecord(stage, requestId, { delivery_status: 'read' });
      const told = await receiptsOf(record.vendor_message_id, number.endsWith('1') ? 6 : 3);
      expect(await stage.conversation(requestId)).toMatchObject({ delivery_status: 'read' });
      expect(told.every(({ attempts }) => attempts.join() === '204')).toBe(true);
    }
  });

  test('a forged callback is refused as one for a conversation that does not exist, and changes nothing', async () => {
    const requestId = await send('sms', recipient('sms', { recipient_tel: '+447700900973' }));
    const record = await awaitRecord(stage, requestId, { delivery_status: 'accepted' });
    const [genuine] = await receiptsOf(record.vendor_message_id, 1);
    const forgedStatus = await postAgain(genuine, { parameters: { MessageStatus: 'delivered' } });
    const forgedConversation = await postAgain(genuine, {
      url: (url) => url.replace(requestId, '00000000-0000-4000-8000-000000000000'),
    });
    const unsigned = await postAgain(genuine, { signature: '' });
    expect(forgedStatus).toEqual({
      status: 403,
      body: '{"status":"error","error_code":"FORBIDDEN","message":"Forbidden","request_id":"unknown"}',
    });
    expect([forgedConversation, unsigned]).toEqual([forgedStatus, forgedStatus]);
    expect(await stage.conversation(requestId)).toEqual(record);
  });

  test('a callback that is replayed is answered as taken, and changes nothing', async () => {
    const requestId = await send('sms');
    const record = await awaitRecord(stage, requestId, { delivery_status: 'delivered' });
    for (const genuine of await receiptsOf(record.vendor_message_id, 2)) {
      expect(await postAgain(genuine)).toEqual({ status: 204, body: '' });
    }
    expect(await stage.conversation(requestId)).toEqual(record);
  });

  test('STOP keeps the next request out before any model or vendor sees it, START lets it in again, and a replay of '
    + 'either does nothing', async () => {
    const person = '+447700900341';
    const to = recipient('sms', { recipient_tel: person });
    await awaitOutcome(stage, await send('sms', to));
    const stopped = await inbound(person, ' stop! ');
    expect(stopped).toMatchObject({ attempts: [200], answer: '<Response/>' });
    expect(await postRequest(stage.url, stage.apiKey, request('sms', to).body)).toMatchObject({
      status: 403,
      body: { error_code: 'RECIPIENT_OPTED_OUT' },
    });
    const started = await inbound(person, 'Start');
    expect((await postAgain(stopped)).status).toBe(200);
    expect(await awaitOutcome(stage, await send('sms', to))).toMatchObject({
      conversation_status: 'initial_message_sent',
    });
    await inbound(person, 'STOP');
    expect((await postAgain(started)).status).toBe(200);
    expect(await postRequest(stage.url, stage.apiKey, request('sms', to).body)).toMatchObject({ status: 403 });
  });

  test('the vendor\'s own block writes the opt-out: the next request is refused', async () => {
    const to = recipient('sms', { recipient_tel: '+447700900904' });
    expect(await awaitOutcome(stage, await send('sms', to))).toMatchObject({
      conversation_status: 'suppressed',
      failure_reason: 'recipient_opted_out',
    });
    expect(await postRequest(stage.url, stage.apiKey, request('sms', to).body)).toMatchObject({
      status: 403,
      body: { error_code: 'RECIPIENT_OPTED_OUT' },
    });
  });

  test('a reply is kept in its conversation and, as the company asks, put before a person without its text or number', async () => {
    const person = '+447700900342';
    const requestId = await send('sms', recipient('sms', { recipient_tel: person }));
    await awaitOutcome(stage, requestId);
    await inbound(person, 'I was on parental leave.');
    const record = await awaitRecord(stage, requestId, { hand_off_to_human: true });
    expect(record).toMatchObject({
      hand_off_to_human_reason: 'reply_received',
      messages: [{ role: 'assistant' }],
    });
    const { body } = await readConversation(stage.url, stage.apiKey, String(record.conversation_id), '?include=text');
    expect(body).toMatchObject({
      messages: [{ role: 'assistant' }, { role: 'user', content: 'I was on parental leave.' }],
    });
    expect(await handedOff(stage)).toEqual([
      { conversation_id: record.conversation_id, company_id: SAMPLE.companyId, reason: 'reply_received' },
    ]);
  });

  test('a message of a stranger is taken, and kept nowhere', async () => {
    expect(await inbound('+447700900399', 'Hello?')).toMatchObject({ attempts: [200], answer: '<Response/>' });
    expect(await handedOff(stage)).toEqual([]);
  });

  test('nothing in the logs names a person or repeats a text', async () => {
    const person = '+447700900343';
    await awaitOutcome(stage, await send('sms', recipient('sms', { recipient_tel: person })));
    await inbound(person, 'I was on a sabbatical.');
    await awaitRecord(stage, await send('email', recipient('email', { recipient_email: 'bounce@example.com' })), {
      delivery_status: 'undelivered',
    });
    expect(await handedOff(stage)).toHaveLength(1);
    const output = [...stage.cloud.logs(), ...stage.cloud.accessLog()].map(({ text }) => text).join('\n');
    expect(output).toContain('a reply was kept');
    for (const personal of ['7700900341', '7700900342', '7700900343', 'parental', 'sabbatical', 'bounce@example.com']) {
      expect(output).not.toContain(personal);
    }
    expect(stage.cloud.faults()).toEqual([]);
  });
});
