import type { Context } from 'aws-lambda';
import { TIMES } from '../core/lifecycle/limits';
import { ofEachChannel } from '../core/channel';
import { INDEXES } from '../core/indexes';
import type { MessageLookup } from '../core/ports/message-lookup';
import { VENDORS } from '../providers/vendors';
import { SqsChannelQueue } from '../queue/sqs-channel-queue';
import { SqsTurnQueue } from '../queue/sqs-turn-queue';
import { reconcile } from '../reconciler/reconcile';
import type { ReconcileResult } from '../reconciler/reconcile';
import { runAlone } from '../reconciler/run-alone';
import type { ReconcilerPorts } from '../reconciler/reconciler-ports';
import { DynamoDbWorkDueIndex } from '../records/dynamodb-work-due-index';
import { DynamoDbDirectory } from '../records/dynamodb-directory';
import { DynamoDbRequestLimits } from '../records/dynamodb-request-limits';
import { DynamoDbRunLease } from '../records/dynamodb-run-lease';
import { DynamoDbSendTraces } from '../records/dynamodb-send-traces';
import { DynamoDbThreads } from '../records/dynamodb-threads';
import { queueClient, tableClient } from './aws-clients';
import { queueUrls, required, vendorUrl } from './environment';
import { permittedSecrets } from './permitted-secrets';
import { flushing, powertoolsObserver } from './powertools-observer';
import { reservationReleasingStore } from './reservation-releasing-store';
import { systemClock } from './system-clock';

/** Records that one run checks at most: so many messages may be wanted at one moment, ten times over. */
const RECORDS = 1000;
/** Milliseconds that the last record begun may take: a vendor's answer, and the writes around it. */
const LAST_RECORD = TIMES.vendorTimeout + 8_000;

const tables = tableClient();
const queues = queueClient();
const observer = powertoolsObserver();
const names = { companies: required('companyTable'), conversations: required('conversationTable') };
const lease = new DynamoDbRunLease(tables, names.conversations, 'reconciler');
const directory = new DynamoDbDirectory(tables, names, systemClock);
const ports: ReconcilerPorts = {
  workDue: new DynamoDbWorkDueIndex(tables, names.conversations),
  repliesDue: new DynamoDbWorkDueIndex(tables, names.conversations, INDEXES.reply),
  conversations: reservationReleasingStore(tables, names.conversations, observer),
  traces: new DynamoDbSendTraces(tables, names.conversations),
  directory,
  limits: new DynamoDbRequestLimits(tables, names.conversations),
  secrets: permittedSecrets(directory),
  lookups: ofEachChannel((channel): MessageLookup => {
    const { findMessages, settleAfter, name } = VENDORS[channel];
    if (!findMessages) return { settleAfter };
    const connection = { baseUrl: vendorUrl(name), timeoutMilliseconds: TIMES.vendorTimeout, fetch };
    return { settleAfter, find: async (query) => findMessages(query, connection) };
  }),
  queue: new SqsChannelQueue(queues, queueUrls()),
  threads: new DynamoDbThreads(tables, names.conversations),
  turns: new SqsTurnQueue(queues, required('turnQueueUrl')),
  clock: systemClock,
  observer,
};

/** Runs each minute; answers how often it did what. */
export const handler = flushing(observer, async (_event: unknown, context: Context): Promise<ReconcileResult> => {
  const now = systemClock.now();
  const until = now + context.getRemainingTimeInMillis();
  const bounds = { records: RECORDS, finishBy: until - LAST_RECORD };
  return runAlone({ owner: context.awsRequestId, now, until }, { lease, observer }, () => reconcile(ports, bounds));
});
