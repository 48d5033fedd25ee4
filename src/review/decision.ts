import type { Timestamp } from '../core/ports/clock';
import { timestamp } from '../core/ports/clock';
import type { Conversation, ReviewDecision } from '../core/lifecycle/conversation';
import type { FailureReason } from '../core/lifecycle/failure';
import type { Fault } from '../core/contract/refusal';
import type { ProofFault } from '../proof/prove-values';

/** What a person asks for. */
export interface ReviewOrder {
  readonly conversationId: string;
  /** Name of the person, kept with the record. */
  readonly reviewer: string;
  /**
   * `due_at` of the record that the person saw: the decision counts for that wait alone. Absent: for the one that is
   * found.
   */
  readonly heldSince?: Timestamp;
}

/** Why a decision was not taken; `conversation` is the record as it is. */
export type NotDecided =
  /** No request was accepted under the identifier. */
  | { readonly outcome: 'not_found' }
  /** It does not wait for a person: it never did, or it went on meanwhile. */
  | { readonly outcome: 'not_waiting'; readonly conversation: Conversation }
  /** It was held again since the person looked: other words wait. */
  | { readonly outcome: 'held_again'; readonly conversation: Conversation };

export type ApproveResult =
  /** Its words go to the channel. */
  | { readonly outcome: 'approved'; readonly conversation: Conversation }
  /** It had no words: it is composed now, and goes if they can be proved. */
  | { readonly outcome: 'sent_to_composition'; readonly conversation: Conversation }
  /** The same decision was taken before; the record says by whom. */
  | { readonly outcome: 'approved_before'; readonly conversation: Conversation }
  /** The message is of no use any more. */
  | { readonly outcome: 'expired'; readonly conversation: Conversation }
  /** The words cannot be proved: `faults` names variables and rules, never values. */
  | {
    readonly outcome: 'unproved';
    readonly conversation: Conversation;
    readonly detail: string;
    readonly faults: readonly ProofFault[];
  }
  /** The company record is gone or lacks what the proof needs. */
  | {
    readonly outcome: 'company_record_incomplete';
    readonly conversation: Conversation;
    readonly faults: readonly Fault[];
  }
  | NotDecided;

export type RejectResult =
  | { readonly outcome: 'rejected'; readonly conversation: Conversation }
  | { readonly outcome: 'rejected_before'; readonly conversation: Conversation }
  | NotDecided;

/** Undefined where the record is the one that waits and that the person means. */
export function whyNotDecided(order: ReviewOrder, conversation: Conversation): NotDecided | undefined {
  if (conversation.conversation_status !== 'awaiting_review') return { outcome: 'not_waiting', conversation };
  if (order.heldSince !== undefined && order.heldSince !== conversation.due_at) {
    return { outcome: 'held_again', conversation };
  }
  return undefined;
}

/** The decision as the record keeps it. */
export function decisionOf(
  conversation: Conversation,
  made: {
    readonly decision: ReviewDecision['decision'];
    readonly reviewer: string;
    readonly now: number;
    readonly edited?: readonly string[];
    readonly values?: ReviewDecision['values'];
    readonly note?: string;
  },
): ReviewDecision {
  const { decision, reviewer, now, edited = [], values, note } = made;
  return {
    decision,
    reviewer,
    at: timestamp(now),
    held_for: heldFor(conversation),
    edited: edited.length > 0 ? edited : undefined,
    values: edited.length > 0 ? values : undefined,
    note,
  };
}

/** Why the message waits. */
export function heldFor(conversation: Conversation): FailureReason {
  return conversation.failure_reason ?? 'review_requested';
}
