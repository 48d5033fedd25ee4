import { resolve } from 'node:path';
import { awsFailure, CommandError } from '../../src/cli/command-error';
import type { AdoptionHost } from './adoption-host';
import { applyPlan } from './apply';
import type { Cloud } from './cloud';
import { nextSteps } from './next-steps';
import type { Circumstances, Planned } from './plan';
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
  readonly circumstances: Circumstances;
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
  const surveyed = await survey(cloud, scope);
  const circumstances = { scope, account, template, stack: surveyed.stack, discardMessages: discardMessages ?? false };
  return { survey: surveyed, planned: plan(surveyed.sightings, circumstances), circumstances };
}

/** The plan and what to do next; JSON alone on standard output where it was asked for. */
function tell({ stage, json }: AdoptionFlags, host: AdoptionHost, { survey: { notSeen, stack }, planned, circumstances }: Look): void {
  const { account = { account: '', region: '' } } = circumstances;
  const told = report(stage, account, planned, notSeen);
  for (const line of json ? [JSON.stringify(told, undefined, 2)] : reportLines(told)) host.print(line);
  const say = json ? host.complain : host.print;
  for (const line of ['', ...nextSteps(stage, planned, notSeen, stack)]) say(line);
}

async function applyTo(cloud: Cloud, flags: AdoptionFlags, host: AdoptionHost, look: Look, template: StageTemplate): Promise<void> {
  const say = flags.json ? host.complain : host.print;
  const told = report(flags.stage, look.circumstances.account ?? { account: '', region: '' }, look.planned, look.survey.notSeen);
  for (const line of reportLines(told)) say(line);
  refuseHalf(flags.stage, look);
  if (look.planned.some(({ verdict }) => verdict !== 'keep')) {
    await confirm(flags, host, told.account, told.region);
    say('');
    await applyPlan(cloud, { circumstances: look.circumstances, sightings: look.survey.sightings, waitsForNames: flags.wait, say });
  }
  say('');
  tell(flags, host, await lookAt(cloud, flags, template));
}

/** Nothing is begun that could not be finished. */
function refuseHalf(stage: string, { survey: { notSeen }, planned }: Look): void {
  if (notSeen.length > 0) {
    throw new CommandError(`Adopting the stage ${stage} failed before anything was changed: these credentials may not look at everything (${[...new Set(notSeen.map(({ action }) => action))].join(', ')}); use a role that may.`);
  }
  const blocked = planned.filter(({ verdict }) => verdict === 'blocked');
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
