import type { RunLease } from '../core/ports/run-lease';
import { failedCondition } from './failed-condition';
import { runLeaseKey } from './item-keys';
import type { TableClient } from './table-client';

/** A lease in one item of the table of conversations. Repeatable: the SDK repeats a write whose answer was lost. */
export class DynamoDbRunLease implements RunLease {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
    /** Whose runs it keeps apart. */
    private readonly name: string,
  ) {}

  take({ owner, now, until }: Parameters<RunLease['take']>[0]): Promise<boolean> {
    return this.write({
      UpdateExpression: 'SET lease_owner = :owner, held_until = :until',
      ConditionExpression: 'attribute_not_exists(held_until) OR held_until <= :now OR lease_owner = :owner',
      ExpressionAttributeValues: { ':owner': owner, ':until': until, ':now': now },
    });
  }

  async release(owner: string): Promise<void> {
    await this.write({
      UpdateExpression: 'REMOVE lease_owner, held_until',
      ConditionExpression: 'lease_owner = :owner',
      ExpressionAttributeValues: { ':owner': owner },
    });
  }

  /** False if another run holds it. */
  private async write(change: {
    readonly UpdateExpression: string;
    readonly ConditionExpression: string;
    readonly ExpressionAttributeValues: Readonly<Record<string, unknown>>;
  }): Promise<boolean> {
    try {
      await this.client.update({ TableName: this.table, Key: runLeaseKey(this.name), ...change });
      return true;
    } catch (error) {
      failedCondition(error);
      return false;
    }
  }
}
