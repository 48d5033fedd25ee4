import type { ClientEvent, EventValue } from '../core/events/client-event';
import type { Endpoint } from '../core/events/endpoint';
import { EVENT_VERSION } from '../core/events/event-types';
import type { Conversation } from '../core/lifecycle/conversation';
import type { StoredRecords } from './read-watched-record';

/** Where the delivery reads what recipients wrote. */
export interface WordPorts {
  readonly stored: Pick<StoredRecords, 'item' | 'requested'>;
}

type Answers = Readonly<Record<string, { readonly [field: string]: EventValue }>>;

/** The event as it is delivered and listed. What the recipient wrote is read now: an erased person's is not there. */
export async function eventBody(
  event: ClientEvent,
  { include }: Pick<Endpoint, 'include'>,
  ports: WordPorts,
): Promise<Readonly<Record<string, unknown>>> {
  const { id, type, at, company_id, project_id, sequence, data } = event;
  return {
    id,
    type,
    version: EVENT_VERSION,
    timestamp: at,
    company_id,
    project_id: project_id ?? null,
    sequence,
    data: { ...data, ...(await words(event, include.includes('text'), ports)) },
  };
}

async function words({ words: place }: ClientEvent, withText: boolean, ports: WordPorts) {
  if (!place) return {};
  if (place.kind === 'answers') return { answers: await answersOf(place.conversation, ports) };
  if (!withText) return {};
  const item = await ports.stored.item({
    primary_channel: `thread#${place.thread}`, conversation_id: place.position,
  });
  return { text: typeof item?.content === 'string' ? item.content : null };
}

/** Null if the conversation's record is gone. */
async function answersOf(id: string, { stored }: WordPorts): Promise<Answers | null> {
  const conversation = await stored.requested(id);
  return conversation ? shown(conversation) : null;
}

/** Value, the recipient's own words that prove it, and when it was given. */
function shown(conversation: Conversation): Answers {
  const fields = new Map<string, unknown>(Object.entries(conversation));
  const answers = fields.get('answers');
  if (typeof answers !== 'object' || answers === null) return {};
  return Object.fromEntries(Object.entries(answers).flatMap(([name, answer]: readonly [string, unknown]) => {
    if (typeof answer !== 'object' || answer === null) return [];
    const { value, quote, at }: { readonly value?: unknown; readonly quote?: unknown; readonly at?: unknown } = answer;
    return [[name, { value: plain(value), quote: plain(quote), at: plain(at) }]];
  }));
}

function plain(value: unknown): EventValue {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plain(part)])) : null;
}
