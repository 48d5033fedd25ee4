import type { Conversation, ConversationStatus } from '../../../src/core/lifecycle/conversation';
import { mayStillLeave } from '../../../src/core/lifecycle/may-leave';
import type { ThreadChange } from '../../../src/core/lifecycle/thread-change';
import type { Thread } from '../../../src/core/lifecycle/thread-record';
import { isAnsweredByPerson } from '../../../src/core/lifecycle/thread-record';
import type { AcceptedMessage } from '../vendor';

/** Ends of words that the recipient never gets. */
const UNSENT: readonly ConversationStatus[] = [
  'cancelled', 'superseded', 'expired', 'failed_to_send_message', 'failed_unknown',
];

/** Words that a person was told are queued: what had come in when they gave the command, and when they were told. */
interface Queued {
  readonly id: string;
  readonly sequence: number;
  readonly at: number;
}

/** Watches what persons and clients write in a chat, and what comes of it where they give the thread back. */
export class PersonsWordsJudge {
  /** Persons and clients who took the thread, and the epoch since when. */
  private readonly takers: { readonly by: string | undefined; readonly epoch: number; readonly at: number }[] = [];
  private readonly queued: Queued[] = [];
  /** Bursts that the engine decided to answer, by their last position. */
  private readonly decided: { readonly until: number; readonly at: number }[] = [];

  /** The thread's epoch when the newest turn began. */
  private claimedIn: number | undefined;
  /** Messages for which a turn was silent. */
  private readonly trusted = new Set<string>();
  /** Epochs in which a turn was silent for words that ended while its model thought: a person is to see the thread. */
  private readonly silentIn = new Set<number | undefined>();

  constructor(private readonly now: () => number, private readonly blame: (words: string) => void) {}

  writes(id: string, sequence: number): void {
    if (!this.queued.some((one) => one.id === id)) this.queued.push({ id, sequence, at: this.now() });
  }

  thread(after: Thread, { name, set }: ThreadChange): void {
    if (name === 'take over thread') this.takers.push({ by: after.taken_by, epoch: after.epoch, at: this.now() });
    if (name === 'claim turn') this.claimedIn = after.epoch;
    if (name !== 'keep understanding' || !set.understanding) return;
    const { reply, silence, until } = set.understanding;
    const { answered_with: words } = after;
    if (silence === 'person_answered' && words !== undefined) this.trusted.add(words);
    if (silence === 'person_answered' && words === undefined) this.silentIn.add(this.claimedIn);
    if (reply) this.decided.push({ until, at: this.now() });
  }

  /** Somebody was told that an answer is cancelled, in a thread that had the engine all the while. */
  cancelled({ conversation_id: id, reply }: Conversation, thread: Thread): void {
    if (!reply || thread.owner !== 'engine' || !mayStillLeave(reply, thread)) return;
    const isAnswered = thread.answered_with !== id && isAnsweredByPerson(thread, thread.sequence);
    if (!isAnswered) this.blame('an answer was cancelled, and no person was to see what it answered');
  }

  end(thread: Thread | undefined, records: readonly Conversation[], accepted: readonly AcceptedMessage[]): void {
    const answeredWith = records.find(({ conversation_id: id }) => id === thread?.answered_with);
    const isForgotten = thread?.owner === 'engine' && this.silentIn.has(thread.epoch);
    if (isForgotten || (answeredWith && UNSENT.includes(answeredWith.conversation_status))) {
      this.blame('words that never went count as an answer');
    }
    const made = new Set(records.map(({ conversation_id: id }) => id));
    if ([...this.trusted].some((id) => !made.has(id))) this.blame('words that were never made count as an answer');
    const taken = new Map(accepted.map(({ conversationId, at }) => [conversationId, at]));
    for (const { conversation_id: id, reply, conversation_status: status } of records) {
      if (!reply) continue;
      if (status === 'superseded' && reply.by !== undefined && thread?.owner !== 'nobody') this.judgeGivenWay(reply);
      if (reply.card && taken.has(id)) this.judgeAnswered(reply.sequence ?? 0, taken);
    }
  }

  /** What a person wrote gives way to another person who takes the thread, and to a stop. */
  private judgeGivenWay({ epoch, by }: NonNullable<Conversation['reply']>): void {
    const isTaken = this.takers.some((one) => one.epoch > epoch && one.by !== by);
    if (!isTaken) this.blame("a person's words gave way to nobody");
  }

  /** What the engine answered was not answered by a person before, unless somebody else had the thread since. */
  private judgeAnswered(until: number, taken: ReadonlyMap<string, number>): void {
    const decidedAt = Math.max(...this.decided.filter((one) => one.until === until).map(({ at }) => at));
    const before = this.queued.find(({ id, sequence, at }) => (
      taken.has(id) && sequence >= until && at < decidedAt
      && !this.takers.some((one) => one.at > at && one.at < decidedAt)
    ));
    if (before) this.blame('the engine answered what a person had answered');
  }
}
