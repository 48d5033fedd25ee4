import type { Change, ChangeResult } from '../core/lifecycle/change';
import type { ChannelSettings } from '../core/company/company';
import type { Conversation } from '../core/lifecycle/conversation';
import type { ProvedWords } from '../core/lifecycle/message-transitions';
import { claimSend, freeze, persistAndClaim, TIMES, releaseSendClaim } from '../core/lifecycle/message-transitions';
import type { OutgoingMessage, SendOutcome } from '../core/ports/provider';
import { follow } from './follow';
import { waited } from './obstacle';
import type { ProcessingOutcome, Work } from './processing';
import { comeBack, identify } from './processing';
import type { Attempt } from './record-outcome';
import { recordOutcome } from './record-outcome';

/** Milliseconds that recording the vendor's answer may take, beside the vendor's own time. */
const RECORDING_TIME = 3_000;

/** What a send needs beside the words. */
export interface SendMeans {
  readonly channelSettings: ChannelSettings;
  readonly credentials: Readonly<Record<string, string>>;
}

interface Claim {
  readonly attemptId: string;
  /** Milliseconds since 1970. */
  readonly claimedAt: number;
  /** Waits since the last progress, should the claim be given back. */
  readonly waits: number;
}

/** Claims, sends and records a message whose words are frozen. Whoever calls has just made sure that nothing stands in its way. */
export async function sendStep(work: Work, conversation: Conversation, means: SendMeans): Promise<ProcessingOutcome> {
  const { clock } = work.ports;
  if (!conversation.composition?.filled.text) {
    throw new Error(`Sending ${work.key.conversation_id} is impossible, its record is composed but holds no words: look for who wrote it.`);
  }
  if (!hasTimeToSend(work)) return comeBack(clock.now(), clock.now());
  const claim = newClaim(work, waited(conversation));
  const claimed = await claimAttempt(work, claim, claimSend({ attemptId: claim.attemptId, now: claim.claimedAt }));
  const message = conversation.composition.filled;
  return claimed.applied ? sendClaimed(work, claim, claimed.conversation, { ...means, message }) : follow(work, claimed.conversation);
}

/** Freezes words, claims their send in the same write, sends and records them; where they may not be sent any more they are frozen all the same. */
export async function freezeAndSend(work: Work, words: ProvedWords, means: SendMeans): Promise<ProcessingOutcome> {
  if (!hasTimeToSend(work)) return follow(work, (await freezeWords(work, words)).conversation);
  const claim = newClaim(work, 0);
  const claimed = await claimAttempt(work, claim, persistAndClaim({ ...words, attemptId: claim.attemptId, now: claim.claimedAt }));
  if (claimed.applied) return sendClaimed(work, claim, claimed.conversation, { ...means, message: words.composition.filled });
  const isStillOurs = claimed.conversation?.lease_owner === words.owner;
  return follow(work, isStillOurs ? (await freezeWords(work, words)).conversation : claimed.conversation);
}

export async function freezeWords({ key, ports: { conversations, clock } }: Work, words: ProvedWords): Promise<ChangeResult> {
  return conversations.change(key, freeze({ ...words, now: clock.now() }));
}

function hasTimeToSend({ ports, finishBy }: Work): boolean {
  return ports.clock.now() + TIMES.vendorTimeout + RECORDING_TIME <= finishBy;
}

function newClaim({ ports }: Work, waits: number): Claim {
  return { attemptId: ports.newIdentifier(), claimedAt: ports.clock.now(), waits };
}

async function sendClaimed(
  work: Work,
  claim: Claim,
  conversation: Conversation,
  { channelSettings, ...means }: SendMeans & Pick<OutgoingMessage, 'message'>,
): Promise<ProcessingOutcome> {
  const deadline = claim.claimedAt + TIMES.sendWindow;
  if (work.ports.clock.now() >= deadline - TIMES.vendorTimeout) return giveUp(work, claim);
  const attempt: Attempt = { attemptId: claim.attemptId, conversation, deadline, channelSettings };
  const outcome = await askVendor(work, attempt, means);
  return recordOutcome(work, attempt, outcome);
}

/** A claim that failed may have been written all the same; nothing was sent, so it is given back rather than left to look like a lost answer. */
async function claimAttempt(work: Work, claim: Claim, change: Change): Promise<ChangeResult> {
  const { conversations } = work.ports;
  try {
    return await conversations.change(work.key, change);
  } catch (error) {
    await conversations.change(work.key, unclaim(work, claim));
    throw error;
  }
}

/** Row 6: too late to be sure that the request would leave before its deadline. */
async function giveUp(work: Work, claim: Claim): Promise<ProcessingOutcome> {
  const result = await work.ports.conversations.change(work.key, unclaim(work, claim));
  return follow(work, result.conversation);
}

function unclaim(work: Work, { attemptId, waits }: Claim): Change {
  const now = work.ports.clock.now();
  return releaseSendClaim({ attemptId, now, retryAt: now, waits });
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
