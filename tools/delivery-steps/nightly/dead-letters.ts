import type { SQSClient } from '@aws-sdk/client-sqs';
import { GetQueueAttributesCommand, GetQueueUrlCommand, QueueDoesNotExist } from '@aws-sdk/client-sqs';
import { CHANNELS } from '../../../src/core/channel';
import { resourceNames } from '../../../src/core/names';
import type { CheckReport } from './check-report';

/** Counts what lies in the stage's dead-letter queues; nothing should. */
export async function checkDeadLetters(client: Pick<SQSClient, 'send'>, stage: string): Promise<CheckReport> {
  const title = `Stage ${stage} has dead letters`;
  const names = resourceNames(stage);
  const counted = await Promise.all(CHANNELS.map(async (channel) => {
    const queue = names.deadLetterQueue(channel);
    return { queue, messages: await messagesIn(client, queue) };
  }));
  if (counted.every(({ messages }) => messages === undefined)) {
    return { title, state: 'unknown', body: `The stage ${stage} was never deployed.` };
  }
  const faulty = counted.filter(({ messages }) => messages !== 0);
  if (faulty.length === 0) return { title, state: 'clean', body: 'No dead-letter queue holds a message.' };
  const rows = faulty.map(
    ({ queue, messages }) => `| \`${queue}\` | ${messages === undefined ? 'does not exist' : String(messages)} |`,
  );
  const body = [
    'Messages that could not be processed wait for a decision: see docs/runbook.md, then redrive or delete them.',
    ['| queue | messages |', '| --- | --- |', ...rows].join('\n'),
  ];
  return { title, state: 'found', body: body.join('\n\n') };
}

/** Undefined if the queue does not exist. */
async function messagesIn(client: Pick<SQSClient, 'send'>, queue: string): Promise<number | undefined> {
  try {
    const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: queue }));
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] }),
    );
    return Number(Attributes?.ApproximateNumberOfMessages ?? 0);
  } catch (cause) {
    if (cause instanceof QueueDoesNotExist) return undefined;
    throw cause;
  }
}
