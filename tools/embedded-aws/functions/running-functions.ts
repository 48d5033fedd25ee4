import type { Services } from '../services/services';
import type { StackTemplate } from '../template/stack-template';
import type { BootstrapScripts } from './bootstrap-scripts';
import type { LogLine } from './captured-log';
import { startEventSources } from './event-sources';
import { LambdaService } from './lambda-service';
import { checkFunctionRights } from './function-rights';
import type { InvokePermissions } from './invoke-permission';
import { scheduleRefusal } from './schedule-rights';
import { ScheduleRunner } from './schedule-runner';

export interface RunningFunctionsOptions {
  readonly template: StackTemplate;
  readonly services: Pick<Services, 'endpoint' | 'credentialsOf' | 'authorize'>;
  readonly mayInvoke: InvokePermissions;
  readonly scripts: BootstrapScripts;
  readonly vendorEnvironment: Readonly<Record<string, string>>;
  readonly logFolder: string;
  readonly processLimit?: number | undefined;
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
    const schedules = new ScheduleRunner({ template, lambda, onFault, refusal: (schedule) => scheduleRefusal(schedule, mayInvoke, services) });
    const eventSources = startEventSources({ template, lambda, services, onFault });
    if (options.runsSchedules) schedules.start();
    return {
      lambda,
      schedules,
      faults,
      stop: async () => {
        schedules.stop();
        // Together: a poller waits for its batches, which end with their processes.
        await Promise.all([eventSources.stop(), lambda.stop()]);
      },
    };
  } catch (fault) {
    await lambda.stop();
    throw fault;
  }
}
