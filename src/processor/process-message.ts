import { parseConversationId } from '../core/lifecycle/conversation';
import type { Conversation } from '../core/lifecycle/conversation';
import type { ProvedWords } from '../core/lifecycle/message-transitions';
import { takeLease, TIMES } from '../core/lifecycle/message-transitions';
import { nextAction } from '../core/lifecycle/next-action';
import { composeStep } from './compose-step';
import { follow } from './follow';
import { keepFromDeadLetters } from './last-receive';
import { readCredentials, readModelKey } from './message-secrets';
import type { Obstacle } from './obstacle';
import { stopAt } from './obstacle';
import type { ProcessingOutcome, ProcessorPorts, ProcessorSettings, QueuedMessage, Work } from './processing';
import { DONE } from './processing';
import { checkReadiness, optOutObstacle } from './readiness';
import { freezeAndSend, freezeWords, sendStep } from './send-step';

/**
 * Takes one accepted message as far as it goes: composed, sent and recorded, put off, ended with a reason, or left to whoever holds it. Every
 * step is one conditional write, so that any number of workers may call this for the same message, and each may die anywhere.
 * Throws only for bugs and where the database or a queue is out of reach.
 */
export async function processMessage(message: QueuedMessage, ports: ProcessorPorts, settings: ProcessorSettings): Promise<ProcessingOutcome> {
  const outcome = await loadMessage(message, ports, settings);
  return keepFromDeadLetters(message, outcome, ports, settings);
}

/** A body that leads to no record is dropped: whatever it was meant to be, the record of an accepted message is found without it. */
async function loadMessage(message: QueuedMessage, ports: ProcessorPorts, settings: ProcessorSettings): Promise<ProcessingOutcome> {
  const identity = parseConversationId(message.conversationId);
  if (!identity) return refuseBody(ports, settings, 'it is no conversation identifier');
  const { idempotency, company } = await ports.directory.loadForProcessing(identity);
  if (idempotency?.conversation.conversation_id !== message.conversationId) return refuseBody(ports, settings, 'no request was accepted under it');
  const finishBy = Math.min(message.finishBy ?? Infinity, ports.clock.now() + TIMES.lease);
  return takeUp({ message, ports, settings, key: idempotency.conversation, finishBy, ...(company ? { company } : {}) });
}

async function takeUp(work: Work): Promise<ProcessingOutcome> {
  const { clock, conversations, newIdentifier } = work.ports;
  const { channel, processorVersion: version } = work.settings;
  const owner = newIdentifier();
  const { applied, conversation } = await conversations.change(work.key, takeLease({ owner, now: clock.now(), version, channel }));
  if (!conversation) return refuseBody(work.ports, work.settings, 'its record does not exist');
  if (conversation.channel_method !== channel) return refuseBody(work.ports, work.settings, 'its record is of another channel');
  if (applied) return composeAndSend(work, owner, conversation);
  if (nextAction(conversation, clock.now()).next === 'send') return sendFrozen(work, conversation);
  return follow(work, conversation);
}

async function composeAndSend(work: Work, owner: string, conversation: Conversation): Promise<ProcessingOutcome> {
  const grip = { stage: 'processing', owner } as const;
  const readiness = await checkReadiness(work, conversation);
  if (!readiness.ready) return stopAt(work, grip, conversation, readiness.obstacle);
  const { project, channelSettings } = readiness;
  // Both before the model is paid: a message that cannot be sent is not worth composing.
  const [credentials, modelKey] = await Promise.all([readCredentials(work, channelSettings), readModelKey(work, channelSettings)]);
  if (!credentials.ready) return stopAt(work, grip, conversation, credentials.obstacle);
  if (!modelKey.ready) return stopAt(work, grip, conversation, modelKey.obstacle);
  const composed = await composeStep(work, { owner, conversation }, { project, channelSettings, apiKey: modelKey.apiKey });
  if (composed.step === 'stopped') return composed.outcome;
  // The model took its time, and a recipient may have said stop meanwhile.
  const optOut = await keepingWords(work, composed.words, () => optOutObstacle(work, conversation, channelSettings));
  if (optOut) return stopFrozen(work, composed.words, optOut);
  return freezeAndSend(work, composed.words, { channelSettings, credentials: credentials.fields });
}

/** Where the question cannot be answered, the words are frozen all the same: the model is not paid again for them. */
async function keepingWords<Answer>(work: Work, words: ProvedWords, question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question();
  } catch (error) {
    await freezeWords(work, words);
    throw error;
  }
}

/** What was paid for is kept: the words say what would have been sent, and what they cost. */
async function stopFrozen(work: Work, words: ProvedWords, obstacle: Obstacle): Promise<ProcessingOutcome> {
  const { applied, conversation } = await freezeWords(work, words);
  return applied ? stopAt(work, { stage: 'composed' }, conversation, obstacle) : follow(work, conversation);
}

async function sendFrozen(work: Work, conversation: Conversation): Promise<ProcessingOutcome> {
  const grip = { stage: 'composed' } as const;
  const readiness = await checkReadiness(work, conversation);
  if (!readiness.ready) return stopAt(work, grip, conversation, readiness.obstacle);
  const { channelSettings } = readiness;
  const credentials = await readCredentials(work, channelSettings);
  if (!credentials.ready) return stopAt(work, grip, conversation, credentials.obstacle);
  return sendStep(work, conversation, { channelSettings, credentials: credentials.fields });
}

function refuseBody(ports: ProcessorPorts, settings: ProcessorSettings, fault: string): ProcessingOutcome {
  ports.observer.count('QueueBodyRefused', { channel: settings.channel });
  ports.observer.warn('a queue message was dropped', { channel: settings.channel, fault });
  return DONE;
}
