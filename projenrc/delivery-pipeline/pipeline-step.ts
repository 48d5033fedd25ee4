import type { github } from 'projen';

/** The Projen task behind every step with logic of its own; tools/delivery-steps has the code and its tests. */
export const PIPELINE_TASK = 'pipeline';

export interface PipelineStepOptions {
  readonly id?: string;
  readonly if?: string;
  /** Values that are known when the workflow is generated. */
  readonly flags?: Readonly<Record<string, string | readonly string[]>>;
  /** Flags without a value. */
  readonly switches?: readonly string[];
  /**
   * Values that only the run knows, as expressions: they reach the command through the environment, never through the
   * shell's text.
   */
  readonly expressions?: Readonly<Record<string, string>>;
  /** Hands the job's own token to the command. */
  readonly callsGitHub?: boolean;
}

/** A step that runs `npx projen pipeline <command>`. */
export function pipelineStep(
  name: string,
  command: string,
  options: PipelineStepOptions = {},
): github.workflows.JobStep {
  const expressions = Object.entries(options.expressions ?? {});
  const words = [
    ...Object.entries(options.flags ?? {}).flatMap(([flag, value]) =>
      [value].flat().map((word) => `--${flag} ${quoted(word)}`),
    ),
    ...(options.switches ?? []).map((flag) => `--${flag}`),
    ...expressions.map(([flag]) => `--${flag} "$${variable(flag)}"`),
  ];
  const env = {
    ...(options.callsGitHub ? { GITHUB_TOKEN: '${{ github.token }}' } : {}),
    ...Object.fromEntries(expressions.map(([flag, expression]) => [variable(flag), `\${{ ${expression} }}`])),
  };
  return {
    name,
    ...(options.id === undefined ? {} : { id: options.id }),
    ...(options.if === undefined ? {} : { if: options.if }),
    ...(Object.keys(env).length === 0 ? {} : { env }),
    run: ['npx projen', PIPELINE_TASK, command, ...words].join(' '),
  };
}

function variable(flag: string): string {
  return flag.toUpperCase().replaceAll('-', '_');
}

function quoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", "'\\''")}'`;
}
