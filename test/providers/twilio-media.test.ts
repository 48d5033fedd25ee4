import { listTwilioMedia, openTwilioMedium } from '../../src/providers/twilio-media';

const MESSAGE = `MM${'1'.repeat(32)}`;
const ID = `ME${'2'.repeat(32)}`;
const QUERY = { message: MESSAGE, id: ID, credentials: { twilio_account_sid: 'AC1', twilio_auth_token: 'token' } };
const MEDIA = `https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/${MESSAGE}/Media`;
const CDN = 'https://mms.twiliocdn.com/AC1/a-name';

/** A connection that gives these answers, one a request. */
function connection(...answers: ReadonlyArray<Response | Error>) {
  const asked: Array<{ readonly url: string; readonly authorization: string | undefined }> = [];
  const waiting = [...answers];
  const send = async (url: URL, { headers }: { headers: { readonly authorization?: string } }) => {
    asked.push({ url: String(url), authorization: headers.authorization });
    const next = waiting.shift() ?? new Error('no more answers');
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  const made = { baseUrl: 'https://api.twilio.com', timeoutMilliseconds: 1000, fetch: send as unknown as typeof fetch };
  return { asked, made };
}

const redirect = (location: string) => new Response(null, { status: 307, headers: { location } });

test('lists the media of a message', async () => {
  const list = { media_list: [{ sid: ID, content_type: 'image/jpeg', uri: '/any' }] };
  const { asked, made } = connection(new Response(JSON.stringify(list)));
  expect(await listTwilioMedia(QUERY, made)).toEqual({ outcome: 'listed', media: [{ id: ID, type: 'image/jpeg' }] });
  expect(asked).toEqual([
    { url: `${MEDIA}.json`, authorization: `Basic ${Buffer.from('AC1:token').toString('base64')}` },
  ]);
});

test('streams a medium from where Twilio says it lies, and takes no password there', async () => {
  const picture = new Response('bytes', { headers: { 'content-type': 'image/jpeg', 'content-length': '5' } });
  const { asked, made } = connection(redirect(CDN), picture);
  const opened = await openTwilioMedium(QUERY, made);
  expect(opened).toMatchObject({ outcome: 'open', type: 'image/jpeg', bytes: 5 });
  const parts: Uint8Array[] = [];
  if (opened.outcome === 'open') for await (const part of opened.content) parts.push(part);
  expect(Buffer.concat(parts).toString()).toBe('bytes');
  expect(asked).toEqual([expect.objectContaining({ url: `${MEDIA}/${ID}` }), { url: CDN, authorization: undefined }]);
});

test.each<readonly [string, ReadonlyArray<Response | Error>, object]>([
  ['that Twilio has no more', [new Response('', { status: 404 })], { outcome: 'gone' }],
  ['behind a wrong token', [new Response('', { status: 401 })], { outcome: 'unavailable', detail: 'HTTP 401' }],
  ['without an answer', [new TypeError('fetch failed')], { outcome: 'unavailable', detail: 'no answer (TypeError)' }],
  ['that leads to plain http', [redirect('http://10.0.0.1/secret')], { outcome: 'unavailable', detail: 'HTTP 307' }],
  ['that leads nowhere', [redirect('https://')], { outcome: 'unavailable', detail: 'HTTP 307' }],
  ['that leads on and on', [redirect(CDN), redirect(CDN)], { outcome: 'unavailable', detail: 'HTTP 307' }],
  ['that lies there no more', [redirect(CDN), new Response('', { status: 404 })], { outcome: 'gone' }],
])('a medium %s is not had', async (_what, answers, expected) => {
  expect(await openTwilioMedium(QUERY, connection(...answers).made)).toEqual(expected);
});

test.each<readonly [string, Partial<typeof QUERY>, object]>([
  ['no secret', { credentials: { twilio_account_sid: '', twilio_auth_token: '' } },
    { outcome: 'unavailable', detail: 'credentials incomplete' }],
  ['a message that is none of Twilio\'s', { message: '../../Keys' }, { outcome: 'gone' }],
  ['a medium that is none', { id: '../../Keys' }, { outcome: 'gone' }],
])('with %s nothing is asked for', async (_what, change, expected) => {
  const { asked, made } = connection();
  expect(await openTwilioMedium({ ...QUERY, ...change }, made)).toEqual(expected);
  if (!change.id) expect(await listTwilioMedia({ ...QUERY, ...change }, made)).toEqual(expected);
  expect(asked).toEqual([]);
});

test('a list that cannot be read is none', async () => {
  const { made } = connection(new Response('<html>'));
  expect(await listTwilioMedia(QUERY, made)).toEqual({ outcome: 'unavailable', detail: 'unreadable answer' });
});
