import { resolve } from 'node:path';
import { awsFailure, CommandError } from '../../src/cli/command-error';
import { deliveryStage } from '../../src/cli/delivery-stages';
import type { CommandHost } from '../../src/cli/command-host';
import { applyPlan } from './apply';
import type { Cloud } from './cloud';
import type { PlanContext, Planned } from './plan';
import { plan } from './plan';
import { nextSteps, report, reportLines } from './report';
import { StageScope } from './stage-scope';
import { readStageTemplate } from './stage-template';
import type { StageTemplate } from './stage-template';
import type { Survey } from './survey';
import { survey } from './survey';

export interface AdoptionFlags {
  readonly stage: string;
  readonly apply?: true;
  readonly confirm?: string;
  readonly discardMessages?: true;
  readonly json?: true;
  readonly app?: string;
  readonly wait: boolean;
}

/** What the command runs in; replaced by tests. */
export interface AdoptionHost extends CommandHost {
  /** Undefined without a terminal. */
  readonly ask: ((question: string) => Promise<string>) | undefined;
  /** `region`: the stage's; undefined where the shell's counts. */
  /** Synthesises every stage's stack; returns the folder of the assembly. */
  readonly synthesise: (region: string) => Promise<string>;
  readonly openCloud: (region: string | undefined) => { readonly cloud: Cloud; readonly close: () => void };
}

interface State {
  readonly survey: Survey;
  readonly planned: readonly Planned[];
  readonly context: PlanContext;
}

/** Shows the plan, and carries it out where that was asked for and confirmed. */
export async function adopt(flags: AdoptionFlags, host: AdoptionHost): Promise<void> {
  // Words and credentials first: synthesising takes most of a minute.
  const { region } = deliveryStage(host.projectFolder, flags.stage);
  const { cloud, close } = host.openCloud(region);
  try {
    await cloud.account().catch(
      (error: unknown) => { throw awsFailure('Asking AWS whose credentials these are', error); });
    const folder = flags.app ?? await host.synthesise(region);
    const template = await readStageTemplate(resolve(host.projectFolder, folder), flags.stage);
    const state = await takeSurvey(cloud, flags, template);
    if (!flags.apply) {
      printPlan(flags, host, state);
      return;
    }
    await applyTo(cloud, flags, host, state, template);
  } finally {
    close();
  }
}

async function takeSurvey(
  cloud: Cloud, { stage, discardMessages }: AdoptionFlags, template: StageTemplate): Promise<State> {
  const account = await cloud.account().catch(
    (error: unknown) => { throw awsFailure('Asking AWS whose credentials these are', error); });
  const scope = new StageScope(stage, template.stages);
  const found = await survey(cloud, scope);
  const context = { scope, account, template, stack: found.stack, discardMessages: discardMessages ?? false };
  return { survey: found, planned: plan(found.discovered, context), context };
}

/** The plan and what to do next; JSON alone on standard output where it was asked for. */
function printPlan({ stage, json }: AdoptionFlags, host: AdoptionHost,
  { survey: { unreadable, stack }, planned, context }: State): void {
  const { account = { account: '', region: '' } } = context;
  const page = report(stage, account, planned, unreadable);
  for (const line of json ? [JSON.stringify(page, undefined, 2)] : reportLines(page)) host.print(line);
  const log = json ? host.complain : host.print;
  for (const line of ['', ...nextSteps(stage, planned, unreadable, stack)]) log(line);
}

async function applyTo(
  cloud: Cloud, flags: AdoptionFlags, host: AdoptionHost, state: State, template: StageTemplate): Promise<void> {
  const log = flags.json ? host.complain : host.print;
  const page = report(
    flags.stage, state.context.account ?? { account: '', region: '' }, state.planned, state.survey.unreadable);
  for (const line of reportLines(page)) log(line);
  refuseIncomplete(flags.stage, state);
  if (state.planned.some(({ decision }) => decision !== 'keep')) {
    await confirm(flags, host, page.account, page.region);
    log('');
    await applyPlan(
      cloud, { context: state.context, discovered: state.survey.discovered, waitsForNames: flags.wait, log });
  }
  log('');
  printPlan(flags, host, await takeSurvey(cloud, flags, template));
}

/** Nothing is begun that could not be finished. */
function refuseIncomplete(stage: string, { survey: { unreadable }, planned }: State): void {
  if (unreadable.length > 0) {
    throw new CommandError(
      `Adopting the stage ${stage} failed before anything was changed: these credentials may not look at everything (${
        [...new Set(unreadable.map(({ action }) => action))].join(', ')}); use a role that may.`);
  }
  const blocked = planned.filter(({ decision }) => decision === 'blocked');
  if (blocked.length > 0) {
    throw new CommandError(
      `Adopting the stage ${stage} failed before anything was changed: ${
        blocked.map(({ found, reason }) => `the ${found.kind} ${found.name} ${reason}`).join('; ')}.`);
  }
}

async function confirm(
  { stage, confirm: given }: AdoptionFlags, host: AdoptionHost, account: string, region: string): Promise<void> {
  if (given === undefined && !host.ask) {
    throw new CommandError(
      `Adopting the stage ${stage} failed before anything was changed: it was not confirmed; give --confirm ${
        stage}, or run it in a terminal.`);
  }
  const typed = given ?? await host.ask?.(
    `This changes account ${account}, region ${region}. Type the stage's name to go on:`);
  if (typed?.trim() !== stage) {
    throw new CommandError(
      `Adopting the stage ${stage} failed before anything was changed: "${typed ?? ''}" is not its name; type ${
        stage} to confirm.`);
  }
}
