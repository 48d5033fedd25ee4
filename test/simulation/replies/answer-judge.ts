import type { Conversation } from '../../../src/core/lifecycle/conversation';
import { replyThatLeaves } from '../../../src/core/lifecycle/takeover-transitions';
import type { ThreadChange } from '../../../src/core/lifecycle/thread-change';
import type { Thread } from '../../../src/core/lifecycle/thread-record';
import type { AcceptedMessage } from '../vendor';
import { SAYABLE } from './simulated-cards';

/** One ticket that was given, and the thread at that moment. */
interface Given {
  readonly reply: string;
  readonly owner: Thread['owner'];
  readonly epoch: number;
  readonly sequence: number;
  readonly at: number;
}

/** Answers of the engine in a row, and in an hour, at most (by SMS). */
const IN_A_ROW = 3;
const PER_HOUR = 4;
const HOUR = 60 * 60_000;
/** A ticket's life. */
const TICKET = 30_000;

/** Judges what the engine answers of its own: words, order, number. */
export class AnswerJudge {
  private readonly given: Given[] = [];

  constructor(private readonly now: () => number, private readonly blame: (words: string) => void) {}

  thread(after: Thread, { name }: ThreadChange): void {
    const reply = replyThatLeaves(after, this.now());
    if (name !== 'take ticket' || reply === undefined) return;
    const { owner, epoch, sequence } = after;
    this.given.push({ reply, owner, epoch, sequence, at: this.now() });
  }

  end(records: readonly Conversation[], accepted: readonly AcceptedMessage[]): void {
    const answers = accepted.flatMap((message) => {
      const record = records.find((one) => one.conversation_id === message.conversationId);
      return record?.reply && record.reply.by === undefined ? [{ ...message, record, origin: record.reply }] : [];
    });
    for (const { text, record: { request_id: id }, origin, at } of answers) {
      if (!SAYABLE.has(text)) this.blame(`G1: the engine said what no card and no fact justifies: ${text}`);
      const ticket = this.given.findLast((one) => one.reply === id && one.at <= at && at <= one.at + TICKET);
      if (!ticket) {this.blame('G3: an answer left without a ticket');} else if (ticket.owner !== origin.owner || ticket.epoch !== origin.epoch) {this.blame('G2: an answer of another time left');} else if (origin.sequence !== undefined && ticket.sequence !== origin.sequence) {
        this.blame('G3: an answer got its ticket after a newer message was taken in');
      }
    }
    const cards = answers.filter(({ origin }) => origin.card);
    this.once(cards.map(({ origin }) => origin.sequence), 'G4: a burst was answered twice');
    this.once(
      answers.filter(({ origin }) => !origin.card).map(({ origin }) => origin.epoch), 'G4: one hand-off was told twice',
    );
    for (const { at } of cards) {
      const within = cards.filter((one) => one.at > at - HOUR && one.at <= at).length;
      if (within > PER_HOUR) this.blame('G7: more answers than the limit');
    }
    for (const { record } of answers) {
      if (record.attention !== undefined) this.blame(`an answer was left ${record.conversation_status}`);
      if (record.reply?.card && !record.composition?.facts_hash) this.blame('G8: an answer names no facts');
    }
    if (cards.length > IN_A_ROW && records.every(({ answers: kept }) => kept === undefined)) {
      this.blame('G7: more answers in a row than the limit');
    }
  }

  private once(names: ReadonlyArray<number | undefined>, words: string): void {
    if (new Set(names).size < names.length) this.blame(words);
  }
}
