import { readFile } from 'node:fs/promises';
import { CommandError } from '../../src/cli/command-error';
import type { DeliveryStage } from '../../src/cli/delivery-stages';
import { resourceNames } from '../../src/core/names';
import { readAssembly } from '../delivery-steps/assembly/manifest';
import { checkAccount } from './check-account';
import type { DeploymentAccount } from './deployment-host';
import type { Template } from './template-checks';
import { parseTemplate } from './template-checks';

interface Preflight {
  readonly account: DeploymentAccount;
  readonly stage: DeliveryStage;
  /** The folder of the assembly that is about to be deployed. */
  readonly assembly: string;
}

/**
 * What `npx projen deploy` checks, for an assembly that is finished: everything but resources without a stack, which
 * the pipeline's role may not list. Returns the account's number.
 */
export async function preflight({ account, stage, assembly }: Preflight): Promise<string> {
  const { stack } = resourceNames(stage.name);
  return checkAccount({ account, stage, synthesise: async () => templateIn(assembly, stack) });
}

/** The template of one stack of an assembly. */
export async function templateIn(folder: string, stack: string): Promise<Template> {
  const { stacks } = await readAssembly(folder);
  const file = stacks.find((one) => one.name === stack)?.templateFile;
  const template = file === undefined ? undefined : parseTemplate(await readFile(file, 'utf8'));
  if (template) return template;
  throw new CommandError(`Reading the synthesised stack failed: ${folder} has no ${stack}; `
    + 'add the stage to src/infra/stages.ts.');
}
