import { resolve } from 'node:path';
import { awsFailure, CommandError } from '../../src/cli/command-error';
import { deliveryStage } from '../../src/cli/delivery-stages';
import type { AdoptionFlags, AdoptionHost, OpenCloud } from './adoption-host';
import { confirmed } from './adoption-host';
import { takeOver } from './adopt-takeover';
import { applyPlan } from './apply';
import type { Account, Cloud, ForeignCaller } from './cloud';
import { knownOldNames, withOldNames } from './old-names';
import type { PlanContext } from './decision';
import type { Planned } from './plan';
import { plan } from './plan';
import { callerLines, nextSteps, report, reportLines } from './report';
import { StageScope } from './stage-scope';
import { readStageTemplate } from './stage-template';
import type { StageTemplate } from './stage-template';
import type { Survey } from './survey';
import { survey, unreadableOf } from './survey';
import { readOldEnvironment, requireOldEnvironment } from './takeover/old-environment';

interface State {
  readonly survey: Survey;
  readonly planned: readonly Planned[];
  readonly context: PlanContext;
  readonly account: Account;
  readonly callers: readonly ForeignCaller[];
}

/** Shows the plan, and carries it out if that was asked for and confirmed. */
export async function adopt(flags: AdoptionFlags, host: AdoptionHost): Promise<void> {
  // Words and credentials first: synthesising takes most of a minute.
  const { region } = deliveryStage(host.projectFolder, flags.stage);
  withOldNames(knownOldNames(flags.stage), flags.oldName);
  const opened = host.openCloud(region);
  try {
    const account = await opened.cloud.account().catch(
      (error: unknown) => { throw awsFailure('Asking AWS whose credentials these are', error); });
    const folder = flags.app ?? await host.synthesise(region);
    const template = await readStageTemplate(resolve(host.projectFolder, folder), flags.stage);
    const state = await takeSurvey(opened.cloud, flags, template, account);
    if (await isTakenOver(flags, host, opened, state, template)) return;
    if (flags.undo) throw new CommandError(`Undoing failed: no takeover of the stage ${flags.stage} was started.`);
    if (flags.apply) await applyTo(opened.cloud, flags, host, state, template);
    else printPlan(flags, host, state);
  } finally {
    opened.close();
  }
}

/** An old environment is taken over by steps: one that a stack owns, or one that has other names than the engine. */
async function isTakenOver(
  flags: AdoptionFlags, host: AdoptionHost, { cloud, takeover }: OpenCloud, state: State, template: StageTemplate,
): Promise<boolean> {
  const { survey: { discovered, unreadable }, planned, context, account } = state;
  const tools = takeover(flags.stage, account);
  const started = await tools.journal.open();
  const isFinished = (await tools.journal.records()).get('finish')?.state === 'done';
  const hasOldNames = discovered.some(({ found, owner }) =>
    owner === undefined && context.scope.isOld(found.name) && ['table', 'REST API', 'function'].includes(found.kind));
  if (isFinished || (!started && flags.fromStack === undefined && !hasOldNames)) return false;
  if (unreadable.length > 0) refuseIncomplete(flags.stage, state);
  const environment = started ?? readOldEnvironment(discovered, context.scope, flags.fromStack);
  requireOldEnvironment(environment);
  for (const line of callerLines(state.callers)) host.printError(line);
  const isStarted = started !== undefined;
  await takeOver({ flags, host, cloud, tools, template, context, planned, account, environment, isStarted });
  return true;
}

async function takeSurvey(
  cloud: Cloud, { stage, discardMessages, oldName }: AdoptionFlags, template: StageTemplate, account: Account,
): Promise<State> {
  const scope = new StageScope(stage, template.stages, withOldNames(knownOldNames(stage), oldName));
  const found = await survey(cloud, scope);
  const { callers, unreadable } = await callersOf(cloud, scope);
  const context = { scope, account, template, stack: found.stack, discardMessages: discardMessages ?? false };
  return {
    survey: { ...found, unreadable: [...found.unreadable, ...unreadable] },
    planned: plan(found.discovered, context), context, account, callers,
  };
}

async function callersOf(
  cloud: Cloud, scope: StageScope): Promise<Pick<State, 'callers'> & Pick<Survey, 'unreadable'>> {
  try {
    return { callers: await cloud.foreignCallers(scope), unreadable: [] };
  } catch (error) {
    const gap = unreadableOf('caller', 'Looking for what calls the stage from elsewhere', error);
    return { callers: [], unreadable: [gap] };
  }
}

/** The plan and what to do next; JSON alone on standard output where it was asked for. */
function printPlan({ stage, json }: AdoptionFlags, host: AdoptionHost,
  { survey: { unreadable, stack }, planned, context, callers }: State): void {
  const { account = { account: '', region: '' } } = context;
  const page = report(stage, account, planned, unreadable);
  for (const line of json ? [JSON.stringify(page, undefined, 2)] : reportLines(page)) host.print(line);
  const log = json ? host.printError : host.print;
  for (const line of callerLines(callers)) log(line);
  for (const line of ['', ...nextSteps(stage, planned, unreadable, stack)]) log(line);
}

async function applyTo(
  cloud: Cloud, flags: AdoptionFlags, host: AdoptionHost, state: State, template: StageTemplate): Promise<void> {
  const log = flags.json ? host.printError : host.print;
  const page = report(
    flags.stage, state.context.account ?? { account: '', region: '' }, state.planned, state.survey.unreadable);
  for (const line of reportLines(page)) log(line);
  refuseIncomplete(flags.stage, state);
  if (state.planned.some(({ decision }) => decision !== 'keep')) {
    await confirmed(flags, host, page);
    log('');
    await applyPlan(
      cloud, { context: state.context, discovered: state.survey.discovered, waitsForNames: flags.wait, log });
  }
  log('');
  printPlan(flags, host, await takeSurvey(cloud, flags, template, state.account));
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
