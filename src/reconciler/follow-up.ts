import type { ChannelSettings, Project } from '../core/company/company';
import { findWithdrawal, readCompanySettings } from '../core/company/company-settings';
import { settingsOf } from '../core/company/reminder-settings';
import { validityOf } from '../core/company/template';
import type { Conversation } from '../core/lifecycle/conversation';
import type { ConversationIdentity } from '../core/lifecycle/conversation-id';
import { parseConversationId, senderIdentity } from '../core/lifecycle/conversation-id';
import { followUpStep } from '../core/lifecycle/follow-up';
import { arrangeReminder, giveUpWaiting } from '../core/lifecycle/follow-up-transitions';
import { isTestSender, testSender } from '../core/lifecycle/test-message';
import { stopChecking } from '../core/lifecycle/unknown-send-transitions';
import { isSameAddress } from '../core/recipient/identity';
import { countedMessage } from '../core/usage/counted-message';
import { nextCheckAt } from './next-check';
import type { ReconcilerPorts, ReconcileStep } from './reconciler-ports';
import { reminderRecords } from './reminder-records';

/** Reminds a recipient who gave no answer, once, and later tells the client that none came. */
export async function followUp(ports: ReconcilerPorts, conversation: Conversation): Promise<ReconcileStep> {
  const now = ports.clock.now();
  const step = followUpStep(conversation, now);
  const identity = parseConversationId(conversation.conversation_id);
  if (step.next === 'wait_until') return { action: 'left', nextCheckAt: step.at };
  if (step.next === 'none' || !identity || (await isOptedOut(ports, conversation, identity))) {
    const { applied } = await ports.conversations.change(conversation, stopChecking());
    return { action: applied ? 'left' : 'overtaken' };
  }
  if (step.next === 'give_up') return giveUp(ports, conversation, now);
  const means = await readMeans(ports, conversation, identity);
  return means ? remind(ports, conversation, { ...means, identity, now }) : giveUp(ports, conversation, now);
}

async function isOptedOut(
  { directory }: ReconcilerPorts,
  { primary_channel: recipient, company_id: company }: Conversation,
  { sender }: ConversationIdentity,
): Promise<boolean> {
  const optedOutOf = await directory.optedOutOf({ recipient, company });
  return optedOutOf.some((other) => isSameAddress(other, sender));
}

async function giveUp(ports: ReconcilerPorts, conversation: Conversation, now: number): Promise<ReconcileStep> {
  const seen = conversation.due_at ?? '';
  const { applied } = await ports.conversations.change(conversation, giveUpWaiting({ seen, now }));
  if (!applied) return { action: 'overtaken' };
  ports.observer.count('ConversationUnanswered', { channel: conversation.channel_method });
  return { action: 'unanswered' };
}

interface Means {
  readonly project: Project;
  readonly settings: ChannelSettings;
}

/** Undefined if the company can or will not remind: its sender is another one now, or it has no template for it. */
async function readMeans(
  { directory }: ReconcilerPorts,
  { channel_method: channel, conversation_id: id }: Conversation,
  identity: ConversationIdentity,
): Promise<Means | undefined> {
  const { company: record } = await directory.loadForProcessing(identity);
  const company = readCompanySettings(record ?? {}, channel);
  if (!company.complete || findWithdrawal(company.project, channel)) return undefined;
  const settings = settingsOf(company.channelSettings, { reminder_of: id });
  if (!settings) return undefined;
  // A test is reminded as a test: nothing of it is sent.
  const sender = isTestSender(identity.sender) ? testSender(settings.sender) : settings.sender;
  if (senderIdentity(sender) !== identity.sender) return undefined;
  return { project: company.project, settings: { ...settings, sender } };
}

/**
 * Makes the reminder's records and queues it. Each step may be repeated: the reminder's identifier follows from the
 * conversation's, so that a crash between any two makes no second one. The conversation names its reminder before the
 * reminder is queued; the reconciler queues one that was made and not queued.
 */
async function remind(
  ports: ReconcilerPorts,
  conversation: Conversation,
  means: Means & { readonly identity: ConversationIdentity; readonly now: number },
): Promise<ReconcileStep> {
  const { channel_method: channel, company_id: company, follow_up: times } = conversation;
  const { project, settings, now } = means;
  const { idempotency, requestId, record } = reminderRecords(conversation, means);
  const sendBefore = now + validityOf(settings.content.template);
  const counted = countedMessage({ requestId, project, settings, facts: conversation, sendBefore, now });
  const decision = await ports.limits.take(counted);
  // Until it is too late for a reminder: a limit of the minute or the day is renewed.
  if (!decision.allowed) return { action: 'left', nextCheckAt: nextCheckAt(conversation, now) };
  await ports.directory.putIdempotencyRecord(idempotency);
  await ports.conversations.create(record(decision.entry));
  const reminderId = idempotency.conversation.conversation_id;
  const dueAt = now + (times?.unanswered_after_minutes ?? 0) * 60_000;
  const { applied } = await ports.conversations.change(conversation, arrangeReminder({ reminderId, dueAt, now }));
  if (!applied) return { action: 'overtaken' };
  await ports.queue.enqueue({ channel, conversationId: reminderId, company });
  ports.observer.count('ReminderMade', { channel });
  return { action: 'reminded' };
}
