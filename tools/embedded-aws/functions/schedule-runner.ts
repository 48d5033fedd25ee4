import type { StackTemplate } from '../template/stack-template';
import type { LambdaService } from './lambda-service';
import type { InvocationResult } from './invocation-result';
import { scheduleDefinitions } from './schedule-definition';
import type { ScheduleDefinition } from './schedule-definition';
import { scheduleEvent } from './schedule-event';

export interface ScheduleRunnerOptions {
  readonly template: StackTemplate;
  readonly lambda: Pick<LambdaService, 'invokeText' | 'definitionOf'>;
  /** Why the schedule may not invoke its function; undefined if it may. */
  readonly refusal: (schedule: ScheduleDefinition) => string | undefined;
  /** Receives a run that failed, as a sentence. */
  readonly onFault: (fault: string) => void;
}

const MINUTE_MILLISECONDS = 60_000;

/**
 * Invokes functions at the times that the stack's rules and schedules name. A run that fails is reported and not
 * repeated.
 */
export class ScheduleRunner {
  private readonly schedules: readonly ScheduleDefinition[];
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(private readonly options: ScheduleRunnerOptions) {
    this.schedules = scheduleDefinitions(options.template);
    for (const schedule of this.schedules) {
      options.lambda.definitionOf(schedule.functionArn);
      const refusal = options.refusal(schedule);
      if (refusal !== undefined) throw new Error(`Starting the schedule ${schedule.logicalId} failed: ${refusal}`);
    }
  }

  get names(): readonly string[] {
    return this.schedules.map((schedule) => schedule.name);
  }

  /** Runs enabled schedules at their times. The timers keep no process alive. */
  start(): void {
    for (const schedule of this.schedules.filter(({ isEnabled }) => isEnabled)) {
      const { expression } = schedule;
      const timer = expression.kind === 'rate'
        ? setInterval(() => void this.fire(schedule), expression.milliseconds)
        : setInterval(() => { if (expression.matches(new Date())) void this.fire(schedule); }, MINUTE_MILLISECONDS);
      timer.unref();
      this.timers.push(timer);
    }
  }

  /** Runs a schedule now, by its name or logical id, whether it is enabled or not. */
  async run(nameOrLogicalId: string, time = new Date()): Promise<InvocationResult> {
    const schedule = this.schedules.find(
      ({ name, logicalId }) => name === nameOrLogicalId || logicalId === nameOrLogicalId,
    );
    if (!schedule) {
      throw new Error(
        `Running the schedule "${nameOrLogicalId}" failed: the stack has ${this.names.join(', ') || 'none'}. Use `
          + 'one of these.',
      );
    }
    return this.options.lambda.invokeText(schedule.functionArn, scheduleEvent(schedule, time, this.options.template));
  }

  stop(): void {
    for (const timer of this.timers.splice(0)) clearInterval(timer);
  }

  private async fire(schedule: ScheduleDefinition): Promise<void> {
    try {
      const result = await this.run(schedule.logicalId);
      if (result.kind !== 'answered') {
        const why = result.kind === 'failed' ? result.failure.errorMessage : 'its function is throttled';
        this.options.onFault(`The scheduled run of ${schedule.name} failed: ${why}`);
      }
    } catch (fault) {
      this.options.onFault(`The scheduled run of ${schedule.name} failed: ${String(fault)}`);
    }
  }
}
