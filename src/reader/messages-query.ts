import * as z from 'zod/mini';
import type { Fault, Refusal } from '../core/contract/refusal';
import type { Timestamp } from '../core/ports/clock';
import { timestamp } from '../core/ports/clock';

/** What a client may list beside everything. `open`: not ended. `waiting`: for a person. `failed`: ended by a fault. */
export const MESSAGE_STATES = ['open', 'waiting', 'failed'] as const;

/** What one call asks for. */
export interface MessagesQuery {
  readonly project?: string;
  readonly state?: (typeof MESSAGE_STATES)[number];
  /** Accepted at this moment or later. */
  readonly since?: Timestamp;
  readonly cursor?: string;
}

/** Longer ones are no moment that anybody writes. */
const MOMENT_CHARACTERS = 40;

const PARAMETERS: Readonly<Record<string, (text: string) => string | undefined>> = {
  project_id: () => undefined,
  state: (text) => (isState(text) ? undefined : `must be ${MESSAGE_STATES.join(', ')}, or be left out`),
  since: (text) => (
    isMoment(text)
      ? undefined
      : 'must be a moment in ISO 8601 with its offset, such as 2026-11-22T09:30:00Z; write + as %2B'
  ),
  cursor: () => undefined,
};

/** Reads a query; an empty parameter counts as left out, but an empty moment is none. */
export function readMessagesQuery(
  given: Readonly<Record<string, string | undefined>>,
): { readonly query: MessagesQuery } | { readonly refusal: Refusal } {
  const { project_id: project, state, since, cursor } = given;
  const faults = Object.entries(given).flatMap(([path, text = '']): readonly Fault[] => {
    const check = Object.hasOwn(PARAMETERS, path) ? PARAMETERS[path] : undefined;
    if (!check) return [{ path: path.slice(0, MOMENT_CHARACTERS), message: 'is not a parameter of this list' }];
    const message = text === '' && path !== 'since' ? undefined : check(text);
    return message === undefined ? [] : [{ path, message }];
  });
  if (faults.length > 0) return { refusal: invalid(faults) };
  return {
    query: {
      project: project || undefined,
      state: state !== undefined && isState(state) ? state : undefined,
      since: since ? timestamp(Date.parse(since)) : undefined,
      cursor: cursor || undefined,
    },
  };
}

/** The one answer for a cursor that is made up, changed, of another list or of another company. */
export const NOT_A_CURSOR = invalid([
  { path: 'cursor', message: 'must be a next_cursor of this very list, with its project_id, state and since' },
]);

export function invalid(faults: readonly Fault[]): Refusal {
  const message = `${faults.map(({ path, message: fault }) => `${path} ${fault}`).join('; ')}.`;
  return { code: 'INVALID_REQUEST', message, details: faults };
}

function isState(text: string): text is (typeof MESSAGE_STATES)[number] {
  return MESSAGE_STATES.some((state) => state === text);
}

const moment = z.iso.datetime({ offset: true });

function isMoment(text: string): boolean {
  return text.length <= MOMENT_CHARACTERS && moment.safeParse(text).success && !Number.isNaN(Date.parse(text));
}
