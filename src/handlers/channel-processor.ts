import { randomUUID } from 'node:crypto';
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { openAiModel } from '../ai/openai-model';
import type { Channel } from '../core/channel';
import { UNSUBSCRIBE_PATH } from '../core/contract/webhook-query';
import { TIMES } from '../core/lifecycle/limits';
import type { Provider } from '../core/ports/provider';
import type { VendorAdapter } from '../core/ports/vendor';
import { QUEUE_RECEIVES } from '../core/queue-policy';
import { ENGINE_VERSION } from '../core/version';
import { processBatch } from '../processor/process-batch';
import type { ProcessorPorts } from '../processor/processing';
import { SqsChannelQueue } from '../queue/sqs-channel-queue';
import { SqsHandoffQueue } from '../queue/sqs-handoff-queue';
import { SqsTurnQueue } from '../queue/sqs-turn-queue';
import { SqsVisibility } from '../queue/sqs-visibility';
import { DynamoDbDeploymentSenders } from '../records/dynamodb-deployment-senders';
import { DynamoDbDirectory } from '../records/dynamodb-directory';
import { DynamoDbReplyAddresses } from '../records/dynamodb-reply-addresses';
import { DynamoDbThreads } from '../records/dynamodb-threads';
import { queueClient, tableClient } from './aws-clients';
import { optional, queueUrls, required, vendorUrl } from './environment';
import { permittedSecrets } from './permitted-secrets';
import { flushing, powertoolsObserver } from './powertools-observer';
import { reservationReleasingStore } from './reservation-releasing-store';
import { systemClock } from './system-clock';
import { testReplies } from './test-replies';

/** What differs between channels. */
export interface ProcessorChannel {
  readonly channel: Channel;
  readonly vendor: VendorAdapter;
}

/** Builds a channel's handler: clients once a process, then one batch an invocation. */
export function channelProcessor({ channel, vendor }: ProcessorChannel) {
  const queues = queueClient();
  const urls = queueUrls();
  const observer = powertoolsObserver();
  const visibility = new SqsVisibility(queues, urls[channel] ?? '');
  const connection = { baseUrl: vendorUrl(vendor.name), timeoutMilliseconds: TIMES.vendorTimeout, fetch };
  const ports = connect(urls, queues, observer, { send: async (outgoing) => vendor.send(outgoing, connection) });
  const receipts = optional('receiptsUrl');
  const settings = {
    channel,
    processorVersion: ENGINE_VERSION,
    maxReceiveCount: QUEUE_RECEIVES,
    ...(receipts ? { receiptUrl: `${receipts}${vendor.receiptPath}`, unsubscribeUrl: `${receipts}${UNSUBSCRIBE_PATH}` } : {}),
  };

  /** A message that cannot be held stays invisible for the queue's own time, and then comes back. */
  const hold = async ({ receiptHandle, messageId }: SQSRecord, seconds: number): Promise<void> => {
    try {
      await visibility.hold(receiptHandle, seconds);
    } catch (error) {
      observer.count('HoldFailed', { channel });
      observer.error('a queue message could not be held until its next try', error, { item_id: messageId, channel });
    }
  };

  return flushing(observer, async (event: SQSEvent, context: Context): Promise<SQSBatchResponse> => {
    const items = event.Records.map(batchItem);
    const results = await processBatch(items, ports, settings, systemClock.now() + context.getRemainingTimeInMillis());
    const waiting = results.filter((result) => result.outcome !== 'done');
    await Promise.all(event.Records.map(async (record) => {
      const result = waiting.find(({ itemId }) => itemId === record.messageId);
      if (result?.outcome === 'retry') await hold(record, result.afterSeconds);
    }));
    return { batchItemFailures: waiting.map(({ itemId }) => ({ itemIdentifier: itemId })) };
  });
}

function batchItem(record: SQSRecord) {
  return {
    itemId: record.messageId,
    conversationId: record.body,
    receiveCount: Number(record.attributes.ApproximateReceiveCount),
  };
}

function connect(
  urls: ReturnType<typeof queueUrls>,
  queues: ReturnType<typeof queueClient>,
  observer: ReturnType<typeof powertoolsObserver>,
  provider: Provider,
): ProcessorPorts {
  const tables = tableClient();
  const names = { companies: required('companyTable'), conversations: required('conversationTable') };
  const directory = new DynamoDbDirectory(tables, names, systemClock);
  const conversations = reservationReleasingStore(tables, names.conversations, observer);
  const turns = new SqsTurnQueue(queues, required('turnQueueUrl'));
  const handoff = new SqsHandoffQueue(queues, required('handoffQueueUrl'));
  return {
    directory,
    conversations,
    threads: new DynamoDbThreads(tables, names.conversations),
    queue: new SqsChannelQueue(queues, urls),
    handoff,
    testReplies: testReplies(tables, names.conversations, { directory, conversations, handoff, turns, observer }),
    secrets: permittedSecrets(directory),
    model: openAiModel({ requestTimeoutMilliseconds: TIMES.modelTimeout, clock: systemClock }),
    provider,
    senders: new DynamoDbDeploymentSenders(tables, names.conversations),
    replyAddresses: new DynamoDbReplyAddresses(tables, names.conversations),
    clock: systemClock,
    newIdentifier: randomUUID,
    random: Math.random,
    observer,
  };
}
