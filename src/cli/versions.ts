import type { Command } from 'commander';
import { table } from './layout';
import { instant } from './moments';

/** What every command takes that makes a new version. */
export interface VersionOptions {
  readonly yes?: true;
  readonly by?: string;
}

export function changing(command: Command): Command {
  return command.option('--yes', 'do not ask').option('--by <name>', 'who decides it; otherwise the user of the shell');
}

interface KeptVersion {
  readonly version: number;
  readonly written_at: string;
  readonly written_by?: string | undefined;
  readonly current: boolean;
}

/** The versions that were kept, a line each; before them the current one where it is none of these. */
export function versionLines(versions: readonly KeptVersion[], current: unknown): readonly string[] {
  const isKept = versions.some((one) => one.current);
  return [
    ...(current !== undefined && !isKept
      ? [`${String(current)}  current; written by another tool, kept with the next change`]
      : []),
    ...table(versions.map(({ version, written_at: at, written_by: by, current: isCurrent }) => [
      String(version), instant(at), by ?? '(another tool)', isCurrent ? 'current' : '',
    ])).map((line) => line.trimEnd()),
  ];
}
