import type { SQSClient } from '@aws-sdk/client-sqs';
import { ChangeMessageVisibilityCommand } from '@aws-sdk/client-sqs';

/** Decides when received messages of one queue come back. */
export class SqsVisibility {
  constructor(
    private readonly client: SQSClient,
    private readonly queueUrl: string,
  ) {}

  /** Hides a received message for this many seconds from now, 0 to 43,200. */
  async hold(receiptHandle: string, seconds: number): Promise<void> {
    const hidden = { QueueUrl: this.queueUrl, ReceiptHandle: receiptHandle, VisibilityTimeout: Math.ceil(seconds) };
    await this.client.send(new ChangeMessageVisibilityCommand(hidden));
  }
}
