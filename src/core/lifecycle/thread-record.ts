import type { Channel } from '../channel';
import type { Timestamp } from '../ports/clock';
import type { ProvedAnswer } from './answer-transitions';
import type { ReplyHandOff } from './hand-off-reasons';

/** Who may answer in a thread. `nobody`: the recipient has asked for no more messages. */
export type ThreadOwner = 'engine' | 'person' | 'nobody';

/** What happens to a thread as a whole. */
export type ThreadEvent = 'handed_off' | 'taken_over' | 'returned' | 'closed';

export interface ThreadHistoryEntry {
  readonly at: Timestamp;
  readonly event: ThreadEvent;
  readonly reason?: ReplyHandOff | 'opted_out';
  /** The person who took this step, where a person did. */
  readonly by?: string;
  /** The conversation that it is about, by its identifier. */
  readonly conversation?: string;
  /** The position of the message that led to it. */
  readonly sequence?: number;
}

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
  /** The conversation that a person is to see, or whose sender the stop is about. */
  readonly about?: string;
  readonly model?: string;
  /** Name and version of the engine's text for the model. */
  readonly prompt?: string;
}

/** One chat on a recipient's phone: one company, channel, sender and recipient. It names no recipient. */
export interface Thread {
  readonly company_id: string;
  readonly channel_method: Channel;
  readonly owner: ThreadOwner;
  /** Counts every change of owner: what was begun under another epoch does not leave. */
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
  /** What was written before this moment is no context: a person had the thread. */
  readonly context_from?: Timestamp;
  /** The person who has the thread. */
  readonly taken_by?: string;
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

  /** Conversations that expect answers, oldest first; the newest few. */
  readonly expecting?: readonly string[];
  /** Bounded; oldest first. */
  readonly history?: readonly ThreadHistoryEntry[];

  /** The work-due index: a burst that waits, and when it is looked at should its queue message be lost. */
  readonly attention?: string;
  readonly due_at?: Timestamp;
  readonly time_to_live: number;
  readonly last_change: string;
}

/** What a thread is from its first item on. */
export const NEW_THREAD = { owner: 'engine', epoch: 0, sequence: 0, handled_until: 0 } as const satisfies Partial<Thread>;

/** Entries that a thread's history keeps, the newest ones. */
const HISTORY = 20;

/** The history with one more entry. */
export function withEntry(history: Thread['history'], entry: ThreadHistoryEntry): readonly ThreadHistoryEntry[] {
  return [...(history ?? []), entry].slice(-HISTORY);
}
