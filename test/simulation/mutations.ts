import { CHANNELS } from '../../src/core/channel';
import type { Change, Where } from '../../src/core/lifecycle/change';
import type { IdempotencyRecord } from '../../src/core/ports/directory';
import { ofEach } from '../../src/core/of-each';
import type { MessageLookup } from '../../src/core/ports/message-lookup';
import type { ProcessorPorts } from '../../src/processor/processing';
import type { ReconcilerPorts } from '../../src/reconciler/reconciler-ports';
import { sampleConversation } from '../support/sample-message';
import type { Mutation } from './mutation';

/** A mutation and a seed whose run finds it. */
export interface KilledMutation extends Mutation {
  readonly killedBy: number;
}

/** The condition on these attributes is dropped from every change of the name. */
function without(name: string, ...attributes: ReadonlyArray<keyof Where>): (change: Change) => Change {
  return (change) =>
    change.name === name ? { ...change, when: change.when.map((where) => dropped(where, attributes)) } : change;
}

function dropped(where: Where, attributes: ReadonlyArray<keyof Where>): Where {
  return Object.fromEntries(
    Object.entries(where).filter(([attribute]) => !attributes.some((each) => each === attribute)),
  );
}

/** What the named change writes beside its own. */
function writing(name: string, set: Change['set']): (change: Change) => Change {
  return (change) => (change.name === name ? { ...change, set: { ...change.set, ...set } } : change);
}

/** What the named change does not write any more. */
function leaving(name: string, ...attributes: ReadonlyArray<keyof Change['set']>): (change: Change) => Change {
  const kept = (set: Change['set']) =>
    Object.fromEntries(Object.entries(set).filter(([attribute]) => !attributes.some((each) => each === attribute)));
  return (change) => (change.name === name ? { ...change, set: kept(change.set) } : change);
}

/** The named change does not tell in the history who made it. */
function anonymous(name: string): (change: Change) => Change {
  return (change) => {
    const { history } = change.append ?? {};
    if (change.name !== name || !history) return change;
    const { by: _forgotten, ...entry } = history;
    return { ...change, append: { ...change.append, history: entry } };
  };
}

/** A message that the list shows with other words is passed over. */
function withoutOthers(lookup: MessageLookup): MessageLookup {
  const { find } = lookup;
  if (!find) return lookup;
  return {
    ...lookup,
    find: async (query) => {
      const found = await find(query);
      return found.outcome === 'listed' ? { ...found, otherMessageIds: [] } : found;
    },
  };
}

/** The worker looks at the clock before the claim only. */
function deadlineUnchecked(ports: ProcessorPorts): ProcessorPorts {
  let stopped: number | undefined;
  return {
    ...ports,
    clock: { ...ports.clock, now: () => stopped ?? ports.clock.now() },
    conversations: {
      find: async (key) => ports.conversations.find(key),
      change: async (key, change) => {
        if (change.name === 'claim send' || change.name === 'persist composition and claim send') {
          stopped = ports.clock.now();
        }
        return ports.conversations.change(key, change);
      },
    },
    provider: {
      send: (message) => {
        stopped = undefined;
        return ports.provider.send(message);
      },
    },
  };
}

/** The reminder's identifier follows from nothing. */
function renamingReminders(ports: ReconcilerPorts): ReconcilerPorts {
  const name = String(ports.clock.now());
  const renamed = (id: string) => id.replace(/(#[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3})[^#]*/, `$1-${name}`);
  return {
    ...ports,
    conversations: {
      find: async (key) => ports.conversations.find(key),
      change: async (key, change) => ports.conversations.change(key, change),
      create: async (made) => ports.conversations.create({
        ...made, request_id: renamed(`#${made.request_id}`).slice(1), conversation_id: renamed(made.conversation_id),
      }),
    },
    directory: {
      ...ports.directory,
      putIdempotencyRecord: (made) => ports.directory.putIdempotencyRecord({
        ...made,
        request_id: renamed(`#${made.request_id}`).slice(1),
        conversation: { ...made.conversation, conversation_id: renamed(made.conversation.conversation_id) },
      }),
    },
  };
}

export const MUTATIONS: readonly KilledMutation[] = [
  {
    name: 'take lease: a lease that still runs is ignored',
    killedBy: 60,
    change: without('take lease', 'lease_until'),
  },
  {
    name: 'take lease: a message that waits is taken early',
    killedBy: 2394,
    change: without('take lease', 'retry_at'),
  },
  {
    name: 'take lease: the state does not matter',
    killedBy: 5,
    change: without('take lease', 'conversation_status', 'lease_until'),
  },
  {
    name: 'persist composition: whose lease it is does not matter',
    killedBy: 338,
    change: without('persist composition', 'lease_owner', 'conversation_status'),
  },
  {
    name: 'release lease: whose lease it is does not matter',
    killedBy: 430,
    change: without('release lease', 'lease_owner', 'conversation_status'),
  },
  {
    name: 'claim send: the state does not matter',
    killedBy: 131,
    change: without('claim send', 'conversation_status'),
  },
  {
    name: 'claim send: the attempt is not remembered',
    killedBy: 29,
    change: (change) => (change.name === 'claim send' ? { ...change, append: {} } : change),
  },
  {
    name: 'persist composition and claim send: whose lease it is does not matter',
    killedBy: 67,
    change: without('persist composition and claim send', 'lease_owner', 'conversation_status'),
  },
  {
    name: 'persist composition and claim send: the attempt is not remembered',
    killedBy: 12,
    change: (change) =>
      change.name === 'persist composition and claim send'
        ? { ...change, append: { ...change.append, attempt_ids: undefined } }
        : change,
  },
  {
    name: 'release send claim: whose attempt it is does not matter',
    killedBy: 140,
    change: without('release send claim', 'attempt_id', 'conversation_status'),
  },
  {
    name: 'record sent: the state does not matter',
    killedBy: 43,
    change: without('record sent', 'conversation_status'),
  },
  {
    name: 'record sent: the message stays in the work-due index',
    killedBy: 7,
    change: (change) => (change.name === 'record sent' ? { ...change, remove: [] } : change),
  },
  {
    name: 'mark send unknown: the message is sent again at once',
    killedBy: 12,
    change: writing('mark send unknown', { conversation_status: 'composed' }),
  },
  {
    name: 'expire send window: the message is sent again at once',
    killedBy: 2005,
    change: writing('expire send window', { conversation_status: 'composed' }),
  },
  {
    name: 'fail composed: the state does not matter',
    killedBy: 1788,
    change: without('fail while composed', 'conversation_status'),
  },
  {
    name: 'approve: the state does not matter',
    killedBy: 314,
    change: without('approve', 'conversation_status', 'due_at'),
  },
  {
    name: 'reject: the state does not matter',
    killedBy: 164,
    change: without('reject', 'conversation_status', 'due_at'),
  },
  {
    name: 'approve unwritten: who decided is forgotten',
    killedBy: 101,
    change: writing('approve unwritten', { review: undefined }),
  },
  {
    name: 'review: an approved message is not queued',
    killedBy: 7,
    review: (ports) => ({ ...ports, queue: { enqueue: () => Promise.resolve() } }),
  },
  {
    name: 'resolve to resend: the state does not matter',
    killedBy: 1593,
    change: without('resolve to resend', 'conversation_status', 'attempt_id'),
  },
  {
    name: 'resolve to resend: its time is not renewed',
    killedBy: 150,
    change: leaving('resolve to resend', 'send_before'),
  },
  {
    name: 'resolve to resend: the message is not in the work-due index',
    killedBy: 3158,
    change: leaving('resolve to resend', 'attention', 'due_at'),
  },
  { name: 'resolve to resend: who decided is forgotten', killedBy: 150, change: anonymous('resolve to resend') },
  {
    name: "resolve as sent: the vendor's identifier is not kept",
    killedBy: 2413,
    change: leaving('resolve as sent', 'vendor_message_id'),
  },
  {
    name: 'reconciler: messages that wait for review are not checked',
    killedBy: 13,
    reconciler: (ports) => ({
      ...ports,
      workDue: { due: (query) => (query.shard === 'review' ? Promise.resolve([]) : ports.workDue.due(query)) },
    }),
  },
  { name: 'usage: reservations are never released', killedBy: 3, usage: () => ({ releaseReservation: () => Promise.resolve(false) }) },
  {
    name: 'usage: what was reserved stays spent',
    killedBy: 3,
    usage: (usage) => ({ releaseReservation: ({ cost: _none, ...settled }) => usage.releaseReservation(settled) }),
  },
  {
    name: 'router: open conversations are not counted',
    killedBy: 20,
    router: (ports) => ({
      ...ports,
      limits: { ...ports.limits, take: (request) => ports.limits.take({ ...request, limits: {} }) },
    }),
  },
  {
    name: 'raise delivery: a later status gives way to an earlier one',
    killedBy: 12992,
    change: without('raise delivery', 'delivery_status'),
  },
  {
    name: 'lookup: other words in the list count as absence',
    killedBy: 258,
    reconciler: (ports) => ({
      ...ports,
      lookups: ofEach(CHANNELS, (channel) => withoutOthers(ports.lookups[channel])),
    }),
  },
  { name: 'opt-outs: other names of the recipient are not known', killedBy: 272, forgetsNames: true },
  {
    name: 'lookup: what other conversations sent counts too',
    killedBy: 5,
    reconciler: (ports) => ({ ...ports, traces: { tracesOf: () => Promise.resolve([]) } }),
  },
  { name: 'processor: the deadline is not checked before the send', killedBy: 121, processor: deadlineUnchecked },
  {
    name: 'processor: opt-outs are not checked',
    killedBy: 261,
    processor: (ports) => ({ ...ports, directory: { ...ports.directory, optedOutOf: () => Promise.resolve([]) } }),
  },
  {
    name: 'processor: reviewers are not notified',
    killedBy: 16,
    processor: (ports) => ({ ...ports, handoff: { handOff: () => Promise.resolve() } }),
  },
  {
    name: 'router: the idempotency record is written after the conversation',
    killedBy: 1,
    router: (ports) => {
      let waiting: IdempotencyRecord | undefined;
      return {
        ...ports,
        directory: {
          ...ports.directory,
          putIdempotencyRecord: (idempotency) => {
            waiting = idempotency;
            return Promise.resolve(undefined);
          },
        },
        conversations: {
          ...ports.conversations,
          create: async (conversation) => {
            const made = await ports.conversations.create(conversation);
            if (waiting) await ports.directory.putIdempotencyRecord(waiting);
            return made;
          },
        },
      };
    },
  },
  {
    name: 'router: the message is queued before anything is written',
    killedBy: 47,
    router: (ports) => ({
      ...ports,
      directory: {
        ...ports.directory,
        putIdempotencyRecord: async (idempotency) => {
          await ports.queue.enqueue({
            channel: 'sms',
            conversationId: idempotency.conversation.conversation_id,
            company: idempotency.company_id,
          });
          return ports.directory.putIdempotencyRecord(idempotency);
        },
      },
      queue: { enqueue: () => Promise.resolve() },
    }),
  },
  {
    name: 'router: the message is not queued',
    killedBy: 2,
    router: (ports) => ({ ...ports, queue: { enqueue: () => Promise.resolve() } }),
  },
  { name: 'cancel: the state does not matter', killedBy: 9, change: without('cancel', 'conversation_status') },
  {
    name: 'cancel: the message stays in the work-due index',
    killedBy: 6,
    change: (change) => (change.name === 'cancel' ? { ...change, remove: [] } : change),
  },
  {
    name: 'router: the moment of the send is not waited for',
    killedBy: 6,
    router: (ports) => ({
      ...ports,
      conversations: {
        ...ports.conversations,
        create: ({ retry_at: _forgotten, ...conversation }) => ports.conversations.create(conversation),
      },
      queue: { enqueue: ({ delaySeconds: _none, ...message }) => ports.queue.enqueue(message) },
    }),
  },
  {
    name: 'reconciler: what is wanted later is not queued ahead',
    killedBy: 672,
    reconciler: (ports) => ({
      ...ports,
      queue: { enqueue: (message) => (message.delaySeconds ? Promise.resolve() : ports.queue.enqueue(message)) },
    }),
  },
  {
    name: 'router: the record of a test is named like any other',
    killedBy: 35,
    router: (ports) => ({
      ...ports,
      directory: {
        ...ports.directory,
        loadForAccept: async (query) => {
          const { key, ...known } = await ports.directory.loadForAccept(query);
          return key ? { ...known, key: { ...key, test: undefined } } : known;
        },
      },
    }),
  },
  {
    name: 'let reminder go: a reply does not matter',
    killedBy: 522,
    change: without('let reminder go', 'inbound_ids'),
  },
  {
    name: 'let reminder go: nothing asks',
    killedBy: 5,
    processor: (ports) => ({
      ...ports,
      conversations: {
        find: async (key) => ports.conversations.find(key),
        change: async (key, change) => (change.name === 'let reminder go'
          ? { applied: true, conversation: sampleConversation({ now: 0 }) }
          : ports.conversations.change(key, change)),
      },
    }),
  },
  {
    name: 'arrange reminder: the conversation does not remember it, and each has a name of its own',
    killedBy: 5,
    change: (change) =>
      leaving('let reminder go', 'reminder_id')(
        leaving('arrange reminder', 'reminder_id', 'reminder_at', 'due_at')(change),
      ),
    reconciler: renamingReminders,
  },
];
