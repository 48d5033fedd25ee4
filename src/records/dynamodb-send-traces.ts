import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { SendTrace, SendTraces } from '../core/ports/message-lookup';
import type { Item } from './failed-condition';
import { withRepeatedWords } from './stored-words';

/** The sends to a recipient in DynamoDB: all of a recipient's conversations lie in one partition. */
export class DynamoDbSendTraces implements SendTraces {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly table: string,
  ) {}

  async tracesOf(recipient: string): Promise<readonly SendTrace[]> {
    const traces: SendTrace[] = [];
    const query = {
      TableName: this.table,
      KeyConditionExpression: 'primary_channel = :recipient',
      FilterExpression: 'attempt_count > :none',
      ProjectionExpression: 'conversation_id, vendor_message_id, composition, messages',
      ExpressionAttributeValues: { ':recipient': recipient, ':none': 0 },
      ConsistentRead: true,
    };
    for await (const { Items: items = [] } of paginateQuery({ client: this.client }, query)) {
      traces.push(...items.map(readTrace));
    }
    return traces;
  }
}

function readTrace(item: Item): SendTrace {
  const { conversation_id, vendor_message_id, composition } = withRepeatedWords(item);
  return {
    conversation_id: String(conversation_id),
    ...(vendor_message_id === undefined ? {} : { vendor_message_id }),
    ...(composition ? { text: composition.filled.text } : {}),
  };
}
