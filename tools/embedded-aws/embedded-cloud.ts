import { join, resolve } from 'node:path';
import { apiGatewayControl } from './api/api-gateway-control';
import type { ApiKey, NewApiKey } from './api/api-keys';
import { usagePlans } from './api/usage-plans';
import type { UsagePlans } from './api/usage-plans';
import { writeBootstrapScripts } from './functions/bootstrap-scripts';
import { CapturedLog } from './functions/captured-log';
import type { LogLine } from './functions/captured-log';
import type { LambdaService } from './functions/lambda-service';
import type { InvocationReport } from './functions/invocation-report';
import type { InvocationResult } from './functions/invocation-result';
import { invokePermissions } from './functions/invoke-permission';
import { lambdaInvoke } from './functions/lambda-invoke';
import { startFunctions } from './functions/running-functions';
import type { RunningFunctions } from './functions/running-functions';
import { openApis } from './open-apis';
import type { ScheduleRunner } from './functions/schedule-runner';
import { cloudWatch, StackAlarms } from './services/alarms';
import { openAwsEndpoint } from './services/aws-endpoint';
import { startServices } from './services/services';
import type { Services } from './services/services';
import { loadStack } from './template/load-stack';
import type { StackTemplate } from './template/stack-template';

/** Where the embedded cloud listens, known before the first function starts. */
export interface Addresses {
  /** With the stage, without a slash at the end. */
  readonly apiUrl: string;
  readonly awsEndpoint: string;
  /** Of the stack's HTTP API, without a slash at the end; absent where it has none. */
  readonly httpApiUrl?: string;
}

export type VendorEnvironment = Readonly<Record<string, string>>;

export interface EmbeddedCloudOptions {
  /** The synthesised cloud assembly, `cdk.out`. */
  readonly assemblyFolder: string;
  readonly stackName: string;
  /** Ignored by git; the only folder that is written to. */
  readonly stateFolder: string;
  /** Points every function at vendor simulators: base URLs and the like, above the template's own values. */
  readonly vendorEnvironment?: VendorEnvironment | ((addresses: Addresses) => VendorEnvironment);
  /** Of the REST API; a free one unless given. */
  readonly port?: number;
  /** Of the HTTP API; a free one unless given. */
  readonly httpApiPort?: number;
  /** Of the AWS endpoint; a free one unless given. */
  readonly awsPort?: number;
  /** Starts a process of each function before the first request. */
  readonly prewarm?: boolean;
  /** Processes of a function at once; 4 unless given. */
  readonly processLimit?: number;
  /** Words of which each is part of exactly one function's name: a debugger can be attached to it. */
  readonly inspect?: readonly string[];
  /** Whether schedules run by the clock (the default); without it they run only by `runSchedule`. */
  readonly runsSchedules?: boolean;
  /** Receives what is being done, one line per step. */
  readonly onProgress?: (line: string) => void;
  /** Receives each line that a function, Lambda or the access log writes. */
  readonly onLogLine?: (line: LogLine) => void;
  /** Of usage plans and the API; schedules and functions run in real time. */
  readonly now?: () => number;
}

/** A running stack. */
export interface EmbeddedCloud extends Addresses {
  readonly template: StackTemplate;
  /** Tables, queues, secrets; call counts, unused grants and fault injection. */
  readonly services: Services;
  /** Processes, to be invoked, watched or killed. */
  readonly functions: LambdaService;
  readonly schedules: ScheduleRunner;
  readonly plans: UsagePlans;
  /** Nothing measures here: an alarm is raised by hand. */
  readonly alarms: StackAlarms;
  /** Lets the AWS SDK and the CLI in as an administrator. */
  readonly administratorEnvironment: Readonly<Record<string, string>>;
  apiKeys(): readonly ApiKey[];
  /** A key that the stack's usage plan (the first unless one is named) holds. */
  createApiKey(key: NewApiKey, usagePlan?: string): ApiKey;
  invoke(functionName: string, event: unknown): Promise<InvocationResult>;
  runSchedule(name: string): Promise<InvocationResult>;
  logs(functionName?: string): readonly LogLine[];
  accessLog(): readonly LogLine[];
  reports(functionName?: string): readonly InvocationReport[];
  /** What went wrong around the functions, as sentences: polling, schedules. */
  faults(): readonly string[];
  /** Ends every process and closes every socket. */
  stop(): Promise<void>;
}

/** Where a stack that names no account or region is said to run. */
const DEFAULT_PLACE = { account: '000000000000', region: 'us-east-1' };

/**
 * Runs a synthesised stack on this machine; resolves when it takes requests. Whatever has been started is stopped again
 * if something fails.
 */
export async function startEmbeddedCloud(options: EmbeddedCloudOptions): Promise<EmbeddedCloud> {
  const startedAt = performance.now();
  const stops: Array<() => Promise<void>> = [];
  let stopping: Promise<void> | undefined;
  const stop = async () => stopping ??= stopAll(stops);
  try {
    const cloud = await startParts(options, stops, stop);
    options.onProgress?.(
      `The stack ${cloud.template.stackName} is ready after ${Math.round(performance.now() - startedAt)} ms: `
        + `${cloud.apiUrl}`,
    );
    return cloud;
  } catch (fault) {
    await stop();
    throw fault;
  }
}

/** The last started stops first; one that fails keeps none of the others running. */
async function stopAll(stops: Array<() => Promise<void>>): Promise<void> {
  const faults: unknown[] = [];
  for (const stop of stops.reverse()) await stop().catch((fault: unknown) => faults.push(fault));
  if (faults.length > 0) {
    throw new AggregateError(
      faults,
      `Stopping the embedded cloud failed in part: ${faults.map(String).join('; ')}. End this process.`,
    );
  }
}

async function startParts(
  options: EmbeddedCloudOptions,
  stops: Array<() => Promise<void>>,
  stop: () => Promise<void>,
): Promise<EmbeddedCloud> {
  const { onProgress, onLogLine: onLine, now } = options;
  // Processes are started in folders of their own, where a relative path would lead elsewhere.
  const stateFolder = resolve(options.stateFolder);
  const awsEndpoint = await openAwsEndpoint(options.awsPort === undefined ? {} : { port: options.awsPort });
  stops.push(async () => awsEndpoint.close());
  const template = loadStack(options.assemblyFolder, options.stackName, {
    ...DEFAULT_PLACE,
    endpoint: awsEndpoint.url,
  });
  const apis = await openApis(template, options, stops);

  onProgress?.('Starting tables, queues, secrets and functions …');
  const writing = writeBootstrapScripts(join(stateFolder, 'bootstrap'));
  // Awaited below, where its failure is handled; until then it must not end the process.
  writing.catch(() => undefined);
  const plans = usagePlans(template, now);
  const alarms = new StackAlarms(template, now);
  // Functions start after the services that they call.
  const started: { functions?: RunningFunctions } = {};
  const invocations = lambdaInvoke(async (name, event) => {
    if (!started.functions) throw new Error('the functions have not started yet');
    return started.functions.lambda.invoke(name, event);
  });
  const services = await startServices(template, {
    awsEndpoint,
    furtherServices: [apiGatewayControl(plans), invocations, cloudWatch(alarms, template)],
  });
  stops.push(async () => services.stop());
  const scripts = await writing;
  const addresses = { ...apis.addresses, awsEndpoint: services.endpoint };
  const logFolder = join(stateFolder, 'logs');
  const mayInvoke = invokePermissions(template);
  const { vendorEnvironment: vendors = {} } = options;
  const vendorEnvironment = typeof vendors === 'function' ? vendors(addresses) : vendors;
  const functions = await startFunctions({
    template,
    services,
    scripts,
    mayInvoke,
    vendorEnvironment,
    logFolder,
    onLine,
    processLimit: options.processLimit,
    inspect: options.inspect,
    runsSchedules: options.runsSchedules ?? true,
  });
  stops.push(async () => functions.stop());
  started.functions = functions;
  const { lambda } = functions;
  if (options.prewarm) await lambda.prewarm();

  const accessLog = new CapturedLog(`${apis.stageName}-api-access`, { folder: logFolder, onLine });
  stops.push(async () => accessLog.close());
  const invoke = async (functionArn: string, event: string, traceId: string) =>
    lambda.invokeText(functionArn, event, { traceId });
  apis.serve({ plans, accessLog, mayInvoke, invoke });
  return { ...addresses, ...handles(template, services, functions, plans, accessLog), alarms, stop };
}

function handles(
  template: StackTemplate,
  services: Services,
  { lambda, schedules, faults }: RunningFunctions,
  plans: UsagePlans,
  accessLog: CapturedLog,
): Omit<EmbeddedCloud, keyof Addresses | 'alarms' | 'stop'> {
  const { accessKeyId, secretAccessKey } = services.administratorCredentials;
  return {
    template,
    services,
    schedules,
    plans,
    functions: lambda,
    administratorEnvironment: {
      AWS_ENDPOINT_URL: services.endpoint,
      AWS_REGION: template.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    },
    apiKeys: () => plans.keys.all(),
    createApiKey: (key, usagePlan) => plans.createKey(key, usagePlan),
    invoke: async (functionName, event) => lambda.invoke(functionName, event),
    runSchedule: async (name) => schedules.run(name),
    logs: (functionName) => lambda.logs(functionName),
    accessLog: () => accessLog.lines(),
    reports: (functionName) => lambda.reports(functionName),
    faults: () => faults,
  };
}
