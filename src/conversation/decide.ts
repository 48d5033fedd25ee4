import type { Channel } from '../core/channel';
import type { EngineReplyLimits } from '../core/channels/channel-definition';
import { CHANNEL_DEFINITIONS } from '../core/channel';
import type { ReplyHandOff } from '../core/lifecycle/hand-off-reasons';
import { windowEnd } from '../core/lifecycle/service-window';
import type { Silence, Thread } from '../core/lifecycle/thread-record';
import { isAnsweredByPerson } from '../core/lifecycle/thread-record';

/** What the recipient wants beside answering, as the model read it. */
export type Asks = 'none' | 'question' | 'person' | 'complaint' | 'law' | 'health' | 'money';

/** Whether an answer that was read is proved by its quote; `ambiguous`: it fits more than one question. */
export type Unclear = 'no' | 'unproved' | 'ambiguous';

/** What became of the card that the model chose. */
export type CardFit =
  /** None was chosen, or one that does not exist. */
  | 'none'
  /** No card of the project is written in the recipient's language, or not this one. */
  | 'no_language'
  | 'unproved'
  | 'proved';

/** Everything that decides whether the engine answers a burst. */
export interface Situation {
  readonly thread: Pick<
    Thread,
    | 'owner' | 'sequence' | 'answered_until' | 'channel_method' | 'last_inbound_at' | 'reply_times' | 'replies_in_row'
    | 'last_card' | 'last_then'
  >;
  readonly asks: Asks;
  /** It may be a stop, and no quote proves it. */
  readonly isStopUnclear: boolean;
  readonly unclear: Unclear;
  /** The burst gives an answer that was not known. */
  readonly isNewAnswer: boolean;
  /** A required answer is still missing. */
  readonly isOpen: boolean;
  readonly fit: CardFit;
  readonly card?: string | undefined;
  /** How often the newest message was written in the last day, itself included. */
  readonly sameText: number;
  /** How often in a row the recipient answered the engine faster than a person writes. */
  readonly quickAnswers: number;
  readonly limits: EngineReplyLimits;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type Decision =
  | { readonly kind: 'card' }
  | { readonly kind: 'hand_off'; readonly reason: ReplyHandOff }
  | { readonly kind: 'silence'; readonly reason: Silence };

const HOUR = 60 * 60_000;
/** Milliseconds before WhatsApp closes the chat in which a person had better see it. */
const CLOSING = 30 * 60_000;

type Rule = readonly [applies: (situation: Situation) => boolean, decision: Decision];

const handOff = (reason: ReplyHandOff): Decision => ({ kind: 'hand_off', reason });
const silence = (reason: Silence): Decision => ({ kind: 'silence', reason });

/** The first one that applies decides. */
const RULES: readonly Rule[] = [
  [({ thread }) => thread.owner === 'nobody', silence('closed')],
  [({ isStopUnclear }) => isStopUnclear, handOff('stop_unclear')],
  [({ asks }) => asks === 'person', handOff('asked_for_person')],
  [({ asks }) => asks === 'complaint', handOff('complaint')],
  [({ asks }) => asks === 'law', handOff('law')],
  [({ asks }) => asks === 'health', handOff('health')],
  [({ asks }) => asks === 'money', handOff('money')],
  [({ thread }) => thread.owner === 'person', silence('person_has_thread')],
  [({ thread }) => isAnsweredByPerson(thread, thread.sequence), silence('person_answered')],
  [({ thread, quickAnswers }) => quickAnswers >= loopSigns(thread.channel_method).quickAnswers, handOff('machine')],
  [({ thread, sameText, isNewAnswer }) => !isNewAnswer && sameText >= loopSigns(thread.channel_method).sameText, handOff('same_message_again')],
  [({ unclear }) => unclear === 'ambiguous', handOff('answer_unclear')],
  [({ fit }) => fit === 'no_language', handOff('language')],
  [({ fit }) => fit === 'unproved', handOff('proof_failed')],
  [({ fit, thread, now }) => fit === 'proved' && isWindowClosing(thread, now), handOff('window_closing')],
  [(situation) => situation.fit === 'proved' && isLimitReached(situation), handOff('reply_limit')],
  [({ fit }) => fit === 'proved', { kind: 'card' }],
  [({ unclear }) => unclear !== 'no', handOff('answer_unclear')],
  [({ asks }) => asks === 'question', handOff('question')],
  [({ isNewAnswer }) => isNewAnswer, silence('answers_kept')],
  // Thanks for an answer after which the company waits for nothing.
  [({ thread }) => isAtRest(thread), silence('nothing_asked')],
  [({ isOpen }) => isOpen, handOff('no_card')],
];

/** Whether the engine answers a burst with the card that was chosen, hands the thread to a person, or is silent. */
export function decide(situation: Situation): Decision {
  return RULES.find(([applies]) => applies(situation))?.[1] ?? silence('nothing_asked');
}

function loopSigns(channel: Channel) {
  return CHANNEL_DEFINITIONS[channel].loopSigns;
}

function isAtRest({ replies_in_row: row = 0, last_then: after }: Situation['thread']): boolean {
  return row > 0 && after === 'rest';
}

function isWindowClosing({ channel_method: channel, ...thread }: Situation['thread'], now: number): boolean {
  return now >= windowEnd(channel, thread) - CLOSING;
}

function isLimitReached({ thread, limits, card, isNewAnswer, now }: Situation): boolean {
  const { reply_times: times = [], replies_in_row: row = 0, last_card: last } = thread;
  const inARow = isNewAnswer ? 0 : row;
  const within = (time: number) => times.filter((at) => Date.parse(at) > now - time).length;
  return within(HOUR) >= limits.perHour
    || within(24 * HOUR) >= limits.perDay
    || inARow >= limits.inARow
    // Whoever did not understand the words the first time does not the second.
    || (inARow > 0 && card === last);
}

/** What a thread counts once a card is decided: written with the decision itself. */
export function countReply(
  { reply_times: times = [], replies_in_row: row = 0 }: Pick<Thread, 'reply_times' | 'replies_in_row'>,
  { card, after, at, isNewAnswer }: {
    readonly card: string;
    readonly after: Thread['last_then'];
    readonly at: string;
    readonly isNewAnswer: boolean;
  },
): Partial<Thread> {
  const since = Date.parse(at) - 24 * HOUR;
  return {
    reply_times: [...times.filter((time) => Date.parse(time) > since), at],
    replies_in_row: (isNewAnswer ? 0 : row) + 1,
    last_card: card,
    ...(after ? { last_then: after } : {}),
  };
}
