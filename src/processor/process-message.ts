import { parseConversationId } from '../core/lifecycle/conversation-id';
import { loadKey } from '../core/lifecycle/find-conversation';
import { TIMES } from '../core/lifecycle/limits';
import { takeLease } from '../core/lifecycle/message-transitions';
import { isTestMessage } from '../core/lifecycle/test-message';
import { nextAction } from '../core/lifecycle/next-action';
import { LONGEST_DELAY_SECONDS } from '../core/queue-policy';
import { checkStep, findOptOut } from './check-step';
import type { CompleteSettings } from './check-step';
import type { HoldOf } from './commit';
import { deferToCurrentHolder } from './commit';
import { composeStep } from './compose-step';
import type { Blocked } from './defer-or-fail';
import { deferOrFail, persistWords } from './defer-or-fail';
import { ModelCalls } from './model-calls';
import { answerOfTest, goOnPlaying } from './play-test';
import type { ProcessingOutcome, ProcessorPorts, ProcessorSettings, QueuedMessage, Work } from './processing';
import { DONE } from './processing';
import { recordStep } from './record-step';
import { reminderStep } from './reminder-step';
import type { MessageSecrets } from './secrets-step';
import { secretsStep } from './secrets-step';
import type { Claimed } from './send-step';
import { claimStep, sendStep } from './send-step';
import { releaseReplyTicket, ticketStep } from './ticket-step';

/**
 * Takes one accepted message as far as it goes: composed, sent and recorded, deferred, ended with a reason, or left to
 * its current holder. Every transition is one conditional write, so that any number of workers may call this for the
 * same message, and each may die anywhere. Throws only for bugs and where the database or a queue is out of reach.
 */
export async function processMessage(
  message: QueuedMessage,
  ports: ProcessorPorts,
  settings: ProcessorSettings,
): Promise<ProcessingOutcome> {
  const loaded = await loadWork(message, ports, settings);
  const outcome = 'outcome' in loaded ? loaded : await takeSteps(loaded);
  return requeueBeforeMaxReceives(message, outcome, ports, settings);
}

/** Each step lets the message go on with what it found, or answers what blocks it. */
async function takeSteps(work: Work): Promise<ProcessingOutcome> {
  const lease = await leaseStep(work);
  if ('outcome' in lease) return lease.outcome;

  const company = await checkStep(work, lease.hold);
  if ('blocker' in company) return deferOrFail(work, lease.hold, company.blocker);

  const secrets = await secretsStep(work, lease.hold, company.channelSettings);
  if ('blocker' in secrets) return deferOrFail(work, lease.hold, secrets.blocker);

  const composed = await composeStep(work, lease.hold, { ...company, access: secrets.access });
  if ('blocker' in composed) return deferOrFail(work, composed.hold ?? lease.hold, composed.blocker);

  const optOut = await optOutStep(work, composed.hold, company);
  if (optOut) return deferOrFail(work, composed.hold, optOut.blocker);

  const unneeded = await reminderStep(work, composed.hold);
  if (unneeded) return deferOrFail(work, composed.hold, unneeded.blocker);

  const ticket = await ticketStep(work, composed.hold);
  if (ticket && 'blocker' in ticket) return deferOrFail(work, composed.hold, ticket.blocker);

  const claimed = await claimStep(work, composed.hold, ticket?.until);
  if ('blocker' in claimed) return deferOrFail(work, composed.hold, claimed.blocker);

  const { outcome, isSent } = await sendAndRecord(work, claimed, company, secrets);
  await releaseReplyTicket(work, claimed.hold, { thread: ticket?.thread, isSent });
  return isTestMessage(work.key) ? goOnPlaying(work, outcome) : outcome;
}

async function sendAndRecord(
  work: Work,
  claimed: Claimed,
  { channelSettings: { sender, inboundDomain } }: CompleteSettings,
  { credentials }: Pick<MessageSecrets, 'credentials'>,
): Promise<{ readonly outcome: ProcessingOutcome; readonly isSent: boolean }> {
  const { hold } = claimed;
  // A test has no credentials, and no vendor is built for it.
  const sent = credentials
    ? await sendStep(work, claimed, { sender, inboundDomain, credentials })
    : { answer: answerOfTest(hold.conversation, hold.attemptId) };
  if ('blocker' in sent) return { outcome: await deferOrFail(work, hold, sent.blocker), isSent: false };
  const outcome = await recordStep(work, hold, sent.answer, sender);
  return { outcome, isSent: sent.answer.outcome === 'accepted' };
}

/** Leads from the queue message's body to the record's key and the company record. */
async function loadWork(
  message: QueuedMessage,
  ports: ProcessorPorts,
  settings: ProcessorSettings,
): Promise<Work | ProcessingOutcome> {
  const loaded = await loadKey(message.conversationId, ports.directory);
  if (!loaded) return refuseBody(message.conversationId, ports, settings, 'no request was accepted under it');
  const finishBy = Math.min(message.finishBy ?? Infinity, ports.clock.now() + TIMES.lease);
  return { ports, settings, ...loaded, finishBy };
}

/**
 * A body that leads to no record is dropped: the record of an accepted message is found without it. A JSON object may
 * be a message that the engine before this one accepted, so it is left to the dead letters.
 */
function refuseBody(
  body: string,
  { observer }: ProcessorPorts,
  { channel }: ProcessorSettings,
  fault: string,
): ProcessingOutcome {
  observer.count('QueueBodyRefused', { channel });
  if (/^\s*\{/.test(body)) {
    observer.warn('a queue message of another engine is left to the dead letters', { channel });
    return { outcome: 'failed' };
  }
  observer.warn('a queue message was dropped', { channel, fault });
  return DONE;
}

type Leased = { readonly hold: HoldOf<'processing' | 'composed'> } | { readonly outcome: ProcessingOutcome };

/**
 * Takes the lease of a message that is to be composed. Words that wait need none: the worker that claims their send
 * first has it.
 */
async function leaseStep(work: Work): Promise<Leased> {
  const { clock, conversations, newIdentifier } = work.ports;
  const { channel, processorVersion: version } = work.settings;
  const owner = newIdentifier();
  const { applied, conversation } = await conversations.change(
    work.key,
    takeLease({ owner, now: clock.now(), version, channel }),
  );
  if (applied) {
    const calls = new ModelCalls(work, owner, conversation);
    return { hold: { stage: 'processing', owner, calls, conversation } };
  }
  const refuse = (fault: string) => ({
    outcome: refuseBody(work.key.conversation_id, work.ports, work.settings, fault),
  });
  if (!conversation) return refuse('its record does not exist');
  if (conversation.channel_method !== channel) return refuse('its record is of another channel');
  if (nextAction(conversation, clock.now()).next === 'send') return { hold: { stage: 'composed', conversation } };
  return { outcome: await deferToCurrentHolder(work, conversation) };
}

/**
 * The model took its time, and a recipient may have opted out meanwhile. If the question cannot be answered, the words
 * are written all the same, so that the model is not paid again for them.
 */
async function optOutStep(
  work: Work,
  hold: HoldOf<'proved' | 'composed'>,
  { channelSettings }: CompleteSettings,
): Promise<Blocked | undefined> {
  // Words that waited had this question answered by the check.
  if (hold.stage === 'composed') return undefined;
  try {
    return await findOptOut(work, hold.conversation, channelSettings);
  } catch (error) {
    await persistWords(work, hold);
    throw error;
  }
}

/**
 * The dead letters are for bugs: where the next receive would move a waiting message there, a fresh copy takes its
 * place. A crash between the two leaves both, which is harmless.
 */
export async function requeueBeforeMaxReceives(
  { conversationId, receiveCount }: QueuedMessage,
  outcome: ProcessingOutcome,
  { queue }: Pick<ProcessorPorts, 'queue'>,
  { channel, maxReceiveCount }: ProcessorSettings,
): Promise<ProcessingOutcome> {
  const identity = parseConversationId(conversationId);
  if (outcome.outcome !== 'retry' || receiveCount < maxReceiveCount || !identity) return outcome;
  await queue.enqueue({
    channel,
    conversationId,
    company: identity.companyId,
    delaySeconds: Math.min(outcome.afterSeconds, LONGEST_DELAY_SECONDS),
  });
  return DONE;
}
