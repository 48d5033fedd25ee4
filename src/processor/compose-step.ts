import type { ChannelSettings } from '../core/company/company';
import type { CompositionSnapshot, Conversation, ConversationMessage } from '../core/lifecycle/conversation';
import { TIMES } from '../core/lifecycle/limits';
import { timestamp } from '../core/ports/clock';
import { callCostAtMost, callWeight } from '../core/usage/cost';
import type { ModelCredential } from '../core/ports/language-model';
import { composeCard } from './card-step';
import type { CompleteSettings } from './check-step';
import type { HoldOf } from './commit';
import type { CompositionResult } from './composition/compose';
import { compose } from './composition/compose';
import type { Blocked, Blocker } from './defer-or-fail';
import type { Work } from './processing';
import { asksForReview } from './review-rule';

/** Milliseconds; with less than this left for the model it is not called. */
const SHORTEST_COMPOSING_TIME = 5_000;
/** Milliseconds that the writes around the send may take, beside the vendor's own time. */
const WRITING_TIME = 5_000;

/** Composes the words of a message that this worker holds. Words that wait to be sent are composed already. */
export async function composeStep(
  work: Work,
  hold: HoldOf<'processing' | 'composed'>,
  means: CompleteSettings & { readonly access: ModelCredential },
): Promise<{ readonly hold: HoldOf<'proved' | 'composed'> } | Blocked> {
  if (hold.stage === 'composed') return stillTrue(work, hold, means);
  const { owner, calls, conversation } = hold;
  const { project, channelSettings: settings, access } = means;
  if (conversation.reply?.card) return cardWords(work, hold, means);
  const timeBudgetMilliseconds = Math.min(
    TIMES.modelTimeout,
    work.finishBy - work.ports.clock.now() - TIMES.vendorTimeout - WRITING_TIME,
  );
  if (timeBudgetMilliseconds < SHORTEST_COMPOSING_TIME) return { blocker: { kind: 'out_of_time' } };
  const given = conversation.review?.values;
  const { usage_prices: prices } = conversation;
  if (prices) calls.weigh(callWeight(prices, callCostAtMost(prices, project, settings, conversation)));
  const result = await compose(
    { subject: conversation, project, settings, access, given, calls, timeBudgetMilliseconds },
    work.ports,
  );
  if (result.outcome !== 'composed') return { blocker: withoutReview(conversation, blockerOf(result, owner)) };
  const { composition, fallbacks: detail } = result;
  const words = { owner, composition, message: messageOf(work, composition), calls: calls.ofLease() };
  const rule = detail === undefined ? 'send' : fallbackRule(settings);
  if (rule === 'review' && !conversation.reply) {
    return { blocker: { kind: 'review', owner, reason: 'fallback_used', detail, composition } };
  }
  if (rule === 'fail') {
    const blocker = { kind: 'end', status: 'failed_to_process_ai', reason: 'fallback_used', detail } as const;
    return { blocker, hold: { stage: 'proved', words, conversation } };
  }
  if (!conversation.reply && asksForReview(project, conversation) && !wasReviewed(conversation)) {
    return { blocker: { kind: 'review', owner, reason: 'review_requested', composition } };
  }
  return { hold: { stage: 'proved', words, conversation } };
}

/** A person has the thread of a reply already: nothing of it waits for another one. */
function withoutReview({ reply }: Conversation, blocker: Blocker): Blocker {
  if (!reply || blocker.kind !== 'review') return blocker;
  return { kind: 'end', status: 'failed_to_process_ai', reason: blocker.reason, detail: blocker.detail };
}

/** An answer of the engine never waits for a review: what does not go is handed to a person. */
function cardWords(work: Work, hold: HoldOf<'processing'>, means: CompleteSettings) {
  const { owner, calls, conversation } = hold;
  const result = composeCard(work, conversation, means);
  if (result.outcome === 'unprovable') {
    const { detail } = result;
    return { blocker: { kind: 'end', status: 'failed_to_process_ai', reason: 'proof_failed', detail } } as const;
  }
  const { composition } = result;
  const words = { owner, composition, message: messageOf(work, composition), calls: calls.ofLease() };
  return { hold: { stage: 'proved', words, conversation } } as const;
}

/** The words of a card that waited, for a vendor that was busy or the like, go only as long as they are still so. */
function stillTrue(work: Work, hold: HoldOf<'composed'>, means: CompleteSettings) {
  const { composition, reply } = hold.conversation;
  const result = reply?.card && composeCard(work, hold.conversation, means);
  if (!result) return { hold };
  const isSame = result.outcome === 'composed' && result.composition.filled.text === composition?.filled.text;
  if (isSame) return { hold };
  const detail = result.outcome === 'unprovable' ? result.detail : 'card: its words are others by now';
  return { blocker: { kind: 'end', status: 'failed_to_process_ai', reason: 'proof_failed', detail } } as const;
}

/** What becomes of a message of which a required variable got its fallback. Templates that do not say send it. */
export function fallbackRule({ content }: ChannelSettings): 'send' | 'review' | 'fail' {
  return content.template.on_fallback ?? 'send';
}

function blockerOf(result: Exclude<CompositionResult, { outcome: 'composed' }>, owner: string): Blocker {
  switch (result.outcome) {
    case 'unprovable':
      return { kind: 'review', owner, reason: result.reason, detail: result.detail, composition: result.composition };
    case 'misconfigured':
      return { kind: 'wait', pace: 'after_configuration', reason: 'model_misconfigured', detail: result.code };
    case 'unavailable':
      return { kind: 'wait', pace: 'soon', reason: 'model_unavailable', retryAfterSeconds: result.retryAfterSeconds };
  }
}

/** A person let it go to composition: the company's flags have had what they ask for. */
function wasReviewed({ review: last }: Conversation): boolean {
  return last?.decision === 'approved' && last.held_for === 'review_requested';
}

function messageOf({ ports }: Work, { filled, usage }: CompositionSnapshot): ConversationMessage {
  return {
    message_id: ports.newIdentifier(),
    timestamp: timestamp(ports.clock.now()),
    role: 'assistant',
    content: filled.text,
    ...usage,
  };
}
