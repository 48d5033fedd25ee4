import type { SQSClient } from '@aws-sdk/client-sqs';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Channel } from '../core/channel';
import type { ChannelQueue } from '../core/ports/channel-queue';
import { messageGroup } from './message-group';

/** The longest delay that SQS takes. */
const DELAY_LIMIT_SECONDS = 900;

/** One standard queue a channel; the body is the conversation's identifier and nothing else. */
export class SqsChannelQueue implements ChannelQueue {
  constructor(
    private readonly client: SQSClient,
    private readonly queueUrls: Readonly<Partial<Record<Channel, string>>>,
  ) {}

  async enqueue({
    channel,
    conversationId,
    company,
    delaySeconds,
  }: Parameters<ChannelQueue['enqueue']>[0]): Promise<void> {
    await this.client.send(
      new SendMessageCommand({
        QueueUrl: this.queueUrls[channel],
        MessageBody: conversationId,
        MessageGroupId: messageGroup(company),
        // A message that comes before it is due is put back by its reader, so a longer delay may be cut.
        ...(delaySeconds !== undefined && {
          DelaySeconds: Math.min(DELAY_LIMIT_SECONDS, Math.max(0, Math.ceil(delaySeconds))),
        }),
      }),
    );
  }
}
