import type { SQSClient } from '@aws-sdk/client-sqs';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { HandoffQueue } from '../core/ports/channel-queue';
import { messageGroup } from './message-group';

/** The queue of what a person has to see: identifiers and a word of why, as JSON. */
export class SqsHandoffQueue implements HandoffQueue {
  constructor(
    private readonly client: SQSClient,
    private readonly queueUrl: string,
  ) {}

  async handOff({ conversationId, company, reason }: Parameters<HandoffQueue['handOff']>[0]): Promise<void> {
    await this.client.send(
      new SendMessageCommand({
        QueueUrl: this.queueUrl,
        MessageBody: JSON.stringify({ conversation_id: conversationId, company_id: company, reason }),
        MessageGroupId: messageGroup(company),
      }),
    );
  }
}
