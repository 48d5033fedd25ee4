import type { ConversationKey } from '../core/lifecycle/conversation';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import { identityOf, isSameAddress, spellingsOf } from '../core/recipient/identity';
import { DynamoDbAddresses } from './dynamodb-addresses';
import { readIdempotencyRecord } from './directory-items';
import type { Item } from './item';
import { addressPartition, idempotencyItemKey } from './item-keys';
import { readConversation } from './read-conversation';
import type { TableClient } from './table-client';

/** Records of the table of conversations by their keys, as they are stored. Strongly consistent. */
export class DynamoDbWatchedRecords {
  private readonly addresses: DynamoDbAddresses;

  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {
    this.addresses = new DynamoDbAddresses(client, table);
  }

  async item({ primary_channel, conversation_id }: ConversationKey): Promise<Item | undefined> {
    return this.client.get(this.table, { primary_channel, conversation_id });
  }

  async conversation(key: ConversationKey) {
    const item = await this.item(key);
    return item && readConversation(item);
  }

  async requested(conversationId: string) {
    const about = parseConversationId(conversationId);
    if (!about) return undefined;
    const item = await this.item(idempotencyItemKey(about.companyId, about.projectId, about.requestId));
    const request = readIdempotencyRecord(item, about);
    if (!request || request.erased_at !== undefined) return undefined;
    const { conversation } = request;
    return conversation.conversation_id === conversationId ? this.conversation(conversation) : undefined;
  }

  /** Of each project that wrote to the person by one of these senders: its newest conversation. */
  async newestOfProjects(
    partition: string,
    senders: readonly string[],
  ): Promise<ReadonlyArray<{ readonly sender: string; readonly conversation: string }>> {
    const prefix = addressPartition('');
    const address = partition.startsWith(prefix) ? partition.slice(prefix.length) : partition;
    const identity = identityOf(address);
    if (identity === undefined) return [];
    const names = [identity, ...(await this.addresses.aliasesOf({ address: identity }))].flatMap(spellingsOf);
    const newest = new Map<string, { readonly sender: string; readonly conversation: string; readonly at: string }>();
    for (const name of names) await this.collect(name, senders, newest);
    return [...newest.values()].map(({ sender, conversation }) => ({ sender, conversation }));
  }

  private async collect(
    name: string,
    senders: readonly string[],
    newest: Map<string, { readonly sender: string; readonly conversation: string; readonly at: string }>,
  ): Promise<void> {
    const query = {
      TableName: this.table,
      KeyConditionExpression: 'primary_channel = :recipient',
      ProjectionExpression: 'conversation_id, created_at, reminder_of, #reply.in_reply_to',
      ExpressionAttributeNames: { '#reply': 'reply' },
      ExpressionAttributeValues: { ':recipient': name },
      ConsistentRead: true,
    };
    for await (const items of this.client.query(query)) {
      for (const { created_at: at, ...item } of items) {
        const conversation = requestedBy(item);
        const about = parseConversationId(conversation);
        const sender = about && senders.find((one) => isSameAddress(one, about.sender));
        if (!about || sender === undefined || typeof at !== 'string') continue;
        const project = JSON.stringify([about.companyId, about.projectId, sender]);
        if ((newest.get(project)?.at ?? '') <= at) newest.set(project, { sender, conversation, at });
      }
    }
  }
}

/** Clients know what they asked for: a reminder or an answer is named by the conversation that it belongs to. */
function requestedBy(item: Readonly<Record<string, unknown>>): string {
  const { conversation_id: own, reminder_of: reminded, reply } = item;
  const answered = typeof reply === 'object' && reply !== null && 'in_reply_to' in reply ? reply.in_reply_to : undefined;
  return String(reminded ?? answered ?? own);
}
