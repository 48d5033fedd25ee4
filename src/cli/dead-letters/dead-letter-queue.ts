import type { Message, SQSClient } from '@aws-sdk/client-sqs';
import { ChangeMessageVisibilityCommand, GetQueueAttributesCommand, GetQueueUrlCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Channel } from '../../core/channel';
import { awsFailure } from '../command-error';
import type { StageClients } from '../stage-clients';

/** A channel's dead letters and the queue that they came from. */
export interface DeadLetterQueue {
  readonly url: string;
  readonly arn: string;
  readonly sourceUrl: string;
  /** As the queue knows it, which is approximate. */
  readonly count: number;
}

/** Seconds for which a letter that was looked at is hidden, should the command be stopped before it puts it back. */
const LOOKING_SECONDS = 20;
const AT_ONCE = 10;
/** Empty answers after which a queue is taken for read although it counted more: SQS may ask only some of its servers. */
const EMPTY_ANSWERS = 2;

/** `stop`: the letter is gone from the queue and no other is wanted. */
export type Verdict = 'put_back' | 'stop';

export async function findDeadLetters({ queues, names }: StageClients, channel: Channel): Promise<DeadLetterQueue> {
  try {
    const [url, sourceUrl] = await Promise.all([urlOf(queues, names.deadLetterQueue(channel)), urlOf(queues, names.queue(channel))]);
    const { Attributes: attributes } = await queues.send(new GetQueueAttributesCommand({
      QueueUrl: url, AttributeNames: ['QueueArn', 'ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }));
    const count = Number(attributes?.ApproximateNumberOfMessages ?? 0) + Number(attributes?.ApproximateNumberOfMessagesNotVisible ?? 0);
    return { url, sourceUrl, arn: attributes?.QueueArn ?? '', count };
  } catch (error) {
    throw awsFailure(`Looking at the dead letters of ${channel}`, error);
  }
}

async function urlOf(queues: SQSClient, name: string): Promise<string> {
  const { QueueUrl: url = '' } = await queues.send(new GetQueueUrlCommand({ QueueName: name }));
  return url;
}

/** Gives each letter to `take`, up to a number; one that it puts back is visible again when this resolves. */
export async function lookAtLetters(
  queues: SQSClient, { url, count }: DeadLetterQueue, limit: number, take: (letter: Message) => Promise<Verdict>,
): Promise<void> {
  const seen = new Map<string, string>();
  try {
    const wanted = Math.min(limit, Math.max(count, 1) + AT_ONCE);
    const mayHoldMore = (empty: number) => seen.size < wanted && empty < (seen.size >= count ? 1 : EMPTY_ANSWERS);
    for (let empty = 0, isOver = false; !isOver && mayHoldMore(empty);) {
      const { Messages: letters = [] } = await queues.send(new ReceiveMessageCommand({
        QueueUrl: url, MaxNumberOfMessages: AT_ONCE, VisibilityTimeout: LOOKING_SECONDS, WaitTimeSeconds: 1, MessageSystemAttributeNames: ['All'],
      }));
      empty = letters.length === 0 ? empty + 1 : 0;
      for (const letter of letters) {
        const known = seen.has(letter.MessageId ?? '');
        seen.set(letter.MessageId ?? '', letter.ReceiptHandle ?? '');
        const verdict: Verdict = known || isOver ? 'put_back' : await take(letter);
        if (verdict !== 'put_back') seen.delete(letter.MessageId ?? '');
        isOver ||= verdict === 'stop';
      }
    }
  } finally {
    await Promise.allSettled([...seen.values()].map(async (handle) =>
      queues.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle: handle, VisibilityTimeout: 0 }))));
  }
}
