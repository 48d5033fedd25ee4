import type { LookupQuery } from '../../src/core/ports/message-lookup';
import { findTwilioMessages } from '../../src/providers/twilio-lookup';

const SINCE = Date.parse('2026-11-02T09:00:00.000Z');
const QUERY: LookupQuery = {
  channel: 'sms',
  recipient: '+447700900123', sender: '+447700900002', text: 'Hello Ada', since: SINCE, until: SINCE + 900_000,
  credentials: { twilio_account_sid: 'AC1', twilio_auth_token: 'token' },
};
const entry = (sid: string, changes: Readonly<Record<string, unknown>> = {}) => ({
  sid, body: 'Hello Ada', direction: 'outbound-api', date_created: 'Mon, 02 Nov 2026 09:05:00 +0000', ...changes,
});

/** A connection that gives these answers, one a request. */
function connection(...answers: ReadonlyArray<unknown>) {
  const asked: Array<{ readonly url: string; readonly authorization: string }> = [];
  const waiting = [...answers];
  const send = (url: URL, init: { headers: { authorization: string } }) => {
    asked.push({ url: String(url), authorization: init.headers.authorization });
    const next = waiting.shift();
    if (next instanceof Error) return Promise.reject(next);
    return Promise.resolve(
      typeof next === 'number' ? new Response('', { status: next }) : new Response(JSON.stringify(next)),
    );
  };
  return {
    asked,
    connection: {
      baseUrl: 'https://api.twilio.com',
      timeoutMilliseconds: 1000,
      fetch: send as unknown as typeof fetch,
    },
  };
}

const listed = (...vendorMessageIds: string[]) => ({ outcome: 'listed', vendorMessageIds, otherMessageIds: [] });

test('asks for the messages from sender to recipient, whatever their date of sending', async () => {
  const { asked, connection: one } = connection({ messages: [entry('SM1')], next_page_uri: null });
  expect(await findTwilioMessages(QUERY, one)).toEqual(listed('SM1'));
  expect(asked).toEqual([
    {
      url: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages.json?To=%2B447700900123&From=%2B447700900002&PageSize=200',
      authorization: `Basic ${Buffer.from('AC1:token').toString('base64')}`,
    },
  ]);
});

test('spells WhatsApp\'s addresses', async () => {
  const { asked, connection: one } = connection({ messages: [], next_page_uri: null });
  expect(await findTwilioMessages({ ...QUERY, channel: 'whatsapp' }, one)).toEqual(listed());
  expect(new URL(asked[0]?.url ?? '').searchParams.get('To')).toBe('whatsapp:+447700900123');
});

test.each([
  ['other words', { body: 'Hello Ben' }],
  ['no words, which were redacted', { body: '' }],
  ['no words at all', { body: null }],
  ['the words behind a trial account\'s prefix', { body: 'Sent from your Twilio trial account - Hello Ada' }],
  ['the words in another encoding', { body: 'Hello  Ada' }],
  ['other words through a messaging service', { body: 'x', direction: 'outbound-reply' }],
])('lists a message with %s apart: it may be ours', async (_name, changes) => {
  const { connection: one } = connection({ messages: [entry('SM1', changes)], next_page_uri: null });
  expect(await findTwilioMessages(QUERY, one)).toEqual({
    outcome: 'listed',
    vendorMessageIds: [],
    otherMessageIds: ['SM1'],
  });
});

test.each([
  ['a message that came in', { direction: 'inbound' }],
  ['a message made before', { date_created: 'Mon, 02 Nov 2026 08:59:59 +0000' }],
  ['a message made after', { date_created: 'Mon, 02 Nov 2026 09:15:01 +0000' }],
])('does not take %s for the message', async (_name, changes) => {
  const { connection: one } = connection({ messages: [entry('SM1', changes)], next_page_uri: null });
  expect(await findTwilioMessages(QUERY, one)).toEqual(listed());
});

test('reads on until the list is older than the send, and no further', async () => {
  const old = entry('SM3', { date_created: 'Mon, 02 Nov 2026 08:00:00 +0000' });
  const { asked, connection: one } = connection(
    { messages: [entry('SM1')], next_page_uri: '/next' },
    { messages: [entry('SM2'), old], next_page_uri: '/more' },
  );
  expect(await findTwilioMessages(QUERY, one)).toEqual(listed('SM1', 'SM2'));
  expect(asked.map(({ url }) => url).slice(1)).toEqual(['https://api.twilio.com/next']);
});

test.each([
  ['an error', [500], 'HTTP 500'],
  ['no answer', [new TypeError('reset')], 'no answer (TypeError)'],
  ['an answer of another kind', [{ hello: 1 }], 'unreadable answer'],
  [
    'a next page at another host',
    [{ messages: [], next_page_uri: 'https://evil.example/next' }],
    'the next page is at another host',
  ],
  [
    'a list without an end',
    Array.from({ length: 6 }, () => ({ messages: [], next_page_uri: '/next' })),
    'more than 5 pages',
  ],
])('cannot tell after %s', async (_name, answers, detail) => {
  expect(await findTwilioMessages(QUERY, connection(...answers).connection)).toEqual({
    outcome: 'unavailable',
    detail,
  });
});

test('asks nothing without credentials', async () => {
  const { asked, connection: one } = connection();
  expect(await findTwilioMessages({ ...QUERY, credentials: {} }, one)).toEqual({
    outcome: 'unavailable',
    detail: 'credentials incomplete',
  });
  expect(asked).toEqual([]);
});
