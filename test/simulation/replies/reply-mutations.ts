import type { ThreadChange } from '../../../src/core/lifecycle/thread-change';
import type { LoggedEvent } from '../../../src/core/events/client-event';
import type { EndpointProgress, EventLog } from '../../../src/core/ports/events';
import type { KeptReply, Reply } from '../../../src/core/ports/threads';
import type { DeliveryPorts } from '../../../src/events/delivery-ports';
import type { InboundPorts } from '../../../src/receipts/receipt-ports';
import { ANSWER_MUTATIONS } from './answer-mutations';
import { leaving, without } from './mutate-thread';
import type { KilledReplyMutation } from './reply-mutation';

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

/** Keeps a message otherwise. */
function keeping(keep: (reply: Reply, ports: InboundPorts) => Promise<KeptReply>) {
  return (ports: InboundPorts): InboundPorts => ({
    ...ports,
    threads: {
      keep: async (reply) => keep(reply, ports),
      discard: async (reply, sequence) => ports.threads.discard(reply, sequence),
      join: async (sent) => ports.threads.join(sent),
      find: async (id) => ports.threads.find(id),
      change: async (id, change) => ports.threads.change(id, change),
    },
  });
}

/** An endpoint's item does not say which events were not taken. */
function forgetting(endpoints: DeliveryPorts['endpoints']): DeliveryPorts['endpoints'] {
  const emptied = (progress: EndpointProgress) => ({ ...progress, held: [] });
  return new Proxy(endpoints, {
    get: (port, name) => {
      if (name === 'save') {
        return async (...[endpoint, progress, lease]: Parameters<typeof port.save>) => (
          port.save(endpoint, emptied(progress), lease)
        );
      }
      if (name === 'pause') {
        return async (...[endpoint, progress, pause]: Parameters<typeof port.pause>) => (
          port.pause(endpoint, emptied(progress), pause)
        );
      }
      return Reflect.get(port, name) as unknown;
    },
  });
}

export const REPLY_MUTATIONS: readonly KilledReplyMutation[] = [
  {
    name: 'ticket: replies leave without one',
    killedBy: 3,
    thread: (change) => (change.name === 'take ticket' ? { ...change, when: [{}] } : change),
  },
  { name: 'take ticket: the epoch does not matter', killedBy: 9, thread: without('take ticket', 'epoch') },
  { name: 'take ticket: another reply may be leaving', killedBy: 9, thread: without('take ticket', 'ticket', 'ticket_until') },
  {
    name: 'take ticket: who has taken the thread since does not matter', killedBy: 9,
    thread: without('take ticket', 'tenure_by', 'tenure_from'),
  },
  {
    name: 'take ticket: a thread that was given back takes the words with it',
    killedBy: 49,
    // The first three are of the owner under whom it was written.
    thread: (change) => (change.name === 'take ticket' ? { ...change, when: change.when.slice(0, 3) } : change),
  },
  {
    name: 'answer as person: what was answered is not noted', killedBy: 15738,
    thread: leaving('answer as person', 'answered_until', 'answered_with'),
  },
  {
    name: 'answer as person: a thread that was given back meanwhile is not answered', killedBy: 22022,
    // The first two are of the owner under whom it was written.
    thread: (change) => (change.name === 'answer as person' ? { ...change, when: change.when.slice(0, 2) } : change),
  },
  {
    name: 'forget answer: words that did not go stay an answer', killedBy: 28,
    thread: (change) => (change.name === 'forget answer' ? { ...change, remove: [] } : change),
  },
  {
    name: 'take over thread: words that gave way stay an answer', killedBy: 9,
    thread: (change) => (change.name === 'take over thread' && change.set.tenure_by !== undefined
      ? { ...change, remove: change.remove?.filter((name) => !name.startsWith('answered_')) } : change),
  },
  { name: 'take over thread: the epoch stays', killedBy: 3, thread: leaving('take over thread', 'epoch') },
  { name: 'take over thread: what happened since does not matter', killedBy: 29, thread: without('take over thread', 'last_change') },
  { name: 'keep understanding: the quote is not checked', killedBy: 3, thread: believing },
  { name: 'claim turn: a lease that still runs is ignored', killedBy: 10, thread: without('claim turn', 'turn_until', 'last_change') },
  { name: 'finish turn: what happened since does not matter', killedBy: 14, thread: without('finish turn', 'last_change') },
  { name: 'finish turn: what was handled is not noted', killedBy: 1, thread: leaving('finish turn', 'handled_until') },
  { name: 'finish turn: what was read is not noted', killedBy: 1150, thread: leaving('finish turn', 'read') },
  { name: 'take in: what happened since does not matter', killedBy: 55, thread: without('take in', 'last_change') },
  { name: 'take in: the burst is not in the work-due index', killedBy: 213, thread: leaving('take in', 'due_at', 'attention') },
  {
    name: 'inbound: a stop waits for the model',
    killedBy: 10,
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
    inbound: keeping(async (reply, { threads, newIdentifier }) => (
      threads.keep({ ...reply, vendorMessageId: newIdentifier() })
    )),
  },
  {
    name: 'reconciler: bursts are not looked after',
    killedBy: 48,
    reconciler: (ports) => ({ ...ports, turns: { enqueue: async () => Promise.resolve() } }),
  },
  {
    name: 'publisher: the watermark is advanced before the events are written',
    killedBy: 5,
    publisher: (ports) => ({ ...ports, log: advancedFirst(ports.log) }),
  },
  {
    name: 'publisher: what failed is not put aside',
    killedBy: 11,
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
  {
    name: 'delivery: events that are held are forgotten',
    killedBy: 2,
    delivery: (ports) => ({ ...ports, endpoints: forgetting(ports.endpoints) }),
  },
  ...ANSWER_MUTATIONS,
];
