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

/** Partition keys that a grant is held to; every key of a call must match one. */
export function keysLike(...patterns: readonly string[]): Required<Permission>['conditions'] {
  return { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': patterns } };
}

/**
 * What whoever moves messages on may do with the records of recipients with such keys. Nobody but the router makes
 * records.
 */
export function recordPermissions({ companies, conversations }: Records, recipients: readonly string[]): Permissions {
  return {
    ReadCompaniesButNoKeys: {
      actions: ['dynamodb:BatchGetItem'],
      resources: [companies.tableArn],
      conditions: { 'ForAllValues:StringNotLike': { 'dynamodb:LeadingKeys': ['api-key#*'] } },
    },
    ReadIdempotencyRecordsConversationsAndOptOuts: {
      actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem'],
      resources: [conversations.tableArn],
      conditions: keysLike('request#*', ...recipients),
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
