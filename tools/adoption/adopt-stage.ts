import { resolve } from 'node:path';
import { awsFailure, CommandError } from '../../src/cli/command-error';
import type { AdoptionHost } from './adoption-host';
import { applyPlan } from './apply';
import type { Cloud } from './cloud';
import { nextSteps } from './next-steps';
import type { PlanContext, Planned } from './plan';
import { plan } from './plan';
import { report, reportLines } from './report';
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
  readonly app: string;
  readonly wait: boolean;
}

interface Look {
  readonly survey: Survey;
  readonly planned: readonly Planned[];
  readonly context: PlanContext;
}

/** Shows the plan, and carries it out where that was asked for and confirmed. */
export async function adopt(flags: AdoptionFlags, host: AdoptionHost): Promise<void> {
  const template = await readStageTemplate(resolve(host.projectFolder, flags.app), flags.stage);
  const { cloud, close } = host.openCloud(template.region);
  try {
    const look = await lookAt(cloud, flags, template);
    if (!flags.apply) {
      tell(flags, host, look);
      return;
    }
    await applyTo(cloud, flags, host, look, template);
  } finally {
    close();
  }
}

async function lookAt(cloud: Cloud, { stage, discardMessages }: AdoptionFlags, template: StageTemplate): Promise<Look> {
  const account = await cloud.account().catch((error: unknown) => { throw awsFailure('Asking AWS whose credentials these are', error); });
  const scope = new StageScope(stage, template.stages);
  const survey_ = await survey(cloud, scope);
  const context = { scope, account, template, stack: survey_.stack, discardMessages: discardMessages ?? false };
  return { survey: survey_, planned: plan(survey_.discovered, context), context };
}

/** The plan and what to do next; JSON alone on standard output where it was asked for. */
function tell({ stage, json }: AdoptionFlags, host: AdoptionHost, { survey: { unreadable, stack }, planned, context }: Look): void {
  const { account = { account: '', region: '' } } = context;
  const told = report(stage, account, planned, unreadable);
  for (const line of json ? [JSON.stringify(told, undefined, 2)] : reportLines(told)) host.print(line);
  const log = json ? host.complain : host.print;
  for (const line of ['', ...nextSteps(stage, planned, unreadable, stack)]) log(line);
}

async function applyTo(cloud: Cloud, flags: AdoptionFlags, host: AdoptionHost, look: Look, template: StageTemplate): Promise<void> {
  const log = flags.json ? host.complain : host.print;
  const told = report(flags.stage, look.context.account ?? { account: '', region: '' }, look.planned, look.survey.unreadable);
  for (const line of reportLines(told)) log(line);
  refuseHalf(flags.stage, look);
  if (look.planned.some(({ decision }) => decision !== 'keep')) {
    await confirm(flags, host, told.account, told.region);
    log('');
    await applyPlan(cloud, { context: look.context, discovered: look.survey.discovered, waitsForNames: flags.wait, log });
  }
  log('');
  tell(flags, host, await lookAt(cloud, flags, template));
}

/** Nothing is begun that could not be finished. */
function refuseHalf(stage: string, { survey: { unreadable }, planned }: Look): void {
  if (unreadable.length > 0) {
    throw new CommandError(`Adopting the stage ${stage} failed before anything was changed: these credentials may not look at everything (${[...new Set(unreadable.map(({ action }) => action))].join(', ')}); use a role that may.`);
  }
  const blocked = planned.filter(({ decision }) => decision === 'blocked');
  if (blocked.length > 0) {
    throw new CommandError(`Adopting the stage ${stage} failed before anything was changed: ${blocked.map(({ found, reason }) => `the ${found.kind} ${found.name} ${reason}`).join('; ')}.`);
  }
}

async function confirm({ stage, confirm: given }: AdoptionFlags, host: AdoptionHost, account: string, region: string): Promise<void> {
  if (given === undefined && !host.ask) {
    throw new CommandError(`Adopting the stage ${stage} failed before anything was changed: nobody confirmed it; give --confirm ${stage}, or run it in a terminal.`);
  }
  const typed = given ?? await host.ask?.(`This changes account ${account}, region ${region}. Type the stage's name to go on:`);
  if (typed?.trim() !== stage) {
    throw new CommandError(`Adopting the stage ${stage} failed before anything was changed: "${typed ?? ''}" is not its name; type ${stage} to confirm.`);
  }
}
