import { Webhook } from 'standardwebhooks';
import { postRequest } from '../../tools/local-stage/api-client';
import { awaitOutcome } from '../../tools/local-stage/await-status';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import type { EventReceiver } from './event-receiver';
import { startReceiver } from './event-receiver';
import { request, startStage } from './local-stage-of-tests';
import { addKey } from './tenants-of-tests';

// Answers of the API, as each test reads them.
interface Answer {
  readonly status: number;
  readonly json: {
    readonly error_code?: string;
    readonly secret?: string;
    readonly endpoint?: { readonly endpoint_id: string };
    readonly endpoints?: readonly unknown[];
    readonly events?: ReadonlyArray<{ readonly id: string }>;
    readonly event_id?: string;
    readonly next?: string;
  };
}

describe('a client of the API', () => {
  let stage: LocalStage;
  let receiver: EventReceiver;
  beforeAll(async () => {
    stage = await startStage('event-api');
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await receiver.stop();
    await stage.stop();
  });

  async function call(
    method: string, path: string, { key = stage.apiKey, body }: { key?: string; body?: object } = {},
  ): Promise<Answer> {
    const response = await fetch(`${stage.url}${path}`, {
      method,
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: await response.json() as Answer['json'] };
  }

  test('registers an endpoint, verifies what it gets, lists it and has it replayed; no other tenant can', async () => {
    const added = await call('POST', '/event-endpoints', { body: { url: receiver.url, include: ['text'] } });
    expect(added.status).toBe(200);
    const { secret = '', endpoint: { endpoint_id: id } = { endpoint_id: '' } } = added.json;
    const { requestId, body } = request('sms');
    await postRequest(stage.url, stage.apiKey, body);
    await awaitOutcome(stage, requestId);
    const [sent] = await receiver.until(({ event: { type, data } }) => (
      type === 'message.sent' && data.request_id === requestId
    ));
    const verifier = new Webhook(secret);
    expect(verifier.verify(sent?.body ?? '', { ...sent?.headers })).toEqual(JSON.parse(sent?.body ?? ''));

    const isListed = ({ json }: Answer) => json.events?.some(({ id: one }) => one === sent?.event.id);
    const listed = await until(async () => call('GET', '/events'), isListed);
    expect(listed.json.events?.find(({ id: one }) => one === sent?.event.id)).toEqual(JSON.parse(sent?.body ?? ''));
    const rest = await call('GET', `/events?after=${listed.json.next}`);
    expect(rest.json.events?.map(({ id: one }) => one)).not.toContain(sent?.event.id);

    const replayed = await call('POST', `/events/${sent?.event.id}/replay`);
    expect([replayed.status, replayed.json]).toMatchObject([200, { endpoint_ids: [id] }]);
    await receiver.until(({ event }) => event.id === sent?.event.id, 2);

    const rival = await addKey(stage, 'rival-and-sons', ['*']);
    const before = await call('GET', '/event-endpoints');
    for (const [method, path] of [
      ['DELETE', ''], ['POST', '/rotate'], ['POST', '/test'],
    ] as const) {
      expect(await call(method, `/event-endpoints/${id}${path}`, { key: rival })).toMatchObject({
        status: 404, json: { error_code: 'ENDPOINT_NOT_FOUND' },
      });
    }
    expect(await call('POST', `/events/${sent?.event.id}/replay`, { key: rival })).toMatchObject({ status: 404 });
    expect((await call('GET', '/events', { key: rival })).json.events).toEqual([]);
    expect((await call('GET', '/event-endpoints', { key: rival })).json.endpoints).toEqual([]);
    expect((await call('GET', '/event-endpoints')).json).toEqual(before.json);
    expect(JSON.stringify(before.json)).not.toContain(secret);

    const rotated = await call('POST', `/event-endpoints/${id}/rotate`);
    const tested = await call('POST', `/event-endpoints/${id}/test`);
    const [test] = await receiver.until(({ event }) => event.id === tested.json.event_id);
    for (const valid of [secret, rotated.json.secret ?? '']) {
      expect(new Webhook(valid).verify(test?.body ?? '', { ...test?.headers })).toMatchObject({ type: 'endpoint.test' });
    }
    expect(await call('DELETE', `/event-endpoints/${id}`)).toMatchObject({ status: 200 });
    expect((await call('GET', '/event-endpoints')).json.endpoints).toEqual([]);
    expect(stage.cloud.faults()).toEqual([]);
  });

  test('gets what is refused by the gateway said in its words', async () => {
    const { status, json } = await call('PUT', '/event-endpoints');
    expect([status, json.error_code]).toEqual([405, 'METHOD_NOT_ALLOWED']);
    const narrow = await addKey(stage, SAMPLE.companyId, ['another-project']);
    expect((await call('GET', '/events', { key: narrow })).json.events).toEqual([]);
  });
});

async function until(ask: () => Promise<Answer>, fits: (answer: Answer) => boolean | undefined): Promise<Answer> {
  const end = Date.now() + 60_000;
  for (;;) {
    const answer = await ask();
    if (fits(answer)) return answer;
    if (Date.now() > end) throw new Error('Waiting failed: the event was not listed.');
    await new Promise((resolve) => { setTimeout(resolve, 500); });
  }
}
