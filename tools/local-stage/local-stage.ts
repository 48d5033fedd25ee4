import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { LOCAL_STAGE_NAME } from '../../src/core/local-access';
import { resourceNames } from '../../src/core/names';
import { ENV_VARS } from '../../src/core/env-vars';
import { vendorUrlVariable } from '../../src/core/ports/vendor';
import { ofEach } from '../../src/core/of-each';
import type { VendorUrls } from '../../src/core/vendor-urls';
import { VENDOR_NAMES, VENDOR_URLS } from '../../src/providers/vendors';
import { idempotencyItemKey } from '../../src/records/item-keys';
import { TableClient } from '../../src/records/table-client';
import { PAGE_FOLDER } from '../console-page/page-folder';
import type { EmbeddedCloud } from '../embedded-aws/embedded-cloud';
import { startEmbeddedCloud } from '../embedded-aws/embedded-cloud';
import type { LogLine } from '../embedded-aws/functions/captured-log';
import type { VendorOptions, Vendors } from '../vendor-simulators/start-vendors';
import { startVendors } from '../vendor-simulators/start-vendors';
import type { LocalIssuer } from '../local-issuer/local-issuer';
import { startLocalIssuer } from '../local-issuer/local-issuer';
import { onboardSampleCompany } from './sample/onboard';
import { SAMPLE_PEOPLE } from './sample/people';
import { SAMPLE } from './sample/company';

/** The stage whose synthesised stack runs on this machine. */
export const LOCAL_STAGE = LOCAL_STAGE_NAME;

export interface LocalStageOptions {
  readonly projectFolder: string;
  readonly assemblyFolder: string;
  readonly port?: number;
  /** Of the console; a free one unless given. */
  readonly consolePort?: number;
  /** Words of which each is part of exactly one function's name: a debugger can be attached to it. */
  readonly inspect?: readonly string[];
  readonly onProgress?: (line: string) => void;
  readonly vendors?: VendorOptions;
  /** A real key: the real model is asked instead of the simulated one. */
  readonly openAiKey?: string;
  /** Name of the folder below `.local`, so that several stages may run side by side. */
  readonly name?: string;
  /** Variables of every function's process, above all others. */
  readonly functionEnvironment?: Readonly<Record<string, string>>;
  /** Whether schedules run by the clock (the default); without it only by `cloud.runSchedule`. */
  readonly runsSchedules?: boolean;
  /** Receives each line that a function, Lambda or the access log writes. */
  readonly onLogLine?: (line: LogLine) => void;
}

/** The embedded cloud with simulated vendors and the sample company, ready to take requests. */
export interface LocalStage {
  readonly url: string;
  readonly apiKey: string;
  readonly cloud: EmbeddedCloud;
  readonly vendors: Vendors;
  /** The console's address; absent where the stage has none. */
  readonly consoleUrl?: string;
  /** Who lets people in to the console. */
  readonly issuer: LocalIssuer;
  /** Where the stage reaches the vendors: their simulators, or the real model. */
  readonly vendorUrls: VendorUrls;
  /** Reads tables as the administrator. */
  readonly tables: DynamoDBDocumentClient;
  /** The same for the engine's own adapters. */
  readonly records: TableClient;
  /** The record of a request of the sample company (of its first project); undefined while there is none. */
  conversation(requestId: string, projectId?: string): Promise<Readonly<Record<string, unknown>> | undefined>;
  stop(): Promise<void>;
}

export async function startLocalStage(options: LocalStageOptions): Promise<LocalStage> {
  const progress = options.onProgress ?? (() => undefined);
  const vendors = await startVendors(options.vendors);
  const issuer = await startLocalIssuer(SAMPLE_PEOPLE);
  try {
    const cloud = await startEmbeddedCloud({
      assemblyFolder: options.assemblyFolder,
      stackName: resourceNames(LOCAL_STAGE).stack,
      stateFolder: join(options.projectFolder, '.local', options.name ?? 'stage'),
      vendorEnvironment: ({ apiUrl }) => ({
        ...vendorEnvironment(apiUrl, vendors, options.openAiKey),
        ...consoleEnvironment(issuer, options.projectFolder),
        ...options.functionEnvironment,
      }),
      onProgress: progress,
      ...(options.port === undefined ? {} : { port: options.port }),
      ...(options.consolePort === undefined ? {} : { httpApiPort: options.consolePort }),
      ...(options.inspect === undefined ? {} : { inspect: options.inspect }),
      ...(options.runsSchedules === undefined ? {} : { runsSchedules: options.runsSchedules }),
      ...(options.onLogLine ? { onLogLine: options.onLogLine } : {}),
    });
    try {
      return await onboard(cloud, vendors, issuer, options.openAiKey);
    } catch (error) {
      await cloud.stop();
      throw error;
    }
  } catch (error) {
    await issuer.stop();
    await vendors.stop();
    throw error;
  }
}

async function onboard(
  cloud: EmbeddedCloud, vendors: Vendors, issuer: LocalIssuer, openAiKey: string | undefined,
): Promise<LocalStage> {
  const apiKey = cloud.createApiKey({ name: `${SAMPLE.companyId}-sample` }).value;
  const {
    apiUrl,
    awsEndpoint: endpoint,
    template: { region },
    services: { administratorCredentials: credentials },
  } = cloud;
  const access = { apiUrl, endpoint, region, credentials };
  await onboardSampleCompany(LOCAL_STAGE, access, apiKey, vendors, openAiKey);
  const database = new DynamoDBClient(access);
  const tables = DynamoDBDocumentClient.from(database);
  return {
    url: cloud.apiUrl,
    apiKey,
    cloud,
    vendors,
    issuer,
    ...(cloud.httpApiUrl !== undefined && { consoleUrl: cloud.httpApiUrl }),
    vendorUrls: vendorUrls(vendors, openAiKey),
    tables,
    records: new TableClient(database),
    conversation: async (requestId, projectId) => readConversation(tables, requestId, projectId),
    stop: async () => {
      database.destroy();
      await cloud.stop();
      await issuer.stop();
      await vendors.stop();
    },
  };
}

function vendorUrls(vendors: Vendors, openAiKey: string | undefined): VendorUrls {
  return {
    ...ofEach(VENDOR_NAMES, (name) => vendors[name].url),
    openai: openAiKey ? VENDOR_URLS.openai : vendors.openai.url,
  };
}

function vendorEnvironment(
  apiUrl: string,
  vendors: Vendors,
  openAiKey: string | undefined,
): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(VENDOR_NAMES.map((name) => [vendorUrlVariable(name), vendors[name].url])),
    // Vendors call back where the API listens, and sign that very address.
    [ENV_VARS.receiptsUrl]: apiUrl,
    [ENV_VARS.endpointsOnLoopback]: 'true',
    ...(openAiKey ? {} : { [ENV_VARS.openaiUrl]: vendors.openai.url }),
  };
}

/** The page as it was built last, and people of this machine. */
function consoleEnvironment(issuer: LocalIssuer, projectFolder: string): Readonly<Record<string, string>> {
  return {
    [ENV_VARS.consoleIssuer]: issuer.url,
    [ENV_VARS.consoleClientId]: issuer.clientId,
    [ENV_VARS.consoleRolesClaim]: 'groups',
    [ENV_VARS.consoleHttp]: 'loopback',
    [ENV_VARS.consolePage]: join(projectFolder, PAGE_FOLDER),
  };
}

async function readConversation(
  tables: DynamoDBDocumentClient, requestId: string, projectId: string = SAMPLE.projectId,
) {
  const { conversationTable: TableName } = resourceNames(LOCAL_STAGE);
  const idempotencyKey = idempotencyItemKey(SAMPLE.companyId, projectId, requestId);
  const guard = await tables.send(new GetCommand({ TableName, Key: { ...idempotencyKey }, ConsistentRead: true }));
  const key: unknown = guard.Item?.conversation;
  if (typeof key !== 'object' || key === null) return undefined;
  const record = await tables.send(new GetCommand({ TableName, Key: { ...key }, ConsistentRead: true }));
  return record.Item;
}
