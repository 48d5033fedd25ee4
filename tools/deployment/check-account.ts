import { CommandError } from '../../src/cli/command-error';
import type { DeliveryStage } from '../../src/cli/delivery-stages';
import { resourceNames } from '../../src/core/names';
import type { DeploymentAccount, StackState } from './deployment-host';

/** The stack that `cdk bootstrap` makes in each account and region. */
const CDK_STACK = 'CDKToolkit';
/** Names in one sentence. */
const NAMED = 6;

/**
 * Refuses, in one sentence and before anything changes, what would make a deployment fail halfway. Returns the
 * account's number.
 */
export async function checkAccount(
  account: DeploymentAccount, stage: DeliveryStage, stages: readonly DeliveryStage[]): Promise<string> {
  const number = await account.accountNumber();
  const place = `${number}, ${stage.region}`;
  if (await account.stack(CDK_STACK) === undefined) {
    throw new CommandError(
      `Deploying ${stage.name} failed: CDK has not been set up in the account and region ${
        place}; run \`npx projen bootstrap -c stages=${stage.name}\`, then try again.`);
  }
  const { stack } = resourceNames(stage.name);
  const blocker = stackBlocker(stack, stage, await account.stack(stack));
  if (blocker) throw new CommandError(`Deploying ${stage.name} failed: ${blocker}.`);
  const { unowned, unreadable } = await account.unowned(stage.name, stages.map(({ name }) => name));
  if (unowned.length > 0) {
    const examples = unowned.slice(0, NAMED).map(({ kind, name }) => `${kind} ${name}`).join(', ');
    const more = unowned.length > NAMED ? ` and ${unowned.length - NAMED} more` : '';
    throw new CommandError(
      `Deploying ${stage.name} failed: ${place} has resources of its names that no stack owns (${examples}${
        more}); see what would happen to them with \`npx projen adopt --stage ${stage.name}\`.`);
  }
  if (unreadable.length > 0) {
    const kinds = [...new Set(unreadable.map(({ kind }) => kind))].join(', ');
    throw new CommandError(
      `Deploying ${stage.name} failed: these credentials may not list resources of its names that no stack owns `
      + `(${kinds}); use a role that may list them.`);
  }
  return number;
}

interface Place {
  readonly stack: string;
  readonly stage: DeliveryStage;
  readonly isProtected: boolean;
}

/**
 * What to do before the stack can be changed, by its status. A status that is not listed can be deployed to.
 */
const REMEDIES: Readonly<Record<string, (place: Place) => string>> = {
  ROLLBACK_COMPLETE: (place) =>
    `its first deployment failed and was rolled back, so that the stack can only be deleted: read why in its events, ${
      deleted(place, `run \`npx projen destroy --stage ${place.stage.name}\``)}`,
  ROLLBACK_FAILED: (place) =>
    `its first deployment failed and could not be rolled back: read why in its events, ${
      deleted(place, 'delete the stack in the CloudFormation console')}`,
  CREATE_FAILED: (place) =>
    `its first deployment failed: read why in its events, ${
      deleted(place, `run \`npx projen destroy --stage ${place.stage.name}\``)}`,
  UPDATE_ROLLBACK_FAILED: (place) =>
    'an update could not be rolled back: read why in its events, repair it, '
    + `run \`aws cloudformation continue-update-rollback ${named(place)}\``,
  DELETE_FAILED: () =>
    'it could not be deleted: read in its events which resource prevents it, remove or retain that, '
    + 'delete the stack again',
  IMPORT_ROLLBACK_FAILED: () =>
    'an import could not be rolled back: read why in its events, repair it in the CloudFormation console',
  UPDATE_FAILED: (place) =>
    `an update failed and was not rolled back: run \`aws cloudformation rollback-stack ${named(place)}\``,
};

/** Undefined if the stack can be deployed to as it is. */
export function stackBlocker(stack: string, stage: DeliveryStage, state: StackState | undefined): string | undefined {
  if (state === undefined || state.status === 'REVIEW_IN_PROGRESS') return undefined;
  const { status, isProtected } = state;
  const advice = status.endsWith('_IN_PROGRESS')
    ? 'something is changing it now: wait until that has ended' : REMEDIES[status]?.({ stack, stage, isProtected });
  return advice && `the stack ${stack} is in the state ${status}: ${advice}, then try again`;
}

/** The command that lets a stack be deleted. */
export function unprotect(place: Pick<Place, 'stack' | 'stage'>): string {
  return `\`aws cloudformation update-termination-protection --no-enable-termination-protection ${named(place)}\``;
}

/** A guarded stage's stack is protected even if it never worked. What it created and retains outlives it. */
function deleted(place: Place, how: string): string {
  if (!place.isProtected) return how;
  const kept = `then run \`npx projen adopt --stage ${place.stage.name}\`, which shows what happens to the tables, `
    + 'queues and log groups that it kept and that would block the deployment';
  return `turn its protection off (${unprotect(place)}), ${how}, ${kept}`;
}

function named({ stack, stage }: Pick<Place, 'stack' | 'stage'>): string {
  return `--stack-name ${stack} --region ${stage.region}`;
}
