import { readable } from './figures';

/** What stands in the place of a figure that needs a browser which this machine has not. */
export const SKIPPED = 'SKIPPED: no Chromium is installed';

/** A row a figure; one that could not be measured says so, since a row that is missing looks like one never wanted. */
export function consoleRows(
  figures: ReadonlyArray<readonly [name: string, value: number | undefined]>,
): ReadonlyArray<readonly [name: string, value: string]> {
  return figures.map(([name, value]) => [name, value === undefined ? SKIPPED : readable(value)]);
}
