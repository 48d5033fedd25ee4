import type { Services } from '../services/services';
import type { StackTemplate } from '../template/stack-template';
import type { BootstrapScripts } from './bootstrap-scripts';
import type { LogLine } from './captured-log';
import type { EventSourceDefinition } from './event-source-definition';
import { eventSourceDefinitions } from './event-source-definition';
import type { FunctionDefinition } from './function-definition';
import { checkFunctionRights } from './function-rights';
import type { InvokePermissions } from './invoke-permission';
import { LambdaService } from './lambda-service';
import { QueuePoller } from './queue-poller';
import { scheduleRefusal } from './schedule-rights';
import { ScheduleRunner } from './schedule-runner';
import { sqsQueue } from './sqs-queue';
import { startStreamSources } from './stream-sources';

export interface EventSourcesOptions {
  readonly template: StackTemplate;
  readonly lambda: LambdaService;
  readonly services: Pick<Services, 'endpoint' | 'credentialsOf' | 'authorize' | 'stream'>;
  readonly onFault: (fault: string) => void;
}

export interface EventSources {
  stop(): Promise<void>;
}

/** What Lambda demands of a function's role before it polls a queue in its name. */
const NEEDED_ACTIONS = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'] as const;

export interface RunningFunctionsOptions {
  readonly template: StackTemplate;
  readonly services: Pick<Services, 'endpoint' | 'credentialsOf' | 'authorize' | 'stream'>;
  readonly mayInvoke: InvokePermissions;
  readonly scripts: BootstrapScripts;
  readonly vendorEnvironment: Readonly<Record<string, string>>;
  readonly logFolder: string;
  readonly processLimit?: number | undefined;
  readonly inspect?: readonly string[] | undefined;
  /** False leaves schedules to `run`. */
  readonly runsSchedules: boolean;
  readonly onLine?: ((line: LogLine) => void) | undefined;
}

/** The stack's functions with all that invokes them but the API. */
export interface RunningFunctions {
  readonly lambda: LambdaService;
  readonly schedules: ScheduleRunner;
  /** What went wrong around the functions, as sentences: polling, schedules. */
  readonly faults: readonly string[];
  /** Ends every process. */
  stop(): Promise<void>;
}

/** Checks what Lambda and EventBridge would check, then lets event sources and schedules run. */
export async function startFunctions(options: RunningFunctionsOptions): Promise<RunningFunctions> {
  const { template, services, mayInvoke } = options;
  const faults: string[] = [];
  const onFault = (fault: string) => { faults.push(fault); };
  const lambda = new LambdaService(options);
  try {
    for (const definition of lambda.definitions) checkFunctionRights(definition, template, services);
    const schedules = new ScheduleRunner({
      template,
      lambda,
      onFault,
      refusal: (schedule) => scheduleRefusal(schedule, mayInvoke, services),
    });
    const eventSources = startEventSources({ template, lambda, services, onFault });
    const streams = startStreamSources({ template, lambda, services, onFault });
    if (options.runsSchedules) schedules.start();
    return {
      lambda,
      schedules,
      faults,
      stop: async () => {
        schedules.stop();
        // Together: a poller waits for its batches, which end with their processes.
        await Promise.all([eventSources.stop(), streams.stop(), lambda.stop()]);
      },
    };
  } catch (fault) {
    await lambda.stop();
    throw fault;
  }
}

/** Starts polling for every enabled event source, with the rights of its function's role. */
function startEventSources({ template, lambda, services, onFault }: EventSourcesOptions): EventSources {
  const definitions = eventSourceDefinitions(template, (nameOrArn) => lambda.definitionOf(nameOrArn));
  for (const source of definitions) checkRights(source, lambda.definitionOf(source.functionArn), services);
  const pollers = definitions.filter((source) => source.isEnabled).map((source) => new QueuePoller({
    source,
    queue: sqsQueue({
      queueUrl: source.queueUrl,
      endpoint: services.endpoint,
      region: template.region,
      credentials: services.credentialsOf(lambda.definitionOf(source.functionArn).logicalId, 'platform'),
    }),
    // No more than can run: a message that waits for a process would lose its time of invisibility.
    concurrency: Math.min(source.maximumConcurrency ?? Infinity, lambda.concurrencyOf(source.functionArn)),
    invoke: async (functionArn, event) => lambda.invoke(functionArn, event, { waits: true }),
    onFault,
  }));
  for (const poller of pollers) poller.start();
  return { stop: async () => void await Promise.all(pollers.map(async (poller) => poller.stop())) };
}

function checkRights(
  source: EventSourceDefinition,
  target: FunctionDefinition,
  services: Pick<Services, 'authorize'>,
): void {
  for (const action of NEEDED_ACTIONS) {
    const verdict = services.authorize(target.logicalId, action, source.queueArn);
    if (!verdict.allowed) {
      throw new Error(
        `Starting the event source ${source.logicalId} failed: the role of ${target.name} lacks ${action} on `
        + `${source.queueArn}, ` +
          'and Lambda refuses such a mapping. Grant it in the stack.',
      );
    }
  }
}
