import { senderIdentity } from '../core/lifecycle/conversation-id';
import { handOverUnsent } from '../core/lifecycle/hand-over-unsent';
import { isTestMessage } from '../core/lifecycle/test-message';
import { wantedAt } from '../core/lifecycle/schedule';
import { addVendorId, markSendUnknown, recordSent } from '../core/lifecycle/send-transitions';
import type { Conversation } from '../core/lifecycle/conversation';
import { timestamp } from '../core/ports/clock';
import type { SendOutcome } from '../core/ports/provider';
import type { HoldOf } from './commit';
import { commit, repeatedly } from './commit';
import { deferOrFail } from './defer-or-fail';
import type { ProcessingOutcome, Work } from './processing';
import { DONE, identify, retryAfter } from './processing';

type SendHold = HoldOf<'sending'>;
type Answer<Word extends SendOutcome['outcome']> = Extract<SendOutcome, { outcome: Word }>;

/**
 * Writes the vendor's answer into the record. `sender` is the company's number or address that the message went from.
 */
export async function recordStep(
  work: Work,
  hold: SendHold,
  answer: SendOutcome,
  sender: string,
): Promise<ProcessingOutcome> {
  switch (answer.outcome) {
    case 'accepted':
      return recordAcceptance(work, hold, answer.vendorMessageId, sender);
    case 'unknown':
      return recordLostAnswer(work, hold, answer.detail);
    case 'not_sent': {
      const { detail, retryAfterSeconds } = answer;
      return deferOrFail(work, hold, { kind: 'wait', pace: 'soon', reason: 'vendor_busy', detail, retryAfterSeconds });
    }
    case 'refused':
      return recordRefusal(work, hold, answer, sender);
  }
}

async function recordAcceptance(
  work: Work,
  hold: SendHold,
  vendorMessageId: string,
  sender: string,
): Promise<ProcessingOutcome> {
  const { clock, observer } = work.ports;
  const { attemptId, conversation } = hold;
  const acceptedAt = wantedAt(conversation);
  const dimensions = { channel: work.settings.channel };
  const committed = await commit(
    work,
    hold,
    (now) => recordSent({ attemptId, now, vendorMessageId, acceptedAt, asked: conversation }),
    // A receipt came before the vendor's answer.
    (now) => addVendorId({ attemptId, now, vendorMessageId }),
  );
  const fields = { ...identify(work), attempt_id: attemptId, vendor_message_id: vendorMessageId };
  if (committed.applied) {
    observer.count('MessageSent', dimensions);
    observer.duration('AcceptedToSent', clock.now() - acceptedAt, dimensions);
    observer.info('message sent', fields);
    await joinThread(work, committed.conversation, vendorMessageId);
    await noteSender(work, committed.conversation, sender);
    return DONE;
  }
  if (committed.found?.conversation_status !== 'initial_message_sent') {
    observer.count('SentNotRecorded', dimensions);
    // The identifiers are all that an operator needs to put the record right by hand.
    observer.warn('the vendor accepted a message and the record does not know', fields);
  }
  return committed.outcome;
}

/**
 * A message that expects answers, or answers its recipient, stands in its thread before any reply comes. Without this
 * line, its first reply adds it; so a failure here must not make the message be worked again.
 */
async function joinThread(work: Work, conversation: Conversation, vendorMessageId: string): Promise<void> {
  const expects = (conversation.expected_answers ?? []).length > 0;
  if (!expects && !conversation.reply) return;
  const { sent_at: at = conversation.updated_at } = conversation;
  try {
    await work.ports.threads.join({ conversation, vendorMessageId, at, expects });
  } catch (error) {
    work.ports.observer.error('a message that was sent has no line in its thread', error, identify(work));
  }
}

/** What this number writes to another company of the deployment, no engine answers. */
async function noteSender(work: Work, conversation: Conversation, sender: string): Promise<void> {
  if (isTestMessage(conversation)) return;
  const { clock, observer, senders } = work.ports;
  try {
    await senders.note(sender, timestamp(clock.now()));
  } catch (error) {
    // The next message notes it.
    observer.error('a sender could not be noted', error, identify(work));
  }
}

async function recordLostAnswer(work: Work, hold: SendHold, detail: string): Promise<ProcessingOutcome> {
  const { attemptId, conversation } = hold;
  await handOverUnsent(work.ports, conversation, 'reply_not_sent');
  const committed = await commit(work, hold, (now) => markSendUnknown({ attemptId, now, detail }));
  if (!committed.applied) return committed.outcome;
  work.ports.observer.count('SendUnknown', { channel: work.settings.channel });
  work.ports.observer.warn("the vendor's answer was lost", { ...identify(work), attempt_id: attemptId });
  return DONE;
}

async function recordRefusal(
  work: Work,
  hold: SendHold,
  answer: Answer<'refused'>,
  sender: string,
): Promise<ProcessingOutcome> {
  const { reason, retry, vendorCode: detail, retryAfterSeconds } = answer;
  if (retry !== 'never') {
    return deferOrFail(work, hold, { kind: 'wait', pace: retry, reason, detail, retryAfterSeconds });
  }
  if (reason !== 'recipient_opted_out') {
    return deferOrFail(work, hold, { kind: 'end', status: 'failed_to_send_message', reason, detail });
  }
  // Before the record's step: after it no worker would come back to write the opt-out.
  const isKept = await repeatedly(work, () => addOptOut(work, hold, sender));
  return isKept
    ? deferOrFail(work, hold, { kind: 'end', status: 'suppressed', reason, detail })
    : retryAfter(work, hold.deadline + 1);
}

async function addOptOut(
  { ports: { clock, directory } }: Work,
  { conversation }: SendHold,
  sender: string,
): Promise<true> {
  const recipient = conversation.primary_channel;
  await directory.addOptOut({
    recipient,
    sender: senderIdentity(sender),
    at: timestamp(clock.now()),
    source: 'vendor',
  });
  return true;
}
