import { z } from 'zod';
import { resourceNames } from '../../src/core/names';
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

/** Every conversation of the stage. */
export async function allRecords(stage: LocalStage): Promise<readonly LoadRecord[]> {
  return scan(stage, 'attribute_exists(conversation_status)');
}

/** Those that are not at rest. */
export async function underWay(stage: LocalStage): Promise<readonly LoadRecord[]> {
  return scan(stage, 'attribute_exists(conversation_status) AND attribute_exists(attention)');
}

async function scan(stage: LocalStage, FilterExpression: string): Promise<readonly LoadRecord[]> {
  const found = await scanTable(stage, {
    TableName: resourceNames(LOCAL_STAGE).conversationTable,
    FilterExpression,
    ProjectionExpression: Object.keys(recordShape.shape).join(', '),
  });
  return found.map((item) => recordShape.parse(item));
}
