import type { components } from './api-types';

type Schemas = components['schemas'];

export type RefusalCode = Schemas['Refusal']['error_code'];
export type Fault = NonNullable<Schemas['Refusal']['details']>[number];

export interface Accepted {
  readonly outcome: 'accepted';
  readonly conversationId: string;
  /** When it was accepted first, ISO 8601. */
  readonly queuedAt: string;
  /** It had been accepted before, by an earlier attempt or an earlier call. */
  readonly replayed: boolean;
  /** Fields of the request that the engine does not know and ignored: a misspelled one is found here. */
  readonly warnings: readonly Fault[];
}

export interface Found {
  readonly outcome: 'found';
  readonly conversation: Schemas['Conversation'];
}

/** A message that does not go. */
export interface Cancelled {
  readonly outcome: 'cancelled';
  readonly conversation: Schemas['Conversation'];
}

/** What would become of a message. */
export interface DryRun {
  readonly outcome: 'tried';
  readonly dryRun: Schemas['DryRun'];
}

export interface Templates {
  readonly outcome: 'listed';
  readonly templates: Schemas['Templates']['templates'];
}

/** One page of messages. */
export interface Messages {
  readonly outcome: 'listed';
  readonly messages: Schemas['Messages']['messages'];
  /** Asks for the next page; null where this is the last. */
  readonly nextCursor: string | null;
}

/**
 * How a send failed. Only `unanswered` leaves open whether the engine has the request; to send it again under its
 * `request_id` is safe.
 */
export type Failed =
  /**
   * The same request would be refused again. `UNDOCUMENTED`: something else than the engine answered, a proxy for one.
   */
  | {
    readonly outcome: 'refused';
    readonly status: number;
    readonly code: RefusalCode | 'UNDOCUMENTED';
    readonly message: string;
    /** Every fault of the request's shape; empty where it is another matter. */
    readonly details: readonly Fault[];
  }
  /** A limit is used up: of the key, or of the project. */
  | { readonly outcome: 'limited'; readonly message: string; readonly retryAfterSeconds: number }
  /** The engine or the network failed. */
  | {
    readonly outcome: 'unanswered';
    /** One sentence; holds no part of the request. */
    readonly reason: string;
    /** Of the answer, if there was one. */
    readonly status?: number;
    readonly code?: RefusalCode;
  };

/** Where a limit is used up and nothing says for how long. */
const UNSAID_SECONDS = 1;

/** What openapi-fetch makes of a response. */
export interface Answer {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** An acceptance; undefined where the answer is none. */
export function readAccepted({ data, response }: Answer): Accepted | undefined {
  if (!isObject(data) || data.status !== 'success') return undefined;
  const { conversation_id: conversationId, queue_timestamp: queuedAt } = data;
  if (typeof conversationId !== 'string' || typeof queuedAt !== 'string') return undefined;
  return {
    outcome: 'accepted',
    conversationId,
    queuedAt,
    replayed: response.headers.get('idempotency-replayed') === 'true',
    warnings: Array.isArray(data.warnings) ? data.warnings.filter(isFault) : [],
  };
}

/** A conversation; undefined where the answer is none. */
export function readFound({ data }: Answer): Found | undefined {
  return isConversation(data) ? { outcome: 'found', conversation: data } : undefined;
}

/** A conversation that was cancelled; undefined where the answer is none. */
export function readCancelled({ data }: Answer): Cancelled | undefined {
  return isConversation(data) ? { outcome: 'cancelled', conversation: data } : undefined;
}

/** What a dry run found; undefined where the answer is none. */
export function readDryRun({ data }: Answer): DryRun | undefined {
  return isDryRun(data) ? { outcome: 'tried', dryRun: data } : undefined;
}

/** Templates; undefined where the answer is none. */
export function readTemplates({ data }: Answer): Templates | undefined {
  return areTemplates(data) ? { outcome: 'listed', templates: data.templates } : undefined;
}

/** A page of messages; undefined where the answer is none. */
export function readMessages({ data }: Answer): Messages | undefined {
  if (!areMessages(data)) return undefined;
  return { outcome: 'listed', messages: data.messages, nextCursor: data.next_cursor };
}

/** Reads any other answer, be it the engine's or that of something between. */
export function readFailure({ error, response: { status, headers } }: Answer): Failed {
  const refusal = isRefusal(error) ? error : undefined;
  const message = refusal?.message ?? `The answer was HTTP ${status} and not the engine's.`;
  if (status === 429) return { outcome: 'limited', message, retryAfterSeconds: secondsOf(headers.get('retry-after')) };
  // An answer of 2xx that is not the engine's came from something between: whether the engine has the request is as
  // open as after 5xx.
  if (status >= 500 || status < 300) {
    return { outcome: 'unanswered', reason: message, status, ...(refusal && { code: refusal.error_code }) };
  }
  return {
    outcome: 'refused',
    status,
    code: refusal?.error_code ?? 'UNDOCUMENTED',
    message,
    details: refusal?.details ?? [],
  };
}

/** No answer, or none that could be read. */
export function noAnswer(failure: unknown): Failed {
  // By its form, since a time-out is an Error of its own realm.
  const { name, message, cause } = isObject(failure) ? failure : {};
  if (name === 'TimeoutError') return { outcome: 'unanswered', reason: 'No answer came in time.' };
  return { outcome: 'unanswered', reason: `No answer came: ${codeOf(cause) ?? String(message)}.` };
}

function isConversation(body: unknown): body is Schemas['Conversation'] {
  return isObject(body) && body.status === 'success' && typeof body.conversation_status === 'string';
}

function isDryRun(body: unknown): body is Schemas['DryRun'] {
  return isObject(body) && body.status === 'success' && typeof body.outcome === 'string';
}

function areTemplates(body: unknown): body is Schemas['Templates'] {
  return isObject(body) && body.status === 'success' && Array.isArray(body.templates);
}

function areMessages(body: unknown): body is Schemas['Messages'] {
  return isObject(body) && body.status === 'success' && Array.isArray(body.messages)
    && (body.next_cursor === null || typeof body.next_cursor === 'string');
}

function isRefusal(body: unknown): body is Schemas['Refusal'] {
  return (
    isObject(body) && body.status === 'error' && typeof body.error_code === 'string' && typeof body.message === 'string'
  );
}

function isFault(value: unknown): value is Fault {
  return isObject(value) && typeof value.path === 'string' && typeof value.message === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function codeOf(cause: unknown): string | undefined {
  return isObject(cause) && typeof cause.code === 'string' ? cause.code : undefined;
}

/** Seconds alone: the engine sends no dates. */
function secondsOf(header: string | null): number {
  const seconds = Number(header ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : UNSAID_SECONDS;
}
