import { resourceNames } from '../../src/core/names';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import type { Provoke } from './contract-world';
import { accepted, killed, ofFunction, placeOf, preflightOf, TEMPLATES, untilLimited } from './contract-world';
import { request } from './local-stage-of-tests';
import { awaitRecord } from './webhook-calls';

const names = resourceNames(LOCAL_STAGE);
const READINGS = ['/conversations/{conversation_id}', '/messages/{conversation_id}'];
const CANCELLINGS = READINGS.map((path) => `${path}/cancel`);
const MESSAGES = '/messages';
const OPEN = ['/openapi.json', '/docs'];

/** Every path that a browser may ask about. */
export const READING_PATHS = [...READINGS, ...CANCELLINGS, TEMPLATES, MESSAGES];

function readingOf(path: string): Readonly<Record<string, Provoke>> {
  const place = placeOf(path);
  const ask: Provoke = ({ get }) => get(place);
  return {
    [`get ${path} 200`]: async (world) => world.get(`${placeOf(path, await accepted(world))}?include=text`),
    [`get ${path} 400 INVALID_REQUEST`]: ({ get }) => get(`${place}?include=everything`),
    [`get ${path} 403 FORBIDDEN`]: ({ get }) => get(place, 'no-such-key-no-such-key'),
    [`get ${path} 404 CONVERSATION_NOT_FOUND`]: ask,
    [`get ${path} 500 DATABASE_ERROR`]: (world) =>
      world.failing(ofFunction(names.reader, 'dynamodb'), async () => ask(world)),
    [`get ${path} 500 INTERNAL_ERROR`]: killed(names.reader, ask),
    [`get ${path} 429 RATE_LIMIT_EXCEEDED`]: untilLimited(ask),
    [`options ${path} 204`]: preflightOf(place, 'GET'),
  };
}

function cancellingOf(path: string): Readonly<Record<string, Provoke>> {
  const place = placeOf(path);
  const ask: Provoke = ({ cancel }) => cancel(place);
  const later = () => {
    const { body, ...made } = request('sms');
    const send_at = new Date(Date.now() + 3_600_000).toISOString();
    return { ...made, body: { ...body, request_data: { ...body.request_data, send_at } } };
  };
  return {
    [`post ${path} 200`]: async (world) => world.cancel(placeOf(path, await accepted(world, later()))),
    [`post ${path} 403 FORBIDDEN`]: ({ cancel }) => cancel(place, 'no-such-key-no-such-key'),
    [`post ${path} 404 CONVERSATION_NOT_FOUND`]: ask,
    [`post ${path} 409 NOT_CANCELLABLE`]: async (world) => {
      const made = request('sms');
      const id = await accepted(world, made);
      await awaitRecord(world.stage, made.requestId, { conversation_status: 'initial_message_sent' });
      return world.cancel(placeOf(path, id));
    },
    [`post ${path} 500 DATABASE_ERROR`]: (world) =>
      world.failing(ofFunction(names.canceller, 'dynamodb'), async () => ask(world)),
    [`post ${path} 500 INTERNAL_ERROR`]: killed(names.canceller, ask),
    [`post ${path} 429 RATE_LIMIT_EXCEEDED`]: untilLimited(ask),
    [`options ${path} 204`]: preflightOf(place, 'POST'),
  };
}

const LIST = `${MESSAGES}?project_id=${SAMPLE.projectId}`;
const list: Provoke = ({ get }) => get(LIST);

const LISTING: Readonly<Record<string, Provoke>> = {
  [`get ${MESSAGES} 200`]: async (world) => {
    await accepted(world);
    return list(world);
  },
  [`get ${MESSAGES} 400 INVALID_REQUEST`]: ({ get }) => get(`${LIST}&state=lost&cursor=first`),
  [`get ${MESSAGES} 403 FORBIDDEN`]: ({ get }) => get(LIST, 'no-such-key-no-such-key'),
  [`get ${MESSAGES} 404 COMPANY_NOT_FOUND`]: ({ get }) => get(`${MESSAGES}?project_id=none`),
  [`get ${MESSAGES} 500 DATABASE_ERROR`]: (world) =>
    world.failing(ofFunction(names.reader, 'dynamodb'), async () => list(world)),
  [`get ${MESSAGES} 500 INTERNAL_ERROR`]: killed(names.reader, list),
  [`get ${MESSAGES} 429 RATE_LIMIT_EXCEEDED`]: untilLimited(list),
  [`options ${MESSAGES} 204`]: preflightOf(MESSAGES, 'GET'),
};

const templates: Provoke = (world) => world.templates();

const TEMPLATE_LIST: Readonly<Record<string, Provoke>> = {
  [`get ${TEMPLATES} 200`]: templates,
  [`options ${TEMPLATES} 204`]: preflightOf(TEMPLATES, 'GET'),
  [`get ${TEMPLATES} 403 FORBIDDEN`]: (world) => world.templates('no-such-key-no-such-key'),
  [`get ${TEMPLATES} 500 DATABASE_ERROR`]: (world) =>
    world.failing(ofFunction(names.reader, 'dynamodb'), async () => templates(world)),
  [`get ${TEMPLATES} 500 INTERNAL_ERROR`]: killed(names.reader, templates),
  [`get ${TEMPLATES} 429 RATE_LIMIT_EXCEEDED`]: untilLimited(templates),
};

function openPage(path: string): Readonly<Record<string, Provoke>> {
  const ask: Provoke = ({ call }) => call('get', path);
  return { [`get ${path} 200`]: ask, [`get ${path} 429 RATE_LIMIT_EXCEEDED`]: untilLimited(ask) };
}

/** Each documented answer to whoever reads or cancels, and how it is had. */
export const READINGS_PROVOKED: Readonly<Record<string, Provoke>> = {
  ...LISTING,
  ...TEMPLATE_LIST,
  ...Object.fromEntries(OPEN.flatMap((path) => Object.entries(openPage(path)))),
  ...Object.fromEntries(READINGS.flatMap((path) => Object.entries(readingOf(path)))),
  ...Object.fromEntries(CANCELLINGS.flatMap((path) => Object.entries(cancellingOf(path)))),
};

/** Documented, and not to be had over HTTP from a test. */
export const READINGS_NOT_PROVOKED: Readonly<Record<string, string>> = Object.fromEntries(
  OPEN.map((path) => [
    `get ${path} 500 INTERNAL_ERROR`,
    'the answer is made of what the function holds: nothing of it can fail',
  ]),
);
