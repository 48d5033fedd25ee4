import { randomUUID } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { INDEXES } from '../core/indexes';
import type { Audit } from '../core/ports/audit';
import type { Clock } from '../core/ports/clock';
import { ReservationReleasingStore } from '../core/usage/reservation-releasing-store';
import type { OperationPorts } from '../operations/ports';
import { DynamoDbAudit } from '../records/dynamodb-audit';
import { DynamoDbCardHistory } from '../records/dynamodb-card-history';
import { DynamoDbCompanies } from '../records/dynamodb-companies';
import { DynamoDbChatLists } from '../records/dynamodb-chat-lists';
import { DynamoDbConversationIndex } from '../records/dynamodb-conversation-index';
import { DynamoDbConversations } from '../records/dynamodb-conversations';
import { DynamoDbDirectory } from '../records/dynamodb-directory';
import { DynamoDbEndpoints } from '../records/dynamodb-endpoints';
import { DynamoDbEventLog } from '../records/dynamodb-event-log';
import { DynamoDbKeyGrants } from '../records/dynamodb-key-grants';
import { DynamoDbOptOuts } from '../records/dynamodb-opt-outs';
import { DynamoDbPerson } from '../records/dynamodb-person';
import { DynamoDbReplyAddresses } from '../records/dynamodb-reply-addresses';
import { DynamoDbRequestLimits } from '../records/dynamodb-request-limits';
import { DynamoDbRequests } from '../records/dynamodb-requests';
import { DynamoDbTemplateHistory } from '../records/dynamodb-template-history';
import { DynamoDbThreads } from '../records/dynamodb-threads';
import { DynamoDbUsage } from '../records/dynamodb-usage';
import { DynamoDbVerifications } from '../records/dynamodb-verifications';
import { DynamoDbWorkDueIndex } from '../records/dynamodb-work-due-index';
import { TableClient } from '../records/table-client';
import { SHELL_CLOCK } from './shell-clock';
import type { CliStage, StageAccess } from './stage-access';
import { stageAccess } from './stage-access';
import type { CloudPorts } from './stage-cloud';
import { VENDOR_DATA } from './vendor-data';

/** A stage as the use cases see it. */
export interface Stage extends OperationPorts {
  /** As the flag names it. */
  readonly name: CliStage;
  /** Who read or changed what, by the command as by the console. */
  readonly audit: Audit;
  close(): void;
}

/** Audit items of commands stay for as long as any stage keeps its records. */
const AUDIT_DAYS = 365;

const SILENT = { error: () => undefined, count: () => undefined };

/** Loads the adapters that all but the tables need. */
export type LoadCloud = () => Promise<{ readonly cloudPorts: (access: StageAccess, clock: Clock) => CloudPorts }>;

/**
 * The one place where the commands' use cases get their adapters. All but the tables are loaded when they are called.
 */
export function openStage(name: CliStage, projectFolder: string, loadCloud: LoadCloud): Stage {
  const access = stageAccess(name, projectFolder);
  const { names } = access;
  const database = new DynamoDBClient(access.connection);
  const tables = new TableClient(database);
  const { companyTable, conversationTable } = names;
  const usage = new DynamoDbUsage(tables, conversationTable);
  let loading: Promise<CloudPorts> | undefined;
  const cloud = async () => (loading ??= loadCloud().then(({ cloudPorts }) => cloudPorts(access, SHELL_CLOCK)));
  return {
    name,
    names,
    clock: SHELL_CLOCK,
    newIdentifier: randomUUID,
    // An operator's decision ends messages, too. A release that fails runs out by itself, so no operator need know.
    conversations: new ReservationReleasingStore(
      new DynamoDbConversations(tables, conversationTable, randomUUID),
      usage,
      SILENT,
    ),
    usage,
    limits: new DynamoDbRequestLimits(tables, conversationTable),
    directory: new DynamoDbDirectory(
      tables,
      { companies: companyTable, conversations: conversationTable },
      SHELL_CLOCK,
    ),
    requests: new DynamoDbRequests(tables, conversationTable),
    index: new DynamoDbConversationIndex(tables, conversationTable, SHELL_CLOCK),
    reviewsDue: new DynamoDbWorkDueIndex(tables, conversationTable),
    repliesDue: new DynamoDbWorkDueIndex(tables, conversationTable, INDEXES.reply),
    companies: new DynamoDbCompanies(tables, companyTable),
    cardHistory: new DynamoDbCardHistory(tables, companyTable),
    verifications: new DynamoDbVerifications(tables, companyTable),
    templateHistory: new DynamoDbTemplateHistory(tables, companyTable),
    endpoints: new DynamoDbEndpoints(tables, names.eventTable),
    events: new DynamoDbEventLog(tables, names.eventTable),
    allowsLoopback: access.kind === 'local',
    grants: new DynamoDbKeyGrants(tables, companyTable),
    optOuts: new DynamoDbOptOuts(tables, conversationTable),
    audit: new DynamoDbAudit(tables, conversationTable, AUDIT_DAYS),
    people: new DynamoDbPerson(tables, conversationTable),
    replyAddresses: new DynamoDbReplyAddresses(tables, conversationTable),
    threads: new DynamoDbThreads(tables, conversationTable),
    chatLists: new DynamoDbChatLists(tables, conversationTable, SHELL_CLOCK),
    ...whenCalled(cloud, access.kind),
    close: () => {
      database.destroy();
      void loading?.then(({ close }) => {
        close();
      });
    },
  };
}

type Loaded = Pick<OperationPorts, Exclude<keyof CloudPorts, 'close'>>;

/** The ports whose adapters take long to load. */
function whenCalled(cloud: () => Promise<CloudPorts>, kind: 'local' | 'deployed'): Loaded {
  return {
    queue: { enqueue: async (message) => (await cloud()).queue.enqueue(message) },
    deliveries: { call: async (call) => (await cloud()).deliveries.call(call) },
    endpointKey: async () => (await cloud()).endpointKey(),
    deadLetters: {
      look: async (...query) => (await cloud()).deadLetters.look(...query),
      redriveOne: async (...order) => (await cloud()).deadLetters.redriveOne(...order),
      redriveAll: async (...order) => (await cloud()).deadLetters.redriveAll(...order),
    },
    gatewayKeys: {
      create: async (...key) => (await cloud()).gatewayKeys.create(...key),
      attach: async (id) => (await cloud()).gatewayKeys.attach(id),
      remove: async (id) => (await cloud()).gatewayKeys.remove(id),
      read: async (id) => (await cloud()).gatewayKeys.read(id),
      withName: async (name) => (await cloud()).gatewayKeys.withName(name),
      planId: async () => (await cloud()).gatewayKeys.planId(),
    },
    secrets: {
      read: async (name) => (await cloud()).secrets.read(name),
      store: async (...secret) => (await cloud()).secrets.store(...secret),
      list: async () => (await cloud()).secrets.list(),
    },
    consolePeople: { add: async (person) => (await cloud()).consolePeople.add(person) },
    probe: {
      kind,
      caller: async () => (await cloud()).probe.caller(),
      stackStatus: async () => (await cloud()).probe.stackStatus(),
      tableStatus: async (table) => (await cloud()).probe.tableStatus(table),
      hasQueue: async (queue) => (await cloud()).probe.hasQueue(queue),
      alarmSubscribers: async () => (await cloud()).probe.alarmSubscribers(),
      apiUrl: async () => (await cloud()).probe.apiUrl(),
    },
    vendors: {
      ...VENDOR_DATA,
      verifyChannel: async (...order) => (await cloud()).vendors.verifyChannel(...order),
      verifyModel: async (...order) => (await cloud()).vendors.verifyModel(...order),
      callUnsigned: async (url) => (await cloud()).vendors.callUnsigned(url),
    },
    media: {
      list: async (...order) => (await cloud()).media.list(...order),
      open: async (...order) => (await cloud()).media.open(...order),
    },
    model: { fill: async (request) => (await cloud()).model.fill(request) },
  };
}
