import { timestamp } from '../core/ports/clock';
import type { ChannelSettings, Project } from '../core/company/company';
import type { Conversation, ConversationMessage, CompositionSnapshot } from '../core/lifecycle/conversation';
import type { FailureReason } from '../core/lifecycle/failure';
import type { ProvedWords } from '../core/lifecycle/message-transitions';
import { holdForReview, TIMES } from '../core/lifecycle/message-transitions';
import { follow, handOff } from './follow';
import type { Obstacle } from './obstacle';
import { giveBackInTime, stopAt } from './obstacle';
import type { ProcessingOutcome, Work } from './processing';
import { identify } from './processing';
import { asksForReview } from './review-rule';
import type { CompositionResult } from './composition/compose';
import { compose } from './composition/compose';

/** Milliseconds; with less than this left for the model it is not called. */
const SHORTEST_COMPOSING_TIME = 5_000;
/** Milliseconds that the writes around the send may take, beside the vendor's own time. */
const WRITING_TIME = 5_000;

/** `composed`: the words are proved and this worker's to write. `stopped`: the outcome is decided. */
export type ComposeStep =
  | { readonly step: 'composed'; readonly words: ProvedWords }
  | { readonly step: 'stopped'; readonly outcome: ProcessingOutcome };

/** Composes the words of a message that this worker holds. */
export async function composeStep(
  work: Work,
  held: { readonly owner: string; readonly conversation: Conversation },
  means: { readonly project: Project; readonly channelSettings: ChannelSettings; readonly apiKey: string },
): Promise<ComposeStep> {
  const { owner, conversation } = held;
  const grip = { stage: 'processing', owner } as const;
  const timeBudgetMilliseconds = Math.min(TIMES.modelTimeout, work.finishBy - work.ports.clock.now() - TIMES.vendorTimeout - WRITING_TIME);
  if (timeBudgetMilliseconds < SHORTEST_COMPOSING_TIME) return stopped(await giveBackInTime(work, grip, conversation));
  const { project, channelSettings: settings, apiKey } = means;
  const result = await compose({ subject: conversation, project, settings, apiKey, timeBudgetMilliseconds }, work.ports);
  if (result.outcome === 'unprovable') return stopped(await review(work, owner, result));
  if (result.outcome !== 'composed') return stopped(await stopAt(work, grip, conversation, obstacleOf(result)));
  const { composition } = result;
  if (asksForReview(project, conversation) && !wasLookedAt(conversation)) return stopped(await review(work, owner, { reason: 'review_requested', composition }));
  return { step: 'composed', words: { owner, composition, message: messageOf(work, composition) } };
}

/** A person let it go to composition: the company's flags have had what they ask for. */
function wasLookedAt({ review: last }: Conversation): boolean {
  return last?.decision === 'approved' && last.held_for === 'review_requested';
}

function stopped(outcome: ProcessingOutcome): ComposeStep {
  return { step: 'stopped', outcome };
}

function obstacleOf(result: Extract<CompositionResult, { outcome: 'unavailable' | 'misconfigured' }>): Obstacle {
  if (result.outcome === 'misconfigured') {
    return { kind: 'wait', pace: 'after_configuration', reason: 'model_misconfigured', detail: result.code };
  }
  const { retryAfterSeconds } = result;
  return { kind: 'wait', pace: 'soon', reason: 'model_unavailable', ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
}

function messageOf({ ports }: Work, { filled, usage }: CompositionSnapshot): ConversationMessage {
  return { message_id: ports.newIdentifier(), timestamp: timestamp(ports.clock.now()), role: 'assistant', content: filled.text, ...usage };
}

/** The record first: its index of what waits for a person is complete, the queue is the bell. */
async function review(
  work: Work,
  owner: string,
  held: { readonly reason: FailureReason; readonly detail?: string; readonly composition?: CompositionSnapshot },
): Promise<ProcessingOutcome> {
  const { clock, conversations, observer } = work.ports;
  const { reason, detail, composition } = held;
  const change = holdForReview({ owner, now: clock.now(), reason, ...(detail ? { detail } : {}), ...(composition ? { composition } : {}) });
  const result = await conversations.change(work.key, change);
  if (!result.applied) return follow(work, result.conversation);
  observer.count('MessageForReview', { channel: work.settings.channel });
  observer.count('MessageStopped', { reason });
  observer.info('message waits for a person', { ...identify(work), reason });
  return handOff(work, result.conversation);
}
