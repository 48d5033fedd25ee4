import type { ChannelSettings } from '../core/company/company';
import { validityOf } from '../core/company/template';
import type { Fault, Refusal } from '../core/contract/refusal';
import type { ConversationRequest } from '../core/contract/request';
import { LONGEST_SCHEDULE_DAYS, SHORTEST_USE_SECONDS } from '../core/contract/request';

const DAY = 24 * 60 * 60_000;

/** When a message goes. Milliseconds since 1970. */
export interface Schedule {
  /** Absent where it goes at once. */
  readonly sendAt?: number;
  /** It is of no use after this moment. */
  readonly sendBefore: number;
}

type Wanted = Pick<ConversationRequest, 'request_data'>;

/** A moment that has passed asks for a send at once: the request may come late because it had to be repeated. */
export function scheduleOf({ request_data: wanted }: Wanted, { content }: ChannelSettings, now: number): Schedule {
  const sendAt = wanted.send_at === undefined ? now : Date.parse(wanted.send_at);
  const sendBefore =
    wanted.send_before === undefined
      ? Math.max(sendAt, now) + validityOf(content.template)
      : Date.parse(wanted.send_before);
  return { sendBefore, ...(sendAt > now ? { sendAt } : {}) };
}

/** Undefined if the request's moments can be kept. A replay is not asked: its moments may have passed. */
export function refuseSchedule({ request_data: wanted }: Wanted, now: number): Refusal | undefined {
  const sendAt = wanted.send_at === undefined ? now : Math.max(now, Date.parse(wanted.send_at));
  if (sendAt > now + LONGEST_SCHEDULE_DAYS * DAY) {
    const message = `must be at most ${LONGEST_SCHEDULE_DAYS} days ahead`;
    return refused('INVALID_SEND_AT', { path: 'request_data.send_at', message });
  }
  if (wanted.send_before === undefined) return undefined;
  const useful = Date.parse(wanted.send_before) - sendAt;
  if (useful >= SHORTEST_USE_SECONDS * 1000 && useful <= LONGEST_SCHEDULE_DAYS * DAY) return undefined;
  const from = wanted.send_at === undefined ? 'from now' : 'after send_at';
  const bounds = `at least ${SHORTEST_USE_SECONDS} seconds and at most ${LONGEST_SCHEDULE_DAYS} days ${from}`;
  return refused('INVALID_SEND_BEFORE', { path: 'request_data.send_before', message: `must be ${bounds}` });
}

function refused(code: 'INVALID_SEND_AT' | 'INVALID_SEND_BEFORE', fault: Fault): Refusal {
  return { code, message: `${fault.path} ${fault.message}.`, details: [fault] };
}
