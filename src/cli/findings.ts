import type { Finding } from '../core/ports/vendor-accounts';
import type { FindingContext } from '../operations/companies/remedy';
import { remedyOf } from '../operations/companies/remedy';
import type { CommandOutput } from './command-host';
import { wrap } from './layout';
import { DEFAULT_COLUMNS } from './output';
import { PAINT } from './paint';

/** A finding as a line, and the command that mends it as another, which can be copied whole. */
export function findingLines(
  { subject, verdict, words, remedy }: Finding,
  context: FindingContext,
  { command }: Pick<CommandOutput, 'command'>,
  columns = DEFAULT_COLUMNS,
): readonly string[] {
  const tone = TONES[verdict];
  const text = wrap(`${subject}: ${words}`, Math.max(NARROWEST, columns - VERDICT));
  const lines = text.map((line, index) => tone(`${(index === 0 ? verdict : '').padEnd(VERDICT)}${line}`));
  const mends = remedy === undefined || verdict === 'ok' ? undefined : remedyOf(remedy, context);
  return mends === undefined ? lines : [...lines, `${' '.repeat(VERDICT)}${command(...mends)}`];
}

/** Columns of a verdict's word, and the fewest that are left for what was found. */
const VERDICT = 9;
const NARROWEST = 20;

const TONES: Readonly<Record<Finding['verdict'], (line: string) => string>> = {
  ok: (line) => line,
  skipped: (line) => line,
  warning: PAINT.warning,
  fault: PAINT.bad,
};

/** How many are at fault. */
export function countFaults(findings: readonly Finding[]): number {
  return findings.filter(({ verdict }) => verdict === 'fault').length;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
