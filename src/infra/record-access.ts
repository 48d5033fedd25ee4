import { CHANNEL_DEFINITIONS, CHANNELS } from '../core/channel';
import type { Channel } from '../core/channel';
import type { Permission, Permissions } from './permissions';
import type { Records } from './records';

/**
 * A conversation's partition key is its recipient's address, in the form that the channel has (recipientAddress in
 * core/request.ts).
 */
export function recipientKeys(channel: Channel): string {
  return CHANNEL_DEFINITIONS[channel].address.keyPattern;
}

export const ALL_RECIPIENT_KEYS: readonly string[] = [...new Set(CHANNELS.map(recipientKeys))];

/** What is known of an address beside its conversations: other names of the person, and their opt-outs. */
export const ADDRESS_KEYS = 'address#*';

/** What recipients wrote. */
export const THREAD_KEYS = 'thread#*';

/** The addresses that replies to mails go to. */
export const REPLY_ADDRESS_KEYS = 'reply-address#*';

/** By what companies of the deployment send. */
export const SENDER_KEYS = 'sender#*';

/** What is known of the table's stream. */
export const STREAM_KEY = 'event-stream';

/** Partitions of versions of templates and answer cards, and of what verifications found: only people read them. */
export const HISTORY_KEYS = ['template#*', 'card#*', 'verification#*'] as const;

/** Partition keys that a grant is held to; every key of a call must match one. */
export function keysLike(...patterns: readonly string[]): Required<Permission>['conditions'] {
  return { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns } };
}

/** Partition keys that a grant leaves out; no key of a call may match one. */
export function keysUnlike(...patterns: readonly string[]): Required<Permission>['conditions'] {
  return { 'ForAllValues:StringNotLike': { 'dynamodb:LeadingKeys': patterns } };
}

/** Reading the records of companies, of which the table's other items are no part. */
export function readCompanies({ companies }: Records, ...actions: readonly string[]): Permission {
  return { actions, resources: [companies.tableArn], conditions: keysUnlike('api-key#*', ...HISTORY_KEYS) };
}

/** Making replies, each of which is a message of its own. */
export function makeReplies({ conversations }: Records): Permission {
  return {
    actions: ['dynamodb:PutItem'],
    resources: [conversations.tableArn],
    conditions: keysLike('request#*', ...ALL_RECIPIENT_KEYS),
  };
}

/**
 * What the functions that move messages on may do with the records of such recipients. Only the router makes records,
 * the reconciler those of reminders, and the reader of replies those of answers.
 */
export function recordPermissions(records: Records, recipients: readonly string[]): Permissions {
  const { conversations } = records;
  return {
    // Whether a company of some identifier exists is asked where a secret's name is not the record's own company's.
    ReadCompaniesButNoKeys: readCompanies(records, 'dynamodb:BatchGetItem', 'dynamodb:Query'),
    ReadIdempotencyRecordsConversationsAndOptOuts: {
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('request#*', ADDRESS_KEYS, ...recipients),
    },
    // Opt-outs lie beside the recipient's conversations.
    ChangeConversationsAndOptOuts: {
      actions: ['dynamodb:UpdateItem'],
      resources: [conversations.tableArn],
      conditions: keysLike(...recipients),
    },
    SettleUsage: {
      actions: ['dynamodb:UpdateItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('usage#*'),
    },
  };
}
