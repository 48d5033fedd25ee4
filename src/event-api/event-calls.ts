import type { Refusal } from '../core/contract/refusal';
import type { ClientEvent } from '../core/events/client-event';
import { takesProject } from '../core/events/endpoint';
import { EVENT_DAYS } from '../core/events/event-types';
import type { KeyGrant } from '../core/ports/directory';
import { database, queueing } from '../core/ports/port-failure';
import { eventBody } from '../events/event-body';
import { cursorAt, isCursor, SETTLED_AFTER } from '../events/positions';
import { invalid, readOrder } from '../router/read-order';
import type { EventReplayed, EventsListed } from './event-answers';
import { replayOrderSchema } from './event-answers';
import type { EventApiPorts, Operation } from './event-call';
import { ownEndpoints } from './own-endpoints';

/** Events that are read for one page; those of other projects are left out of it. */
const PAGE = 50;
const DAY = 24 * 60 * 60_000;

/** `GET /events?after=`. */
export const LIST_EVENTS: Operation = {
  failure: 'The events could not be listed.',
  work: async ({ grant }, { query = {} }, ports) => {
    const { after: given, include } = query;
    const faults = [
      ...(given === undefined || isCursor(given) ? [] : [{ path: 'after', message: 'must be the `next` of an answer' }]),
      ...(include === undefined || include === 'text' ? [] : [{ path: 'include', message: 'must be "text", or be left out' }]),
    ];
    if (faults.length > 0) return { refusal: invalid(faults) };
    const now = ports.clock.now();
    const after = given ?? cursorAt(now - EVENT_DAYS * DAY);
    const page = await settledPage(grant.company_id, after, now, ports);
    const shown = page.filter(({ event }) => isOwn(event, grant));
    const wanted = { include: include === 'text' ? (['text'] as const) : [] };
    const body: EventsListed = {
      status: 'success',
      company_id: grant.company_id,
      events: await database('Reading what recipients wrote', async () => (
        Promise.all(shown.map(async ({ event }) => eventBody(event, wanted, ports)))
      )),
      next: page.at(-1)?.position ?? after,
      has_more: page.length === PAGE,
    };
    return { body };
  },
};

/** What is not settled yet may still get an event before it, which the next page would pass over. */
async function settledPage(company: string, after: string, now: number, { events }: EventApiPorts) {
  const until = cursorAt(now - SETTLED_AFTER);
  if (after >= until) return [];
  return database('Reading the events', async () => events.after({ company, position: after, until, limit: PAGE }));
}

/** What concerns the company as a whole is for keys of all its projects. */
function isOwn({ project_id: project }: ClientEvent, grant: KeyGrant): boolean {
  return takesProject(grant, project);
}

/** One answer for what does not exist any more, or is not the key's. */
const NO_EVENT: Refusal = { code: 'EVENT_NOT_FOUND', message: 'There is no such event.' };

const NO_TAKER: Refusal = {
  code: 'ENDPOINT_NOT_FOUND',
  message: 'No such endpoint of this key takes the event: GET /event-endpoints lists them.',
};

const RULES = { endpoint_id: 'must be an endpoint_id, or be left out' };

/** `POST /events/{event_id}/replay`: to one endpoint, or to each of the key's that takes the event. */
export const REPLAY_EVENT: Operation = {
  failure: 'An event could not be replayed.',
  work: async (caller, call, ports) => {
    const read = readOrder({ ...call, body: call.body || '{}' }, replayOrderSchema, RULES);
    if ('refusal' in read) return read;
    const { pathPart: id = '' } = call;
    const { company_id: company } = caller.grant;
    const found = isEventId(id)
      ? await database('Reading the event', async () => ports.events.find(company, id))
      : undefined;
    if (!found || !isOwn(found.event, caller.grant)) return { refusal: NO_EVENT };
    const takers = (await ownEndpoints(caller, ports)).filter((endpoint) => (
      takesProject(endpoint, found.event.project_id) && (read.order.endpoint_id ?? endpoint.id) === endpoint.id
    ));
    if (takers.length === 0) return { refusal: NO_TAKER };
    await queueing('Calling for the delivery', async () => {
      for (const { id: endpoint } of takers) await ports.deliveries.call({ company, endpoint, replay: id });
    });
    const body: EventReplayed = { status: 'success', event_id: id, endpoint_ids: takers.map((one) => one.id) };
    return { body };
  },
};

function isEventId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
