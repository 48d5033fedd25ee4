import { randomUUID } from 'node:crypto';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import type { Channel } from '../core/channel';
import { UNSUBSCRIBE_PATH } from '../core/contract/webhook-query';
import type { Provider } from '../core/ports/provider';
import type { WebhookAnswer } from '../core/ports/receipt';
import { readMail } from '../mail/read-mail';
import { CONFIRMING_CHANNELS, VENDORS, WEBHOOKS } from '../providers/vendors';
import { SqsHandoffQueue } from '../queue/sqs-handoff-queue';
import { SqsTurnQueue } from '../queue/sqs-turn-queue';
import type { WebhookPorts } from '../receipts/receipt-ports';
import { receiveWebhook } from '../receipts/receive-webhook';
import { unsubscribe } from '../receipts/unsubscribe';
import { REFUSED } from '../receipts/webhook-answer';
import { DynamoDbAddresses } from '../records/dynamodb-addresses';
import { DynamoDbDeploymentSenders } from '../records/dynamodb-deployment-senders';
import { DynamoDbDirectory } from '../records/dynamodb-directory';
import { DynamoDbRecipientConversations } from '../records/dynamodb-recipient-conversations';
import { DynamoDbReplyAddresses } from '../records/dynamodb-reply-addresses';
import { DynamoDbThreads } from '../records/dynamodb-threads';
import { queueClient, tableClient } from './aws-clients';
import { required, vendorUrl } from './environment';
import { permittedSecrets } from './permitted-secrets';
import { flushing, powertoolsObserver } from './powertools-observer';
import { reservationReleasingStore } from './reservation-releasing-store';
import { systemClock } from './system-clock';
import { webhookCall } from './webhook-call';

const tables = tableClient();
const queues = queueClient();
const observer = powertoolsObserver();
const names = { companies: required('companyTable'), conversations: required('conversationTable') };
const baseUrl = required('receiptsUrl');
const directory = new DynamoDbDirectory(tables, names, systemClock);
/** Milliseconds: the vendor of the webhook waits meanwhile. */
const CONFIRMATION_TIME = 5_000;

const ports: WebhookPorts = {
  directory,
  conversations: reservationReleasingStore(tables, names.conversations, observer),
  aliases: new DynamoDbAddresses(tables, names.conversations),
  recipients: new DynamoDbRecipientConversations(tables, names.conversations),
  senders: new DynamoDbDeploymentSenders(tables, names.conversations),
  threads: new DynamoDbThreads(tables, names.conversations),
  replyAddresses: new DynamoDbReplyAddresses(tables, names.conversations),
  readMail,
  handoff: new SqsHandoffQueue(queues, required('handoffQueueUrl')),
  turns: new SqsTurnQueue(queues, required('turnQueueUrl')),
  confirming: Object.fromEntries(CONFIRMING_CHANNELS.map((channel) => [channel, providerOf(channel)])),
  secrets: permittedSecrets(directory),
  clock: systemClock,
  newIdentifier: randomUUID,
  observer,
};

function providerOf(channel: Channel): Provider {
  const { name, send } = VENDORS[channel];
  const connection = { baseUrl: vendorUrl(name), timeoutMilliseconds: CONFIRMATION_TIME, fetch };
  return { send: async (outgoing) => send(outgoing, connection) };
}

/** Every webhook of every vendor, and the page on which recipients opt out, by route. */
export const handler = flushing(observer, async (event: APIGatewayProxyEvent): Promise<APIGatewayProxyResult> => {
  if (event.resource.startsWith(UNSUBSCRIBE_PATH)) {
    return asResult(await unsubscribe({ method: event.httpMethod, token: event.pathParameters?.token ?? '' }, ports));
  }
  const served = WEBHOOKS.find(({ webhook }) => webhook.path === event.resource);
  const answer = served ? await receiveWebhook(served, webhookCall(event, baseUrl), ports) : REFUSED;
  return asResult(answer);
});

function asResult({ status, headers, body }: WebhookAnswer): APIGatewayProxyResult {
  return { statusCode: status, headers: { ...headers }, body };
}
