import type { MessageInFlight } from './fauxqs';

/** A group is noisy that holds more than this share of what is in flight, and at least so many messages. */
const NOISY_SHARE = 0.1;
const NOISY_MESSAGES = 30;
/** Messages whose group is known at most; one more, and the memory starts afresh. */
const REMEMBERED = 100_000;

type Message = MessageInFlight['message'];

/**
 * SQS's fair queues: of a standard queue whose messages name groups, what belongs to a quiet group is received before
 * what belongs to a noisy one. Sources: SQS Developer Guide, "Amazon SQS fair queues". Against SQS: a group is quiet
 * again as soon as it has less in flight, not after minutes.
 */
export class FairQueue {
  private readonly groups = new Map<string, string>();

  /** Remembers the group of a message that has been sent. */
  note(messageId: string, group: string): void {
    if (this.groups.size >= REMEMBERED) this.groups.clear();
    this.groups.set(messageId, group);
  }

  /** Puts quiet groups' messages first, each kind in its own order. */
  arrange(waiting: Message[], inFlight: Iterable<MessageInFlight>): void {
    const noisy = this.noisyGroups(inFlight);
    if (noisy.size === 0) return;
    const isNoisy = (message: Message) => noisy.has(this.groups.get(message.messageId) ?? '');
    const ordered = [...waiting.filter((message) => !isNoisy(message)), ...waiting.filter(isNoisy)];
    waiting.splice(0, waiting.length, ...ordered);
  }

  private noisyGroups(inFlight: Iterable<MessageInFlight>): ReadonlySet<string> {
    const held = new Map<string, number>();
    let all = 0;
    for (const { message } of inFlight) {
      all += 1;
      const group = this.groups.get(message.messageId);
      if (group !== undefined) held.set(group, (held.get(group) ?? 0) + 1);
    }
    return new Set(
      [...held].filter(([, count]) => count >= NOISY_MESSAGES && count > all * NOISY_SHARE).map(([group]) => group),
    );
  }
}
