import type { SQSClient } from '@aws-sdk/client-sqs';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { TurnQueue } from '../core/ports/turn-queue';
import { messageGroup } from './message-group';

/** The longest delay that SQS takes. */
const DELAY_LIMIT_SECONDS = 900;

/** One standard queue; the body is the thread's identifier and nothing else. */
export class SqsTurnQueue implements TurnQueue {
  constructor(
    private readonly client: SQSClient,
    private readonly queueUrl: string,
  ) {}

  async enqueue({ threadId, company, delaySeconds = 0 }: Parameters<TurnQueue['enqueue']>[0]): Promise<void> {
    await this.client.send(
      new SendMessageCommand({
        QueueUrl: this.queueUrl,
        MessageBody: threadId,
        MessageGroupId: messageGroup(company),
        // A burst that is not due when its message comes is put back by its reader, so a longer delay may be cut.
        DelaySeconds: Math.min(DELAY_LIMIT_SECONDS, Math.max(0, Math.ceil(delaySeconds))),
      }),
    );
  }
}
