import type { SendTrace, SendTraces } from '../core/ports/message-lookup';
import type { TableClient } from './table-client';
import type { Item } from './item';
import { withRepeatedWords } from './stored-words';

/** The sends to a recipient in DynamoDB: all of a recipient's conversations lie in one partition. */
export class DynamoDbSendTraces implements SendTraces {
  constructor(
    private readonly client: TableClient,
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
    for await (const items of this.client.query(query)) {
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
