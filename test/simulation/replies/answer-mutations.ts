import type { Change, Where } from '../../../src/core/lifecycle/change';
import type { Conversation } from '../../../src/core/lifecycle/conversation';
import type { ThreadChange } from '../../../src/core/lifecycle/thread-change';
import type { Thread } from '../../../src/core/lifecycle/thread-record';
import type { TurnPorts } from '../../../src/conversation/turn-ports';
import type { ProcessorPorts } from '../../../src/processor/processing';
import type { KilledReplyMutation } from './reply-mutation';
import { leaving, without } from './mutate-thread';

/** Of the tickets of cards alone: a person's reply asks for no sequence. */
function ofAnswers(mutate: (change: ThreadChange) => ThreadChange): (change: ThreadChange) => ThreadChange {
  return (change) => (change.when.some(({ sequence }) => sequence !== undefined) ? mutate(change) : change);
}

/** The claim no longer asks whether the moment until which the message may be sent is over. */
function claimAnyTime(change: Change): Change {
  if (change.name !== 'claim send' && change.name !== 'persist composition and claim send') return change;
  const when = change.when.map(({ send_before: _moment, ...where }): Where<keyof Conversation> => where);
  return { ...change, when };
}

/** The worker looks at no clock once it has its ticket. */
function stoppedByTicket(ports: ProcessorPorts): ProcessorPorts {
  let stopped: number | undefined;
  return {
    ...ports,
    clock: { ...ports.clock, now: () => stopped ?? ports.clock.now() },
    threads: {
      find: async (id) => ports.threads.find(id),
      join: async (sent) => ports.threads.join(sent),
      change: async (id, change) => {
        stopped = change.name === 'take ticket' ? ports.clock.now() : undefined;
        return ports.threads.change(id, change);
      },
    },
  };
}

/** The turn sees one of the conversations that ask. */
function seeingOne(ports: TurnPorts): TurnPorts {
  const narrow = (thread: Thread): Thread => ({ ...thread, expecting: (thread.expecting ?? []).slice(-1) });
  return {
    ...ports,
    threads: {
      newest: async (id, limit) => ports.threads.newest(id, limit),
      find: async (id) => {
        const found = await ports.threads.find(id);
        return found && narrow(found);
      },
      change: async (id, change) => {
        const result = await ports.threads.change(id, change);
        return result.applied ? { ...result, thread: narrow(result.thread) } : result;
      },
    },
  };
}

/** The turn forgets what the engine said: what the history tells of it, and the lines as well where `lines` is set. */
function forgetting({ lines }: { readonly lines: boolean }): (ports: TurnPorts) => TurnPorts {
  const forgot = (thread: Thread): Thread => (
    { ...thread, history: (thread.history ?? []).filter(({ event }) => event !== 'replied') }
  );
  return (ports) => ({
    ...ports,
    threads: {
      newest: async (id, limit) => {
        const found = await ports.threads.newest(id, limit);
        return lines ? found.filter(({ role }) => role === 'user') : found;
      },
      find: async (id) => {
        const found = await ports.threads.find(id);
        return found && forgot(found);
      },
      change: async (id, change) => {
        const result = await ports.threads.change(id, change);
        return result.applied ? { ...result, thread: forgot(result.thread) } : result;
      },
    },
  });
}

/** What a composition says of itself is dropped. */
function unnamed(change: Change): Change {
  const { composition } = change.set;
  if (!composition) return change;
  const { model: _model, ...rest } = composition;
  return { ...change, set: { ...change.set, composition: rest } };
}

/** The decision is kept without that the reply says who writes. */
function undisclosed(change: ThreadChange): ThreadChange {
  const { understanding } = change.set;
  if (!understanding?.reply) return change;
  const { discloses: _said, ...reply } = understanding.reply;
  return { ...change, set: { ...change.set, understanding: { ...understanding, reply } } };
}

/** Faults of how the engine answers. */
export const ANSWER_MUTATIONS: readonly KilledReplyMutation[] = [
  {
    name: 'ticket: answers leave without one',
    killedBy: 14,
    thread: ofAnswers((change) => (change.name === 'take ticket' ? { ...change, when: [{}] } : change)),
  },
  {
    name: "take ticket: an answer's epoch does not matter",
    killedBy: 1238,
    thread: ofAnswers(without('take ticket', 'epoch')),
  },
  {
    name: "take ticket: an answer's sequence does not matter",
    killedBy: 14,
    thread: ofAnswers(without('take ticket', 'sequence')),
  },
  { name: 'ticket: that it has run out does not matter', killedBy: 264, processor: stoppedByTicket },
  {
    name: 'inbound: a stop comes after the answer',
    killedBy: 2,
    heard: (message) => (/stop/i.test(message.text) ? { ...message, text: 'When can I reach you? No more of it.' } : message),
  },
  {
    name: 'return thread: what was written before stays context',
    killedBy: 14,
    thread: leaving('return thread', 'context_from'),
  },
  { name: "claim send: WhatsApp's window was read before", killedBy: 2172, record: claimAnyTime },
  {
    name: "cards: the recipient's words prove",
    killedBy: 68,
    company: (record, texts) => {
      const { knowledge }: { readonly knowledge?: readonly object[] } = record;
      const written = texts.filter((text) => text !== '').slice(-20);
      return {
        ...record,
        knowledge: [...(knowledge ?? []), ...(written.length > 0 ? [{ name: 'written', value: written }] : [])],
      };
    },
  },
  { name: 'turn: what the engine has said is not read', killedBy: 16, turn: forgetting({ lines: true }) },
  { name: 'turn: an answer without a line is not looked up', killedBy: 188, turn: forgetting({ lines: false }) },
  { name: 'turn: words that fit two questions answer one', killedBy: 8, turn: seeingOne },
  {
    name: 'keep understanding: answers are not counted',
    killedBy: 48,
    thread: leaving('keep understanding', 'reply_times', 'replies_in_row', 'last_card'),
  },
  { name: 'keep understanding: who writes is not disclosed', killedBy: 150, thread: undisclosed },
  { name: 'compose: the model is not named', killedBy: 6, record: unnamed },
  { name: 'finish turn: the hand-off keeps the epoch', killedBy: 4, thread: leaving('finish turn', 'epoch') },
  {
    name: 'end parting: the words stay to be said',
    killedBy: 4,
    thread: (change) => (change.name === 'end parting' ? { ...change, remove: [] } : change),
  },
];
