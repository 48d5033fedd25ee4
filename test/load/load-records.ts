import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { INDEXES } from '../../src/core/indexes';
import type { ConversationKey } from '../../src/core/lifecycle/conversation';
import { resourceNames } from '../../src/core/names';
import { threadIdOfKey } from '../../src/records/item-keys';
import type { LocalStage } from '../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../tools/local-stage/local-stage';
import { scanTable } from './scan-table';

const recordShape = z.object({
  request_id: z.string(),
  channel_method: z.string(),
  conversation_status: z.string(),
  failure_reason: z.string().optional(),
  created_at: z.string(),
  sent_at: z.string().optional(),
  attention: z.string().optional(),
});

export type LoadRecord = z.infer<typeof recordShape>;

const indexShape = z.object({ primary_channel: z.string(), conversation_id: z.string(), due_at: z.string() });

/** What waits, by its key: in the sparse index, which stays small however large the table grows. */
export interface UnderWay {
  readonly key: ConversationKey;
  readonly dueAt: string;
}

/** What the engine still looks after: messages, and with `bursts` what waits to be read. */
export async function underWay(
  stage: Pick<LocalStage, 'tables'>, { bursts }: { readonly bursts: boolean },
): Promise<readonly UnderWay[]> {
  const items = await scanTable(stage, {
    TableName: resourceNames(LOCAL_STAGE).conversationTable, IndexName: INDEXES.attention.name,
  });
  return items.map((item) => indexShape.parse(item)).flatMap(({ primary_channel, conversation_id, due_at: dueAt }) => {
    const key = { primary_channel, conversation_id };
    return bursts || threadIdOfKey(key) === undefined ? [{ key, dueAt }] : [];
  });
}

/** Messages that are not at rest, as their records are now. */
export async function recordsOf(stage: LocalStage, waiting: readonly UnderWay[]): Promise<readonly LoadRecord[]> {
  const { conversationTable: TableName } = resourceNames(LOCAL_STAGE);
  const found = await Promise.all(waiting.map(async ({ key }) => (
    stage.tables.send(new GetCommand({ TableName, Key: { ...key }, ConsistentRead: true }))
  )));
  return found.flatMap(({ Item }) => recordShape.safeParse(Item).data ?? [])
    .filter(({ attention }) => attention !== undefined);
}

/** Every conversation of the stage. */
export async function allRecords(stage: LocalStage): Promise<readonly LoadRecord[]> {
  const found = await scanTable(stage, {
    TableName: resourceNames(LOCAL_STAGE).conversationTable,
    FilterExpression: 'attribute_exists(conversation_status)',
    ProjectionExpression: Object.keys(recordShape.shape).join(', '),
  });
  return found.map((item) => recordShape.parse(item));
}
