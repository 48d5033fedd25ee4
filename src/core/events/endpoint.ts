import type { Timestamp } from '../ports/clock';

/** Endpoints of a company at most: each event is delivered to every one of them. */
export const MOST_ENDPOINTS = 10;

/** Days for which the secret before still signs, beside the new one. */
export const ROTATION_DAYS = 7;

/** Why an endpoint gets no more events until a person or its company acts. */
export type DisabledReason = 'gone' | 'failed_for_days';

/** A signing secret as it is kept: encrypted under the stage's key. */
export interface SealedSecret {
  readonly sealed: string;
  readonly created_at: Timestamp;
  /** From here on it signs no more; absent for the newest one. */
  readonly expires_at?: Timestamp;
}

/** Where a company's system takes events. */
export interface Endpoint {
  readonly id: string;
  readonly company_id: string;
  /** `*` for all of the company's. */
  readonly project_ids: readonly string[];
  readonly url: string;
  /** What is delivered beside the usual: `text` is what recipients wrote. */
  readonly include: ReadonlyArray<'text'>;
  readonly created_at: Timestamp;
  readonly created_by: string;
  /** Newest first, two at most. */
  readonly secrets: readonly SealedSecret[];
  readonly state: EndpointState;
}

/** Events of one record that an endpoint has not taken, while it takes those of others. */
export interface HeldRecord {
  readonly record: string;
  /** In their order. The first one failed, or was not reached. */
  readonly positions: readonly string[];
  /** Failures of the first one, and when the last of them was. */
  readonly failures: number;
  readonly failed_at?: Timestamp;
  readonly next_attempt_at: Timestamp;
  /** The endpoint's epoch: once the cursor was set by hand, what was held before is due. */
  readonly epoch: number;
}

/** How far an endpoint is, and what stands in its way. */
export interface EndpointState {
  /** Up to this position every event was taken, is held, or was passed over since it is for other projects. */
  readonly cursor: string;
  /** Absent where every event up to the cursor was taken. */
  readonly held?: readonly HeldRecord[];
  /** Counts the times that the cursor was set by hand: a worker under an older one saves nothing. */
  readonly epoch: number;
  /** Counts the calls that met a worker at work: it looks once more before it ends. */
  readonly wanted: number;
  readonly lease_owner?: string;
  readonly lease_until?: Timestamp;
  /** Pauses of the whole endpoint since the last success; absent where it works. */
  readonly failures?: number;
  /** The first failure since the last success. */
  readonly failing_since?: Timestamp;
  readonly next_attempt_at?: Timestamp;
  readonly last_success_at?: Timestamp;
  readonly disabled_at?: Timestamp;
  readonly disabled_reason?: DisabledReason;
}

/** When the first of them is tried again; undefined where nothing is held. */
export function nextOfHeld(held: readonly HeldRecord[]): Timestamp | undefined {
  return held.map(({ next_attempt_at: next }) => next).sort()[0];
}

/** Whether an endpoint is to get an event of this project. */
export function takesProject({ project_ids: projects }: Pick<Endpoint, 'project_ids'>, project?: string): boolean {
  return projects.includes('*') || (project !== undefined && projects.includes(project));
}

export type EndpointCondition = 'working' | 'paused' | 'disabled';

export function conditionOf({ state }: Pick<Endpoint, 'state'>): EndpointCondition {
  if (state.disabled_at !== undefined) return 'disabled';
  return state.next_attempt_at === undefined ? 'working' : 'paused';
}

/**
 * Events that were tried, or reached, and that an endpoint did not take, and when the first of them is tried again,
 * unless it waits or is disabled as a whole: then more may wait behind them.
 */
export function heldEvents(endpoint: Pick<Endpoint, 'state'>): { readonly count: number; readonly next?: Timestamp } {
  const { held = [] } = endpoint.state;
  const next = conditionOf(endpoint) === 'working' ? nextOfHeld(held) : undefined;
  return { count: held.reduce((sum, { positions }) => sum + positions.length, 0), ...(next ? { next } : {}) };
}
