import { coloured } from './paint';
import { visibleLines } from './visible-text';

/** Where a program writes: standard output and standard error, or what stands for them in tests. */
export interface Output {
  /** To standard output. */
  readonly print: (text: string) => void;
  /** To standard error: progress and errors, so that output can be piped. */
  readonly printError: (text: string) => void;
  /** Columns of the terminal; 80 if it is not said. */
  readonly columns?: number;
  /** Whether colours may be used. */
  readonly colour?: boolean;
}

export const DEFAULT_COLUMNS = 80;

/** The one way to the terminal: whatever is written through it cannot change the terminal. */
export function safely({ print, printError, ...rest }: Output): Output {
  return {
    ...rest,
    print: (text) => { print(coloured(visibleLines(text), rest)); },
    printError: (text) => { printError(coloured(visibleLines(text), rest)); },
  };
}
