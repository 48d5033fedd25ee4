import { CommandError } from '../../src/cli/command-error';
import type { AdoptionFlags, AdoptionHost, TakeoverTools } from './adoption-host';
import { confirmed } from './adoption-host';
import type { Account, Cloud } from './cloud';
import type { PlanContext } from './decision';
import type { Planned } from './plan';
import { progressLines } from './takeover/progress';
import type { OldEnvironment } from './takeover/old-environment';
import { deleteOldEnvironment } from './takeover/delete-old-environment';
import { progressOf, renew, runSteps, undoLastStep } from './takeover/run-takeover';
import type { TakeoverRun } from './takeover/run-takeover';
import type { Step } from './takeover/step';
import { takeoverSteps } from './takeover/steps';
import type { StageTemplate } from './stage-template';

export interface Takeover {
  readonly flags: AdoptionFlags;
  readonly host: AdoptionHost;
  readonly cloud: Cloud;
  readonly tools: TakeoverTools;
  readonly template: StageTemplate;
  readonly context: PlanContext;
  readonly planned: readonly Planned[];
  readonly account: Account;
  readonly environment: OldEnvironment;
  /** The journal has it already. */
  readonly isStarted: boolean;
}

/** Shows the steps of a takeover; with `--apply` runs them, with `--undo` goes back by one. */
export async function takeOver(takeover: Takeover): Promise<void> {
  const { flags, host, tools: { journal, owner }, environment, account, isStarted } = takeover;
  const log = flags.json ? host.printError : host.print;
  const run: TakeoverRun = { stage: flags.stage, journal, owner, log };
  const steps = stepsOf(takeover, run);
  if (flags.undo) {
    await undoLastStep(steps, run);
  } else if (flags.apply) {
    refuseForeign(takeover);
    await confirmed(flags, host, account);
    if (!isStarted) await journal.create(environment);
    const reason = await runSteps(steps, run);
    log('');
    await show(takeover, steps, reason);
    return;
  }
  await show(takeover, steps, undefined);
}

function stepsOf(
  { flags, cloud, tools, template, context, environment, host }: Takeover, run: TakeoverRun): readonly Step[] {
  const { operations, journal } = tools;
  const records = async () => journal.records();
  return takeoverSteps({
    stage: flags.stage, environment, template, operations,
    stageStack: async () => cloud.stageStack(context.scope.names.stack),
    archivesMessages: flags.archiveMessages ?? false,
    drainPause: flags.pollSeconds * 1000,
    drainMinutes: flags.drainMinutes,
    finishAfterDays: flags.finishAfterDays,
    deleteOldEnvironment: async () => deleteOldEnvironment(cloud, context.scope, environment),
    notesOf: async (id) => (await records()).get(id)?.notes ?? {},
    log: flags.json ? host.printError : host.print,
    renew: async () => renew(run),
  });
}

async function show(
  { flags, host, tools, account, environment, planned }: Takeover, steps: readonly Step[], reason: string | undefined,
): Promise<void> {
  const progress = await progressOf(steps, tools.journal);
  const page = progressLines(
    { stage: flags.stage, ...account, environment, progress, planned, reason, fromStack: flags.fromStack });
  if (!flags.json) {
    for (const line of page) host.print(line);
    return;
  }
  const rows = progress.steps.map(({ step: { id, title, undoTitle }, record }) =>
    ({ id, title, undo: undoTitle ?? null, state: record?.state ?? 'open', result: record?.result ?? '' }));
  host.print(JSON.stringify(
    { stage: flags.stage, ...account, environment, steps: rows, next: progress.next?.id ?? null }, undefined, 2));
}

/** What another owner's function would take from our queues is lost for both engines. */
function refuseForeign({ flags: { stage }, planned, environment: { mappings } }: Takeover): void {
  const blocked = planned.filter(
    ({ found, decision }) => found.kind === 'event source mapping' && decision === 'blocked'
    && !mappings.some(({ id }) => id === found.id));
  if (blocked.length === 0) return;
  throw new CommandError(`Taking over ${stage} failed before anything was changed: ${
    blocked.map(({ found, reason }) => `the ${found.kind} ${found.name} ${reason}`).join('; ')}.`);
}
