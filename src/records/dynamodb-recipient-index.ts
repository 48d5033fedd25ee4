import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { ConversationKey } from '../core/conversation';
import { parseConversationId } from '../core/conversation';
import { INDEXES } from '../core/indexes';
import type { RecipientIndex } from '../core/receipt';
import type { Item } from './failed-condition';

const { name: IndexName, partitionKey, sortKey } = INDEXES.recipient;

/** Keys of one page. They are short; a recipient of many companies' messages is rare. */
const PAGE_KEYS = 200;
const PAGES = 5;

/** The conversations of a recipient in DynamoDB, by the index that holds keys only. */
export class DynamoDbRecipientIndex implements RecipientIndex {
  constructor(
    private readonly client: DynamoDBDocumentClient,
    private readonly table: string,
  ) {}

  async newest({ recipient, sender, company }: Parameters<RecipientIndex['newest']>[0]): Promise<ConversationKey | undefined> {
    let start: Item | undefined;
    for (let page = 0; page < PAGES; page += 1) {
      const { Items: items = [], LastEvaluatedKey: last } = await this.client.send(new QueryCommand({
        TableName: this.table,
        IndexName,
        KeyConditionExpression: '#recipient = :recipient',
        // The sender stands at an identifier's end, and DynamoDB compares beginnings only.
        FilterExpression: 'begins_with(conversation_id, :company)',
        ExpressionAttributeNames: { '#recipient': partitionKey },
        ExpressionAttributeValues: { ':recipient': recipient, ':company': `${company}#` },
        ScanIndexForward: false,
        Limit: PAGE_KEYS,
        ...(start ? { ExclusiveStartKey: { ...start } } : {}),
      }));
      const found = items.find((item) => isBetween(item, sender));
      if (found) return { primary_channel: recipient, conversation_id: String(found.conversation_id) };
      if (!last) return undefined;
      start = last;
    }
    return undefined;
  }
}

function isBetween(item: Item, sender: string): boolean {
  return sortKey in item && parseConversationId(String(item.conversation_id))?.sender === sender;
}
