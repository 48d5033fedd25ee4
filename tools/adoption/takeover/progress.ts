import type { Account } from '../cloud';
import type { Planned } from '../plan';
import type { OldEnvironment } from './old-environment';
import type { Progress } from './run-takeover';

export interface ProgressPage extends Account {
  readonly stage: string;
  readonly environment: OldEnvironment;
  readonly progress: Progress;
  readonly planned: readonly Planned[];
  /** Why the run stopped before its end. */
  readonly reason: string | undefined;
  readonly fromStack: string | undefined;
}

/** The plan with each step and its undo, what clients notice, and the next command. */
export function progressLines(page: ProgressPage): readonly string[] {
  const { stage, account, region, environment, progress, reason } = page;
  const { way, stack, tables, queues, apis, usagePlans } = environment;
  const keys = new Set(usagePlans.flatMap(({ keyIds }) => keyIds)).size;
  return [
    `Takeover of ${stack === undefined ? 'the hand-made environment' : `the stack ${stack}`} ${
      way === 'in-place' ? 'in place' : 'side by side'}: stage ${stage}, account ${account}, region ${region}`,
    `It has ${counted(tables.length, 'table')}, ${counted(queues.length, 'queue')}, ${counted(apis.length, 'API')} and `
    + `${counted(keys, 'client key')}.`,
    ...tables.filter(({ name, target }) => name !== target).map(
      ({ name, target }) => `  items of ${name} go to ${target}`),
    ...foreignLines(page),
    '',
    ...stepLines(progress),
    '',
    ...apis.map(({ id, name }) =>
      `Clients keep the address https://${id}.execute-api.${region}.amazonaws.com (${name}) and `
      + 'their keys until the last step. From "close" to "relay" it answers 503 with Retry-After.'),
    ...(reason === undefined ? [] : ['', `Stopped before ${reason}.`]),
    ...nextLines(page),
  ];
}

function stepLines({ steps, next }: Progress): readonly string[] {
  return steps.flatMap(({ step, record }, position) => {
    const state = record?.state ?? (step === next ? 'next' : 'open');
    const undo = step.undoTitle ?? (step.noUndo === undefined ? 'nothing to undo' : 'cannot be undone');
    return [
      `${String(position + 1).padStart(3)}. ${state.padEnd(8)}${step.title}`,
      ...(record?.result ? [`     ${''.padEnd(8)}${record.result}`] : [`     ${''.padEnd(8)}undo: ${undo}`]),
    ];
  });
}

/** What is in the account beside the old environment and touches it. */
function foreignLines({ planned, environment: { mappings } }: ProgressPage): readonly string[] {
  const blocked = planned.filter(
    ({ found, decision }) => found.kind === 'event source mapping' && decision === 'blocked'
    && !mappings.some(({ id }) => id === found.id));
  if (blocked.length === 0) return [];
  return ['', 'NEEDS YOU FIRST', ...blocked.map(({ found, reason }) => `  ${found.kind} ${found.name}: ${reason}`)];
}

function nextLines({ stage, progress: { next, steps }, fromStack }: ProgressPage): readonly string[] {
  const command = `npx projen adopt --stage ${stage}${fromStack === undefined ? '' : ` --from-stack ${fromStack}`}`;
  if (!next) return ['', 'The takeover is finished.'];
  const isStarted = steps.some(({ record }) => record !== undefined);
  return [
    '', `Next: ${command} --apply`,
    ...(isStarted ? [`Back by one step: ${command} --undo`] : ['Nothing was changed yet.']),
  ];
}

function counted(count: number, word: string): string {
  return `${count === 0 ? 'no' : count} ${word}${count === 1 ? '' : 's'}`;
}
