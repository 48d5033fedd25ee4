import type { Change } from '../core/lifecycle/change';
import { CHANNEL_DEFINITIONS } from '../core/channel';
import { TIMES } from '../core/lifecycle/limits';
import { claimSend, persistAndClaim, releaseSendClaim } from '../core/lifecycle/send-transitions';
import type { OutgoingMessage, SendOutcome } from '../core/ports/provider';
import { isTestMessage } from '../core/lifecycle/test-message';
import { addressOf } from '../core/recipient/address-of';
import { formatReplyAddress, replyToken, unsubscribeToken } from '../core/recipient/reply-address';
import { sendsCovered } from '../core/usage/cost';
import type { HoldOf } from './commit';
import { deferToCurrentHolder } from './commit';
import type { Blocked } from './defer-or-fail';
import type { Work } from './processing';
import { identify } from './processing';

/** Milliseconds that recording the vendor's answer may take, beside the vendor's own time. */
const RECORDING_TIME = 3_000;

/** What this worker holds once its claim applied, with the words that go. */
export interface Claimed {
  readonly hold: HoldOf<'sending'>;
  readonly message: OutgoingMessage['message'];
}

/**
 * Claims the send; words that are not written yet are written by the same transition. `latest`: the moment after which
 * another rule lets no byte of it leave (milliseconds since 1970).
 */
export async function claimStep(
  work: Work,
  hold: HoldOf<'proved' | 'composed'>,
  latest = Infinity,
): Promise<Claimed | Blocked> {
  const { clock, newIdentifier } = work.ports;
  const message = hold.stage === 'proved' ? hold.words.composition.filled : hold.conversation.composition?.filled;
  if (!message?.text) {
    throw new Error(
      `Sending ${work.key.conversation_id} is impossible, its record is composed but holds no words: ` +
        'look for who wrote it.',
    );
  }
  if (clock.now() + TIMES.vendorTimeout + RECORDING_TIME > work.finishBy) return { blocker: { kind: 'out_of_time' } };
  const attempts = sendsCovered(hold.conversation.usage_prices, message);
  const claim = { attemptId: newIdentifier(), now: clock.now(), attempts };
  const change = hold.stage === 'proved' ? persistAndClaim({ ...hold.words, ...claim }) : claimSend(claim);
  const { applied, conversation } = await changeOrRelease(work, hold, change, claim.attemptId);
  if (applied) {
    const deadline = Math.min(claim.now + TIMES.sendWindow, latest);
    return { hold: { stage: 'sending', attemptId: claim.attemptId, deadline, conversation }, message };
  }
  // The message expired while it was composed: its words are kept, and the next worker that receives it ends it.
  if (hold.stage === 'proved' && conversation?.lease_owner === hold.words.owner) {
    return { blocker: { kind: 'out_of_time' } };
  }
  return { blocker: { kind: 'overtaken', outcome: await deferToCurrentHolder(work, conversation) } };
}

/**
 * A claim that failed may have been written all the same. Nothing was sent, so it is released rather than left to look
 * like a lost answer.
 */
async function changeOrRelease(work: Work, hold: HoldOf<'proved' | 'composed'>, change: Change, attemptId: string) {
  const { conversations, clock } = work.ports;
  try {
    return await conversations.change(work.key, change);
  } catch (error) {
    const now = clock.now();
    const waits = hold.stage === 'proved' ? 0 : (hold.conversation.wait_count ?? 0);
    await conversations.change(work.key, releaseSendClaim({ attemptId, now, retryAt: now, waits }));
    throw error;
  }
}

/**
 * Hands the message to the vendor, unless it is too late to be sure that it would leave before the claim's deadline.
 */
export async function sendStep(
  work: Work,
  { hold, message }: Claimed,
  { inboundDomain, ...means }: Pick<OutgoingMessage, 'credentials' | 'sender'> & {
    readonly inboundDomain: string | undefined;
  },
): Promise<{ readonly answer: SendOutcome } | Blocked> {
  const { provider, clock, observer } = work.ports;
  const { receiptUrl, channel } = work.settings;
  const { attemptId, deadline, conversation } = hold;
  if (isTestMessage(conversation)) {
    throw new Error(`Sending ${conversation.conversation_id} is refused: it is a test. Look for who read its credentials.`);
  }
  const ways = await keepReplyAddress(work, hold, inboundDomain);
  if (!ways) return { answer: { outcome: 'not_sent', detail: 'the reply address could not be kept' } };
  const began = clock.now();
  if (began >= deadline - TIMES.vendorTimeout) return { blocker: { kind: 'out_of_time' } };
  try {
    const answer = await provider.send({
      ...means,
      message,
      recipient: addressOf(conversation),
      conversationId: conversation.conversation_id,
      attemptId,
      ...(receiptUrl ? { receiptUrl } : {}),
      ...ways,
      ...answeredMail(conversation),
      validForSeconds: Math.max(1, Math.floor((Date.parse(conversation.send_before) - began) / 1000)),
    });
    return { answer };
  } catch (error) {
    // A bug of the adapter, before or after the request left: only the vendor knows.
    observer.error('the vendor adapter failed', error, { ...identify(work), attempt_id: attemptId });
    return { answer: { outcome: 'unknown', detail: 'the vendor adapter failed' } };
  } finally {
    observer.duration('SendTime', clock.now() - began, { channel });
  }
}

/** The identifier of a mail is printable ASCII between angle brackets; what else a vendor names a message by is not. */
const MAIL_IDENTIFIER = /^<[\x21-\x3b\x3d\x3f-\x7e]{3,250}>$/;

/** A mail that answers one is filed beside it. */
function answeredMail({ reply }: HoldOf<'sending'>['conversation']): Pick<OutgoingMessage, 'inReplyTo'> {
  return reply?.answers !== undefined && MAIL_IDENTIFIER.test(reply.answers) ? { inReplyTo: reply.answers } : {};
}

/**
 * The ways back to us that a message carries: where replies go, and the link that opts out. What they lead to is
 * written before anyone can use them; undefined if it could not be.
 */
async function keepReplyAddress(
  work: Work,
  { attemptId, conversation }: HoldOf<'sending'>,
  inboundDomain: string | undefined,
): Promise<Pick<OutgoingMessage, 'replyTo' | 'unsubscribeUrl'> | undefined> {
  const { unsubscribeUrl, channel } = work.settings;
  if (!CHANNEL_DEFINITIONS[channel].hasReplyAddresses || (!inboundDomain && !unsubscribeUrl)) return {};
  const { conversation_id: conversationId, time_to_live: timeToLive } = conversation;
  try {
    await work.ports.replyAddresses.keep({ conversationId, attemptId, timeToLive });
  } catch (error) {
    work.ports.observer.error('a reply address could not be kept', error, { ...identify(work), attempt_id: attemptId });
    return undefined;
  }
  return {
    ...(inboundDomain ? { replyTo: formatReplyAddress(replyToken(attemptId), inboundDomain) } : {}),
    ...(unsubscribeUrl ? { unsubscribeUrl: `${unsubscribeUrl}/${unsubscribeToken(attemptId)}` } : {}),
  };
}
