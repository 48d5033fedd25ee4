import type { CommandHost } from '../command-host';
import type { Cloud } from './cloud';

/** What the command runs in; replaced by tests. */
export interface AdoptionHost extends CommandHost {
  /** Undefined where nobody sits at a terminal. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  readonly openCloud: () => { readonly cloud: Cloud; readonly close: () => void };
}
