import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../core/clock';
import { DynamoDbConversationIndex } from '../records/dynamodb-conversation-index';
import { DynamoDbConversations } from '../records/dynamodb-conversations';
import { DynamoDbDirectory } from '../records/dynamodb-directory';
import type { StageClients } from './stage-clients';

/** The records of a stage, by the adapters that its functions use. */
export interface StageRecords {
  readonly conversations: DynamoDbConversations;
  readonly directory: DynamoDbDirectory;
  readonly index: DynamoDbConversationIndex;
}

export const SHELL_CLOCK: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds) => setTimeout(milliseconds),
};

export function stageRecords({ tables, names }: StageClients): StageRecords {
  const { companyTable: companies, conversationTable: conversations } = names;
  return {
    conversations: new DynamoDbConversations(tables, conversations, randomUUID),
    directory: new DynamoDbDirectory(tables, { companies, conversations }, SHELL_CLOCK),
    index: new DynamoDbConversationIndex(tables, conversations),
  };
}
