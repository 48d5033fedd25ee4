import { CommandError } from '../../src/cli/command-error';
import type { DeliveryStage } from '../../src/cli/delivery-stages';
import { resourceNames } from '../../src/core/names';
import type { DeploymentAccount } from './deployment-host';
import { stackBlocker } from './stack-status';

/** The stack that `cdk bootstrap` makes in each account and region. */
const CDK_STACK = 'CDKToolkit';
/** Names in a sentence; more are counted. */
const NAMED = 6;

/** Refuses, in one sentence and before anything is changed, what a deployment would fail at half way. Answers the account's number. */
export async function checkAccount(account: DeploymentAccount, stage: DeliveryStage, stages: readonly DeliveryStage[]): Promise<string> {
  const number = await account.accountNumber();
  const place = `${number}, ${stage.region}`;
  if (await account.stack(CDK_STACK) === undefined) {
    throw new CommandError(`Deploying ${stage.name} failed: CDK has not been set up in the account and region ${place}; run \`npx projen bootstrap -c stages=${stage.name}\`, then try again.`);
  }
  const { stack } = resourceNames(stage.name);
  const blocker = stackBlocker(stack, stage, await account.stack(stack));
  if (blocker) throw new CommandError(`Deploying ${stage.name} failed: ${blocker}.`);
  const { unowned, unreadable } = await account.unowned(stage.name, stages.map(({ name }) => name));
  if (unowned.length > 0) {
    const named = unowned.slice(0, NAMED).map(({ kind, name }) => `${kind} ${name}`).join(', ');
    const more = unowned.length > NAMED ? ` and ${unowned.length - NAMED} more` : '';
    throw new CommandError(`Deploying ${stage.name} failed: ${place} has resources of its names that no stack owns (${named}${more}); see what would become of them with \`npx projen adopt --stage ${stage.name}\`.`);
  }
  if (unreadable.length > 0) {
    const kinds = [...new Set(unreadable.map(({ kind }) => kind))].join(', ');
    throw new CommandError(`Deploying ${stage.name} failed: these credentials may not look for resources of its names that no stack owns (${kinds}); use a role that may list them.`);
  }
  return number;
}
