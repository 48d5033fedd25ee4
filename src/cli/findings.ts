import type { Channel } from '../core/channel';
import type { Finding } from '../core/ports/vendor-accounts';
import type { CommandOutput } from './command-host';
import { wrap } from './layout';
import { DEFAULT_COLUMNS } from './output';
import { PAINT } from './paint';

/** Whose finding it is: what its remedy needs beside it. */
export interface FindingContext {
  readonly company?: string;
  readonly project?: string;
  readonly channel?: Channel;
}

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

/** The words of the command; undefined where it is not known for whom. */
export function remedyOf(
  remedy: NonNullable<Finding['remedy']>, { company, project, channel }: FindingContext,
): readonly string[] | undefined {
  const ofChannel = channel === undefined ? undefined : ['--channel', channel];
  if (remedy === 'store_model_key') return ofChannel && ['secret', 'set', 'model', ...ofChannel];
  if (company === undefined || project === undefined) return undefined;
  switch (remedy) {
    case 'store_credentials':
      return ofChannel && ['secret', 'set', 'credentials', company, project, ...ofChannel];
    case 'set_template':
      return ofChannel && ['template', 'show', company, project, ...ofChannel];
    case 'show_cards':
      return ['card', 'show', company, project];
    case 'apply_record':
      return ['company', 'show', company, project, '--yaml'];
    case 'dry_run':
      return ['dry-run', '--help'];
  }
}

/** How many are at fault. */
export function countFaults(findings: readonly Finding[]): number {
  return findings.filter(({ verdict }) => verdict === 'fault').length;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
