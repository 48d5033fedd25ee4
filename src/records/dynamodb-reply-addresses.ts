import type { AnsweredMail, ReplyAddresses } from '../core/ports/reply-addresses';
import { replyToken } from '../core/recipient/reply-address';
import { replyAddressKey } from './item-keys';
import type { TableClient } from './table-client';

/** The addresses that replies to mails go to, an item each. */
export class DynamoDbReplyAddresses implements ReplyAddresses {
  constructor(
    private readonly client: TableClient,
    private readonly table: string,
  ) {}

  async keep({ conversationId, attemptId, timeToLive }: AnsweredMail & { readonly timeToLive: number }): Promise<void> {
    await this.client.put({
      TableName: this.table,
      Item: {
        ...replyAddressKey(replyToken(attemptId)),
        reply_to: conversationId,
        attempt_id: attemptId,
        time_to_live: timeToLive,
      },
    });
  }

  async find(token: string): Promise<AnsweredMail | undefined> {
    const item = await this.client.get(this.table, replyAddressKey(token));
    const { reply_to: conversationId, attempt_id: attemptId } = item ?? {};
    return typeof conversationId === 'string' && typeof attemptId === 'string'
      ? { conversationId, attemptId }
      : undefined;
  }

  async remove({ attempt_ids: attempts = [] }: Parameters<ReplyAddresses['remove']>[0]): Promise<void> {
    for (const attempt of attempts) {
      await this.client.delete({ TableName: this.table, Key: replyAddressKey(replyToken(attempt)) });
    }
  }
}
