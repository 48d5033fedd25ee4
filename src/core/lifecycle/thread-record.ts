import type { Channel } from '../channel';
import type { Timestamp } from '../ports/clock';
import type { ProvedAnswer } from './answer-transitions';
import type { ReplyHandOff } from './hand-off-reasons';
import type { ReplyCard } from './reply-card';

/** Who may answer in a thread. `nobody`: the recipient has asked for no more messages. */
export type ThreadOwner = 'engine' | 'person' | 'nobody';

/** What happens to a thread as a whole. */
export type ThreadEvent = 'replied' | 'handed_off' | 'taken_over' | 'returned' | 'closed';

export interface ThreadHistoryEntry {
  readonly at: Timestamp;
  readonly event: ThreadEvent;
  readonly reason?: ReplyHandOff | 'opted_out';
  /** Of an engine's reply: its card, and by which model it was chosen. */
  readonly card?: Pick<ReplyCard, 'card_id' | 'version' | 'language' | 'model'>;
  /** The person who took this step, where a person did. */
  readonly by?: string;
  /** The conversation that it is about, by its identifier. */
  readonly conversation?: string;
  /** The position of the message that led to it. */
  readonly sequence?: number;
}

/** Why the engine does not answer a burst, and no person need see it. Stored words. */
export type Silence =
  /** The recipient asks for nothing, and nothing is open. */
  | 'nothing_asked'
  /** New answers were kept; what is still open is asked by the reminder. */
  | 'answers_kept'
  /** A person has the thread. */
  | 'person_has_thread'
  /** A person has answered it, and given the thread back. */
  | 'person_answered'
  /** The recipient wants no more messages. */
  | 'closed'
  /** A newer message came while this one was read: its own turn answers. */
  | 'newer_message';

/** What was read of a burst, as it was proved: written once and applied until all of it stands on the records. */
export interface Understanding {
  /** The thread's `sequence` when messages were read, and the positions of those that were. */
  readonly until: number;
  readonly read: readonly number[];
  readonly at: Timestamp;
  /** By conversation, the answers that its quotes prove. */
  readonly answers: Readonly<Record<string, Readonly<Record<string, ProvedAnswer>>>>;
  /** The recipient wants no more messages: decided by a quote. */
  readonly stop?: true;
  readonly hand_off?: ReplyHandOff;
  /** What the engine answers: it leaves only as long as `epoch` and `until` are the thread's own. */
  readonly reply?: ReplyCard & { readonly epoch: number };
  readonly silence?: Silence;
  /** The project's cards answer: a recipient whose thread is handed over is told so. */
  readonly is_assisted?: true;
  /** BCP 47: the recipient's, as the model read it. */
  readonly language?: string;
  /** The conversation that a person is to see, or whose sender the stop is about. */
  readonly about?: string;
  readonly model?: string;
  /** Name and version of the engine's text for the model. */
  readonly prompt?: string;
}

/** The last words of the engine before a person: a card that ends so, or the company's sentence. */
export interface Parting {
  /** The thread's `epoch` and `sequence` under which they were decided. */
  readonly epoch: number;
  readonly sequence: number;
  /** The conversation that is answered, by its identifier. */
  readonly about: string;
  readonly reason: ReplyHandOff;
  readonly card?: ReplyCard | undefined;
  readonly language?: string | undefined;
}

/** One chat on a recipient's phone: one company, channel, sender and recipient. It names no recipient. */
export interface Thread {
  readonly company_id: string;
  readonly channel_method: Channel;
  readonly owner: ThreadOwner;
  /** Counts every change of owner: what the engine began under another epoch does not leave. */
  readonly epoch: number;
  /** The last position taken; positions may be skipped. */
  readonly message_sequence: number;
  /** The position of the newest inbound message that was taken in; 0 before the first. */
  readonly sequence: number;
  /** Inbound messages that were taken in behind a newer one, by position. */
  readonly late?: readonly number[];
  readonly last_inbound_at?: Timestamp;
  /** The first message of the burst that is not handled yet. */
  readonly burst_since?: Timestamp;
  readonly answer_due_at?: Timestamp;
  /** The position up to which bursts were handled. */
  readonly handled_until: number;
  /** The newest positions that turns have read, some of them before they were taken in. */
  readonly read?: readonly number[];
  /** What was written before this moment is no context: a person had the thread. */
  readonly context_from?: Timestamp;
  /** The person who has the thread. */
  readonly taken_by?: string;
  /** Who took the thread last, and the epoch since which nobody else has: their words leave until somebody does. */
  readonly tenure_by?: string;
  readonly tenure_from?: number;
  /** The position up to which a person has answered, and the message that holds their words. */
  readonly answered_until?: number;
  readonly answered_with?: string;
  /** The reply that may leave now, by its message's `request_id`, and until when. */
  readonly ticket?: string;
  readonly ticket_until?: Timestamp;

  /** The worker that handles a burst, which one, and until when. */
  readonly turn_owner?: string;
  readonly turn_sequence?: number;
  readonly turn_until?: Timestamp;
  readonly understanding?: Understanding;
  /** Understandings of the day (since 1970, UTC) that `understandings_day` names. */
  readonly understandings?: number;
  readonly understandings_day?: number;
  /** Since when the model has not answered for this burst. */
  readonly model_away_since?: Timestamp;

  /** When the engine decided to answer, in the last day, oldest first. */
  readonly reply_times?: readonly Timestamp[];
  /** Answers of the engine since the recipient last gave an answer that was asked for. */
  readonly replies_in_row?: number;
  /** The card of the last of them, and what it leaves open (`then`). */
  readonly last_card?: string;
  readonly last_then?: 'rest' | 'await' | 'hand_off';
  /** By language, when a reply last said that an automatic assistant writes. */
  readonly disclosed?: Readonly<Record<string, Timestamp>>;
  /** What the engine is still to say after it handed the thread over. */
  readonly parting?: Parting;
  /** The newest burst to which the engine said nothing, by its last position, and why. */
  readonly last_silence?: { readonly at: Timestamp; readonly reason: Silence; readonly sequence: number };

  /** Conversations that expect answers, oldest first; the newest few. */
  readonly expecting?: readonly string[];
  /** Bounded; oldest first. */
  readonly history?: readonly ThreadHistoryEntry[];

  /** The index of replies: the list of chats that it stands in, and where. */
  readonly reply_attention?: string;
  readonly reply_since?: string;

  /** The work-due index: a burst that waits, and when it is looked at should its queue message be lost. */
  readonly attention?: string;
  readonly due_at?: Timestamp;
  readonly time_to_live: number;
  readonly last_change: string;
}

/** A message that a person was to see was taken in by the write that noted so. */
export function wasHandedOff({ history = [] }: Thread, position: number): boolean {
  return history.some(({ event, sequence }) => event === 'handed_off' && sequence === position);
}

/** Whether a person has answered all that came in up to a position. */
export function isAnsweredByPerson({ answered_until: until = -1 }: Pick<Thread, 'answered_until'>, sequence: number) {
  return until >= sequence;
}

/** What a thread is from its first item on. */
export const NEW_THREAD = { owner: 'engine', epoch: 0, sequence: 0, handled_until: 0 } as const satisfies Partial<Thread>;

/** Entries that a thread's history keeps, the newest ones. */
const HISTORY = 20;

/** The history with one more entry. */
export function withEntry(history: Thread['history'], entry: ThreadHistoryEntry): readonly ThreadHistoryEntry[] {
  return [...(history ?? []), entry].slice(-HISTORY);
}
