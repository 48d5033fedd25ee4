import { timestamp } from '../ports/clock';
import type { ReplyBurst } from '../channels/channel-definition';
import { TURN_LIMITS } from './thread-limits';
import type { Where } from './change';
import type { ThreadChange } from './thread-change';
import type { Parting, Thread, ThreadHistoryEntry, Understanding } from './thread-record';
import { wasHandedOff, withEntry } from './thread-record';
import { CLEARED_WHEN_CLOSED } from './takeover-transitions';
import { turnShard } from './work-due-index';

type Condition = Where<keyof Thread>;

/** What a burst that was handled leaves. */
const CLEARED_WHEN_HANDLED = [
  'burst_since', 'answer_due_at', 'attention', 'due_at', 'late', 'turn_owner', 'turn_sequence', 'turn_until',
  'model_away_since', 'understanding',
] as const satisfies ReadonlyArray<keyof Thread>;

/** What keeps a thread in the work-due index. */
const CHECKED: ReadonlyArray<keyof Thread> = ['attention', 'due_at'];

const asSeen = ({ last_change: seen }: Thread): Condition => ({ last_change: { equals: seen } });

/** What the engine is to say as it hands a thread over, and where it waits to be said. */
export type PartingOrder = Omit<Parting, 'epoch' | 'sequence'> & { readonly threadId: string; readonly now: number };

/**
 * Takes a kept message in: only now may a turn count on it. One that comes in behind a newer message gets a position
 * of its own in `sequence`, so that no turn that is under way can end without it; one that a turn has read already,
 * since it stood in the thread, is not answered once more. Undefined if it was taken in before.
 */
export function takeIn({ seen, position, now, burst, threadId, entry, parting }: {
  readonly seen: Thread;
  readonly position: number;
  readonly now: number;
  /** Absent where no model is to read it. */
  readonly burst?: ReplyBurst | undefined;
  readonly threadId: string;
  /** A person is to see it. */
  readonly entry?: ThreadHistoryEntry | undefined;
  readonly parting?: PartingOrder | undefined;
}): ThreadChange | undefined {
  if (seen.sequence === position || wasHandedOff(seen, position)) return undefined;
  const at = timestamp(now);
  const isLate = seen.sequence > position;
  const wasRead = [...(seen.read ?? []), ...(seen.understanding?.read ?? [])].includes(position);
  if (wasRead && !entry) return { name: 'take in read', when: [asSeen(seen)], set: { last_inbound_at: at } };
  const next = seen.message_sequence + 1;
  return {
    name: isLate ? 'take in late' : 'take in',
    when: [asSeen(seen)],
    set: {
      last_inbound_at: at,
      ...(isLate
        ? { sequence: next, message_sequence: next, ...(burst ? { late: [...(seen.late ?? []), position] } : {}) }
        : { sequence: position }),
      ...(burst ? dueAfter(burst, seen.burst_since ?? at, now, threadId) : {}),
      ...(entry ? ownerAfter(seen, entry, parting, isLate ? next : position) : {}),
    },
  };
}

function dueAfter(burst: ReplyBurst, since: string, now: number, threadId: string) {
  const longest = Math.max(now, Date.parse(since) + burst.longest_seconds * 1000);
  const due = Math.min(now + burst.quiet_seconds * 1000, longest);
  return {
    burst_since: since,
    answer_due_at: timestamp(due),
    attention: turnShard(threadId),
    due_at: timestamp(due + TURN_LIMITS.reconcileAfter),
  };
}

/** One worker handles a thread's bursts at a time, for a minute at most: no function outlives its turn. */
export function claimTurn({ seen, owner, now }: {
  readonly seen: Thread;
  readonly owner: string;
  readonly now: number;
}): ThreadChange {
  const day = Math.floor(now / DAY);
  const made = seen.understandings_day === day ? (seen.understandings ?? 0) : 0;
  return {
    name: 'claim turn',
    when: [
      { ...asSeen(seen), turn_until: { exists: false } },
      { ...asSeen(seen), turn_until: { below: timestamp(now + 1) } },
    ],
    set: {
      turn_owner: owner,
      turn_sequence: seen.sequence,
      turn_until: timestamp(now + TURN_LIMITS.lease),
      understandings: made + 1,
      understandings_day: day,
    },
  };
}

/** The burst waits for the model, whose silence is not counted as an understanding, or is to be read again. */
export function releaseTurn({ seen, owner, now, retryAt, isAway }: {
  readonly seen: Thread;
  readonly owner: string;
  readonly now: number;
  readonly retryAt: number;
  readonly isAway: boolean;
}): ThreadChange {
  const understandings = Math.max(0, (seen.understandings ?? 1) - 1);
  return {
    name: 'release turn',
    when: [{ turn_owner: { equals: owner } }],
    set: {
      answer_due_at: timestamp(retryAt),
      due_at: timestamp(retryAt + TURN_LIMITS.reconcileAfter),
      ...(isAway ? { understandings, model_away_since: seen.model_away_since ?? timestamp(now) } : {}),
    },
    remove: ['turn_owner', 'turn_sequence', 'turn_until'],
  };
}

/**
 * Written before any of it is applied: a redelivery never asks again, and at most one understanding is applied. One
 * that answers counts as an answer by the same write, and only as long as the thread is as it was read.
 */
export function keepUnderstanding({ owner, understanding, counted = {} }: {
  readonly owner: string;
  readonly understanding: Understanding;
  readonly counted?: Partial<Thread> | undefined;
}): ThreadChange {
  const { reply, until } = understanding;
  const asRead: Condition = reply
    ? { owner: { equals: 'engine' }, epoch: { equals: reply.epoch }, sequence: { equals: until } }
    : {};
  return {
    name: 'keep understanding',
    when: [{ turn_owner: { equals: owner }, understanding: { exists: false }, ...asRead }],
    set: { understanding, ...counted },
  };
}

/**
 * All of the understanding stands on the records. Messages that came since begin a burst of their own, which is due as
 * they said.
 */
export function finishTurn({ seen, until, read, entry, parting, expecting, silence }: {
  readonly seen: Thread;
  readonly until: number;
  /** Positions that were read; none of a burst that gave way to a newer message: the next turn reads what was late. */
  readonly read: readonly number[];
  /** The thread is handed to a person, or closed, or was answered. */
  readonly entry?: ThreadHistoryEntry | undefined;
  readonly parting?: PartingOrder | undefined;
  /** The conversations that still expect answers. */
  readonly expecting?: readonly string[] | undefined;
  /** Why the engine says nothing. */
  readonly silence?: Thread['last_silence'];
}): ThreadChange {
  const isLast = seen.sequence === until;
  const after = entry ? ownerAfter(seen, entry, parting, until) : {};
  const cleared: ReadonlyArray<keyof Thread> = isLast
    ? CLEARED_WHEN_HANDLED
    : ['understanding', 'turn_owner', 'turn_sequence', 'turn_until'];
  return {
    name: 'finish turn',
    when: [asSeen(seen)],
    set: {
      handled_until: until,
      read: [...(seen.read ?? []), ...read].slice(-TURN_LIMITS.knownAsRead),
      ...(isLast ? {} : { late: (seen.late ?? []).filter((position) => !read.includes(position)) }),
      ...(expecting ? { expecting } : {}),
      ...(silence ? { last_silence: silence } : {}),
      ...after,
    },
    // Last words that wait keep the thread in the index.
    remove: [
      ...cleared.filter((name) => !Object.hasOwn(after, name) && !(seen.parting && CHECKED.includes(name))),
      ...(entry?.event === 'closed' ? CLEARED_WHEN_CLOSED : []),
    ],
  };
}

/** The last words are queued, or nobody may say them any more. */
export function endParting({ seen }: { readonly seen: Thread }): ThreadChange {
  const isIdle = seen.answer_due_at === undefined && !seen.understanding;
  return {
    name: 'end parting',
    when: [asSeen(seen)],
    set: {},
    remove: ['parting', ...(isIdle ? (['attention', 'due_at'] as const) : [])],
  };
}

/** A person is to have the thread, or it is closed for good: the engine answers no more in it. */
export function endEngine({ seen, entry, parting }: {
  readonly seen: Thread;
  readonly entry: ThreadHistoryEntry;
  readonly parting?: PartingOrder | undefined;
}): ThreadChange {
  const isClosed = entry.event === 'closed';
  return {
    name: isClosed ? 'close thread' : 'hand off thread',
    when: [asSeen(seen)],
    set: ownerAfter(seen, entry, parting, seen.sequence),
    ...(isClosed ? { remove: [...CLEARED_WHEN_HANDLED, ...CLEARED_WHEN_CLOSED] } : {}),
  };
}

function ownerAfter(
  seen: Thread,
  entry: ThreadHistoryEntry,
  order: PartingOrder | undefined,
  sequence: number,
): Partial<Thread> {
  const owner = entry.event === 'closed' ? 'nobody' : 'person';
  const history = withEntry(seen.history, entry);
  // Every hand-off is told; only the first changes who has the thread.
  if (entry.event === 'replied' || seen.owner === owner || seen.owner === 'nobody') return { history };
  const epoch = seen.epoch + 1;
  if (!order || owner !== 'person') return { history, owner, epoch };
  const { threadId, now, ...parting } = order;
  return {
    history, owner, epoch, parting: { ...parting, epoch, sequence },
    attention: turnShard(threadId),
    due_at: timestamp(now + TURN_LIMITS.reconcileAfter),
  };
}

/** The recipient takes a stop back. */
export function reopen({ seen }: { readonly seen: Thread }): ThreadChange {
  return {
    name: 'reopen thread',
    when: [{ ...asSeen(seen), owner: { equals: 'nobody' } }],
    set: { owner: 'engine', epoch: seen.epoch + 1 },
  };
}

/** The reconciler queued the burst again; no other check is deferred. */
export function scheduleThreadCheck({ seen, dueAt }: { readonly seen: string; readonly dueAt: number }): ThreadChange {
  return {
    name: 'schedule thread check',
    when: [{ due_at: { equals: seen } }],
    set: { due_at: timestamp(dueAt) },
  };
}

/** Nothing of the thread waits: it leaves the work-due index. */
export function stopThreadChecks({ seen }: { readonly seen: Thread }): ThreadChange {
  return { name: 'stop thread checks', when: [asSeen(seen)], set: {}, remove: ['attention', 'due_at'] };
}

const DAY = 24 * 60 * 60_000;
