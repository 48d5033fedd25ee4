import type { Identity } from '../core/recipient/identity';
import { isReachable } from '../core/recipient/identity';

/** Key of an item in the table company-data. */
export type CompanyItemKey = Readonly<Record<'company_id' | 'project_id', string>>;

/** Key of an item in the table conversations. */
export type ConversationItemKey = Readonly<Record<'primary_channel' | 'conversation_id', string>>;

export function companyItemKey(companyId: string, projectId: string): CompanyItemKey {
  return { company_id: companyId, project_id: projectId };
}

/** An API key's grant; no company's identifier holds a `#`, so it can meet none. */
export function grantItemKey(keyHash: string): CompanyItemKey {
  return { company_id: `api-key#${keyHash}`, project_id: 'api-key' };
}

/** The partition of a template's versions; no company's identifier holds a `#`. Messages had theirs before others. */
export function templateHistoryKey(
  { companyId, projectId, channel, kind }: Record<'companyId' | 'projectId' | 'channel' | 'kind', string>,
): string {
  return `template#${companyId}#${projectId}#${channel}${kind === 'template' ? '' : `#${kind}`}`;
}

/** The partition of an answer card's versions. */
export function cardHistoryKey(companyId: string, projectId: string, cardId: string): string {
  return `card#${companyId}#${projectId}#${cardId}`;
}

/** The partition of what the verifications of a project found. */
export function verificationKey(companyId: string, projectId: string): string {
  return `verification#${companyId}#${projectId}`;
}

/** A request's idempotency record. */
export function idempotencyItemKey(companyId: string, projectId: string, requestId: string): ConversationItemKey {
  return { primary_channel: `request#${companyId}#${projectId}`, conversation_id: requestId };
}

/**
 * The partition of what is known of an address beside its conversations. Aliases, spellings, and the opt-outs of whom
 * no conversation can be addressed to, such as a business-scoped identifier. No company's identifier holds a `#`.
 */
export function addressPartition(identity: Identity): string {
  return `address#${identity}`;
}

/** The other names by which a company knows an identity. */
export function aliasItemKey(identity: Identity, company: string): ConversationItemKey {
  return { primary_channel: addressPartition(identity), conversation_id: `aliases#${company}` };
}

/** Spellings of an identity under which older records lie. */
export function spellingsItemKey(identity: Identity): ConversationItemKey {
  return { primary_channel: addressPartition(identity), conversation_id: 'spellings' };
}

/** What an identity has opted out of. It lies beside the conversations, if the identity can have any. */
export function optOutItemKey(identity: Identity): ConversationItemKey {
  const partition = isReachable(identity) ? identity : addressPartition(identity);
  return { primary_channel: partition, conversation_id: 'opt-out' };
}

/** Digits of a position in a thread, so that positions sort as texts. */
const POSITION_DIGITS = 12;

/** The items of a thread: its own, one per message in their order, and one per vendor's identifier of a message. */
export function threadItemKeys(threadId: string) {
  const primary_channel = `thread#${threadId}`;
  return {
    thread: { primary_channel, conversation_id: 'thread' },
    everyMessage: { primary_channel, conversation_id: 'message#' },
    message: (sequence: number): ConversationItemKey => ({
      primary_channel,
      conversation_id: `message#${String(sequence).padStart(POSITION_DIGITS, '0')}`,
    }),
    vendorMessage: (id: string): ConversationItemKey => ({ primary_channel, conversation_id: `vendor-message#${id}` }),
  };
}

/** The address that replies to a mail go to. */
export function replyAddressKey(token: string): ConversationItemKey {
  return { primary_channel: `reply-address#${token}`, conversation_id: 'reply-address' };
}

/** The identifier of the thread whose own item has this key; undefined for any other item. */
export function threadIdOfKey({ primary_channel: partition, conversation_id: id }: ConversationItemKey) {
  return id === 'thread' && partition.startsWith('thread#') ? partition.slice('thread#'.length) : undefined;
}

/** A sender by which a company of the deployment has sent. It names no recipient. */
export function senderItemKey(identity: Identity): ConversationItemKey {
  return { primary_channel: `sender#${identity}`, conversation_id: 'sender' };
}

const STREAM = 'event-stream';

/** What is known of the table's stream. The stream leaves out what is called `now`. */
export const streamStateKey: ConversationItemKey = { primary_channel: STREAM, conversation_id: 'now' };

/** A change of it shows that the table's stream is followed. */
export const heartbeatKey: ConversationItemKey = { primary_channel: STREAM, conversation_id: 'heartbeat' };

/** The lease that lets one run of a kind work at a time; no recipient's address begins so. */
export function runLeaseKey(name: string): ConversationItemKey {
  return { primary_channel: `lease#${name}`, conversation_id: 'now' };
}

/** What a project has asked for, what of it is open, and what it costs. */
export function usageItemKey(companyId: string, projectId: string): ConversationItemKey {
  return { primary_channel: `usage#${companyId}#${projectId}`, conversation_id: 'now' };
}

/** Who did what for a company on a day, in the order of time. */
export function auditPartition(company: string, day: string): string {
  return `audit#${company}#${day}`;
}

/** Someone's session, by the hash of what their browser holds. */
export function sessionItemKey(hash: string): ConversationItemKey {
  return { primary_channel: `session#${hash}`, conversation_id: 'session' };
}

/** The sessions of one person. */
export function sessionsOfKey(personId: string, hash: string): ConversationItemKey {
  return { primary_channel: `sessions-of#${personId}`, conversation_id: hash };
}

/** A sign-in that was begun. */
export function signInItemKey(hash: string): ConversationItemKey {
  return { primary_channel: `sign-in#${hash}`, conversation_id: 'sign-in' };
}
