import { randomBytes } from 'node:crypto';
import type { Endpoint, SealedSecret } from '../../core/events/endpoint';
import { MOST_ENDPOINTS, ROTATION_DAYS } from '../../core/events/endpoint';
import { timestamp } from '../../core/ports/clock';
import { cursorAt } from '../../events/positions';
import { seal } from '../../events/seal';
import { newSigningSecret } from '../../events/sign';
import type { OperationPorts } from '../ports';
import { endpointUrlFault } from './endpoint-url';

export type EndpointPorts = Pick<
  OperationPorts,
  'allowsLoopback' | 'clock' | 'deliveries' | 'endpointKey' | 'endpoints' | 'events' | 'newIdentifier'
>;

const DAY = 24 * 60 * 60_000;

export interface NewEndpoint {
  readonly company: string;
  /** `*` for all of the company's. */
  readonly projects: readonly string[];
  readonly url: string;
  readonly include: ReadonlyArray<'text'>;
  readonly by: string;
}

export type AddResult =
  /** The only moment at which the secret is known. */
  | { readonly outcome: 'added'; readonly endpoint: Endpoint; readonly secret: string }
  | { readonly outcome: 'url_refused'; readonly fault: string }
  | { readonly outcome: 'too_many' };

/** Adds an endpoint; it gets the events from now on. */
export async function addEndpoint(ports: EndpointPorts, order: NewEndpoint): Promise<AddResult> {
  const fault = endpointUrlFault(order.url, ports);
  if (fault !== undefined) return { outcome: 'url_refused', fault };
  if ((await ports.endpoints.list(order.company)).length >= MOST_ENDPOINTS) return { outcome: 'too_many' };
  const now = ports.clock.now();
  const owner = { company_id: order.company, id: `ep_${randomBytes(12).toString('hex')}` };
  const secret = newSigningSecret();
  const endpoint: Endpoint = {
    ...owner,
    project_ids: order.projects,
    url: new URL(order.url).href,
    include: order.include,
    created_at: timestamp(now),
    created_by: order.by,
    secrets: [{ sealed: seal(secret, owner, await ports.endpointKey()), created_at: timestamp(now) }],
    state: { cursor: cursorAt(now), epoch: 0, wanted: 0 },
  };
  await ports.endpoints.add(endpoint);
  return { outcome: 'added', endpoint, secret };
}

export type RotateResult =
  | { readonly outcome: 'rotated'; readonly secret: string; readonly oldUntil: string }
  /** Another rotation came in between. */
  | { readonly outcome: 'changed' };

/** Makes a new secret; the one before signs beside it until its end. An older one signs no more. */
export async function rotateSecret(
  ports: Pick<EndpointPorts, 'clock' | 'endpointKey' | 'endpoints'>, endpoint: Endpoint,
): Promise<RotateResult> {
  const now = ports.clock.now();
  const secret = newSigningSecret();
  const oldUntil = timestamp(now + ROTATION_DAYS * DAY);
  const made: SealedSecret = {
    sealed: seal(secret, endpoint, await ports.endpointKey()), created_at: timestamp(now),
  };
  const [before] = endpoint.secrets;
  const kept = before ? [{ ...before, expires_at: oldUntil }] : [];
  const isReplaced = await ports.endpoints.replaceSecrets(endpoint, [made, ...kept]);
  return isReplaced ? { outcome: 'rotated', secret, oldUntil } : { outcome: 'changed' };
}

/** Calls for a test event; what became of it stands among the endpoint's deliveries under the answered identifier. */
export async function testEndpoint(
  ports: Pick<EndpointPorts, 'deliveries' | 'newIdentifier'>,
  { company_id: company, id: endpoint }: Pick<Endpoint, 'company_id' | 'id'>,
): Promise<string> {
  const test = ports.newIdentifier();
  await ports.deliveries.call({ company, endpoint, test });
  return test;
}

/** Delivers once more everything from a moment on, in order; what comes meanwhile follows behind it. */
export async function replaySince(
  ports: Pick<EndpointPorts, 'deliveries' | 'endpoints'>,
  { company_id: company, id: endpoint }: Pick<Endpoint, 'company_id' | 'id'>,
  since: number,
): Promise<boolean> {
  if (!(await ports.endpoints.rewind(company, endpoint, cursorAt(since)))) return false;
  await ports.deliveries.call({ company, endpoint });
  return true;
}

/** Delivers one event once more, outside the order. False if there is no such event any more. */
export async function replayEvent(
  ports: Pick<EndpointPorts, 'deliveries' | 'events'>,
  endpoints: ReadonlyArray<Pick<Endpoint, 'company_id' | 'id'>>,
  company: string,
  event: string,
): Promise<boolean> {
  if (!(await ports.events.find(company, event))) return false;
  for (const { id: endpoint } of endpoints) await ports.deliveries.call({ company, endpoint, replay: event });
  return true;
}
