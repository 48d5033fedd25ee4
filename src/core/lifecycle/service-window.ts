import type { Channel } from '../channel';
import { TIMES } from './limits';
import type { Thread } from './thread-record';

/** Milliseconds for which WhatsApp takes free words after the recipient's last message (Meta's service window). */
const SERVICE_WINDOW = 24 * 60 * 60_000;
/** Milliseconds by which the engine stops before it: clocks differ, and a claimed send may take its whole window. */
const BEFORE_THE_END = 5 * 60_000 + TIMES.sendWindow;

/**
 * Until when free words may be sent in a thread (milliseconds since 1970): the claim of the send holds to it. Infinity
 * where the channel has no such window, 0 where the recipient never wrote.
 */
export function windowEnd(channel: Channel, { last_inbound_at: last }: Pick<Thread, 'last_inbound_at'>): number {
  if (channel !== 'whatsapp') return Infinity;
  return last === undefined ? 0 : Date.parse(last) + SERVICE_WINDOW - BEFORE_THE_END;
}

/** Until when a reply may still be sent: milliseconds since 1970. */
export function usefulUntil(channel: Channel, thread: Pick<Thread, 'last_inbound_at'>, now: number): number {
  return Math.min(now + TIMES.validFor, windowEnd(channel, thread));
}
