import type { StageStack } from '../cloud';
import type { StageTemplate } from '../stage-template';
import type { OldEnvironment } from './old-environment';
import type { TakeoverOperations } from './operations';
import type { Notes } from './step';

/** What the steps of a takeover work on and with. */
export interface TakeoverPlan {
  readonly stage: string;
  readonly environment: OldEnvironment;
  readonly template: StageTemplate;
  readonly operations: TakeoverOperations;
  /** The stage's own stack as it is now. */
  readonly stageStack: () => Promise<StageStack | undefined>;
  /** The operator agreed that messages that no function will process go to the archive. */
  readonly archivesMessages: boolean;
  /** Milliseconds between two looks at the queues: SQS counts a minute late. */
  readonly drainPause: number;
  /** Minutes after which draining gives up. */
  readonly drainMinutes: number;
  /** Days without a call after which the old API may go; undefined if it is to stay. */
  readonly finishAfterDays: number | undefined;
  readonly log: (line: string) => void;
  /** Deletes the old API, usage plans, functions, roles, tables that were copied. Returns what it deleted. */
  readonly deleteOldEnvironment: () => Promise<string>;
  /** What a step has remembered; empty if it was never started. */
  readonly notesOf: (id: string) => Promise<Notes>;
  /** Keeps the lock while a step works on. */
  readonly renew: () => Promise<void>;
}
