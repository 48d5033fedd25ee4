import { input } from '@inquirer/prompts';
import { shellOutput } from '../../src/cli/shell-output';
import { awsAccount } from './aws-account';
import { inRegion, runCdk, synthesise } from './cdk-command';
import type { DeploymentHost } from './deployment-host';
import { runDeployment } from './deployment-program';

const isTerminal = process.stdin.isTTY && process.stderr.isTTY;

const host: DeploymentHost = {
  projectFolder: process.cwd(),
  ...shellOutput(process.env),
  ...(isTerminal ? { ask: async (message: string) => input({ message }, { output: process.stderr }) } : {}),
  isAutomated: Boolean(process.env.CI),
  shellRegion: process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION,
  openAccount: (region) => {
    inRegion(region);
    return awsAccount(region);
  },
  synthesise,
  runCdk,
};

void runDeployment(process.argv.slice(2), host).then((code) => { process.exitCode = code; });
