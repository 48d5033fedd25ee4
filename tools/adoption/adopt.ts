import { input } from '@inquirer/prompts';
import { SHELL_VOICE } from '../../src/cli/run-program';
import { synthesise } from '../deployment/cdk-command';
import { runAdopt } from './adopt-program';
import { accountClients } from './aws/account-clients';
import { awsCloud } from './aws/aws-cloud';

const host = {
  projectFolder: process.cwd(),
  ...SHELL_VOICE,
  ask: process.stdin.isTTY ? async (question: string) => input({ message: question }) : undefined,
  synthesise,
  openCloud: (region: string | undefined) => {
    const clients = accountClients(region);
    return { cloud: awsCloud(clients), close: clients.close };
  },
};

void runAdopt(process.argv.slice(2), host).then((code) => { process.exitCode = code; });
