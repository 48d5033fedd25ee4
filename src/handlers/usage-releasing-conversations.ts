import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ConversationStore } from '../core/lifecycle/change';
import type { Observer } from '../core/ports/observer';
import { UsageReleasingConversations } from '../core/usage/usage-releasing-conversations';
import { DynamoDbConversations } from '../records/dynamodb-conversations';
import { DynamoDbUsage } from '../records/dynamodb-usage';

/** The records as every function has them that may bring a message to rest. */
export function usageReleasingConversations(tables: DynamoDBDocumentClient, table: string, observer: Pick<Observer, 'error' | 'count'>): ConversationStore {
  return new UsageReleasingConversations(new DynamoDbConversations(tables, table, randomUUID), new DynamoDbUsage(tables, table), observer);
}
