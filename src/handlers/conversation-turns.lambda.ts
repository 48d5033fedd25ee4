import { randomUUID } from 'node:crypto';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { openAiModel } from '../ai/openai-model';
import { takeTurns } from '../conversation/take-turns';
import type { TurnPorts } from '../conversation/turn-ports';
import { TIMES } from '../core/lifecycle/limits';
import { SqsChannelQueue } from '../queue/sqs-channel-queue';
import { SqsHandoffQueue } from '../queue/sqs-handoff-queue';
import { SqsTurnQueue } from '../queue/sqs-turn-queue';
import { SqsVisibility } from '../queue/sqs-visibility';
import { DynamoDbDirectory } from '../records/dynamodb-directory';
import { DynamoDbRequestLimits } from '../records/dynamodb-request-limits';
import { DynamoDbThreads } from '../records/dynamodb-threads';
import { DynamoDbUsage } from '../records/dynamodb-usage';
import { queueClient, tableClient } from './aws-clients';
import { queueUrls, required } from './environment';
import { permittedSecrets } from './permitted-secrets';
import { flushing, powertoolsObserver } from './powertools-observer';
import { reservationReleasingStore } from './reservation-releasing-store';
import { systemClock } from './system-clock';

const tables = tableClient();
const queues = queueClient();
const observer = powertoolsObserver();
const names = { companies: required('companyTable'), conversations: required('conversationTable') };
const directory = new DynamoDbDirectory(tables, names, systemClock);
const ports: TurnPorts = {
  threads: new DynamoDbThreads(tables, names.conversations),
  conversations: reservationReleasingStore(tables, names.conversations, observer),
  directory,
  queue: new SqsChannelQueue(queues, queueUrls()),
  turns: new SqsTurnQueue(queues, required('turnQueueUrl')),
  handoff: new SqsHandoffQueue(queues, required('handoffQueueUrl')),
  secrets: permittedSecrets(directory),
  model: openAiModel({ requestTimeoutMilliseconds: TIMES.modelTimeout, clock: systemClock }),
  limits: new DynamoDbRequestLimits(tables, names.conversations),
  usage: new DynamoDbUsage(tables, names.conversations),
  clock: systemClock,
  newIdentifier: randomUUID,
  observer,
};
const visibility = new SqsVisibility(queues, required('turnQueueUrl'));

/** Reads what recipients wrote, a burst a message. */
export const handler = flushing(observer, async (event: SQSEvent): Promise<SQSBatchResponse> => {
  const items = event.Records.map(({ messageId: itemId, body: threadId }) => ({ itemId, threadId }));
  const waiting = (await takeTurns(items, ports)).filter(({ outcome }) => outcome !== 'done');
  await Promise.all(event.Records.map(async (record) => {
    const result = waiting.find(({ itemId }) => itemId === record.messageId);
    if (result?.outcome === 'retry') await hold(record, result.afterSeconds);
  }));
  return { batchItemFailures: waiting.map(({ itemId }) => ({ itemIdentifier: itemId })) };
});

/** A message that cannot be held stays invisible for the queue's own time, and then comes back. */
async function hold({ receiptHandle, messageId }: SQSRecord, seconds: number): Promise<void> {
  try {
    await visibility.hold(receiptHandle, seconds);
  } catch (error) {
    observer.error('a queue message could not be held until its next try', error, { item_id: messageId });
  }
}
