import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import type { Context } from 'aws-lambda';
import { TIMES } from '../core/lifecycle/limits';
import { ofEachChannel } from '../core/channel';
import type { MessageLookup } from '../core/ports/message-lookup';
import { VENDORS } from '../providers/vendors';
import { SqsChannelQueue } from '../queue/sqs-channel-queue';
import { reconcile } from '../reconciler/reconcile';
import type { ReconcileResult } from '../reconciler/reconcile';
import type { ReconcilerPorts } from '../reconciler/reconciler-ports';
import { DynamoDbWorkDueIndex } from '../records/dynamodb-work-due-index';
import { DynamoDbDirectory } from '../records/dynamodb-directory';
import { DynamoDbSendTraces } from '../records/dynamodb-send-traces';
import { SecretsManagerSecrets } from '../secrets/secrets-manager';
import { queueClient, tableClient } from './aws-clients';
import { queueUrls, required, vendorUrl } from './environment';
import { flushing, powertoolsObserver } from './powertools-observer';
import { reservationReleasingStore } from './reservation-releasing-store';
import { systemClock } from './system-clock';

/** Records that one run checks at most. */
const RECORDS = 250;
/** Milliseconds that the last record begun may take: a vendor's answer, and the writes around it. */
const LAST_RECORD = TIMES.vendorTimeout + 8_000;

const tables = tableClient();
const observer = powertoolsObserver();
const names = { companies: required('companyTable'), conversations: required('conversationTable') };
const ports: ReconcilerPorts = {
  workDue: new DynamoDbWorkDueIndex(tables, names.conversations),
  conversations: reservationReleasingStore(tables, names.conversations, observer),
  traces: new DynamoDbSendTraces(tables, names.conversations),
  directory: new DynamoDbDirectory(tables, names, systemClock),
  secrets: new SecretsManagerSecrets(new SecretsProvider()),
  lookups: ofEachChannel((channel): MessageLookup => {
    const { findMessages, settleAfter, name } = VENDORS[channel];
    if (!findMessages) return { settleAfter };
    const connection = { baseUrl: vendorUrl(name), timeoutMilliseconds: TIMES.vendorTimeout, fetch };
    return { settleAfter, find: async (query) => findMessages(query, connection) };
  }),
  queue: new SqsChannelQueue(queueClient(), queueUrls()),
  clock: systemClock,
  observer,
};

/** Runs each minute; answers how often it did what. */
export const handler = flushing(observer, async (_event: unknown, context: Context): Promise<ReconcileResult> =>
  reconcile(ports, {
    records: RECORDS,
    finishBy: systemClock.now() + context.getRemainingTimeInMillis() - LAST_RECORD,
  }),
);
