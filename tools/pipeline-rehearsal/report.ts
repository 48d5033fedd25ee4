import type { Palette } from '../local-stage/terminal';
import type { EmulatorCapability } from './emulator-capabilities';
import type { ScenarioResult } from './scenarios';
import type { TakenOutOfStack } from './emulator-copy/copy-assembly';

export interface Report {
  readonly emulator: string;
  readonly rows: readonly ScenarioResult[];
  readonly capabilities: readonly EmulatorCapability[];
  readonly takenOut: readonly TakenOutOfStack[];
  /** Scripts of the workflows that ran in another form, and what ran instead. */
  readonly replaced: ReadonlyArray<readonly [script: string, instead: string]>;
  readonly executed: readonly string[];
  readonly seconds: number;
}

/** The page at the end: each step with its result and seconds, and beside it what this rehearsal cannot show. */
export function reportLines(report: Report, colours: Palette): readonly string[] {
  const unexpected = report.rows.filter(({ result }) => result !== 'as expected');
  return [
    '',
    colours.bold(`Rehearsed on ${report.emulator}`),
    ...report.rows.flatMap((row, index) => rowLines(row, index, colours)),
    '',
    ...scriptLines(report),
    '',
    ...limitLines(report),
    '',
    unexpected.length === 0
      ? colours.green(
        `${report.rows.length} of ${report.rows.length} went as expected in ${report.seconds.toFixed(0)} s.`,
      )
      : colours.red(
        `${unexpected.length} of ${report.rows.length} went otherwise than expected; the first: `
            + `${unexpected[0]?.title ?? ''}: ${unexpected[0]?.seen ?? ''}.`,
      ),
  ];
}

function rowLines(row: ScenarioResult, index: number, colours: Palette): readonly string[] {
  const paint = row.result === 'as expected' ? colours.green : colours.red;
  return [
    `${String(index + 1).padStart(2)}  ${row.title.padEnd(58)} ${paint(row.result.padEnd(11))} ${seconds(row.seconds)}`,
    ...(row.seen === '' ? [] : [`      ${row.seen}`]),
    ...row.runs.flatMap((run) =>
      run.jobs
        .filter(({ result }) => result !== 'skipped')
        .map((job) =>
          colours.dim(
            `      ${`${run.workflow} ${run.id} · ${job.job}`.padEnd(54)} ${jobWord(job).padEnd(11)} `
              + `${seconds(job.seconds)}`,
          ),
        ),
    ),
  ];
}

function jobWord({ result, failed }: { readonly result: string; readonly failed?: string }): string {
  return failed === undefined ? result : `${result} at "${failed}"`;
}

function seconds(value: number): string {
  return `${value.toFixed(1).padStart(6)} s`;
}

function scriptLines({ replaced, executed }: Report): readonly string[] {
  const pipeline = executed.filter((script) => script.startsWith('npx projen pipeline '));
  const others = executed.filter((script) => !pipeline.includes(script));
  return [
    'Executed as the workflows have it:',
    ...others.map((script) => `  ${firstLine(script)}`),
    `  npx projen pipeline: ${[...new Set(pipeline.map((script) => script.split(' ')[3] ?? ''))].join(', ')}`,
    'Replaced:',
    ...replaced.map(([script, instead]) => `  ${script}\n    → ${instead}`),
    "  the actions checkout, setup-node, upload- and download-artifact → stand-ins: a clone, this machine's "
      + 'Node.js, a folder',
    "  configure-aws-credentials → the same question to the emulator's STS, with a token as GitHub writes it, unsigned",
    "  the suite's API key → one that the administrator made: the emulator knows no tags in conditions on keys",
    "  GitHub's API and the reviewers' approval → a server on this machine that grants a job's token what the job "
      + 'may do',
  ];
}

function firstLine(script: string): string {
  const [line = '', ...rest] = script.split('\n');
  return rest.length === 0 ? line : `${line} …`;
}

function limitLines({ capabilities, takenOut }: Report): readonly string[] {
  const enforced = capabilities.filter(({ isEnforced }) => isEnforced === true).map(({ name }) => name);
  const missing = capabilities.filter(({ isEnforced }) => isEnforced === false).map(({ name }) => name);
  const untried = capabilities.flatMap(({ name, isEnforced }) =>
    typeof isEnforced === 'string' ? [`${name} (${isEnforced})`] : [],
  );
  const types = new Map<string, Set<string>>();
  for (const { type, stack, logicalId } of takenOut) {
    types.set(type, (types.get(type) ?? new Set()).add(`${stack}/${logicalId}`));
  }
  return [
    `The emulator enforces (tried): ${enforced.join('; ') || 'nothing of what was tried'}.`,
    ...(missing.length === 0 ? [] : [`It does NOT enforce (tried): ${missing.join('; ')}.`]),
    ...(untried.length === 0 ? [] : [`It could not be tried: ${untried.join('; ')}.`]),
    "It never raises an alarm and shows nothing of AWS's latencies, limits of scale and eventual consistency.",
    ...(types.size === 0
      ? ['Nothing had to be taken out of its copy of the assembly.']
      : ['Taken out of its copy of the assembly, because it does not know them:']),
    ...[...types].map(([type, names]) => `  ${type}: ${[...names].sort().join(', ')}`),
    "Set in its copy: the functions' vendor addresses (simulators on this machine) and the API's own address (the "
      + "emulator's).",
  ];
}
