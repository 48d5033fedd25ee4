import type { CommandHost } from '../../src/cli/command-host';
import type { Cloud } from './cloud';

/** What the command runs in; replaced by tests. */
export interface AdoptionHost extends CommandHost {
  /** Undefined where nobody sits at a terminal. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** `region`: the stage's; undefined where the shell's counts. */
  readonly openCloud: (region: string | undefined) => { readonly cloud: Cloud; readonly close: () => void };
}
