import type { ConversationKey } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import type { RecipientConversations } from '../core/ports/receipt';
import { isSameAddress } from '../core/recipient/identity';
import { DynamoDbAddresses } from './dynamodb-addresses';
import type { TableClient } from './table-client';
import type { Item } from './item';

/**
 * Pages of a megabyte: some three thousand conversations of one company with one person, far beyond what retention
 * leaves of them.
 */
const PAGES = 10;

/**
 * The conversations of a recipient in DynamoDB. The table's own key finds them: an index would sort them by time, and
 * be paid for with each message, where a person's conversations with a company are few and an answer to one is rarer
 * still.
 */
export class DynamoDbRecipientConversations implements RecipientConversations {
  private readonly addresses: DynamoDbAddresses;

  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {
    this.addresses = new DynamoDbAddresses(client, table);
  }

  async newest({
    recipient, sender, company,
  }: Parameters<RecipientConversations['newest']>[0]): Promise<ConversationKey | undefined> {
    const partitions = await this.addresses.partitionsOf(recipient, company);
    const found = await Promise.all(partitions.map(async (partition) => this.newestIn(partition, sender, company)));
    const newest = found.reduce((one, other) => (other ? later(one, other) : one), undefined);
    return (
      newest && { primary_channel: String(newest.primary_channel), conversation_id: String(newest.conversation_id) }
    );
  }

  private async newestIn(partition: string, sender: string, company: string): Promise<Item | undefined> {
    const query = {
      TableName: this.table,
      KeyConditionExpression: 'primary_channel = :recipient AND begins_with(conversation_id, :company)',
      ProjectionExpression: 'primary_channel, conversation_id, created_at',
      ExpressionAttributeValues: { ':recipient': partition, ':company': `${company}#` },
      ConsistentRead: true,
    };
    let found: Item | undefined;
    let pages = 0;
    for await (const items of this.client.query(query)) {
      found = items.filter((item) => isBetween(item, sender)).reduce(later, found);
      pages += 1;
      if (pages === PAGES) break;
    }
    return found;
  }
}

/** The sender stands at an identifier's end, and DynamoDB compares beginnings only. */
function isBetween({ conversation_id: id }: Item, sender: string): boolean {
  return isSameAddress(parseConversationId(String(id))?.sender ?? '', sender);
}

function later(one: Item | undefined, other: Item): Item {
  return one !== undefined && madeAt(one) >= madeAt(other) ? one : other;
}

/** What has no date comes before all that has one. */
function madeAt({ created_at: at }: Item): string {
  return typeof at === 'string' ? at : '';
}
