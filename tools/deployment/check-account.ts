import { CommandError } from '../../src/cli/command-error';
import type { DeliveryStage } from '../../src/cli/delivery-stages';
import { resourceNames } from '../../src/core/names';
import { toolkitStackName } from '../../src/infra/bootstrap/role-names';
import type { DeploymentAccount, StackState } from './deployment-host';
import type { Template } from './template-checks';
import { foreignResources, needsLogRole, parseTemplate, wantedConcurrency } from './template-checks';

/** The version of that stack which the templates of this app require. */
const CDK_STACK_VERSION = 6;
/** Names in one sentence. */
const NAMED = 6;
/** Lambda's quota of concurrent executions. */
const CONCURRENCY_QUOTA = 'L-B99A9384';
/** Executions for the functions that the API starts, beside those of the queues. */
const API_EXECUTIONS = 5;

interface Deployment {
  readonly account: DeploymentAccount;
  readonly stage: DeliveryStage;
  /** Called only once the account itself has no fault. */
  readonly synthesise: () => Promise<Template>;
}

/**
 * Refuses, in one sentence and before anything changes, what would make a deployment fail halfway or lose data.
 * Returns the account's number.
 */
export async function checkAccount({ account, stage, synthesise }: Deployment): Promise<string> {
  const number = await account.accountNumber();
  const { stack } = resourceNames(stage.name);
  const blocker = await bootstrapBlocker(account, stage, `${number}, ${stage.region}`)
    ?? stackBlocker(stack, stage, await account.stack(stack))
    ?? await templateBlocker(account, stage, await synthesise());
  if (blocker) throw refusal(stage, blocker);
  return number;
}

interface Search extends Pick<Deployment, 'account' | 'stage'> {
  readonly stages: readonly DeliveryStage[];
}

/** Refuses to deploy over resources of the stage's names that no stack owns. */
export async function refuseUnowned({ account, stage, stages }: Search): Promise<void> {
  const blocker = await unownedBlocker(account, stage, stages);
  if (blocker) throw refusal(stage, blocker);
}

function refusal(stage: DeliveryStage, why: string): CommandError {
  return new CommandError(`Deploying ${stage.name} failed: ${why}.`);
}

async function bootstrapBlocker(
  account: DeploymentAccount, { name }: DeliveryStage, place: string): Promise<string | undefined> {
  const toolkit = toolkitStackName(name);
  const command = `run \`npx projen bootstrap -c stages=${name}\`, then try again`;
  if (await account.stack(toolkit) === undefined) {
    return `CDK has not been set up for this stage in the account and region ${place}; ${command}`;
  }
  const { BootstrapVersion: version = '0' } = await account.outputs(toolkit);
  if (Number(version) >= CDK_STACK_VERSION) return undefined;
  return `the stack ${toolkit} in ${place} is of version ${version}, and version ${CDK_STACK_VERSION} is needed; ${
    command}`;
}

/** What the synthesised stack would meet in the account. */
async function templateBlocker(
  account: DeploymentAccount, stage: DeliveryStage, synthesised: Template): Promise<string | undefined> {
  const { stack } = resourceNames(stage.name);
  const text = await account.template(stack);
  const deployed = text === undefined ? undefined : parseTemplate(text);
  const foreign = deployed ? foreignResources(stack, deployed, synthesised) : [];
  if (text !== undefined && (!deployed || foreign.length > 0)) {
    return `another app made the stack ${stack}${
      foreign.length > 0 ? ` (${listed(foreign)})` : ''}, and this deployment `
      + `would delete what it holds; take it over with \`npx projen adopt --stage ${stage.name} --from-stack ${
        stack}\``;
  }
  return await concurrencyBlocker(account, stage, synthesised) ?? await logRoleBlocker(account, stage, synthesised);
}

async function concurrencyBlocker(
  account: DeploymentAccount, { region }: DeliveryStage, synthesised: Template): Promise<string | undefined> {
  const { reserved, fromQueues } = wantedConcurrency(synthesised);
  const wanted = reserved + fromQueues + API_EXECUTIONS;
  const { limit } = await account.concurrency();
  if (limit >= wanted) return undefined;
  return `the account runs at most ${limit} Lambda functions at once in ${region}, and this stage needs ${wanted}; `
    + `run \`aws service-quotas request-service-quota-increase --service-code lambda --quota-code ${CONCURRENCY_QUOTA} `
    + `--desired-value 1000 --region ${region}\`, wait until AWS has approved it, then try again`;
}

async function logRoleBlocker(
  account: DeploymentAccount, stage: DeliveryStage, synthesised: Template): Promise<string | undefined> {
  if (!needsLogRole(synthesised) || await account.logRole() !== undefined) return undefined;
  return `API Gateway has no role to write logs with in ${stage.region}, and the stage does not set one; `
    + `set setsApiGatewayLogRole: true for ${stage.name} in src/infra/stages.ts, then try again`;
}

async function unownedBlocker(
  account: DeploymentAccount, stage: DeliveryStage, stages: readonly DeliveryStage[]): Promise<string | undefined> {
  const { account: number, region, unowned, unreadable } = await account.unowned(
    stage.name, stages.map(({ name }) => name));
  if (unowned.length > 0) {
    return `${number}, ${region} has resources of its names that no stack owns (${
      listed(unowned.map(({ kind, name }) => `${kind} ${name}`))}); see what would happen to them with `
      + `\`npx projen adopt --stage ${stage.name}\``;
  }
  if (unreadable.length === 0) return undefined;
  const kinds = [...new Set(unreadable.map(({ kind }) => kind))].join(', ');
  return `these credentials may not list resources of its names that no stack owns (${
    kinds}); use a role that may list them`;
}

function listed(names: readonly string[]): string {
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  return `${names.slice(0, NAMED).join(', ')}${more}`;
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
