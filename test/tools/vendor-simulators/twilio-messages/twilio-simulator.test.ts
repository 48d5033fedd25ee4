import type { HeldScheduler } from '../../../../tools/vendor-simulators/scheduler';
import { heldScheduler } from '../../../../tools/vendor-simulators/scheduler';
import { MAGIC_RECIPIENTS } from '../../../../tools/vendor-simulators/twilio-messages/magic-numbers';
import { twilioSignature } from '../../../../tools/vendor-simulators/twilio-messages/signature';
import type { TwilioSimulator } from '../../../../tools/vendor-simulators/twilio-messages/twilio-simulator';
import { startTwilioSimulator } from '../../../../tools/vendor-simulators/twilio-messages/twilio-simulator';
import { startWebhookReceiver } from '../webhook-receiver';

const ACCOUNT = {
  accountSid: `AC${'1'.repeat(32)}`,
  authToken: 'token-one',
  apiKeys: [{ sid: 'SK1', secret: 'secret:with:colons' }],
  smsNumbers: ['+447700900101'],
  whatsappNumbers: ['+447700900100'],
};
const OTHER = { accountSid: `AC${'2'.repeat(32)}`, authToken: 'token-two' };
const TEMPLATE = {
  contentSid: `HX${'a'.repeat(32)}`,
  body: 'Hello {{1}}, a word about {{2}}.',
  sampleValues: { 1: 'Sarah', 2: 'your order' },
};
const SMS = { From: '+447700900101', To: '+447700900200', Body: 'Hello' };
const WHATSAPP = {
  From: 'whatsapp:+447700900100',
  To: 'whatsapp:+447700900200',
  ContentSid: TEMPLATE.contentSid,
  ContentVariables: '{"1":"Ada","2":"the gap"}',
};
const START = Date.UTC(2026, 10, 7, 9, 0, 0);

/** What the tests read of an answer, good or bad. */
interface AnswerBody {
  readonly sid: string;
  readonly uri: string;
  readonly num_segments: string;
  readonly code: number;
  readonly status: number | string;
}

interface MessageList {
  readonly messages: ReadonlyArray<{ readonly date_created: string }>;
  readonly next_page_uri: string | null;
  readonly previous_page_uri: string | null;
}

describe('the simulated Twilio', () => {
  let twilio: TwilioSimulator;
  let scheduler: HeldScheduler;
  let now: number;

  beforeEach(async () => {
    now = START;
    scheduler = heldScheduler();
    twilio = await startTwilioSimulator({ port: 0, now: () => now, scheduler, receiptDelayMilliseconds: 50 });
    twilio.registerAccount(ACCOUNT);
    twilio.registerAccount(OTHER);
    twilio.registerTemplate(TEMPLATE);
  });

  afterEach(async () => { await twilio.stop(); });

  const call = async (
    method: 'GET' | 'POST',
    path: string,
    parameters: Readonly<Record<string, string>> = {},
    user = `${ACCOUNT.accountSid}:${ACCOUNT.authToken}`,
  ) =>
    fetch(`${twilio.url}/2010-04-01/Accounts/${ACCOUNT.accountSid}/${path}`, {
      method,
      headers: { authorization: `Basic ${Buffer.from(user).toString('base64')}` },
      ...(method === 'POST' ? { body: new URLSearchParams(parameters) } : {}),
      signal: AbortSignal.timeout(5000),
    });

  const send = async (parameters: Readonly<Record<string, string>>) => {
    const response = await call('POST', 'Messages.json', parameters);
    return { status: response.status, headers: response.headers, json: await response.json() as AnswerBody };
  };

  describe('takes a good message', () => {
    it('and answers the message resource', async () => {
      const { status, json } = await send({ ...SMS, Body: 'a'.repeat(161) });
      expect(status).toBe(201);
      expect(json).toMatchObject({
        account_sid: ACCOUNT.accountSid,
        status: 'queued',
        direction: 'outbound-api',
        from: SMS.From,
        to: SMS.To,
        num_segments: '2',
        num_media: '0',
        date_created: 'Sat, 07 Nov 2026 09:00:00 +0000',
        date_sent: null,
        error_code: null,
        body: 'a'.repeat(161),
      });
      expect(json.sid).toMatch(/^SM[0-9a-f]{32}$/);
      expect(json.uri).toBe(`/2010-04-01/Accounts/${ACCOUNT.accountSid}/Messages/${json.sid}.json`);
    });

    it('and renders a template as the recipient reads it', async () => {
      const { json } = await send(WHATSAPP);
      expect(json.sid).toMatch(/^MM/);
      expect(json.num_segments).toBe('1');
      expect(twilio.deliveries()).toEqual([{
        channel: 'whatsapp',
        from: '+447700900100',
        to: '+447700900200',
        text: 'Hello Ada, a word about the gap.',
        vendorMessageId: json.sid,
        status: 'queued',
        acceptedAt: START,
      }]);
      expect(twilio.violations()).toEqual([]);
    });

    it('sent with an API key, or from Twilio\'s magic sender', async () => {
      expect((await call('POST', 'Messages.json', SMS, 'SK1:secret:with:colons')).status).toBe(201);
      expect((await send({ ...SMS, From: '+15005550006' })).status).toBe(201);
    });

    it('and keeps what it was sent', async () => {
      const { json } = await send(SMS);
      await send({ ...SMS, To: 'nobody' });
      expect(twilio.received()).toEqual([
        { accountSid: ACCOUNT.accountSid, parameters: SMS, messageSid: json.sid },
        { accountSid: ACCOUNT.accountSid, parameters: { ...SMS, To: 'nobody' }, refusalCode: 21211 },
      ]);
    });
  });

  describe('is silent, as Twilio is, about', () => {
    it('a variable that was left out: the recipient reads the sample value', async () => {
      expect((await send({ ...WHATSAPP, ContentVariables: '{"2":"the gap","9":"extra"}' })).status).toBe(201);
      expect(twilio.deliveries()[0]?.text).toBe('Hello Sarah, a word about the gap.');
      expect(twilio.violations()).toEqual([
        expect.stringContaining('variable 1 was left out'),
        expect.stringContaining('variable 9 is not in the template'),
      ]);
    });

    it('no variables at all, and a Body beside ContentSid', async () => {
      const { ContentVariables: _left, ...rest } = WHATSAPP;
      expect((await send({ ...rest, Body: 'ignored' })).status).toBe(201);
      expect(twilio.deliveries()[0]?.text).toBe('Hello Sarah, a word about your order.');
      expect(twilio.violations()).toHaveLength(3);
    });

    it('a variable without a sample value', async () => {
      twilio.registerTemplate({ ...TEMPLATE, sampleValues: {} });
      await send({ ...WHATSAPP, ContentVariables: '{"1":"Ada"}' });
      expect(twilio.deliveries()[0]?.text).toBe('Hello Ada, a word about .');
    });
  });

  describe('refuses', () => {
    it.each([
      ['a wrong token', `${ACCOUNT.accountSid}:wrong`],
      ['an unknown account', 'AC9:token'],
      ['no credentials', ''],
    ])('%s', async (_what, user) => {
      const response = await call('POST', 'Messages.json', SMS, user);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toContain('Twilio API');
      expect(await response.json()).toEqual({
        code: 20003,
        message: 'Authenticate',
        more_info: 'https://www.twilio.com/docs/errors/20003',
        status: 401,
      });
    });

    it('another account\'s resources, unknown paths and unknown messages', async () => {
      expect(
        await (await call('POST', 'Messages.json', SMS, `${OTHER.accountSid}:${OTHER.authToken}`)).json(),
      ).toMatchObject({ code: 20404, status: 404 });
      expect((await call('GET', 'Calls.json')).status).toBe(404);
      expect((await call('GET', 'Messages/SM0.json')).status).toBe(404);
      expect((await fetch(twilio.url)).status).toBe(401);
    });

    const long = 'x'.repeat(1601);
    it.each([
      ['no recipient', { To: '' }, 21604],
      ['no sender', { From: '' }, 21603],
      ['two channels', { To: 'whatsapp:+447700900200' }, 21910],
      ['a recipient that is not a number', { To: '07700 900200' }, 21211],
      ['a sender that is neither a number nor a name', { From: 'More than eleven' }, 21212],
      ['a sender of another account', { From: '+447700900999' }, 21606],
      ['itself', { To: SMS.From }, 21266],
      ['an empty body', { Body: '' }, 21602],
      ['a body that is too long', { Body: long }, 21617],
      ['variables without a template', { ContentVariables: '{}' }, 21654],
      ['a callback that is no URL', { StatusCallback: 'http://' }, 21609],
      ['a callback of another scheme', { StatusCallback: 'ftp://hooks.example.com' }, 21609],
      ['a callback that is too long', { StatusCallback: `https://hooks.example.com/${'x'.repeat(4000)}` }, 21609],
      ['a validity of nothing', { ValidityPeriod: '0' }, 20422],
      ['a validity that is too long', { ValidityPeriod: '36001' }, 20422],
      ['a validity in words', { ValidityPeriod: 'soon' }, 20422],
      ['Twilio\'s invalid magic sender', { From: '+15005550001' }, 21212],
      ['Twilio\'s magic sender that is not owned', { From: '+15005550007' }, 21606],
      ['Twilio\'s magic sender with a full queue', { From: '+15005550008' }, 21611],
    ])('an SMS with %s', async (_what, change, code) => {
      const { status, json } = await send({ ...SMS, ...change });
      expect(json.code).toBe(code);
      expect(json.status).toBe(status);
      expect(twilio.deliveries()).toEqual([]);
    });

    it.each([
      ['a sender that is no WhatsApp sender', { From: 'whatsapp:+447700900101' }, 63007],
      ['itself', { To: WHATSAPP.From }, 63031],
      ['an unknown template', { ContentSid: `HX${'b'.repeat(32)}` }, 21655],
      ['variables that are no JSON', { ContentVariables: '1=Ada' }, 21656],
      ['variables that are not an object', { ContentVariables: '["Ada"]' }, 21656],
      ['an empty variable', { ContentVariables: '{"1":""}' }, 21656],
      ['a null variable', { ContentVariables: '{"1":null}' }, 21656],
      ['a variable with a space in its name', { ContentVariables: '{"a b":"Ada"}' }, 21656],
      [
        'more than a hundred variables',
        {
          ContentVariables: JSON.stringify(
            Object.fromEntries(Array.from({ length: 101 }, (_item, index) => [`v${index}`, 'x'])),
          ),
        },
        21656,
      ],
      ['a variable that is too long', { ContentVariables: JSON.stringify({ 1: long }) }, 21658],
    ])('a WhatsApp message with %s', async (_what, change, code) => {
      expect((await send({ ...WHATSAPP, ...change })).json.code).toBe(code);
      expect(twilio.deliveries()).toEqual([]);
    });

    it('a body that is not a form', async () => {
      const response = await fetch(`${twilio.url}/2010-04-01/Accounts/${ACCOUNT.accountSid}/Messages.json`, {
        method: 'POST',
        headers: {
          'authorization': `Basic ${Buffer.from(`${ACCOUNT.accountSid}:${ACCOUNT.authToken}`).toString('base64')}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(SMS),
      });
      expect(await response.json()).toMatchObject({ code: 21604 });
    });
  });

  describe('its magic recipients', () => {
    it.each(Object.entries(MAGIC_RECIPIENTS).filter(([, behaviour]) => behaviour.kind === 'fails-later'))(
      '%s is taken and fails later',
      async (number, behaviour) => {
        if (behaviour.kind !== 'fails-later') throw new Error('wrong table row');
        const { json } = await send({ ...SMS, To: number });
        await scheduler.runAll();
        expect(await (await call('GET', `Messages/${json.sid}.json`)).json()).toMatchObject({
          status: behaviour.status,
          error_code: behaviour.code,
        });
      },
    );
  });

  describe('its receipts', () => {
    const statuses = async (parameters: Readonly<Record<string, string>>, ...answers: readonly number[]) => {
      const receiver = await startWebhookReceiver(...answers);
      try {
        const { json } = await send({
          ...parameters,
          StatusCallback: `${receiver.url}?conversation_id=a%23b&attempt_id=1#rc=5&rp=all`,
        });
        await scheduler.runAll();
        return { sid: json.sid, forms: receiver.forms(), requests: receiver.received(), url: receiver.url };
      } finally {
        await receiver.stop();
      }
    };

    it('go through sent and delivered for an SMS, signed', async () => {
      const { sid, forms, requests, url } = await statuses(SMS);
      expect(forms).toEqual(
        ['sent', 'delivered'].map((status) => ({
          AccountSid: ACCOUNT.accountSid,
          ApiVersion: '2010-04-01',
          From: SMS.From,
          To: SMS.To,
          MessageSid: sid,
          SmsSid: sid,
          MessageStatus: status,
          SmsStatus: status,
        })),
      );
      expect(requests[0]?.headers['x-twilio-signature']).toBe(
        twilioSignature(ACCOUNT.authToken, `${url}?conversation_id=a%23b&attempt_id=1`, forms[0] ?? {}),
      );
      expect(twilio.deliveries()[0]?.status).toBe('delivered');
    });

    it('end with read for WhatsApp', async () => {
      const { forms } = await statuses(WHATSAPP);
      expect(forms.map((form) => form.MessageStatus)).toEqual(['sent', 'delivered', 'read']);
      expect(forms[2]).toMatchObject({ ChannelPrefix: 'whatsapp', ChannelToAddress: WHATSAPP.To, EventType: 'READ' });
    });

    it.each([
      ['+447700900932', ['sent', 'undelivered'], '30003'],
      ['+447700900930', ['failed'], '30001'],
    ])('of %s carry the error code', async (number, expected, code) => {
      const { forms } = await statuses({ ...SMS, To: number });
      expect(forms.map((form) => form.MessageStatus)).toEqual(expected);
      expect(forms.at(-1)?.ErrorCode).toBe(code);
    });

    it.each([
      ['+447700900970', []],
      ['+447700900971', ['sent', 'sent', 'delivered', 'delivered']],
      ['+447700900972', ['delivered', 'sent']],
      ['+447700900973', ['sent']],
    ])('of %s go wrong', async (number, expected) => {
      const { forms } = await statuses({ ...SMS, To: number });
      expect(forms.map((form) => form.MessageStatus)).toEqual(expected);
      expect(twilio.deliveries()[0]?.status).toBe(number.endsWith('3') ? 'sent' : 'delivered');
    });

    it('are retried as the callback asks', async () => {
      const { forms } = await statuses(SMS, 500, 204);
      expect(forms.map((form) => form.MessageStatus)).toEqual(['sent', 'sent', 'delivered']);
      expect(twilio.webhooks().map((webhook) => webhook.attempts)).toEqual([[500, 204], [204]]);
    });

    it('come in whatever order a test likes, and never move the message back', async () => {
      const receiver = await startWebhookReceiver();
      const { json } = await send({ ...SMS, StatusCallback: receiver.url });
      await twilio.deliver(json.sid, 'delivered');
      await twilio.deliver(json.sid, 'sent');
      await twilio.deliver(json.sid, 'undelivered', 30005);
      await receiver.stop();
      expect(receiver.forms().map((form) => form.MessageStatus)).toEqual(['delivered', 'sent', 'undelivered']);
      expect(twilio.deliveries()[0]?.status).toBe('undelivered');
    });

    it('are not posted for a message without a callback', async () => {
      const { json } = await send(SMS);
      expect(await twilio.deliver(json.sid, 'sent')).toBeUndefined();
      expect(twilio.webhooks()).toEqual([]);
    });

    it('of an unknown message are a mistake of the test', async () => {
      await expect(twilio.deliver('SM0', 'sent')).rejects.toThrow('the simulator has no such message');
    });
  });

  describe('on WhatsApp', () => {
    const fate = async (parameters: Readonly<Record<string, string>>) => {
      const { status, json } = await send(parameters);
      await scheduler.runAll();
      return { status, resource: await (await call('GET', `Messages/${json.sid}.json`)).json() };
    };
    const free = { From: WHATSAPP.From, To: WHATSAPP.To, Body: 'Hello again' };

    it('free text fails later outside the 24-hour window', async () => {
      expect(await fate(free)).toMatchObject({ status: 201, resource: { status: 'failed', error_code: 63016 } });
    });

    it('free text is read inside it', async () => {
      const receiver = await startWebhookReceiver();
      await twilio.receiveInbound({ from: WHATSAPP.To, to: WHATSAPP.From, body: 'Hi', url: receiver.url });
      await receiver.stop();
      now += 24 * 3_600_000 - 1;
      expect(await fate(free)).toMatchObject({ resource: { status: 'read', error_code: null } });
      now += 1;
      expect(await fate(free)).toMatchObject({ resource: { status: 'failed', error_code: 63016 } });
    });

    it.each([
      ['more than four spaces', 'a     b', 63013],
      ['a newline', 'a\nb', 63013],
      ['over 1,024 characters in all', 'x'.repeat(1020), 63021],
    ])('a variable with %s fails later', async (_what, value, code) => {
      expect(await fate({ ...WHATSAPP, ContentVariables: JSON.stringify({ 1: 'Ada', 2: value }) })).toMatchObject({
        status: 201,
        resource: { status: 'failed', error_code: code },
      });
    });

    it('but the same variable passes over SMS', async () => {
      const { resource } = await fate({
        ...SMS,
        ContentSid: TEMPLATE.contentSid,
        ContentVariables: '{"1":"Ada","2":"a     b"}',
      });
      expect(resource).toMatchObject({ status: 'delivered' });
    });
  });

  describe('a person\'s message', () => {
    const say = async (body: string, from = '+447700900200', to = '+447700900101') => {
      const receiver = await startWebhookReceiver(200);
      try {
        const posted = await twilio.receiveInbound({ from, to, body, url: receiver.url });
        return { posted, form: receiver.forms()[0] ?? {}, request: receiver.received()[0], url: receiver.url };
      } finally {
        await receiver.stop();
      }
    };

    it('is posted, signed', async () => {
      const { posted, form, request, url } = await say('Hello?');
      expect(posted.attempts).toEqual([200]);
      expect(form).toMatchObject({
        AccountSid: ACCOUNT.accountSid,
        Body: 'Hello?',
        From: '+447700900200',
        To: '+447700900101',
        NumMedia: '0',
        SmsStatus: 'received',
      });
      expect(request?.headers['x-twilio-signature']).toBe(twilioSignature(ACCOUNT.authToken, url, form));
    });

    it('carries the profile on WhatsApp', async () => {
      const { form } = await say('Hello?', 'whatsapp:+447700900200', 'whatsapp:+447700900100');
      expect(form).toMatchObject({ WaId: '447700900200', ProfileName: 'Sample Person' });
    });

    it('that says STOP blocks further SMS of this sender until it says START', async () => {
      await say(' stop ');
      expect((await send(SMS)).json.code).toBe(21610);
      expect((await send({ ...SMS, To: '+447700900201' })).status).toBe(201);
      await say('Start');
      expect((await send(SMS)).status).toBe(201);
    });

    it('that says STOP blocks nothing on WhatsApp', async () => {
      await say('STOP', WHATSAPP.To, WHATSAPP.From);
      expect((await send(WHATSAPP)).status).toBe(201);
    });

    it('to a number that nobody owns is a mistake of the test', async () => {
      await expect(say('Hi', '+447700900200', '+447700900555')).rejects.toThrow(
        'no registered account owns that number',
      );
    });
  });

  describe('lists messages', () => {
    beforeEach(async () => {
      for (const to of ['+447700900201', '+447700900202', '+447700900201']) {
        await send({ ...SMS, To: to, Body: `to ${to} at ${now}` });
        now += 1000;
      }
    });

    const list = async (query: string) => await (await call('GET', `Messages.json${query}`)).json() as MessageList;

    it('newest first', async () => {
      const { messages } = await list('');
      expect(messages.map((message) => message.date_created.slice(17, 25))).toEqual([
        '09:00:02',
        '09:00:01',
        '09:00:00',
      ]);
    });

    it('to one recipient, from one sender', async () => {
      const query = new URLSearchParams({ To: '+447700900201', From: SMS.From });
      expect((await list(`?${query.toString()}`)).messages).toHaveLength(2);
      expect((await list(`?${new URLSearchParams({ From: '+447700900100' }).toString()}`)).messages).toEqual([]);
    });

    it('in pages', async () => {
      const first = await list('?PageSize=2');
      expect(first).toMatchObject({ page: 0, page_size: 2, start: 0, end: 1, previous_page_uri: null });
      const second = await list(`?${first.next_page_uri?.split('?')[1] ?? ''}`);
      expect(second).toMatchObject({ page: 1, next_page_uri: null });
      expect(second.previous_page_uri).toContain('Page=0');
      expect([...first.messages, ...second.messages]).toHaveLength(3);
    });

    it('of one account only', async () => {
      const response = await fetch(`${twilio.url}/2010-04-01/Accounts/${OTHER.accountSid}/Messages.json`, {
        headers: { authorization: `Basic ${Buffer.from(`${OTHER.accountSid}:${OTHER.authToken}`).toString('base64')}` },
      });
      expect(await response.json()).toMatchObject({ messages: [] });
    });
  });
});
