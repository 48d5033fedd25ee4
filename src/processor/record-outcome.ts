import type { Change, ChangeResult } from '../core/lifecycle/change';
import { timestamp } from '../core/ports/clock';
import type { ChannelSettings } from '../core/company/company';
import type { Conversation } from '../core/lifecycle/conversation';
import { senderIdentity } from '../core/lifecycle/conversation';
import { addVendorId, markSendUnknown, recordSent, refuseSend, releaseSendClaim } from '../core/lifecycle/message-transitions';
import type { SendOutcome } from '../core/ports/provider';
import { writePersistently } from './write-persistently';
import { comeBack, DONE, identify } from './processing';
import type { ProcessingOutcome, Work } from './processing';
import { endMessage, expiredAfter, nextTry, reportEnd, reportFault, waited } from './obstacle';
import type { WaitObstacle } from './obstacle';
import { follow } from './follow';

/** One claimed send. */
export interface Attempt {
  readonly attemptId: string;
  /** The record as the claim left it. */
  readonly conversation: Conversation;
  /** No byte of it leaves after this moment. */
  readonly deadline: number;
  readonly channelSettings: ChannelSettings;
}

type Outcome<Word extends SendOutcome['outcome']> = Extract<SendOutcome, { outcome: Word }>;

/** Writes the vendor's answer into the record (rows 7 to 10). */
export async function recordOutcome(work: Work, attempt: Attempt, outcome: SendOutcome): Promise<ProcessingOutcome> {
  switch (outcome.outcome) {
    case 'accepted':
      return recordAcceptance(work, attempt, outcome.vendorMessageId);
    case 'unknown':
      return recordLoss(work, attempt, outcome);
    case 'not_sent':
      return recordWait(work, attempt, { kind: 'wait', pace: 'soon', reason: 'vendor_busy', detail: outcome.detail, ...asked(outcome) });
    case 'refused':
      if (outcome.retry === 'never') return recordRefusal(work, attempt, outcome);
      return recordWait(work, attempt, {
        kind: 'wait', pace: outcome.retry, reason: outcome.reason, detail: outcome.vendorCode, ...asked(outcome),
      });
  }
}

async function recordAcceptance(work: Work, attempt: Attempt, vendorMessageId: string): Promise<ProcessingOutcome> {
  const { clock, conversations, observer } = work.ports;
  const { attemptId, conversation } = attempt;
  const dimensions = { channel: work.settings.channel };
  const acceptedAt = Date.parse(conversation.created_at);
  const written = await writePersistently(work, 'record sent', async () => {
    const now = clock.now();
    const result = await conversations.change(work.key, recordSent({ attemptId, now, vendorMessageId, acceptedAt }));
    return result.applied ? result : conversations.change(work.key, addVendorId({ attemptId, now, vendorMessageId }));
  });
  if (!written.written) {
    reportNotRecorded(work, attempt, vendorMessageId);
    return afterDeadline(work, attempt);
  }
  if (!written.value.applied) {
    const known = written.value.conversation?.conversation_status === 'initial_message_sent';
    if (!known) reportNotRecorded(work, attempt, vendorMessageId);
    return follow(work, written.value.conversation);
  }
  observer.count('MessageSent', dimensions);
  observer.duration('AcceptedToSent', clock.now() - acceptedAt, dimensions);
  observer.info('message sent', { ...identify(work), attempt_id: attemptId, vendor_message_id: vendorMessageId });
  return DONE;
}

/** The identifiers are all that an operator needs to put the record right by hand. */
function reportNotRecorded(work: Work, attempt: Attempt, vendorMessageId: string): void {
  const { observer } = work.ports;
  observer.count('SentNotRecorded', { channel: work.settings.channel });
  const identifiers = { ...identify(work), attempt_id: attempt.attemptId, vendor_message_id: vendorMessageId };
  observer.warn('the vendor accepted a message and the record does not know', identifiers);
}

async function recordLoss(work: Work, attempt: Attempt, { detail }: Outcome<'unknown'>): Promise<ProcessingOutcome> {
  const { attemptId } = attempt;
  return record(work, attempt, (now) => markSendUnknown({ attemptId, now, detail }), () => {
    work.ports.observer.count('SendUnknown', { channel: work.settings.channel });
    work.ports.observer.warn('the vendor\'s answer was lost', { ...identify(work), attempt_id: attemptId });
    return Promise.resolve(DONE);
  });
}

async function recordRefusal(work: Work, attempt: Attempt, { reason, vendorCode }: Outcome<'refused'>): Promise<ProcessingOutcome> {
  const { attemptId } = attempt;
  // Before the record's step: after it nobody would come back to write the opt-out.
  if (reason === 'recipient_opted_out' && !(await writeOptOut(work, attempt))) return afterDeadline(work, attempt);
  return record(work, attempt, (now) => refuseSend({ attemptId, now, reason, detail: vendorCode }), (refused) => {
    const status = refused.conversation_status === 'suppressed' ? 'suppressed' : 'failed_to_send_message';
    reportFault(work, refused, { kind: 'end', status, reason, detail: vendorCode });
    reportEnd(work, { status, reason });
    return Promise.resolve(DONE);
  });
}

/** Rows 6 and 9: the attempt is given back and the message waits, or ends as expired where no time is left to wait for. */
async function recordWait(work: Work, attempt: Attempt, obstacle: WaitObstacle): Promise<ProcessingOutcome> {
  const { attemptId, conversation } = attempt;
  reportFault(work, conversation, obstacle);
  const retryAt = nextTry(work, conversation, obstacle);
  const { reason, detail } = obstacle;
  // Not to be tried in its time: should the next write be lost, whoever finds the record waits for the expiry.
  const never = Date.parse(conversation.send_before) + 1;
  const wait = { retryAt: retryAt ?? never, waits: waited(conversation) + 1, reason, ...(detail ? { detail } : {}) };
  return record(work, attempt, (now) => releaseSendClaim({ ...wait, attemptId, now }), async () => {
    if (retryAt === undefined) return endMessage(work, { stage: 'composed' }, expiredAfter(obstacle));
    work.ports.observer.info('message waits', { ...identify(work), reason, retry_at: retryAt });
    return comeBack(retryAt, work.ports.clock.now());
  });
}

async function record(
  work: Work,
  attempt: Attempt,
  change: (now: number) => Change,
  applied: (conversation: Conversation) => Promise<ProcessingOutcome>,
): Promise<ProcessingOutcome> {
  const { clock, conversations } = work.ports;
  const written = await writePersistently<ChangeResult>(work, 'record answer', async () => conversations.change(work.key, change(clock.now())));
  if (!written.written) return afterDeadline(work, attempt);
  if (!written.value.applied) return follow(work, written.value.conversation);
  return applied(written.value.conversation);
}

/** The record still says `sending`: whoever comes after the deadline finds that the answer is lost. */
function afterDeadline(work: Work, attempt: Attempt): ProcessingOutcome {
  return comeBack(attempt.deadline + 1, work.ports.clock.now());
}

async function writeOptOut(work: Work, attempt: Attempt): Promise<boolean> {
  const { clock, directory } = work.ports;
  const recipient = attempt.conversation.primary_channel;
  const sender = senderIdentity(attempt.channelSettings.sender);
  const written = await writePersistently(work, 'add opt-out', async () => {
    await directory.addOptOut({ recipient, sender, at: timestamp(clock.now()), source: 'vendor' });
  });
  return written.written;
}

function asked(outcome: { readonly retryAfterSeconds?: number }): { readonly retryAfterSeconds?: number } {
  return outcome.retryAfterSeconds === undefined ? {} : { retryAfterSeconds: outcome.retryAfterSeconds };
}
