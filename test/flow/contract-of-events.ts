import { resourceNames } from '../../src/core/names';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import type { HttpAnswer } from '../openapi/documented-answers';
import { request } from './local-stage-of-tests';

/** How a call is made by a key of its own, and how calls of a function to a service are refused meanwhile. */
export interface EventsWorldOfContract {
  ask(method: string, path: string, body?: unknown, key?: string): Promise<HttpAnswer>;
  post(body: unknown): Promise<HttpAnswer>;
  refusing(functionName: string, service: string, work: () => Promise<HttpAnswer>): Promise<HttpAnswer>;
  killing(functionName: string, work: () => Promise<HttpAnswer>): Promise<HttpAnswer>;
}

type Provoke = (world: EventsWorldOfContract) => Promise<HttpAnswer>;

const EVENT_API = resourceNames(LOCAL_STAGE).eventApi;
const ENDPOINTS = '/event-endpoints';
const ENDPOINT = `${ENDPOINTS}/{endpoint_id}`;
const URL_OF_CLIENT = 'https://example.com/engine-events';

/** The paths, each with its methods. */
export const EVENT_PATHS: ReadonlyArray<readonly [method: string, path: string]> = [
  ['get', ENDPOINTS], ['post', ENDPOINTS], ['delete', ENDPOINT], ['post', `${ENDPOINT}/rotate`],
  ['post', `${ENDPOINT}/test`], ['get', '/events'], ['post', '/events/{event_id}/replay'],
];

const placeOf = (path: string, id = 'none') => path.replace(/\{\w+\}/, id);

async function added({ ask }: EventsWorldOfContract): Promise<string> {
  const answer: { readonly endpoint: { readonly endpoint_id: string } } = JSON.parse(
    (await ask('post', ENDPOINTS, { url: URL_OF_CLIENT })).body,
  );
  return answer.endpoint.endpoint_id;
}

/** With one endpoint, which is gone afterwards: a company may have ten. */
const withEndpoint = (method: string, path: string): Provoke => async (world) => {
  const id = await added(world);
  const answer = await world.ask(method, placeOf(path, id));
  await world.ask('delete', placeOf(ENDPOINT, id));
  return answer;
};

/** An event of a message; an endpoint would take it. */
async function published({ ask, post }: EventsWorldOfContract): Promise<string> {
  await post(request('sms').body);
  for (;;) {
    const { events: [event] }: { readonly events: ReadonlyArray<{ readonly id: string }> } = JSON.parse(
      (await ask('get', '/events')).body,
    );
    if (event) return event.id;
    await new Promise((resolve) => { setTimeout(resolve, 500); });
  }
}

const replayed: Provoke = async (world) => {
  const event = await published(world);
  const id = await added(world);
  const answer = await world.ask('post', `/events/${event}/replay`);
  await world.ask('delete', placeOf(ENDPOINT, id));
  return answer;
};

/** Answers of every one of them. */
function always([method, path]: readonly [string, string]): Readonly<Record<string, Provoke>> {
  const body = method === 'post' && path === ENDPOINTS ? {} : undefined;
  const ask: Provoke = (world) => world.ask(method, placeOf(path), body);
  return {
    [`${method} ${path} 403 FORBIDDEN`]: (world) => world.ask(method, placeOf(path), body, 'no-such-key-no-such-key'),
    [`${method} ${path} 500 DATABASE_ERROR`]: (world) => (
      world.refusing(EVENT_API, 'dynamodb', async () => ask(world))
    ),
    [`${method} ${path} 500 INTERNAL_ERROR`]: (world) => world.killing(EVENT_API, async () => ask(world)),
    [`${method} ${path} 429 RATE_LIMIT_EXCEEDED`]: async (world) => {
      const answers = await Promise.all(Array.from({ length: 60 }, async () => ask(world)));
      return answers.find(({ status }) => status === 429) ?? ask(world);
    },
  };
}

const TOO_LARGE = { url: 'a'.repeat(300_000) };

/** Each documented answer about endpoints and events, and how it is had. */
export const EVENTS_PROVOKED: Readonly<Record<string, Provoke>> = {
  ...Object.fromEntries(EVENT_PATHS.flatMap((place) => Object.entries(always(place)))),
  [`get ${ENDPOINTS} 200`]: ({ ask }) => ask('get', ENDPOINTS),
  [`post ${ENDPOINTS} 200`]: async (world) => {
    const answer = await world.ask('post', ENDPOINTS, { url: URL_OF_CLIENT });
    const { endpoint }: { readonly endpoint: { readonly endpoint_id: string } } = JSON.parse(answer.body);
    await world.ask('delete', placeOf(ENDPOINT, endpoint.endpoint_id));
    return answer;
  },
  [`post ${ENDPOINTS} 400 INVALID_REQUEST`]: ({ ask }) => ask('post', ENDPOINTS, { url: 'http://example.com/' }),
  [`post ${ENDPOINTS} 400 PAYLOAD_TOO_LARGE`]: ({ ask }) => ask('post', ENDPOINTS, TOO_LARGE),
  [`post ${ENDPOINTS} 409 TOO_MANY_ENDPOINTS`]: async (world) => {
    const ids: string[] = [];
    for (let made = 0; made < 10; made += 1) ids.push(await added(world));
    const answer = await world.ask('post', ENDPOINTS, { url: URL_OF_CLIENT });
    for (const id of ids) await world.ask('delete', placeOf(ENDPOINT, id));
    return answer;
  },
  [`delete ${ENDPOINT} 200`]: async (world) => world.ask('delete', placeOf(ENDPOINT, await added(world))),
  ...Object.fromEntries(['rotate', 'test'].map((action) => (
    [`post ${ENDPOINT}/${action} 200`, withEndpoint('post', `${ENDPOINT}/${action}`)]
  ))),
  ...Object.fromEntries([['delete', ENDPOINT], ['post', `${ENDPOINT}/rotate`], ['post', `${ENDPOINT}/test`]].map(
    ([method = '', path = '']): readonly [string, Provoke] => (
      [`${method} ${path} 404 ENDPOINT_NOT_FOUND`, ({ ask }) => ask(method, placeOf(path))]
    ),
  )),
  [`post ${ENDPOINT}/test 500 QUEUE_ERROR`]: (world) => (
    world.refusing(EVENT_API, 'sqs', async () => withEndpoint('post', `${ENDPOINT}/test`)(world))
  ),
  'get /events 200': async (world) => {
    await published(world);
    return world.ask('get', '/events?include=text');
  },
  'get /events 400 INVALID_REQUEST': ({ ask }) => ask('get', '/events?after=yesterday'),
  'post /events/{event_id}/replay 200': replayed,
  'post /events/{event_id}/replay 400 INVALID_REQUEST': ({ ask }) => ask('post', '/events/none/replay', { to: 'me' }),
  'post /events/{event_id}/replay 400 PAYLOAD_TOO_LARGE': ({ ask }) => ask('post', '/events/none/replay', TOO_LARGE),
  'post /events/{event_id}/replay 404 EVENT_NOT_FOUND': ({ ask }) => ask('post', '/events/none/replay'),
  'post /events/{event_id}/replay 404 ENDPOINT_NOT_FOUND': async (world) => (
    world.ask('post', `/events/${await published(world)}/replay`, { endpoint_id: 'ep_0' })
  ),
  'post /events/{event_id}/replay 500 QUEUE_ERROR': (world) => (
    world.refusing(EVENT_API, 'sqs', async () => replayed(world))
  ),
};

/** Documented, and not to be had over HTTP from here. */
export const EVENTS_NOT_PROVOKED: Readonly<Record<string, string>> = {
  [`post ${ENDPOINT}/rotate 409 ENDPOINT_CHANGED`]:
    'two rotations would have to meet within a few milliseconds; test/event-api provokes it',
};
