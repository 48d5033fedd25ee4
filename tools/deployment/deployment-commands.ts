import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { resourceNames } from '../../src/core/names';
import { CommandError } from '../../src/cli/command-error';
import type { DeliveryStage } from '../../src/cli/delivery-stages';
import { deliveryStage, deliveryStages } from '../../src/cli/delivery-stages';
import { checkAccount, refuseUnowned, unprotect } from './check-account';
import type { DeploymentAccount, DeploymentHost } from './deployment-host';
import { templateIn } from './preflight';

/** Keeps CDK from running cdk.json's build command, which it does even for a finished assembly. */
const NO_BUILD = ['--build', ''];

export interface StageFlags {
  readonly stage: string;
  /** The stage's name, for a shell without a terminal. */
  readonly confirm?: string;
}

/** Checks the account, asks where it has to, deploys the stage's stack and shows its outputs. */
export async function deployStage({ stage: name, confirm }: StageFlags, host: DeploymentHost): Promise<void> {
  await inStage(name, host, async (stage, account) => {
    let assembly = '';
    const synthesise = async () => {
      host.printError(`Synthesising ${stack(stage)} …`);
      assembly = await host.synthesise(stage.region);
      return templateIn(assembly, stack(stage));
    };
    const stages = deliveryStages(host.projectFolder);
    const number = await checkAccount({ account, stage, synthesise });
    await refuseUnowned({ account, stage, stages });
    // In the pipeline the stage's gate has asked.
    if (!isFirst(stage, host) && !host.isAutomated) await nameTyped(`Deploying ${stage.name}`, stage, confirm, host);
    host.printError(`Deploying ${stage.name} to the account ${number}, ${stage.region} …`);
    // Without a terminal CDK's own question cannot be answered.
    const approval = host.ask ? [] : ['--require-approval', 'never'];
    await cdk(`Deploying ${stage.name}`,
      ['deploy', stack(stage), '--app', assembly, ...NO_BUILD, '--exclusively', '--progress', 'events', ...approval],
      stage, host);
    const outputs = await account.outputs(stack(stage));
    for (const line of keepOutputs(host.projectFolder, stage.name, outputs)) host.print(line);
  });
}

/** Shows what a deployment would change. */
export async function showDifference({ stage: name }: StageFlags, host: DeploymentHost): Promise<void> {
  await inStage(name, host, async (stage, account) => {
    await account.accountNumber();
    await cdk(`Comparing ${stage.name}`, ['diff', stack(stage), '--exclusively'], stage, host);
  });
}

/**
 * Deletes a stage's stack after its name was typed; one that is protected only after that was turned off, and what it
 * is to keep stays.
 */
export async function destroyStage({ stage: name, confirm }: StageFlags, host: DeploymentHost): Promise<void> {
  await inStage(name, host, async (stage, account) => {
    const number = await account.accountNumber();
    const found = await account.stack(stack(stage));
    if (!found) {
      throw new CommandError(
        `Destroying ${stage.name} failed: the account ${number} has no stack ${stack(stage)} in ${stage.region}.`);
    }
    if (found.isProtected) {
      throw new CommandError(
        `Destroying ${stage.name} failed: its stack is protected from deletion, and nothing was changed; to delete it, `
        + `run ${unprotect({ stack: stack(stage), stage })}, then try again.`);
    }
    await nameTyped(`Destroying ${stage.name} in the account ${number}`, stage, confirm, host);
    await cdk(`Destroying ${stage.name}`, ['destroy', stack(stage), '--exclusively', '--force'], stage, host);
  });
}

async function inStage(
  name: string, host: DeploymentHost,
  work: (stage: DeliveryStage, account: DeploymentAccount) => Promise<void>): Promise<void> {
  const stage = deliveryStage(host.projectFolder, name);
  const account = host.openAccount(stage.region);
  try {
    await work(stage, account);
  } finally {
    account.close();
  }
}

/** The pipeline deploys every change to the first stage without asking. */
function isFirst(stage: DeliveryStage, { projectFolder }: DeploymentHost): boolean {
  return deliveryStages(projectFolder)[0]?.name === stage.name;
}

async function nameTyped(
  attempted: string, stage: DeliveryStage, confirm: string | undefined, host: DeploymentHost): Promise<void> {
  if (confirm === undefined && !host.ask) {
    throw new CommandError(
      `${attempted} was not started: there is no terminal to ask on; give --confirm ${stage.name} to go on.`);
  }
  const typed = confirm ?? await host.ask?.(`${attempted}: type the stage's name to go on`);
  if (typed?.trim() !== stage.name) {
    throw new CommandError(
      `${attempted} was not started: the name that was typed is not ${stage.name}, and nothing was changed.`);
  }
}

async function cdk(
  attempted: string, words: readonly string[], stage: DeliveryStage, host: DeploymentHost): Promise<void> {
  const code = await host.runCdk(words, stage.region);
  if (code !== 0) {
    throw new CommandError(
      `${attempted} failed: the lines above say why (exit code ${code} of cdk ${
        words[0]}); repair that and run the command again.`);
  }
}

function stack(stage: DeliveryStage): string {
  return resourceNames(stage.name).stack;
}

/** Ignored by git; tests and scripts read it. */
function outputsFile(projectFolder: string, stage: string): string {
  return join(projectFolder, '.local', 'outputs', `${stage}.json`);
}

/** Keeps a stage's outputs where tests find them, and answers them as lines for people. */
function keepOutputs(
  projectFolder: string, stage: string, outputs: Readonly<Record<string, string>>): readonly string[] {
  const file = outputsFile(projectFolder, stage);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(outputs, undefined, 2)}\n`);
  const width = Math.max(...Object.keys(outputs).map((name) => name.length));
  return [...Object.entries(outputs).map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    `  kept in .local/outputs/${stage}.json`];
}
