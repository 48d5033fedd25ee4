import { timestamp } from '../../core/ports/clock';
import type { Conversation } from '../../core/lifecycle/conversation';
import { INDEXES } from '../../core/indexes';
import { REPLY_ATTENTION } from '../../core/lifecycle/reply-transitions';
import { DynamoDbWorkDueIndex } from '../../records/dynamodb-work-due-index';
import type { StageClients } from '../stage-clients';
import { stageRecords } from '../stage-records';

/** Conversations with replies that wait for a person, longest first. */
export async function findWaitingReplies(clients: StageClients, limit: number, now: number): Promise<readonly Conversation[]> {
  const index = new DynamoDbWorkDueIndex(clients.tables, clients.names.conversationTable, INDEXES.reply);
  const { conversations } = stageRecords(clients);
  const due = await index.due({ shard: REPLY_ATTENTION, before: timestamp(now + 1), limit });
  const found = await Promise.all(due.map(async ({ key }) => conversations.find(key)));
  // The index lags: what it names may be dealt with, or erased, by now.
  return found.flatMap((conversation) => (conversation?.reply_attention === undefined ? [] : [conversation]));
}
