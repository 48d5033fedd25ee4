import type { Change } from '../core/lifecycle/change';
import type { Conversation } from '../core/lifecycle/conversation';
import type { FailureReason } from '../core/lifecycle/failure';
import { failWhileComposed, failWhileProcessing, releaseLease, deferComposed } from '../core/lifecycle/message-transitions';
import type { Metric } from '../core/ports/observer';
import type { Ending, Wait } from '../core/lifecycle/transition';
import { comeBack, DONE, identify } from './processing';
import type { ProcessingOutcome, Work } from './processing';
import { follow } from './follow';
import { retryMoment } from './backoff';
import type { Pace } from './backoff';

/** What stands in a message's way: for good, or for a time. */
export type Obstacle =
  | ({ readonly kind: 'end' } & Ending)
  | {
    readonly kind: 'wait';
    readonly pace: Pace;
    readonly reason: FailureReason;
    readonly detail?: string;
    readonly retryAfterSeconds?: number;
  };

export type WaitObstacle = Extract<Obstacle, { kind: 'wait' }>;

/** How this worker has a hold of the record. */
export type Grip = { readonly stage: 'processing'; readonly owner: string } | { readonly stage: 'composed' };

/** An operator has to put these right; they raise the alarm as long as messages meet them. */
const CONFIGURATION_REASONS: readonly FailureReason[] = [
  'secret_missing',
  'secret_malformed',
  'sender_misconfigured',
  'template_rejected',
  'region_not_permitted',
];

/** Waits after which an outage looks like a fault of configuration. */
const LASTING = 3;

/** Writes what the obstacle means into the record and answers when the queue message is to come back. */
export async function stopAt(work: Work, grip: Grip, conversation: Conversation, obstacle: Obstacle): Promise<ProcessingOutcome> {
  reportFault(work, conversation, obstacle);
  if (obstacle.kind === 'end') return endMessage(work, grip, obstacle);
  const now = work.ports.clock.now();
  const retryAt = nextTry(work, conversation, obstacle);
  if (retryAt === undefined) return endMessage(work, grip, expiredAfter(obstacle));
  const { reason, detail } = obstacle;
  const wait: Wait = { now, retryAt, waits: waited(conversation) + 1, reason, ...(detail ? { detail } : {}) };
  return waitFor(work, grip, conversation, wait);
}

/** The worker's own time ran short: the message is given back as it is, and this counts as no wait. */
export async function giveBackInTime(work: Work, grip: Grip, conversation: Conversation): Promise<ProcessingOutcome> {
  const now = work.ports.clock.now();
  return waitFor(work, grip, conversation, { now, retryAt: now, waits: waited(conversation) });
}

export async function endMessage(work: Work, grip: Grip, ending: Ending): Promise<ProcessingOutcome> {
  const { status, reason, detail } = ending;
  const ended = { status, reason, ...(detail ? { detail } : {}), now: work.ports.clock.now() };
  const change = grip.stage === 'processing' ? failWhileProcessing({ ...ended, owner: grip.owner }) : failWhileComposed(ended);
  const result = await work.ports.conversations.change(work.key, change);
  if (!result.applied) return follow(work, result.conversation);
  reportEnd(work, ending);
  return DONE;
}

/** Counts and logs the end of a message that was not sent; only the worker whose change applied does so. */
export function reportEnd(work: Work, ending: Ending): void {
  const { observer } = work.ports;
  observer.count(END_METRIC[ending.status], { channel: work.settings.channel });
  observer.count('MessageStopped', { reason: ending.reason });
  observer.info('message ended without being sent', { ...identify(work), status: ending.status, reason: ending.reason });
}

const END_METRIC: Readonly<Record<Ending['status'], Metric>> = {
  suppressed: 'MessageSuppressed',
  expired: 'MessageExpired',
  failed_secrets_fetch: 'MessageFailed',
  failed_to_process_ai: 'MessageFailed',
  failed_to_send_message: 'MessageFailed',
  failed_unknown: 'MessageFailed',
};

/** Tells the operator's alarm of what only an operator can put right. */
export function reportFault(work: Work, conversation: Conversation, obstacle: Obstacle): void {
  if (!isOperatorsPart(conversation, obstacle)) return;
  const { observer } = work.ports;
  observer.count('ConfigurationFault', { channel: work.settings.channel });
  observer.warn('message met a fault of configuration', { ...identify(work), reason: obstacle.reason, detail: obstacle.detail ?? '' });
}

function isOperatorsPart(conversation: Conversation, obstacle: Obstacle): boolean {
  if (obstacle.kind === 'wait' && obstacle.pace === 'after_configuration') return true;
  // An outage passes; a permission that is missing does not.
  if (obstacle.reason === 'secret_unavailable') return waited(conversation) >= LASTING;
  return CONFIGURATION_REASONS.includes(obstacle.reason);
}

export function nextTry(work: Work, conversation: Conversation, obstacle: WaitObstacle): number | undefined {
  const { clock, random } = work.ports;
  return retryMoment({
    pace: obstacle.pace,
    ...(obstacle.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: obstacle.retryAfterSeconds }),
    waits: waited(conversation),
    now: clock.now(),
    sendBefore: Date.parse(conversation.send_before),
    random,
  });
}

export function expiredAfter(obstacle: WaitObstacle): Ending {
  return { status: 'expired', reason: 'expired', detail: [obstacle.reason, obstacle.detail].filter(Boolean).join(': ') };
}

export function waited(conversation: Conversation): number {
  return conversation.wait_count ?? 0;
}

async function waitFor(work: Work, grip: Grip, conversation: Conversation, wait: Wait): Promise<ProcessingOutcome> {
  const change: Change = grip.stage === 'processing' ? releaseLease({ ...wait, owner: grip.owner }) : deferComposed({ ...wait, seen: conversation });
  const result = await work.ports.conversations.change(work.key, change);
  if (!result.applied) return follow(work, result.conversation);
  work.ports.observer.info('message waits', { ...identify(work), ...(wait.reason ? { reason: wait.reason } : {}), retry_at: wait.retryAt });
  return comeBack(wait.retryAt, wait.now);
}
