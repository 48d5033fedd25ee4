import { CommandError } from '../../src/cli/command-error';
import { deliveryStage } from '../../src/cli/delivery-stages';
import type { DeploymentHost } from './deployment-host';

const APP = ['--app', 'npx tsx src/bootstrap.ts', '--build', '', '--output', '.local/bootstrap'];

/** Checks the words, the region and the credentials first: CDK itself fails late and with a stack trace. */
export async function bootstrap(context: readonly string[], host: DeploymentHost): Promise<void> {
  const region = regionOf(context, host);
  const account = host.openAccount(region);
  try {
    const number = await account.accountNumber();
    host.printError(`Preparing the account ${number}, ${region} …`);
  } finally {
    account.close();
  }
  const words = context.flatMap((pair) => ['-c', pair]);
  await cdk(host, region, [...APP, 'bootstrap', ...words]);
  await cdk(host, region, [...APP, 'deploy', '--require-approval', 'never', ...words]);
}

/** The shell's region, if a chosen stage lives there; the chosen stages' own if the shell names none. */
function regionOf(context: readonly string[], host: DeploymentHost): string {
  const choice = context.map((pair) => /^stages=(.+)$/.exec(pair)?.[1]).find((names) => names !== undefined);
  if (choice === undefined) {
    throw new CommandError('Preparing the account failed: no stage was named; '
      + 'add -c stages= with the stages that live in this account, separated by commas.');
  }
  const stages = choice.split(',').map((name) => deliveryStage(host.projectFolder, name.trim()));
  const regions = [...new Set(stages.map(({ region }) => region))];
  const given = host.shellRegion ?? regions[0] ?? '';
  if (regions.includes(given) && (host.shellRegion !== undefined || regions.length === 1)) return given;
  const wanted = regions.map((region) => `AWS_REGION=${region} npx projen bootstrap -c stages=${choice}`).join(' and ');
  throw new CommandError(`Preparing the account failed: ${stages.map(({ name }) => name).join(' and ')} `
    + `${stages.length === 1 ? 'lives' : 'live'} in ${regions.join(' and ')}`
    + `${host.shellRegion === undefined ? '' : `, not in ${host.shellRegion}`}; run ${wanted}.`);
}

async function cdk(host: DeploymentHost, region: string, words: readonly string[]): Promise<void> {
  const code = await host.runCdk(words, region);
  if (code === 0) return;
  throw new CommandError('Preparing the account failed: the lines above say why '
    + `(exit code ${code}); repair that and run the command again.`);
}
