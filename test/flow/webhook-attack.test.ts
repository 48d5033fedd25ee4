import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { resourceNames } from '../../src/core/names';
import { STAGES } from '../../src/infra/stages';
import { twilioInboundUrl } from '../../src/providers/twilio-inbound-webhook';
import { WEBHOOK_PATHS } from '../../src/providers/vendors';
import { postRequest } from '../../tools/local-stage/api-client';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import { recipient, request, startStage } from './local-stage-of-tests';
import type { RawCall } from './raw-calls';
import { inParallel, rawCall, slowCall } from './raw-calls';
import { awaitRecord } from './webhook-calls';

const FORM = ['content-type', 'application/x-www-form-urlencoded'] as const;
/** Whom the forged calls name. */
const STRANGER = '+447700900360';
const NAMES = resourceNames(LOCAL_STAGE);

/** What strangers send to addresses that need no key. Measured by counts: nothing depends on the machine's speed. */
describe('an attack on the webhooks', () => {
  let stage: LocalStage;
  beforeAll(async () => { stage = await startStage('webhook-attack'); });
  afterAll(async () => { await stage.stop(); });

  const base = () => new URL(stage.url).pathname;
  const inbound = () => {
    const [url = ''] = twilioInboundUrl(stage.url, { ...SAMPLE, channel: 'sms' }).split('#');
    return { url, path: url.slice(new URL(url).origin.length) };
  };
  const starts = (name: string, since = 0) =>
    stage.cloud.reports(name).filter(({ startedAt }) => startedAt >= since).length;
  const failures = () => stage.cloud.reports().filter(({ status }) => status !== 'success');
  const callerOf = (name: string) =>
    stage.cloud.template.ofType('AWS::Lambda::Function').find(({ properties }) => properties.FunctionName === name)
      ?.logicalId ?? '';
  const callsOf = (name: string) => stage.cloud.services.calls.all({ caller: callerOf(name), kind: 'function' });
  const message = (change: Readonly<Record<string, string>> = {}) => {
    const sid = `SM${randomBytes(16).toString('hex')}`;
    return { AccountSid: SAMPLE.accountSid, MessageSid: sid, From: STRANGER, To: SAMPLE.smsNumber, Body: 'Hi', ...change };
  };
  const signature = (form: Readonly<Record<string, string>>) =>
    getExpectedTwilioSignature('sample-twilio-token', inbound().url, form);
  const send = async () => {
    const { requestId, body } = request('sms');
    return { requestId, answer: await postRequest(stage.url, stage.apiKey, body) };
  };
  /** Once its last receipt was taken: from then on the vendor is silent. */
  const delivered = async ({ requestId, answer }: Awaited<ReturnType<typeof send>>) => {
    expect(answer).toMatchObject({ status: 200 });
    await awaitRecord(stage, requestId, { delivery_status: 'delivered' });
  };
  /** Sends calls, and answers what they led to. */
  const flood = async (calls: readonly RawCall[]) => {
    stage.cloud.services.calls.clear();
    const begun = Date.now();
    const answers = await inParallel(calls.length, 8, async (index) => rawCall(stage.url, calls[index] ?? { path: '/' }));
    const made = callsOf(NAMES.vendorWebhooks);
    return {
      statuses: answers.map(({ status }) => status),
      bodies: answers.map(({ body }) => body),
      started: starts(NAMES.vendorWebhooks, begun),
      routerStarted: starts(NAMES.router, begun),
      writes: made.reduce((sum, { writeUnits }) => sum + writeUnits, 0),
      calls: made.reduce((sum, { calls: amount }) => sum + amount, 0),
    };
  };

  /** The same until each call was heard: what the throttle turned away starts nothing, and comes again. */
  const attack = async (calls: readonly RawCall[]): ReturnType<typeof flood> => {
    const made = await flood(calls);
    const turnedAway = calls.filter((_call, index) => made.statuses[index] === 429);
    if (turnedAway.length === 0) return made;
    await sleep(200);
    const again = await attack(turnedAway);
    let next = 0;
    const heard = made.statuses.map((status, index) => {
      const place = status === 429 ? (next += 1) - 1 : index;
      const from = status === 429 ? again : made;
      return { status: from.statuses[place] ?? 0, body: from.bodies[place] ?? '' };
    });
    return {
      statuses: heard.map(({ status }) => status),
      bodies: heard.map(({ body }) => body),
      started: made.started + again.started,
      routerStarted: made.routerStarted + again.routerStarted,
      writes: made.writes + again.writes,
      calls: made.calls + again.calls,
    };
  };

  test('a body beyond what the gateway takes starts nothing, and one beyond what a vendor writes reads nothing', async () => {
    const huge = await attack([{ path: inbound().path, headers: FORM, body: Buffer.alloc(10.5 * 1024 * 1024, 'a') }]);
    expect(huge).toMatchObject({ statuses: [400], started: 0, calls: 0 });
    const large = await attack(WEBHOOK_PATHS.map((path) => (
      { path: `${base()}${path}?company_id=x&project_id=y&channel=sms`, headers: FORM, body: 'a'.repeat(5_000_000) })));
    expect(large).toMatchObject({ statuses: WEBHOOK_PATHS.map(() => 400), started: WEBHOOK_PATHS.length, calls: 0 });
  });

  test.each([
    ['no type', []],
    ['JSON', ['content-type', 'application/json']],
    ['parts', ['content-type', 'multipart/form-data; boundary=x']],
    ['another alphabet', ['content-type', 'application/x-www-form-urlencoded; charset=utf-16']],
    ['no type that exists', ['content-type', '/;;"\u00ff']],
    ['packed', [...FORM, 'content-encoding', 'gzip']],
    ['two types', [...FORM, 'content-type', 'application/json']],
  ])('a call with %s is answered and writes nothing', async (_what, headers) => {
    const calls = WEBHOOK_PATHS.flatMap((path) => ['{"a":', '--x\r\n', '\u0000\ufffd', '[]', ''].map((body) => (
      { path: `${base()}${path}?company_id=${SAMPLE.companyId}&project_id=${SAMPLE.projectId}&channel=sms`, headers, body })));
    const { statuses, writes } = await attack(calls);
    expect(new Set(statuses)).toEqual(new Set([403]));
    expect({ writes, failures: failures() }).toEqual({ writes: 0, failures: [] });
  });

  test('headers without end are refused, and the next call is taken', async () => {
    const endless = Array.from({ length: 1_500 }, (_none, index) => [`x-h${index}`, 'v'.repeat(20)]).flat();
    const many = Array.from({ length: 120 }, (_none, index) => [`x-h${index}`, 'v']).flat();
    const { statuses, started, writes } = await attack([
      { path: inbound().path, headers: endless }, { path: inbound().path, headers: ['x-h', 'v'.repeat(60_000)] },
      { path: inbound().path, headers: [...FORM, ...many] },
    ]);
    expect({ statuses, started, writes }).toEqual({ statuses: [431, 431, 403], started: 1, writes: 0 });
    await delivered(await send());
  });

  test('of several signatures none proves a call, unless each would', async () => {
    const form = message();
    const body = new URLSearchParams(form).toString();
    const [good, bad] = [signature(form), Buffer.alloc(20).toString('base64')];
    const twice = (...values: readonly string[]) => values.flatMap((value) => ['x-twilio-signature', value]);
    const { statuses, writes } = await attack([
      { path: inbound().path, headers: [...FORM, ...twice(good, bad)], body },
      { path: inbound().path, headers: [...FORM, ...twice(`${good}, ${bad}`)], body },
      { path: inbound().path, headers: [...FORM, ...twice(bad, '')], body },
      { path: inbound().path, headers: [...FORM, ...twice('a'.repeat(7_000))], body },
    ]);
    expect({ statuses, writes }).toEqual({ statuses: [403, 403, 403, 403], writes: 0 });
  });

  test.each([
    '/webhooks//twilio/inbound', '/webhooks/twilio/inbound;x', '/WEBHOOKS/twilio/inbound',
    '/webhooks/twilio/inbound%00', '/webhooks/twilio%2finbound', '/webhooks/twilio/../../initiate-conversation',
    '/webhooks/twilio/inbound/..%2f..%2finitiate-conversation', '/webhooks/../conversations/x', '/webhooks',
    `/webhooks/${'a/'.repeat(2_000)}`, '/webhooks/%', '/webhooks/twilio/inbound\\..\\x',
  ].map((path) => [path.slice(0, 60), path] as const))('the path %s leads to no function', async (_shown, path) => {
    const { statuses, started, routerStarted } = await attack([{ path: `${base()}${path}`, headers: FORM }]);
    expect([403, 404]).toContain(statuses[0]);
    expect({ started, routerStarted }).toEqual({ started: 0, routerStarted: 0 });
  });

  test.each([
    '', '?company_id', '?company_id=%00&project_id=%00&channel=sms', '?company_id=__proto__&project_id=x&channel=sms',
    '?company_id=api-key%23x&project_id=y&channel=sms', '?company_id=a&company_id=b&project_id=c&channel=sms',
    '?company_id=a&project_id=b&channel=constructor', `?company_id=${'a'.repeat(6_000)}&project_id=b&channel=sms`,
    '?conversation_id=a%23b%23c&attempt_id=d', '?conversation_id=%23%23%23&attempt_id=%23', '?%company_id=%%%',
    '?company_id=%F0%9F%98&project_id=%ED%A0%80&channel=sms', `?conversation_id=a%23b%23${randomUUID()}&attempt_id=1`,
  ].map((query) => [query.slice(0, 60), query] as const))('the query "%s" is answered like any other that proves nothing', async (_shown, query) => {
    const calls = WEBHOOK_PATHS.map((path) => ({ path: `${base()}${path}${query}`, headers: FORM, body: 'MessageStatus=delivered' }));
    const { statuses, bodies, writes } = await attack(calls);
    expect(new Set(statuses)).toEqual(new Set([403]));
    expect(new Set(bodies)).toEqual(new Set([
      '{"status":"error","error_code":"FORBIDDEN","message":"Forbidden","request_id":"unknown"}',
    ]));
    expect({ writes, failures: failures() }).toEqual({ writes: 0, failures: [] });
  });

  test('calls whose body never ends start no function, and clients are answered meanwhile', async () => {
    const before = starts(NAMES.vendorWebhooks);
    const sockets = await Promise.all(
      Array.from({ length: 300 }, async () => slowCall(stage.url, inbound().path, ['content-type: text/plain'])));
    const sent = await send();
    await delivered(sent);
    // Whatever ran was a receipt of that message, or one before it.
    expect(starts(NAMES.vendorWebhooks) - before).toBeLessThanOrEqual(stage.vendors.twilio.webhooks().length);
    for (const socket of sockets) socket.destroy();
  });

  const forged = (): RawCall => {
    const form = message({ Body: 'STOP' });
    const headers = [...FORM, 'x-twilio-signature', signature({ ...form, Body: 'STOP!' })];
    return { path: inbound().path, headers, body: new URLSearchParams(form).toString() };
  };
  const settings = () => STAGES.find(({ name }) => name === LOCAL_STAGE);

  test('of thousands of forged calls no more are worked than the throttle says, each reads little and writes nothing', async () => {
    const { rate, burst } = settings()?.throttle.webhooks ?? { rate: 0, burst: 0 };
    const begun = performance.now();
    const flooded = await flood(Array.from({ length: 2_000 }, forged));
    const most = burst + (rate * (performance.now() - begun)) / 1000;
    expect(flooded.statuses.filter((status) => status !== 403 && status !== 429)).toEqual([]);
    expect(flooded.started).toBe(flooded.statuses.filter((status) => status === 403).length);
    expect(flooded.started).toBeLessThanOrEqual(most);
    expect(flooded.routerStarted).toBe(0);
    expect(flooded.writes).toBe(0);
    // Whose the call is, and no more; a token that does not prove it is read past the cache rarely.
    expect(flooded.calls).toBeLessThanOrEqual(flooded.started * 2);
    expect(failures()).toEqual([]);
  });

  test('while thousands of forged calls come in, every client is answered, and nobody was stopped by a forged word', async () => {
    const [flooded, sent] = await Promise.all([flood(Array.from({ length: 2_000 }, forged)), inParallel(12, 1, send)]);
    expect(flooded.statuses.filter((status) => status !== 403 && status !== 429)).toEqual([]);
    expect(sent.map(({ answer }) => answer.status)).toEqual(sent.map(() => 200));
    for (const one of sent) await delivered(one);
    const { requestId, body } = request('sms', recipient('sms', { recipient_tel: STRANGER }));
    await delivered({ requestId, answer: await postRequest(stage.url, stage.apiKey, body) });
    expect(failures()).toEqual([]);
  });

  test('after all that a genuine message is taken, once', async () => {
    const form = message();
    const call = { path: inbound().path, headers: [...FORM, 'x-twilio-signature', signature(form)], body: new URLSearchParams(form).toString() };
    expect(await attack([call, call])).toMatchObject({ statuses: [200, 200], bodies: ['<Response/>', '<Response/>'] });
  });
});
