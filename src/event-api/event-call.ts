import { isUsable } from '../core/company/key-right';
import type { Refusal } from '../core/contract/refusal';
import { FORBIDDEN } from '../core/contract/refusal';
import type { Directory, KeyGrant } from '../core/ports/directory';
import type { EventLog } from '../core/ports/events';
import type { Observer } from '../core/ports/observer';
import { database } from '../core/ports/port-failure';
import { sha256 } from '../core/sha256';
import type { WordPorts } from '../events/event-body';
import type { EndpointPorts } from '../operations/endpoints/manage-endpoints';
import type { ReadAnswer } from '../reader/read-answer';
import { answerRead, explainReadFailure } from '../reader/read-answer';

/** One call about a key's endpoints or events, as the gateway hands it over. */
export interface EventCall {
  readonly apiKey?: string;
  /** The `Origin` header. */
  readonly origin?: string;
  /** The identifier in the path, if it has one. */
  readonly pathPart?: string;
  readonly body?: string;
  readonly isBase64?: boolean;
  readonly query?: Readonly<Record<string, string | undefined>>;
}

export interface EventApiPorts extends EndpointPorts, WordPorts {
  readonly directory: Pick<Directory, 'keyGrant'>;
  readonly events: Pick<EventLog, 'after' | 'find'>;
  readonly observer: Observer;
}

/** Who calls: what the key may use, and a name for it that is no secret. */
export interface Caller {
  readonly grant: KeyGrant;
  readonly name: string;
}

export type Outcome = { readonly body: object } | { readonly refusal: Refusal };

/** One operation, once it is known who calls. */
export interface Operation {
  /** What failed, as the operator reads it. */
  readonly failure: string;
  work(caller: Caller, call: EventCall, ports: EventApiPorts): Promise<Outcome>;
}

/** Characters of a key's hash that name it among those of a company. */
const NAME_LENGTH = 12;

/** The key comes before all else. Answers every failure, and never throws. */
export async function answerEventCall(
  { work, failure }: Operation,
  call: EventCall,
  ports: EventApiPorts,
  allowedOrigins: readonly string[],
): Promise<ReadAnswer> {
  const outcome = await authenticated(work, call, ports).catch((error: unknown) => (
    { refusal: explainReadFailure(error, failure, ports.observer) }
  ));
  if ('refusal' in outcome) ports.observer.info('call about events refused', { code: outcome.refusal.code });
  return answerRead(outcome, call.origin, allowedOrigins);
}

async function authenticated(work: Operation['work'], call: EventCall, ports: EventApiPorts): Promise<Outcome> {
  if (!call.apiKey) return { refusal: FORBIDDEN };
  const hash = sha256(call.apiKey);
  const grant = await database('Reading the API key', async () => ports.directory.keyGrant(hash));
  if (!isUsable(grant, ports.clock.now())) return { refusal: FORBIDDEN };
  return work({ grant, name: `api key ${hash.slice(0, NAME_LENGTH)}` }, call, ports);
}

/** Whether a key is for every one of these projects; `*` is for a key of all projects alone. */
export function coversProjects({ project_ids: own }: Pick<KeyGrant, 'project_ids'>, projects: readonly string[]): boolean {
  return own.includes('*') || projects.every((project) => own.includes(project));
}
