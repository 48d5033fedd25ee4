import { randomUUID } from 'node:crypto';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { openAiModel } from '../ai/openai-model';
import { answerCall } from '../console-api/answer-call';
import { PageFiles } from '../console-api/page/page-files';
import type { ConsolePorts } from '../console-api/routes/route';
import { OidcProvider } from '../console-api/session/oidc-provider';
import { INDEXES } from '../core/indexes';
import { resourceNames } from '../core/names';
import { SqsChannelQueue } from '../queue/sqs-channel-queue';
import { SqsDeadLetters } from '../queue/sqs-dead-letters';
import { SqsDeliveryQueue } from '../queue/sqs-delivery-queue';
import { DynamoDbAudit } from '../records/dynamodb-audit';
import { DynamoDbCardHistory } from '../records/dynamodb-card-history';
import { DynamoDbChatLists } from '../records/dynamodb-chat-lists';
import { DynamoDbConversationIndex } from '../records/dynamodb-conversation-index';
import { DynamoDbDirectory } from '../records/dynamodb-directory';
import { DynamoDbEndpoints } from '../records/dynamodb-endpoints';
import { DynamoDbKeyGrants } from '../records/dynamodb-key-grants';
import { DynamoDbRequestLimits } from '../records/dynamodb-request-limits';
import { DynamoDbRequests } from '../records/dynamodb-requests';
import { DynamoDbSessions } from '../records/dynamodb-sessions';
import { DynamoDbTemplateHistory } from '../records/dynamodb-template-history';
import { DynamoDbThreads } from '../records/dynamodb-threads';
import { DynamoDbUsage } from '../records/dynamodb-usage';
import { DynamoDbVerifications } from '../records/dynamodb-verifications';
import { DynamoDbWorkDueIndex } from '../records/dynamodb-work-due-index';
import { KeptCompanyList } from '../records/kept-company-list';
import { EndpointKey } from '../secrets/endpoint-key';
import { SecretsManagerVault } from '../secrets/secret-vault';
import { CloudWatchAlarms } from '../stage-probe/cloudwatch-alarms';
import { queueClient, tableClient } from './aws-clients';
import { optional, queueUrls, required } from './environment';
import { pageCall, pageResult } from './page-event';
import { pageReader } from './page-reader';
import { flushing, powertoolsObserver } from './powertools-observer';
import { reservationReleasingStore } from './reservation-releasing-store';
import { systemClock } from './system-clock';

const MODEL_TIME = 20_000;
const tables = tableClient();
const names = { companies: required('companyTable'), conversations: required('conversationTable') };
const observer = powertoolsObserver();
const queues = queueClient();
const stage = required('stage');
const resources = resourceNames(stage);
const secretsClient = new SecretsManagerClient({});
const secrets = new SecretsManagerVault(secretsClient);
const endpointKey = new EndpointKey(secretsClient, resources.endpointKeySecret);
const isLoopback = optional('consoleHttp') === 'loopback';
const page = pageReader(optional('consolePage'), isLoopback);
const files = new PageFiles(page.read);

const ports: ConsolePorts = {
  stage,
  names: resources,
  get version() { return page.version(); },
  clock: systemClock,
  newIdentifier: randomUUID,
  sessions: new DynamoDbSessions(tables, names.conversations),
  alarms: new CloudWatchAlarms(new CloudWatchClient({}), stage),
  audit: new DynamoDbAudit(tables, names.conversations, Number(required('retentionDays'))),
  provider: new OidcProvider({
    issuer: required('consoleIssuer'),
    clientId: required('consoleClientId'),
    clientSecret,
    rolesClaim: required('consoleRolesClaim'),
    roleMap: roleMap(),
    allowHttp: isLoopback,
  }),
  conversations: reservationReleasingStore(tables, names.conversations, observer),
  usage: new DynamoDbUsage(tables, names.conversations),
  limits: new DynamoDbRequestLimits(tables, names.conversations),
  directory: new DynamoDbDirectory(tables, names, systemClock),
  requests: new DynamoDbRequests(tables, names.conversations),
  index: new DynamoDbConversationIndex(tables, names.conversations, systemClock),
  reviewsDue: new DynamoDbWorkDueIndex(tables, names.conversations),
  repliesDue: new DynamoDbWorkDueIndex(tables, names.conversations, INDEXES.reply),
  companies: new KeptCompanyList(tables, names.companies, systemClock),
  grants: new DynamoDbKeyGrants(tables, names.companies),
  endpoints: new DynamoDbEndpoints(tables, required('eventTable')),
  endpointKey: async () => endpointKey.readOrMake(),
  deliveries: new SqsDeliveryQueue(queues, required('deliveryQueueUrl')),
  cardHistory: new DynamoDbCardHistory(tables, names.companies),
  verifications: new DynamoDbVerifications(tables, names.companies),
  templateHistory: new DynamoDbTemplateHistory(tables, names.companies),
  threads: new DynamoDbThreads(tables, names.conversations),
  chatLists: new DynamoDbChatLists(tables, names.conversations, systemClock),
  queue: new SqsChannelQueue(queues, queueUrls()),
  deadLetters: new SqsDeadLetters(queues, resources),
  secrets,
  model: openAiModel({ requestTimeoutMilliseconds: MODEL_TIME, clock: systemClock }),
};

/** Every call of the console's address. */
export const handler = flushing(
  observer,
  async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const call = pageCall(event, isLoopback);
    return pageResult(call, await answerCall(call, event.rawQueryString, ports, files, observer));
  },
);

async function clientSecret(): Promise<string | undefined> {
  const name = optional('consoleClientSecret');
  if (name === undefined) return undefined;
  const secret = await secrets.read(name);
  if (secret.state === 'found' && secret.fields.client_secret) return secret.fields.client_secret;
  throw new Error(`Signing in failed: the secret ${name} has no field client_secret. Store it, then sign in again.`);
}

function roleMap(): Readonly<Record<string, string>> {
  const map: Readonly<Record<string, unknown>> = JSON.parse(required('consoleRoleMap'));
  return Object.fromEntries(Object.entries(map).map(([group, role]) => [group, String(role)]));
}
