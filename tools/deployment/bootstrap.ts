import { CommandError } from '../../src/cli/command-error';
import { deliveryStage } from '../../src/cli/delivery-stages';
import type { DeliveryStage } from '../../src/cli/delivery-stages';
import { boundaryName, executionPolicyName, qualifierOf, toolkitStackName } from '../../src/infra/bootstrap/role-names';
import type { DeploymentHost } from './deployment-host';

const APP = ['--app', 'npx tsx src/bootstrap.ts', '--build', '', '--output', '.local/bootstrap'];

/** Checks the words, the region and the credentials first: CDK itself fails late and with a stack trace. */
export async function bootstrap(context: readonly string[], host: DeploymentHost): Promise<void> {
  const region = regionOf(context, host);
  const number = await accountNumber(region, host);
  host.printError(`Preparing the account ${number}, ${region} …`);
  const words = context.flatMap((pair) => ['-c', pair]);
  // First, because it makes the policies that CDK's own roles get.
  await cdk(host, region, [...APP, 'deploy', '--all', '--require-approval', 'never', ...words]);
  for (const stage of chosenStages(context, host)) {
    if (stage.region !== region) continue;
    await cdk(host, region, [...APP, ...toolkitWords(stage.name, number, region), ...words]);
  }
}

/** CDK's own stack, one for each stage: with a name, a bucket and roles of its own, which reach no other stage. */
export function toolkitWords(stage: string, account: string, region: string): readonly string[] {
  return [
    'bootstrap', `aws://${account}/${region}`,
    '--qualifier', qualifierOf(stage),
    '--toolkit-stack-name', toolkitStackName(stage),
    '--cloudformation-execution-policies', `arn:${partitionOf(region)}:iam::${account}:policy/${
      executionPolicyName(stage)}`,
    '--custom-permissions-boundary', boundaryName(stage), '--apply-permissions-boundary-to-all-roles',
  ];
}

function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

async function accountNumber(region: string, host: DeploymentHost): Promise<string> {
  const account = host.openAccount(region);
  try {
    return await account.accountNumber();
  } finally {
    account.close();
  }
}

/** The shell's region, if a chosen stage lives there; the chosen stages' own if the shell names none. */
function regionOf(context: readonly string[], host: DeploymentHost): string {
  const stages = chosenStages(context, host);
  const choice = stages.map(({ name }) => name).join(',');
  const regions = [...new Set(stages.map(({ region }) => region))];
  const given = host.shellRegion ?? regions[0] ?? '';
  if (regions.includes(given) && (host.shellRegion !== undefined || regions.length === 1)) return given;
  const wanted = regions.map((region) => `AWS_REGION=${region} npx projen bootstrap -c stages=${choice}`).join(' and ');
  throw new CommandError(`Preparing the account failed: ${stages.map(({ name }) => name).join(' and ')} `
    + `${stages.length === 1 ? 'lives' : 'live'} in ${regions.join(' and ')}`
    + `${host.shellRegion === undefined ? '' : `, not in ${host.shellRegion}`}; run ${wanted}.`);
}

function chosenStages(context: readonly string[], host: DeploymentHost): readonly DeliveryStage[] {
  const choice = context.map((pair) => /^stages=(.+)$/.exec(pair)?.[1]).find((names) => names !== undefined);
  if (choice === undefined) {
    throw new CommandError('Preparing the account failed: no stage was named; '
      + 'add -c stages= with the stages that live in this account, separated by commas.');
  }
  return choice.split(',').map((name) => deliveryStage(host.projectFolder, name.trim()));
}

async function cdk(host: DeploymentHost, region: string, words: readonly string[]): Promise<void> {
  const code = await host.runCdk(words, region);
  if (code === 0) return;
  throw new CommandError('Preparing the account failed: the lines above say why '
    + `(exit code ${code}); repair that and run the command again.`);
}
