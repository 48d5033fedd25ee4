import type { ScanCommandInput } from '@aws-sdk/lib-dynamodb';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { LocalStage } from '../../tools/local-stage/local-stage';

/** Every item of a table, or of an index of it, that the filter lets through, as it is now. */
export async function scanTable(
  { tables }: Pick<LocalStage, 'tables'>, input: ScanCommandInput,
): Promise<ReadonlyArray<Readonly<Record<string, unknown>>>> {
  const found: Array<Readonly<Record<string, unknown>>> = [];
  const ConsistentRead = input.IndexName === undefined;
  let from: ScanCommandInput['ExclusiveStartKey'];
  do {
    const page = await tables.send(new ScanCommand({ ...input, ConsistentRead, ExclusiveStartKey: from }));
    found.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from);
  return found;
}
