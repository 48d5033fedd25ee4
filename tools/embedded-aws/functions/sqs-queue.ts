import { DeleteMessageBatchCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Message } from '@aws-sdk/client-sqs';
import type { AccessKey } from '../services/access-keys';

/** A queue as an event source reads it. */
export interface PolledQueue {
  /** At most 10 messages; waits up to this many seconds (20 at most) for the first. */
  receive(most: number, waitSeconds: number, signal: AbortSignal): Promise<readonly Message[]>;
  delete(messages: readonly Message[]): Promise<void>;
  close(): void;
}

/** SQS's limit of entries a batch. */
const LARGEST_BATCH = 10;

export interface SqsQueueOptions {
  readonly queueUrl: string;
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: AccessKey;
}

export function sqsQueue({ queueUrl, ...connection }: SqsQueueOptions): PolledQueue {
  const client = new SQSClient(connection);
  return {
    receive: async (most, waitSeconds, signal) => {
      const received = await client.send(new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: most,
        WaitTimeSeconds: waitSeconds,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }), { abortSignal: signal });
      return received.Messages ?? [];
    },
    delete: async (messages) => {
      for (let start = 0; start < messages.length; start += LARGEST_BATCH) {
        const entries = messages
          .slice(start, start + LARGEST_BATCH)
          .map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
        const { Failed: failed = [] } = await client.send(
          new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }),
        );
        if (failed.length > 0) {
          throw new Error(
            `Deleting ${failed.length} worked messages failed: ${failed[0]?.Message}. They will be delivered again.`,
          );
        }
      }
    },
    close: () => { client.destroy(); },
  };
}
