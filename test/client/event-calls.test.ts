import { createEngineClient } from '../../src/client/engine-client';
import type { Meeting } from './scripted-world';
import { refusal, ScriptedWorld } from './scripted-world';

const LOST = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNRESET' } });
const ENDPOINT = { endpoint_id: 'ep_1', url: 'https://example.com/in' };
const EVENT = { id: 'event-1', type: 'message.sent' };

const ok = (body: object): Meeting => ({ status: 200, body: { status: 'success', ...body } });

function clientOf(...meetings: readonly Meeting[]) {
  const world = new ScriptedWorld(meetings);
  return { client: createEngineClient({ url: 'https://engine.example.com/dev', apiKey: 'secret-key', world }), world };
}

const pathsOf = ({ sent }: ScriptedWorld) => sent.map(({ url }) => url.replace('https://engine.example.com/dev', ''));

test('events are listed page by page, with texts only where they are asked for', async () => {
  const page = ok({ company_id: 'a', events: [EVENT], next: '2-1', has_more: true });
  const { client, world } = clientOf(LOST, page);
  expect(await client.listEvents()).toEqual({
    outcome: 'listed', events: [EVENT], next: '2-1', hasMore: true, attempts: 2,
  });
  await client.listEvents({ after: '2-1', includesText: true });
  expect(pathsOf(world)).toEqual(['/events', '/events', '/events?after=2-1&include=text']);
  expect(world.sent[0]?.key).toBe('secret-key');
});

test('an event is delivered again, to all endpoints or to one', async () => {
  const { client, world } = clientOf(ok({ event_id: 'event-1', endpoint_ids: ['ep_1'] }));
  expect(await client.replayEvent('event-1')).toMatchObject({ outcome: 'called', endpointIds: ['ep_1'] });
  await client.replayEvent('event-1', { endpointId: 'ep_1' });
  expect(world.sent.map(({ body }) => body)).toEqual([{}, { endpoint_id: 'ep_1' }]);
  expect(pathsOf(world)[0]).toBe('/events/event-1/replay');
});

test('endpoints are listed and removed', async () => {
  const { client } = clientOf(ok({ company_id: 'a', endpoints: [ENDPOINT] }));
  expect(await client.listEndpoints()).toMatchObject({ outcome: 'listed', endpoints: [ENDPOINT] });
  const removing = clientOf(LOST, ok({ endpoint_id: 'ep_1' }));
  expect(await removing.client.removeEndpoint('ep_1')).toMatchObject({ outcome: 'removed', attempts: 2 });
});

describe('what a repetition would do twice is sent once', () => {
  const rotated = ok({ endpoint_id: 'ep_1', secret: 'whsec_2', previous_secret_valid_until: '2026-11-29T10:00:00.000Z' });

  test('adding an endpoint, whose secret is answered', async () => {
    const { client, world } = clientOf(ok({ endpoint: ENDPOINT, secret: 'whsec_1' }));
    expect(await client.addEndpoint({ url: ENDPOINT.url })).toMatchObject({ outcome: 'added', endpoint: ENDPOINT, secret: 'whsec_1' });
    expect(world.sent[0]?.body).toEqual({ url: ENDPOINT.url });
    const lost = clientOf(LOST);
    expect(await lost.client.addEndpoint({ url: ENDPOINT.url })).toMatchObject({ outcome: 'unanswered', attempts: 1 });
    const full = clientOf(refusal(409, 'TOO_MANY_ENDPOINTS'));
    expect(await full.client.addEndpoint({ url: ENDPOINT.url })).toMatchObject({ outcome: 'refused', code: 'TOO_MANY_ENDPOINTS' });
  });

  test('making a secret and a test, of which an exhausted limit is waited for', async () => {
    const { client } = clientOf(refusal(429, 'RATE_LIMIT_EXCEEDED', { 'retry-after': '1' }), rotated);
    expect(await client.rotateEndpointSecret('ep_1')).toMatchObject({
      outcome: 'rotated', secret: 'whsec_2', previousSecretValidUntil: '2026-11-29T10:00:00.000Z', attempts: 2,
    });
    const tested = clientOf(ok({ endpoint_id: 'ep_1', event_id: 'event-2' }));
    expect(await tested.client.testEndpoint('ep_1')).toMatchObject({ outcome: 'called', eventId: 'event-2' });
    expect(await clientOf(LOST).client.testEndpoint('ep_1')).toMatchObject({ outcome: 'unanswered', attempts: 1 });
  });
});

test('what is not the engine\'s answer is none, whatever was asked', async () => {
  const { client } = clientOf(ok({}));
  const answers = await Promise.all([
    client.listEvents(), client.replayEvent('e'), client.listEndpoints(), client.addEndpoint({ url: 'u' }),
    client.rotateEndpointSecret('e'), client.removeEndpoint('e'), client.testEndpoint('e'),
  ]);
  expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['unanswered']));
});
