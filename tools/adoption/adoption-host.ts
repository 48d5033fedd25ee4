import type { Output } from '../../src/cli/output';
import { CommandError } from '../../src/cli/command-error';
import type { Account, Cloud } from './cloud';
import type { TakeoverOperations } from './takeover/operations';
import type { Journal } from './takeover/step';

export interface AdoptionFlags {
  readonly stage: string;
  /** The stack that owns the old environment. */
  readonly fromStack?: string;
  /** Names of the old environment beside the known ones, as `kind=name`. */
  readonly oldName: readonly string[];
  readonly apply?: true;
  /** Goes back by one step of a takeover. */
  readonly undo?: true;
  readonly confirm?: string;
  readonly discardMessages?: true;
  readonly archiveMessages?: true;
  readonly finishAfterDays?: number;
  readonly drainMinutes: number;
  readonly pollSeconds: number;
  readonly json?: true;
  readonly app?: string;
  readonly wait: boolean;
}

export interface TakeoverTools {
  readonly operations: TakeoverOperations;
  readonly journal: Journal;
  /** Who runs the command: user, machine and process. */
  readonly owner: string;
}

export interface OpenCloud {
  readonly cloud: Cloud;
  readonly takeover: (stage: string, where: Account) => TakeoverTools;
  readonly close: () => void;
}

/** What the command runs in; replaced by tests. */
export interface AdoptionHost extends Output {
  readonly projectFolder: string;
  /** Undefined without a terminal. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** Synthesises every stage's stack; returns the folder of the assembly. */
  readonly synthesise: (region: string) => Promise<string>;
  readonly openCloud: (region: string) => OpenCloud;
}

export async function confirmed(
  { stage, confirm: given }: AdoptionFlags, host: AdoptionHost, { account, region }: Account): Promise<void> {
  const attempted = `Adopting the stage ${stage} failed before anything was changed`;
  if (given === undefined && !host.ask) {
    throw new CommandError(`${attempted}: it was not confirmed; give --confirm ${stage}, or run it in a terminal.`);
  }
  const typed = given ?? await host.ask?.(
    `This changes account ${account}, region ${region}. Type the stage's name to go on:`);
  if (typed?.trim() !== stage) {
    throw new CommandError(`${attempted}: "${typed ?? ''}" is not its name; type ${stage} to confirm.`);
  }
}
