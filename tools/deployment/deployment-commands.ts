import { resourceNames } from '../../src/core/names';
import { CommandError } from '../../src/cli/command-error';
import type { DeliveryStage } from '../../src/cli/delivery-stages';
import { deliveryStage, deliveryStages } from '../../src/cli/delivery-stages';
import { checkAccount } from './check-account';
import type { DeploymentAccount, DeploymentHost } from './deployment-host';
import { keepOutputs } from './outputs';
import { unprotect } from './stack-status';

export interface StageFlags {
  readonly stage: string;
  /** The stage's name, where nobody is there to type it. */
  readonly confirm?: string;
}

/** Checks the account, asks where it has to, deploys the stage's stack and shows its outputs. */
export async function deployStage({ stage: name, confirm }: StageFlags, host: DeploymentHost): Promise<void> {
  await inStage(name, host, async (stage, account) => {
    const number = await checkAccount(account, stage, deliveryStages(host.projectFolder));
    // In the pipeline the stage's gate has asked.
    if (!isFirst(stage, host) && !host.isAutomated) await nameTyped(`Deploying ${stage.name}`, stage, confirm, host);
    host.complain(`Deploying ${stage.name} to the account ${number}, ${stage.region} …`);
    // Nobody can answer CDK's own question where there is no terminal.
    const approval = host.ask ? [] : ['--require-approval', 'never'];
    await cdk(`Deploying ${stage.name}`, ['deploy', stack(stage), '--exclusively', '--progress', 'events', ...approval], stage, host);
    for (const line of keepOutputs(host.projectFolder, stage.name, await account.outputs(stack(stage)))) host.print(line);
  });
}

/** Shows what a deployment would change. */
export async function showDifference({ stage: name }: StageFlags, host: DeploymentHost): Promise<void> {
  await inStage(name, host, async (stage, account) => {
    await account.accountNumber();
    await cdk(`Comparing ${stage.name}`, ['diff', stack(stage), '--exclusively'], stage, host);
  });
}

/** Deletes a stage's stack after its name was typed; one that is protected only after that was turned off, and what it is to keep stays. */
export async function destroyStage({ stage: name, confirm }: StageFlags, host: DeploymentHost): Promise<void> {
  await inStage(name, host, async (stage, account) => {
    const number = await account.accountNumber();
    const found = await account.stack(stack(stage));
    if (!found) throw new CommandError(`Destroying ${stage.name} failed: the account ${number} has no stack ${stack(stage)} in ${stage.region}.`);
    if (found.isProtected) {
      throw new CommandError(`Destroying ${stage.name} failed: its stack is protected from deletion, and nothing was changed; if it is meant, run ${unprotect({ stack: stack(stage), stage })}, then try again.`);
    }
    await nameTyped(`Destroying ${stage.name} in the account ${number}`, stage, confirm, host);
    await cdk(`Destroying ${stage.name}`, ['destroy', stack(stage), '--exclusively', '--force'], stage, host);
  });
}

async function inStage(name: string, host: DeploymentHost, work: (stage: DeliveryStage, account: DeploymentAccount) => Promise<void>): Promise<void> {
  const stage = deliveryStage(host.projectFolder, name);
  const account = host.openAccount(stage.region);
  try {
    await work(stage, account);
  } finally {
    account.close();
  }
}

/** Every change reaches the first stage by itself, so deploying it by hand is no more than that. */
function isFirst(stage: DeliveryStage, { projectFolder }: DeploymentHost): boolean {
  return deliveryStages(projectFolder)[0]?.name === stage.name;
}

async function nameTyped(attempted: string, stage: DeliveryStage, confirm: string | undefined, host: DeploymentHost): Promise<void> {
  if (confirm === undefined && !host.ask) throw new CommandError(`${attempted} was not begun: there is no terminal to ask at; give --confirm ${stage.name} if it is meant.`);
  const typed = confirm ?? await host.ask?.(`${attempted}: type the stage's name to go on`);
  if (typed?.trim() !== stage.name) throw new CommandError(`${attempted} was not begun: the name that was typed is not ${stage.name}, and nothing was changed.`);
}

async function cdk(attempted: string, words: readonly string[], stage: DeliveryStage, host: DeploymentHost): Promise<void> {
  const code = await host.runCdk(words, stage.region);
  if (code !== 0) throw new CommandError(`${attempted} failed: the lines above say why (exit code ${code} of cdk ${words[0]}); mend it and run the command again.`);
}

function stack(stage: DeliveryStage): string {
  return resourceNames(stage.name).stack;
}
