import { randomUUID } from 'node:crypto';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ConversationStore } from '../core/lifecycle/change';
import type { Observer } from '../core/ports/observer';
import { ReservationReleasingStore } from '../core/usage/reservation-releasing-store';
import { DynamoDbConversations } from '../records/dynamodb-conversations';
import { DynamoDbUsage } from '../records/dynamodb-usage';

/** The records as every function has them that may bring a message to rest. */
export function reservationReleasingStore(tables: DynamoDBDocumentClient, table: string, observer: Pick<Observer, 'error' | 'count'>): ConversationStore {
  return new ReservationReleasingStore(new DynamoDbConversations(tables, table, randomUUID), new DynamoDbUsage(tables, table), observer);
}
