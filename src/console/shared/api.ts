import createClient from 'openapi-fetch';
import type { components, paths } from '../api-types';

/** A fault as the API words it: what was attempted, what is wrong, what to do next. */
export type Fault = Pick<components['schemas']['Fault'], 'code' | 'message'>;

/** Carries a fault to whoever shows it. */
export class FaultError extends Error {
  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}

/** The console's API. The header is one that no form or link of another page can send. */
export const api = createClient<paths>({ headers: { 'x-console': 'page' }, credentials: 'same-origin' });

const OFFLINE: Fault = {
  code: 'OFFLINE',
  message: 'The engine could not be reached, and nothing was decided. Check the network, then try again.',
};
const UNREADABLE: Fault = {
  code: 'UNREADABLE',
  message: "The engine's answer could not be read. Load the page again.",
};

/** The data of an answer; throws its fault otherwise. */
export async function read<Data>(answer: Promise<{ readonly data?: Data; readonly error?: unknown }>): Promise<Data> {
  const { data, error } = await answer.catch(() => {
    throw new FaultError(OFFLINE);
  });
  if (data !== undefined) return data;
  throw new FaultError(isFault(error) ? error : UNREADABLE);
}

export function faultOf(error: unknown): Fault {
  return error instanceof FaultError ? error.fault : UNREADABLE;
}

function isFault(error: unknown): error is Fault {
  return typeof error === 'object' && error !== null && 'message' in error && 'code' in error;
}

type Answer<Path extends keyof paths, Method extends keyof paths[Path]> = paths[Path][Method] extends {
  responses: { 200: { content: { 'application/json': infer Data } } };
}
  ? Data
  : never;

export type Me = Answer<'/console/api/me', 'get'>;
export type Company = Me['companies'][number];
export type Action = Me['everywhere'][number];
export type Held = Answer<'/console/api/reviews', 'get'>['waiting'][number];
export type ReviewItem = Answer<'/console/api/reviews/{id}', 'get'>;
export type ReviewVariable = ReviewItem['variables'][number];
export type Claim = ReviewVariable['claims'][number];
export type ConversationRow = Answer<'/console/api/conversations', 'get'>['found'][number];
export type ConversationView = Answer<'/console/api/conversations/{id}', 'get'>;
export type ReadText = Answer<'/console/api/conversations/{id}/text', 'post'>;
export type WaitingReply = Answer<'/console/api/replies', 'get'>['waiting'][number];
export type ReplyView = Answer<'/console/api/replies/{id}', 'get'>;
export type ExplainedAnswer = Answer<'/console/api/replies/{id}/answer', 'get'>;
export type OfferedCard = Answer<'/console/api/replies/{id}/cards', 'get'>['cards'][number];
export type Health = Answer<'/console/api/health', 'get'>;
export type Endpoint = Answer<'/console/api/companies/endpoints', 'get'>['endpoints'][number];
export type ApiKey = Answer<'/console/api/companies/keys', 'get'>['keys'][number];
export type Verification = Answer<'/console/api/companies/verification', 'get'>;
export type Costs = Answer<'/console/api/health/costs', 'get'>;
export type AuditItem = Answer<'/console/api/audit', 'get'>['items'][number];
export type DryRun = Answer<'/console/api/playground/dry-run', 'post'>;
