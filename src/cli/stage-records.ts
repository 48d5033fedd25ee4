import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { ConversationStore } from '../core/lifecycle/change';
import type { Clock } from '../core/ports/clock';
import { ReservationReleasingStore } from '../core/usage/reservation-releasing-store';
import { DynamoDbConversationIndex } from '../records/dynamodb-conversation-index';
import { DynamoDbConversations } from '../records/dynamodb-conversations';
import { DynamoDbDirectory } from '../records/dynamodb-directory';
import { DynamoDbUsage } from '../records/dynamodb-usage';
import type { StageClients } from './stage-clients';

/** The records of a stage, by the adapters that its functions use. */
export interface StageRecords {
  readonly conversations: ConversationStore;
  readonly usage: DynamoDbUsage;
  readonly directory: DynamoDbDirectory;
  readonly index: DynamoDbConversationIndex;
}

export const SHELL_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds) => setTimeout(milliseconds),
};

const SILENT = { error: () => undefined, count: () => undefined };

export function stageRecords({ tables, names }: StageClients): StageRecords {
  const { companyTable: companies, conversationTable: conversations } = names;
  const usage = new DynamoDbUsage(tables, conversations);
  return {
    // An operator's decision brings messages to rest, too. A settlement that fails runs out by itself, so it is no operator's concern.
    conversations: new ReservationReleasingStore(new DynamoDbConversations(tables, conversations, randomUUID), usage, SILENT),
    usage,
    directory: new DynamoDbDirectory(tables, { companies, conversations }, SHELL_CLOCK),
    index: new DynamoDbConversationIndex(tables, conversations),
  };
}
