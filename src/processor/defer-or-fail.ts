import type { Change } from '../core/lifecycle/change';
import type { CompositionSnapshot, Conversation } from '../core/lifecycle/conversation';
import { handOverUnsent } from '../core/lifecycle/hand-over-unsent';
import type { FailureReason } from '../core/lifecycle/failure';
import {
  deferComposed,
  failWhileComposed,
  failWhileProcessing,
  holdForReview,
  persistComposition,
  releaseLease,
} from '../core/lifecycle/message-transitions';
import { refuseSend, releaseSendClaim } from '../core/lifecycle/send-transitions';
import type { Ending, Wait } from '../core/lifecycle/transition';
import type { Metric } from '../core/ports/observer';
import type { Pace } from './backoff';
import { retryMoment } from './backoff';
import type { HoldOf, RecordHold } from './commit';
import { commit, handOff } from './commit';
import type { ProcessingOutcome, Work } from './processing';
import { identify, retryAfter } from './processing';

/** Why a message does not go on now. */
export type Blocker =
  /** It ends without having been sent. */
  | ({ readonly kind: 'end' } & Ending)
  | WaitBlocker
  /** A person has to see it first. */
  | {
    readonly kind: 'review';
    readonly owner: string;
    readonly reason: FailureReason;
    readonly detail?: string;
    readonly composition?: CompositionSnapshot;
  }
  /** This worker's own time is too short for the next step. */
  | { readonly kind: 'out_of_time' }
  /** A step's transition did not apply; what is left to do was done. */
  | { readonly kind: 'overtaken'; readonly outcome: ProcessingOutcome };

/** It is tried again later. */
export interface WaitBlocker {
  readonly kind: 'wait';
  readonly pace: Pace;
  readonly reason: FailureReason;
  readonly detail?: string;
  readonly retryAfterSeconds?: number;
}

/** What a step answers instead of its result. */
export interface Blocked {
  readonly blocker: Blocker;
  /** What this worker holds by now, where the step changed it. */
  readonly hold?: RecordHold;
}

type WrittenHold = Exclude<RecordHold, HoldOf<'proved'>>;

/** Writes into the record what the blocker means, and answers when the queue message is received again. */
export async function deferOrFail(work: Work, hold: RecordHold, blocker: Blocker): Promise<ProcessingOutcome> {
  if (blocker.kind === 'overtaken') return blocker.outcome;
  if (hold.stage !== 'proved') return writeBlocker(work, hold, blocker);
  // What was paid for is kept: the words say what would have been sent, and what they cost.
  const persisted = await persistWords(work, hold);
  return persisted.applied
    ? writeBlocker(work, { stage: 'composed', conversation: persisted.conversation }, blocker)
    : persisted.outcome;
}

export function persistWords(work: Work, hold: HoldOf<'proved'>) {
  return commit(work, hold, (now) => persistComposition({ ...hold.words, now }));
}

async function writeBlocker(
  work: Work,
  hold: WrittenHold,
  blocker: Exclude<Blocker, { kind: 'overtaken' }>,
): Promise<ProcessingOutcome> {
  switch (blocker.kind) {
    case 'out_of_time':
      return release(work, hold);
    case 'review':
      return awaitReview(work, hold, blocker);
    case 'wait':
      reportConfigurationFault(work, hold, blocker);
      return defer(work, hold, blocker);
    case 'end':
      reportConfigurationFault(work, hold, blocker);
      return fail(work, hold, blocker);
  }
}

async function fail(work: Work, hold: WrittenHold, { status, reason, detail }: Ending): Promise<ProcessingOutcome> {
  // Whoever wrote to the engine is answered by a person then, but for who wants no answer or has another one coming.
  if (status !== 'suppressed' && status !== 'superseded') {
    const why = reason === 'proof_failed' ? 'proof_failed' : 'reply_not_sent';
    await handOverUnsent(work.ports, hold.conversation, why);
  }
  const committed = await commit(work, hold, (now) => failing(hold, { status, reason, detail, now }));
  if (!committed.applied) return committed.outcome;
  const { observer } = work.ports;
  observer.count(END_METRIC[status], { channel: work.settings.channel });
  observer.count('MessageStopped', { reason });
  observer.info('message ended without being sent', { ...identify(work), status, reason });
  return { outcome: 'done' };
}

function failing(hold: WrittenHold, ending: Ending & { readonly now: number }): Change {
  switch (hold.stage) {
    case 'processing':
      return failWhileProcessing({ ...ending, owner: hold.owner, calls: hold.calls.ofLease() });
    case 'composed':
      return failWhileComposed(ending);
    case 'sending':
      return refuseSend({ ...ending, attemptId: hold.attemptId });
  }
}

const END_METRIC: Readonly<Record<Ending['status'], Metric>> = {
  suppressed: 'MessageSuppressed',
  expired: 'MessageExpired',
  superseded: 'MessageSuperseded',
  failed_secrets_fetch: 'MessageFailed',
  failed_to_process_ai: 'MessageFailed',
  failed_to_send_message: 'MessageFailed',
  failed_unknown: 'MessageFailed',
};

async function defer(work: Work, hold: WrittenHold, blocker: WaitBlocker): Promise<ProcessingOutcome> {
  const { conversation } = hold;
  const { reason, detail } = blocker;
  const expired: Ending = { status: 'expired', reason: 'expired', detail: [reason, detail].filter(Boolean).join(': ') };
  const nextTryAt = nextTry(work, conversation, blocker);
  if (nextTryAt === undefined && hold.stage !== 'sending') return fail(work, hold, expired);
  // No time is left to wait for: should the write that ends the message be lost, the next worker waits for the expiry.
  const never = Date.parse(conversation.send_before) + 1;
  const wait = { retryAt: nextTryAt ?? never, waits: waited(conversation) + 1, reason, detail };
  const committed = await commit(work, hold, (now) => waiting(hold, { ...wait, now }));
  if (!committed.applied) return committed.outcome;
  if (nextTryAt === undefined) return fail(work, { stage: 'composed', conversation: committed.conversation }, expired);
  work.ports.observer.info('message waits', { ...identify(work), reason, retry_at: nextTryAt });
  return retryAfter(work, nextTryAt);
}

function nextTry(
  { ports }: Work,
  conversation: Conversation,
  { pace, retryAfterSeconds }: WaitBlocker,
): number | undefined {
  const { clock, random } = ports;
  const sendBefore = Date.parse(conversation.send_before);
  return retryMoment({ pace, retryAfterSeconds, waits: waited(conversation), now: clock.now(), sendBefore, random });
}

/** The message is given back as it is, to be taken up at once, and this counts as no wait. */
async function release(work: Work, hold: WrittenHold): Promise<ProcessingOutcome> {
  const now = work.ports.clock.now();
  if (hold.stage === 'composed') return retryAfter(work, now);
  const committed = await commit(work, hold, () =>
    waiting(hold, { now, retryAt: now, waits: waited(hold.conversation) }),
  );
  return committed.applied ? retryAfter(work, now) : committed.outcome;
}

function waiting(hold: WrittenHold, wait: Wait): Change {
  switch (hold.stage) {
    case 'processing':
      return releaseLease({ ...wait, owner: hold.owner, calls: hold.calls.ofLease() });
    case 'composed':
      return deferComposed({ ...wait, seen: hold.conversation });
    case 'sending':
      return releaseSendClaim({ ...wait, attemptId: hold.attemptId });
  }
}

function waited({ wait_count: waits = 0 }: Conversation): number {
  return waits;
}

/** The record first: its index of what waits for a person is complete, and the queue only notifies. */
async function awaitReview(
  work: Work,
  hold: RecordHold,
  { owner, reason, detail, composition }: Extract<Blocker, { kind: 'review' }>,
) {
  const calls = hold.stage === 'processing' ? hold.calls.ofLease() : undefined;
  const committed = await commit(work, hold, (now) => (
    holdForReview({ owner, reason, detail, composition, calls, now })
  ));
  if (!committed.applied) return committed.outcome;
  const { observer } = work.ports;
  observer.count('MessageForReview', { channel: work.settings.channel });
  observer.count('MessageStopped', { reason });
  observer.info('message waits for a person', { ...identify(work), reason });
  return handOff(work, committed.conversation);
}

/** An operator has to put these right. They raise the alarm as long as messages meet them. */
const CONFIGURATION_REASONS: readonly FailureReason[] = [
  'secret_missing',
  'secret_malformed',
  'secret_not_permitted',
  'sender_misconfigured',
  'template_rejected',
  'region_not_permitted',
];

/** Waits after which an outage looks like a fault of configuration. */
const LASTING = 3;

function reportConfigurationFault(
  work: Work,
  { conversation }: RecordHold,
  blocker: Extract<Blocker, { kind: 'end' | 'wait' }>,
): void {
  if (!isOperatorsPart(conversation, blocker)) return;
  const { observer } = work.ports;
  observer.count('ConfigurationFault', { channel: work.settings.channel });
  observer.warn('message met a fault of configuration', {
    ...identify(work),
    reason: blocker.reason,
    detail: blocker.detail ?? '',
  });
}

function isOperatorsPart(conversation: Conversation, blocker: Extract<Blocker, { kind: 'end' | 'wait' }>): boolean {
  if (blocker.kind === 'wait' && blocker.pace === 'after_configuration') return true;
  // An outage passes. A permission that is missing does not.
  if (blocker.reason === 'secret_unavailable') return waited(conversation) >= LASTING;
  return CONFIGURATION_REASONS.includes(blocker.reason);
}
