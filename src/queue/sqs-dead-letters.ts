import { setTimeout } from 'node:timers/promises';
import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import {
  ChangeMessageVisibilityCommand, DeleteMessageCommand, GetQueueAttributesCommand, GetQueueUrlCommand,
  ListMessageMoveTasksCommand, ReceiveMessageCommand, SendMessageCommand, StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { Channel } from '../core/channel';
import { parseConversationId } from '../core/lifecycle/conversation-id';
import type { ResourceNames } from '../core/names';
import type { DeadLetter, DeadLetters, RedriveResult } from '../core/ports/dead-letters';
import { messageGroup } from './message-group';

/** A channel's dead letters and the queue that they came from. */
interface DeadLetterQueue {
  readonly url: string;
  readonly arn: string;
  readonly sourceUrl: string;
  /** As the queue knows it, which is approximate. */
  readonly count: number;
}

/** Seconds for which a letter that was read is hidden, should the program be stopped before it puts it back. */
const HIDDEN_SECONDS = 20;
const AT_ONCE = 10;
/** Empty answers after which a queue counts as read although it counted more: SQS may ask only some of its servers. */
const EMPTY_ANSWERS = 2;
const POLL_MILLISECONDS = 500;

/** `stop`: the letter is gone from the queue and no other is wanted. */
type Verdict = 'put_back' | 'stop';

/**
 * The dead letters in SQS. Moving one back is safe to repeat: the processor takes up only what the record still asks
 * for, so that no message is sent twice.
 */
export class SqsDeadLetters implements DeadLetters {
  constructor(
    private readonly client: SQSClient,
    private readonly names: Pick<ResourceNames, 'deadLetterQueue' | 'queue'>,
  ) {}

  async look(
    channel: Channel,
    limit: number,
  ): Promise<{ readonly count: number; readonly letters: readonly DeadLetter[] }> {
    const queue = await this.find(channel);
    const found: Message[] = [];
    if (queue.count > 0) {
      await this.read(queue, limit, (letter) => {
        if (found.length < limit) found.push(letter);
        return Promise.resolve('put_back');
      });
    }
    const letters = found.map(({ MessageId: messageId = '', Body: body = '', Attributes: attributes }) => ({
      messageId,
      body,
      sentAt: Number(attributes?.SentTimestamp ?? NaN),
    }));
    return { count: Math.max(queue.count, letters.length), letters };
  }

  /** Sent first and deleted then, so that a stop between the two leaves a harmless second copy and loses nothing. */
  async redriveOne(channel: Channel, messageId: string): Promise<RedriveResult> {
    const queue = await this.find(channel);
    let isMoved = false;
    await this.read(queue, Infinity, async ({ MessageId: id, Body: body = '', ReceiptHandle: handle }) => {
      if (id !== messageId) return 'put_back';
      const MessageGroupId = messageGroup(parseConversationId(body)?.companyId ?? 'unknown');
      await this.client.send(new SendMessageCommand({ QueueUrl: queue.sourceUrl, MessageBody: body, MessageGroupId }));
      await this.client.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle: handle }));
      isMoved = true;
      return 'stop';
    });
    return isMoved ? { outcome: 'moved', moved: 1 } : { outcome: 'not_there' };
  }

  /** By SQS's own task. */
  async redriveAll(channel: Channel, onProgress: (moved: number, toMove: number) => void): Promise<RedriveResult> {
    const { arn, count } = await this.find(channel);
    if (count === 0) return { outcome: 'moved', moved: 0 };
    try {
      await this.client.send(new StartMessageMoveTaskCommand({ SourceArn: arn }));
    } catch (error) {
      const isRunning = error instanceof Error && /already a task running|active task/i.test(error.message);
      if (!isRunning) throw error;
    }
    return this.followTask(arn, onProgress);
  }

  private async followTask(arn: string, onProgress: (moved: number, toMove: number) => void): Promise<RedriveResult> {
    for (;;) {
      const { Results: [task] = [] } = await this.client.send(
        new ListMessageMoveTasksCommand({ SourceArn: arn, MaxResults: 1 }),
      );
      const moved = task?.ApproximateNumberOfMessagesMoved ?? 0;
      onProgress(moved, Math.max(moved, task?.ApproximateNumberOfMessagesToMove ?? 0));
      if (!task || task.Status === 'COMPLETED') return { outcome: 'moved', moved };
      if (task.Status === 'FAILED' || task.Status === 'CANCELLED') {
        return { outcome: 'stopped', moved, why: task.FailureReason ?? 'the task was cancelled' };
      }
      await setTimeout(POLL_MILLISECONDS);
    }
  }

  private async find(channel: Channel): Promise<DeadLetterQueue> {
    const [url, sourceUrl] = await Promise.all([
      this.urlOf(this.names.deadLetterQueue(channel)),
      this.urlOf(this.names.queue(channel)),
    ]);
    const { Attributes: attributes } = await this.client.send(
      new GetQueueAttributesCommand({
        QueueUrl: url,
        AttributeNames: ['QueueArn', 'ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    const visible = Number(attributes?.ApproximateNumberOfMessages ?? 0);
    const hidden = Number(attributes?.ApproximateNumberOfMessagesNotVisible ?? 0);
    return { url, sourceUrl, arn: attributes?.QueueArn ?? '', count: visible + hidden };
  }

  private async urlOf(name: string): Promise<string> {
    const { QueueUrl: url = '' } = await this.client.send(new GetQueueUrlCommand({ QueueName: name }));
    return url;
  }

  /** Gives each letter to `take`, up to a number; one that it puts back is visible again when this resolves. */
  private async read(
    { url, count }: DeadLetterQueue,
    limit: number,
    take: (letter: Message) => Promise<Verdict>,
  ): Promise<void> {
    const seen = new Map<string, string>();
    try {
      const wanted = Math.min(limit, Math.max(count, 1) + AT_ONCE);
      const mayHoldMore = (empty: number) => seen.size < wanted && empty < (seen.size >= count ? 1 : EMPTY_ANSWERS);
      for (let empty = 0, isOver = false; !isOver && mayHoldMore(empty);) {
        const { Messages: letters = [] } = await this.client.send(
          new ReceiveMessageCommand({
            QueueUrl: url,
            MaxNumberOfMessages: AT_ONCE,
            VisibilityTimeout: HIDDEN_SECONDS,
            WaitTimeSeconds: 1,
            MessageSystemAttributeNames: ['All'],
          }),
        );
        empty = letters.length === 0 ? empty + 1 : 0;
        for (const letter of letters) {
          const isKnown = seen.has(letter.MessageId ?? '');
          seen.set(letter.MessageId ?? '', letter.ReceiptHandle ?? '');
          const verdict: Verdict = isKnown || isOver ? 'put_back' : await take(letter);
          if (verdict !== 'put_back') seen.delete(letter.MessageId ?? '');
          isOver ||= verdict === 'stop';
        }
      }
    } finally {
      await Promise.allSettled(
        [...seen.values()].map(async (handle) =>
          this.client.send(
            new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: handle, VisibilityTimeout: 0 }),
          ),
        ),
      );
    }
  }
}
