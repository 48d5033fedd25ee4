import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { toAttributeValues } from '../../src/records/attribute-values';
import type { TableUpdate } from '../../src/records/table-client';
import { TableClient } from '../../src/records/table-client';

/** dynalite tells no item with a failed condition, as DynamoDB does where a write asks for it: these tables do. */
export class ItemTellingTables extends TableClient {
  /** Called after each failed condition: what others do between that answer and the next write. */
  afterRefusal: () => Promise<void> = () => Promise.resolve();

  override async update(input: TableUpdate) {
    try {
      return await super.update(input);
    } catch (error) {
      const isTold = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
      if (!(error instanceof ConditionalCheckFailedException) || !isTold || input.TableName === undefined) throw error;
      const item = await this.get(input.TableName, input.Key);
      await this.afterRefusal();
      if (!item) throw error;
      throw new ConditionalCheckFailedException({
        $metadata: error.$metadata, message: error.message, Item: toAttributeValues(item),
      });
    }
  }
}
