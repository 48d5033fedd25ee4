import { randomUUID } from 'node:crypto';
import type { ConversationStore } from '../core/lifecycle/change';
import type { Observer } from '../core/ports/observer';
import { ReservationReleasingStore } from '../core/usage/reservation-releasing-store';
import { DynamoDbConversations } from '../records/dynamodb-conversations';
import { DynamoDbUsage } from '../records/dynamodb-usage';
import type { TableClient } from '../records/table-client';

/** The records as every function has them that may bring a message to a terminal state. */
export function reservationReleasingStore(
  tables: TableClient, table: string, observer: Pick<Observer, 'error' | 'count'>,
): ConversationStore {
  const conversations = new DynamoDbConversations(tables, table, randomUUID);
  return new ReservationReleasingStore(conversations, new DynamoDbUsage(tables, table), observer);
}
