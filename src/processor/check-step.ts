import type { ChannelSettings } from '../core/company/company';
import type { CompanySettings } from '../core/company/company-settings';
import { findWithdrawal, readCompanySettings } from '../core/company/company-settings';
import { settingsOf } from '../core/company/reminder-settings';
import type { Conversation } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import { TIMES } from '../core/lifecycle/limits';
import { isSameAddress } from '../core/recipient/identity';
import { sendsCovered } from '../core/usage/cost';
import type { RecordHold } from './commit';
import type { Blocked, Blocker } from './defer-or-fail';
import { NOT_NEEDED } from './reminder-step';
import type { Work } from './processing';

/** The company record as it is now, which may be another one than the router saw. */
export type CompleteSettings = Extract<CompanySettings, { complete: true }>;

/**
 * Everything that can stop a message before anything is paid for it, cheapest first: settings, expiry, attempts,
 * opt-out.
 */
export async function checkStep(work: Work, { stage, conversation }: RecordHold): Promise<CompleteSettings | Blocked> {
  const settings = checkSettings(work, conversation);
  // A withdrawn permission says more than an expiry, an expiry more than a record that waits to be repaired.
  const isWithdrawn = 'blocker' in settings && settings.blocker.kind === 'end';
  const useless = isWithdrawn ? undefined : (findExpiry(work, conversation) ?? findLastAttempt(conversation));
  if (useless) return { blocker: useless };
  if ('blocker' in settings) return settings;
  if (stage === 'processing' && wasJustAdmitted(work, conversation)) return settings;
  return (await findOptOut(work, conversation, settings.channelSettings)) ?? settings;
}

/**
 * The router asked who has opted out, and the worker asks again right before the send. Within a worker's life the model
 * need not wait for a third answer.
 */
function wasJustAdmitted(work: Work, conversation: Conversation): boolean {
  return work.ports.clock.now() < Date.parse(conversation.created_at) + TIMES.lease;
}

/**
 * A withdrawn permission ends the message. A record that lacks fields is an operator's slip, so the message waits for
 * the repair until it expires.
 */
function checkSettings(
  { company: record, settings: { channel } }: Work,
  conversation: Conversation,
): CompleteSettings | Blocked {
  if (!record) return ended('company_record_missing');
  const company = readCompanySettings(record, channel);
  const withdrawn = company.project && findWithdrawal(company.project, channel);
  if (withdrawn) return ended(withdrawn);
  if (company.complete) {
    const channelSettings = settingsOf(company.channelSettings, conversation);
    return channelSettings ? { ...company, channelSettings } : NOT_NEEDED;
  }
  const detail = company.faults.map((fault) => `${fault.path} ${fault.message}`).join('; ');
  return { blocker: { kind: 'wait', pace: 'after_configuration', reason: 'company_record_incomplete', detail } };
}

function ended(reason: 'company_record_missing' | 'project_inactive' | 'channel_not_allowed'): Blocked {
  return { blocker: { kind: 'end', status: 'failed_unknown', reason } };
}

function findExpiry(work: Work, conversation: Conversation): Blocker | undefined {
  if (work.ports.clock.now() <= Date.parse(conversation.send_before)) return undefined;
  const lastReason = conversation.history.findLast((entry) => entry.reason !== undefined)?.reason;
  return { kind: 'end', status: 'expired', reason: 'expired', detail: lastReason };
}

function findLastAttempt(conversation: Conversation): Blocker | undefined {
  const { usage_prices: prices, composition } = conversation;
  if (conversation.attempt_count < sendsCovered(prices, composition?.filled)) return undefined;
  return { kind: 'end', status: 'failed_to_send_message', reason: 'attempts_exhausted' };
}

/**
 * An opt-out counts for the sender that the request was accepted with and for the one that the company record names
 * now.
 */
export async function findOptOut(
  work: Work,
  conversation: Conversation,
  settings: ChannelSettings,
): Promise<Blocked | undefined> {
  const person = { recipient: conversation.primary_channel, company: conversation.company_id };
  const optedOutOf = await work.ports.directory.optedOutOf(person);
  const senders = [parseConversationId(conversation.conversation_id)?.sender ?? '', settings.sender];
  if (!optedOutOf.some((sender) => senders.some((own) => isSameAddress(own, sender)))) return undefined;
  return { blocker: { kind: 'end', status: 'suppressed', reason: 'recipient_opted_out' } };
}
