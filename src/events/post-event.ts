import type { ClientEvent } from '../core/events/client-event';
import type { Endpoint } from '../core/events/endpoint';
import { ENGINE_VERSION } from '../core/version';
import type { DeliveryPorts } from './delivery-ports';
import { eventBody } from './event-body';
import { unseal } from './seal';
import { signedHeaders } from './sign';

/** What an endpoint made of one event. `gone`: it wants none any more. */
export type PostResult =
  | { readonly outcome: 'taken'; readonly answer: string }
  | { readonly outcome: 'failed' | 'gone'; readonly answer: string };

type PostPorts = Pick<DeliveryPorts, 'clock' | 'stageKey' | 'stored' | 'transport'>;

const GONE = 410;

/** One attempt to deliver one event. Only an answer of 2xx counts as taken; a redirect does not. */
export async function postEvent(event: ClientEvent, endpoint: Endpoint, ports: PostPorts): Promise<PostResult> {
  const body = JSON.stringify(await eventBody(event, endpoint, ports));
  const now = ports.clock.now();
  const stageKey = await ports.stageKey();
  const secrets = endpoint.secrets
    .filter(({ expires_at: end }) => end === undefined || Date.parse(end) > now)
    .map(({ sealed }) => unseal(sealed, endpoint, stageKey));
  const answer = await ports.transport.post({
    url: endpoint.url,
    headers: {
      ...signedHeaders({ id: event.id, now, body, secrets }),
      'content-type': 'application/json',
      'user-agent': `ai-multi-comms-engine/${ENGINE_VERSION}`,
    },
    body,
  });
  if (answer.outcome === 'failed') return { outcome: 'failed', answer: answer.why };
  const { status } = answer;
  if (status >= 200 && status < 300) return { outcome: 'taken', answer: String(status) };
  return { outcome: status === GONE ? 'gone' : 'failed', answer: String(status) };
}
