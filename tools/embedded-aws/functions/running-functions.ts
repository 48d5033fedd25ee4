import type { Services } from '../services/services';
import type { StackTemplate } from '../template/stack-template';
import type { BootstrapScripts } from './bootstrap-scripts';
import type { LogLine } from './captured-log';
import { startEventSources } from './event-sources';
import { FunctionFleet } from './function-fleet';
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
  readonly fleet: FunctionFleet;
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
  const fleet = new FunctionFleet(options);
  try {
    for (const definition of fleet.definitions) checkFunctionRights(definition, template, services);
    const schedules = new ScheduleRunner({ template, fleet, onFault, refusal: (schedule) => scheduleRefusal(schedule, mayInvoke, services) });
    const eventSources = startEventSources({ template, fleet, services, onFault });
    if (options.runsSchedules) schedules.start();
    return {
      fleet,
      schedules,
      faults,
      stop: async () => {
        schedules.stop();
        // Together: a poller waits for its batches, which end with their processes.
        await Promise.all([eventSources.stop(), fleet.stop()]);
      },
    };
  } catch (fault) {
    await fleet.stop();
    throw fault;
  }
}
