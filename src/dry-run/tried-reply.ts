import type { EngineReplyLimits } from '../core/channels/channel-definition';
import type { ProvedAnswer } from '../core/lifecycle/answer-transitions';
import type { Verdict } from '../proof/proof';
import type { ReplyHandOff } from '../core/lifecycle/hand-off-reasons';
import type { Silence } from '../core/lifecycle/thread-record';
import type { UnreadReason } from '../core/ports/threads';
import type { TokenUsage } from '../core/ports/language-model';

/** What the engine would do with a reply. */
export const REPLY_OUTCOMES = [
  'would_answer', 'would_wait_for_a_person', 'would_say_nothing', 'would_opt_out',
] as const;

/** An answer that would be kept. */
export type TriedAnswer = Pick<ProvedAnswer, 'value' | 'quote'> & { readonly name: string };

/** A card that would be said, value by value. */
export interface TriedCard {
  readonly card_id: string;
  readonly version: number;
  /** BCP 47: which of the card's texts. */
  readonly language: string;
  readonly values: ReadonlyArray<{ readonly name: string; readonly value: string; readonly verdict: Verdict }>;
}

/** What would become of a reply, and by which rule. */
export interface TriedReply {
  readonly outcome: (typeof REPLY_OUTCOMES)[number];
  /** Why a person would see it, or nothing would be said. */
  readonly reason?: ReplyHandOff | Silence | UnreadReason | undefined;
  /** Variables of the chosen card and the rules that their values broke; never values. */
  readonly detail?: string | undefined;
  readonly answers: readonly TriedAnswer[];
  readonly card?: TriedCard | undefined;
  /** What the recipient would read: the card, or the company's sentence that a person goes on. */
  readonly says?: string | undefined;
  /** The engine's replies in one chat at most; a dry run has no chat, so none of them is reached. */
  readonly limits?: EngineReplyLimits | undefined;
  /** Absent where no model was asked. */
  readonly model?: string | undefined;
  readonly usage: TokenUsage;
}

/** Why the model could not be asked. */
export type ReplyNotTried =
  | { readonly outcome: 'model_unavailable' }
  | { readonly outcome: 'model_misconfigured'; readonly code: string };
