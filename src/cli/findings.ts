import type { Channel } from '../core/channel';
import type { Finding } from '../core/ports/vendor-accounts';
import type { CommandOutput } from './command-host';

/** Whose finding it is: what its remedy needs beside it. */
export interface FindingContext {
  readonly company?: string;
  readonly project?: string;
  readonly channel?: Channel;
}

/** A finding as a line, and the command that mends it as another, which can be copied whole. */
export function findingLines(
  { subject, verdict, words, remedy }: Finding, context: FindingContext, { command }: Pick<CommandOutput, 'command'>,
): readonly string[] {
  const line = `${verdict.padEnd(7)}  ${subject}: ${words}`;
  const mends = remedy === undefined || verdict === 'ok' ? undefined : remedyOf(remedy, context);
  return mends === undefined ? [line] : [line, `         ${command(...mends)}`];
}

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
