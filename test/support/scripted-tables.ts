import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { toAttributeValues } from '../../src/records/attribute-values';
import type { Item } from '../../src/records/item';
import { TableClient } from '../../src/records/table-client';

/** One page of a query, in plain values. */
export interface ScriptedPage {
  readonly Items?: readonly Item[];
  readonly LastEvaluatedKey?: Item;
}

/** Tables whose every query is answered by `answer`, which is given the SDK's own input. */
export function scriptedTables(answer: (input: unknown) => ScriptedPage | undefined): TableClient {
  const send = ({ input }: { readonly input: object }) => {
    // Single items are never there.
    const page = 'KeyConditionExpression' in input ? answer(input) : undefined;
    const { Items: items = [], LastEvaluatedKey: last } = page ?? {};
    return Promise.resolve({ Items: items.map(toAttributeValues), LastEvaluatedKey: last && toAttributeValues(last) });
  };
  // The SDK's paginators take no other object for a client.
  return new TableClient(Object.assign(new DynamoDBClient({ region: 'eu-west-1' }), { send }));
}

/** Tables whose every call fails. */
export function failingTables(error: Error): TableClient {
  return new TableClient({ send: () => Promise.reject(error) } as never);
}
