import type { Where } from '../../../src/core/lifecycle/change';
import type { ThreadChange } from '../../../src/core/lifecycle/thread-change';
import type { Thread } from '../../../src/core/lifecycle/thread-record';
import type { LoggedEvent } from '../../../src/core/events/client-event';
import type { EventLog } from '../../../src/core/ports/events';
import type { ReplyMutation } from './reply-mutation';

/** A mutation and a seed whose run finds it. */
export interface KilledReplyMutation extends ReplyMutation {
  readonly killedBy: number;
}

/** The condition on these attributes is dropped from every change of the name. */
export function without(
  name: string, ...attributes: ReadonlyArray<keyof Thread>
): (change: ThreadChange) => ThreadChange {
  return (change) => (change.name === name
    ? { ...change, when: change.when.map((where) => keptOf(where, attributes)) }
    : change);
}

function keptOf(where: Where<keyof Thread>, dropped: ReadonlyArray<keyof Thread>): Where<keyof Thread> {
  return Object.fromEntries(Object.entries(where).filter(([name]) => !dropped.some((one) => one === name)));
}

/** What the named change does not write any more. */
export function leaving(
  name: string, ...attributes: ReadonlyArray<keyof Thread>
): (change: ThreadChange) => ThreadChange {
  const kept = (set: ThreadChange['set']) =>
    Object.fromEntries(Object.entries(set).filter(([one]) => !attributes.some((each) => each === one)));
  return (change) => (change.name === name ? { ...change, set: kept(change.set) } : change);
}

/** What a model says is believed, whatever its quote. */
function believing(change: ThreadChange): ThreadChange {
  const { understanding } = change.set;
  if (change.name !== 'keep understanding' || !understanding?.about) return change;
  const answer = { value: '2027-06-01', quote: '1 June 2027', message_id: 'none' };
  const answers = { ...understanding.answers, [understanding.about]: { start_date: answer } };
  return { ...change, set: { ...change.set, understanding: { ...understanding, answers } } };
}

/** The watermark says that events are published which are not written yet. */
function advancedFirst(log: Pick<EventLog, 'watermark' | 'advance' | 'append'>): typeof log {
  const held: LoggedEvent[] = [];
  return {
    watermark: async (record) => log.watermark(record),
    append: async (event) => Promise.resolve(void held.push(event)),
    advance: async (record, from, to, timeToLive) => {
      const isAdvanced = await log.advance(record, from, to, timeToLive);
      for (const event of held.splice(0)) await log.append(event);
      return isAdvanced;
    },
  };
}

export const REPLY_MUTATIONS: readonly KilledReplyMutation[] = [
  {
    name: 'ticket: replies leave without one',
    killedBy: 3,
    thread: (change) => (change.name === 'take ticket' ? { ...change, when: [{}] } : change),
  },
  { name: 'take ticket: the epoch does not matter', killedBy: 3, thread: without('take ticket', 'epoch') },
  { name: 'take ticket: another reply may be leaving', killedBy: 9, thread: without('take ticket', 'ticket', 'ticket_until') },
  { name: 'take over thread: the epoch stays', killedBy: 2, thread: leaving('take over thread', 'epoch') },
  { name: 'take over thread: what happened since does not matter', killedBy: 29, thread: without('take over thread', 'last_change') },
  { name: 'keep understanding: the quote is not checked', killedBy: 120, thread: believing },
  { name: 'claim turn: a lease that still runs is ignored', killedBy: 4, thread: without('claim turn', 'turn_until', 'last_change') },
  { name: 'finish turn: what happened since does not matter', killedBy: 24, thread: without('finish turn', 'last_change') },
  { name: 'finish turn: what was handled is not noted', killedBy: 1, thread: leaving('finish turn', 'handled_until') },
  { name: 'take in: what happened since does not matter', killedBy: 38, thread: without('take in', 'last_change') },
  { name: 'take in: the burst is not in the work-due index', killedBy: 42, thread: leaving('take in', 'due_at', 'attention') },
  {
    name: 'inbound: a stop waits for the model',
    killedBy: 12,
    heard: (message) => (/stop/i.test(message.text) ? { ...message, text: 'I do not want any of this.' } : message),
  },
  {
    name: 'inbound: a wish for a person waits for the model',
    killedBy: 1,
    heard: (message) => (/talk|speak/.test(message.text) ? { ...message, text: 'Well.' } : message),
  },
  {
    name: 'inbound: nobody is told of a hand-off',
    killedBy: 1,
    inbound: (ports) => ({ ...ports, handoff: { handOff: async () => Promise.resolve() } }),
  },
  {
    name: 'inbound: an opt-out is not written',
    killedBy: 11,
    inbound: (ports) => ({ ...ports, directory: { ...ports.directory, addOptOut: async () => Promise.resolve(true) } }),
  },
  {
    name: 'inbound: a repeated call is a new message',
    killedBy: 1,
    inbound: (ports) => ({
      ...ports,
      threads: {
        keep: async (reply) => ports.threads.keep({ ...reply, vendorMessageId: ports.newIdentifier() }),
        discard: async (reply, sequence) => ports.threads.discard(reply, sequence),
        join: async (sent) => ports.threads.join(sent),
        find: async (id) => ports.threads.find(id),
        change: async (id, change) => ports.threads.change(id, change),
      },
    }),
  },
  {
    name: 'reconciler: bursts are not looked after',
    killedBy: 42,
    reconciler: (ports) => ({ ...ports, turns: { enqueue: async () => Promise.resolve() } }),
  },
  {
    name: 'publisher: the watermark is advanced before the events are written',
    killedBy: 5,
    publisher: (ports) => ({ ...ports, log: advancedFirst(ports.log) }),
  },
  {
    name: 'publisher: what failed is not put aside',
    killedBy: 36,
    publisher: (ports) => ({
      ...ports, leftOut: {
        add: async () => Promise.resolve(),
        due: async (before, limit) => ports.leftOut.due(before, limit),
        settle: async (record, at) => ports.leftOut.settle(record, at),
      },
    }),
  },
  {
    name: 'publisher: endpoints are not called',
    killedBy: 1,
    publisher: (ports) => ({ ...ports, queue: { call: async () => Promise.resolve() } }),
  },
  {
    name: 'delivery: what follows an event that was not taken is taken',
    killedBy: 2,
    delivery: (ports) => ({
      ...ports,
      transport: {
        post: async (request) => {
          await ports.transport.post(request);
          return { outcome: 'answered', status: 200 };
        },
      },
    }),
  },
];
