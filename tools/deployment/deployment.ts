import { spawn } from 'node:child_process';
import { input } from '@inquirer/prompts';
import { SHELL_VOICE } from '../../src/cli/run-program';
import { awsAccount } from './aws-account';
import type { DeploymentHost } from './deployment-host';
import { runDeployment } from './deployment-program';

const isTerminal = process.stdin.isTTY && process.stderr.isTTY;

/** Every client, and the CDK command, works in the stage's region, whatever the shell's is. */
function settle(region: string): NodeJS.ProcessEnv {
  Object.assign(process.env, { AWS_REGION: region, AWS_DEFAULT_REGION: region });
  return process.env;
}

const host: DeploymentHost = {
  projectFolder: process.cwd(),
  ...SHELL_VOICE,
  ...(isTerminal ? { ask: async (message: string) => input({ message }, { output: process.stderr }) } : {}),
  isAutomated: Boolean(process.env.CI),
  openAccount: (region) => {
    settle(region);
    return awsAccount(region);
  },
  runCdk: async (words, region) => new Promise((resolve, reject) => {
    const child = spawn('npx', ['cdk', ...words], { cwd: process.cwd(), env: settle(region), stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => { resolve(code ?? 1); });
  }),
};

void runDeployment(process.argv.slice(2), host).then((code) => { process.exitCode = code; });
