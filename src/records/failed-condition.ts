import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { fromAttributeValues } from './attribute-values';
import type { Item } from './item';

/** A write whose condition did not hold, with the item that stood in its way if the answer holds it. */
export interface FailedCondition {
  readonly item?: Item;
}

/**
 * What a failed condition reports; every other error is thrown on. Ask for it by `ReturnValuesOnConditionCheckFailure`.
 */
export function failedCondition(error: unknown): FailedCondition {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
  return error.Item ? { item: fromAttributeValues(error.Item) } : {};
}
