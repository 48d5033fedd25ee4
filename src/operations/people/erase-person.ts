import { timestamp } from '../../core/ports/clock';
import type { Conversation } from '../../core/lifecycle/conversation';
import { endForErasure, erasureBlocker } from '../../core/lifecycle/erasure';
import type { OperationPorts } from '../ports';
import { findHeld, requestOf } from './held';

export interface Erased {
  readonly erased: number;
  /** Of those, messages that were on their way and were ended unsent. */
  readonly ended: number;
  /** Could not be erased yet: their vendor has not reported what became of them. */
  readonly inFlight: readonly string[];
  /** Senders whose opt-out is kept, since it has to be respected. */
  readonly optOutsKept: number;
  readonly otherAddresses: readonly string[];
}

type Ports = Pick<OperationPorts, 'clock' | 'conversations' | 'people' | 'replyAddresses' | 'threads'>;

/** A record that changes while it is erased (a reply comes in) is looked at again this often. */
const TRIES = 5;

/**
 * Removes what is held of a person, one record after the other: its message is ended if it is on its way, its
 * idempotency record forgets the recipient, its replies go, then the record goes. In this order nothing is sent
 * afterwards, a replay of the request brings nothing back, and a run that was cut short is finished by the next.
 */
export async function erasePerson(ports: Ports, address: string): Promise<Erased> {
  const { addresses, conversations, optOuts, otherAddresses } = await findHeld(ports.people, address);
  const outcomes: Array<{ readonly id: string; readonly outcome: Outcome }> = [];
  for (const conversation of conversations) {
    outcomes.push({ id: conversation.conversation_id, outcome: await eraseConversation(ports, conversation) });
  }
  // With an opt-out the names stay: without them it would not be respected under each.
  if (optOuts.length === 0) await ports.people.forgetNames(addresses);
  return {
    erased: outcomes.filter(({ outcome }) => outcome !== 'in_flight').length,
    ended: outcomes.filter(({ outcome }) => outcome === 'ended').length,
    inFlight: outcomes.filter(({ outcome }) => outcome === 'in_flight').map(({ id }) => id),
    optOutsKept: optOuts.reduce((count, { senders }) => count + Object.keys(senders ?? {}).length, 0),
    otherAddresses,
  };
}

type Outcome = 'erased' | 'ended' | 'in_flight';

async function eraseConversation(ports: Ports, found: Conversation): Promise<Outcome> {
  let wasEnded = false;
  let conversation: Conversation | undefined = found;
  for (let tries = 0; conversation && tries < TRIES; tries += 1) {
    const blocker = erasureBlocker(conversation);
    if (blocker === 'in_flight') return 'in_flight';
    if (blocker === 'endable') {
      const ended = await ports.conversations.change(conversation, endForErasure({ now: ports.clock.now() }));
      wasEnded ||= ended.applied;
      conversation = ended.conversation;
      continue;
    }
    await ports.people.blankIdempotencyRecord(requestOf(conversation), timestamp(ports.clock.now()));
    await ports.threads.removeRepliesTo(conversation);
    await ports.replyAddresses.remove(conversation);
    if (await ports.people.remove(conversation)) return wasEnded ? 'ended' : 'erased';
    conversation = await ports.conversations.find(conversation);
  }
  // It is gone already, or changes faster than it is erased: then it counts as on its way.
  return conversation ? 'in_flight' : wasEnded ? 'ended' : 'erased';
}
