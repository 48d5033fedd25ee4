import type { ChangeResult } from '../core/change';
import type { ChannelSettings } from '../core/company';
import type { Conversation } from '../core/conversation';
import { claimSend, TIMES, unclaimSend } from '../core/message-life';
import type { OutgoingMessage, SendOutcome } from '../core/provider';
import { follow } from './follow';
import { waited } from './obstacle';
import type { ProcessingOutcome, Work } from './processing';
import { comeBack, identify } from './processing';
import type { Attempt } from './record-outcome';
import { recordOutcome } from './record-outcome';

/** Milliseconds that recording the vendor's answer may take, beside the vendor's own time. */
const RECORDING_TIME = 3_000;

/** Claims, sends and records a composed message. Whoever calls has just made sure that nothing stands in its way. */
export async function sendStep(
  work: Work,
  conversation: Conversation,
  means: { readonly channelSettings: ChannelSettings; readonly credentials: Readonly<Record<string, string>> },
): Promise<ProcessingOutcome> {
  const { clock, newIdentifier } = work.ports;
  if (!conversation.composition) {
    throw new Error(`Sending ${work.key.conversation_id} is impossible, its record is composed but holds no words: look for who wrote it.`);
  }
  if (clock.now() + TIMES.vendorTimeout + RECORDING_TIME > work.finishBy) return comeBack(clock.now(), clock.now());
  const attemptId = newIdentifier();
  const claimedAt = clock.now();
  const claim = await claimAttempt(work, { attemptId, conversation, claimedAt });
  if (!claim.applied) return follow(work, claim.conversation);
  const deadline = claimedAt + TIMES.sendWindow;
  const attempt: Attempt = { attemptId, conversation: claim.conversation, deadline, channelSettings: means.channelSettings };
  if (clock.now() >= deadline - TIMES.vendorTimeout) return giveUp(work, attempt);
  const outcome = await askVendor(work, attempt, { credentials: means.credentials, message: conversation.composition.filled });
  return recordOutcome(work, attempt, outcome);
}

/** A claim that failed may have been written all the same; nothing was sent, so it is given back rather than left to look like a lost answer. */
async function claimAttempt(
  work: Work,
  claim: { readonly attemptId: string; readonly conversation: Conversation; readonly claimedAt: number },
): Promise<ChangeResult> {
  const { conversations } = work.ports;
  const { attemptId, conversation, claimedAt } = claim;
  try {
    return await conversations.change(work.key, claimSend({ attemptId, now: claimedAt }));
  } catch (error) {
    await conversations.change(work.key, unclaim(work, attemptId, conversation));
    throw error;
  }
}

/** Row 6: too late to be sure that the request would leave before its deadline. */
async function giveUp(work: Work, attempt: Attempt): Promise<ProcessingOutcome> {
  const result = await work.ports.conversations.change(work.key, unclaim(work, attempt.attemptId, attempt.conversation));
  return follow(work, result.conversation);
}

function unclaim(work: Work, attemptId: string, conversation: Conversation) {
  const now = work.ports.clock.now();
  return unclaimSend({ attemptId, now, retryAt: now, waits: waited(conversation) });
}

async function askVendor(
  work: Work,
  attempt: Attempt,
  means: Pick<OutgoingMessage, 'credentials' | 'message'>,
): Promise<SendOutcome> {
  const { provider, clock, observer } = work.ports;
  const { attemptId, conversation, channelSettings: { sender } } = attempt;
  const { receiptUrl, channel } = work.settings;
  const began = clock.now();
  try {
    return await provider.send({
      ...means,
      sender,
      recipient: conversation.primary_channel,
      conversationId: conversation.conversation_id,
      attemptId,
      ...(receiptUrl ? { receiptUrl } : {}),
      validForSeconds: Math.max(1, Math.floor((Date.parse(conversation.send_before) - began) / 1000)),
    });
  } catch (error) {
    // A bug of the adapter, before or after the request left: only the vendor can tell.
    observer.error('the vendor adapter failed', error, { ...identify(work), attempt_id: attemptId });
    return { outcome: 'unknown', detail: 'the vendor adapter failed' };
  } finally {
    observer.duration('SendTime', clock.now() - began, { channel });
  }
}
