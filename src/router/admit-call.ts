import { canExist, isUsable } from '../core/company/key-right';
import type { ChannelSettings, Project } from '../core/company/company';
import type { Fault, Refusal } from '../core/contract/refusal';
import { FORBIDDEN } from '../core/contract/refusal';
import type { ConversationRequest } from '../core/contract/request';
import { recipientAddress } from '../core/contract/request';
import type { AcceptanceFacts, Directory, IdempotencyRecord } from '../core/ports/directory';
import type { Observer } from '../core/ports/observer';
import { database, PortFailure } from '../core/ports/port-failure';
import { sanitizeError } from '../core/sanitize-error';
import { sha256 } from '../core/sha256';
import { admit, COMPANY_NOT_FOUND } from './admit';
import { UNKNOWN_REQUEST } from './answer';
import { ECHO_LIMIT } from './answer-schema';
import { checkRequest } from './check-request';
import type { RequestBody } from './parse-body';
import { isObject, parseBody } from './parse-body';
import type { ShapeFault } from './shape-fault';
import { refuseShape } from './shape-fault';

/** A client's call with a request in its body, as the gateway hands it over. */
export interface RequestCall extends RequestBody {
  readonly apiKey?: string;
  /** The `Origin` header. */
  readonly origin?: string;
}

/** A request that its key, company, project, channel, consent and opt-outs allow, or why they do not. */
export type AdmittedCall =
  | {
    readonly admitted: true;
    readonly request: ConversationRequest;
    readonly warnings: readonly Fault[];
    readonly project: Project;
    readonly settings: ChannelSettings;
    /** The company's record as it is stored. */
    readonly record: Readonly<Record<string, unknown>>;
    readonly idempotency?: IdempotencyRecord;
  }
  | { readonly admitted: false; readonly requestId: string; readonly refusal: Refusal };

export interface AdmissionPorts {
  readonly directory: Pick<Directory, 'keyGrant' | 'loadForAccept'>;
  readonly observer: Observer;
}

/** Reads the body and asks the records. `now`: milliseconds since 1970. Answers every failure, and never throws. */
export async function admitCall(call: RequestCall, ports: AdmissionPorts, now: number): Promise<AdmittedCall> {
  if (!call.apiKey) return refused(UNKNOWN_REQUEST, FORBIDDEN);
  const keyHash = sha256(call.apiKey);
  let requestId = UNKNOWN_REQUEST;
  try {
    const read = readRequest(call);
    requestId = read.requestId;

    if (!read.valid) return await refuseUnread(keyHash, requestId, refuseShape(read.faults), ports, now);
    const { request, warnings } = read;
    if (!canExist(request.company_data)) return await refuseUnread(keyHash, requestId, COMPANY_NOT_FOUND, ports, now);

    const known = await loadFacts(request, keyHash, ports);
    const decision = admit(request, known, now);
    if (decision.admitted) {
      return { ...decision, request, warnings, record: known.company ?? {}, idempotency: known.idempotency };
    }

    if (decision.incomplete) reportIncomplete(request, decision.incomplete, ports);
    // A caller without a key learns nothing, not even what could be read: the gateway answers the same.
    return refused(decision.refusal === FORBIDDEN ? UNKNOWN_REQUEST : requestId, decision.refusal);
  } catch (error) {
    return refused(requestId, explainFailure(error, ports));
  }
}

function loadFacts(
  request: ConversationRequest,
  keyHash: string,
  { directory }: AdmissionPorts,
): Promise<AcceptanceFacts> {
  const query = {
    keyHash,
    companyId: request.company_data.company_id,
    projectId: request.company_data.project_id,
    requestId: request.request_data.request_id,
    recipient: recipientAddress(request),
  };
  return database('Reading key, company, idempotency record and opt-outs', () => directory.loadForAccept(query));
}

/** The body as a request, or every fault of it; `requestId` is what the answer names. */
type ReadRequest =
  | {
    readonly valid: true;
    readonly requestId: string;
    readonly request: ConversationRequest;
    readonly warnings: readonly Fault[];
  }
  | { readonly valid: false; readonly requestId: string; readonly faults: readonly ShapeFault[] };

function readRequest(received: RequestBody): ReadRequest {
  const body = parseBody(received);
  if (!body.valid) return { valid: false, requestId: UNKNOWN_REQUEST, faults: [body.fault] };
  return { requestId: requestIdOf(body.value), ...checkRequest(body.value) };
}

function requestIdOf(body: Readonly<Record<string, unknown>>): string {
  const requestId = isObject(body.request_data) ? body.request_data.request_id : undefined;
  return typeof requestId === 'string' && requestId !== '' && requestId.length <= ECHO_LIMIT
    ? requestId
    : UNKNOWN_REQUEST;
}

/** A refusal that needs nothing of the records but the key, which comes before all else. */
async function refuseUnread(
  keyHash: string,
  requestId: string,
  refusal: Refusal,
  ports: AdmissionPorts,
  now: number,
): Promise<AdmittedCall> {
  const grant = await database('Reading the API key', () => ports.directory.keyGrant(keyHash));
  return isUsable(grant, now) ? refused(requestId, refusal) : refused(UNKNOWN_REQUEST, FORBIDDEN);
}

function refused(requestId: string, refusal: Refusal): AdmittedCall {
  return { admitted: false, requestId, refusal };
}

/** The client learns no inner detail; the operator reads it in the log. */
export function explainFailure(error: unknown, { observer }: Pick<AdmissionPorts, 'observer'>): Refusal {
  if (!(error instanceof PortFailure)) {
    observer.error('A request met a fault of the engine.', sanitizeError(error));
    return { code: 'INTERNAL_ERROR', message: 'The engine met a fault of its own: send the same request again.' };
  }
  observer.error('A request could not be recorded or queued.', error);
  const place = error.code === 'QUEUE_ERROR' ? 'The request could not be queued' : 'The records could not be reached';
  return { code: error.code, message: `${place}: send the same request again.` };
}

function reportIncomplete(request: ConversationRequest, faults: readonly Fault[], { observer }: AdmissionPorts): void {
  const { company_id: company, project_id: project } = request.company_data;
  const channel = request.request_data.channel_method;
  const list = faults.map((fault) => `${fault.path} ${fault.message}`).join('; ');
  const message =
    `A request was refused because the company record of ${company} and ${project} is incomplete for ${channel}: ` +
    `add what is named here. ${list}`;
  observer.error('The company record is incomplete.', new Error(message), { company, project, channel });
  observer.count('ConfigurationFault', { channel });
}
