import type { FlagNames, Flags } from './flags';
import type { StepHost } from './step-host';

/** A step of the pipeline: its flags, and what it does with them. */
export interface PipelineCommand {
  readonly flags: FlagNames;
  run(flags: Flags, host: StepHost): Promise<void>;
}
