import { input } from '@inquirer/prompts';
import { runAdopt } from './adopt-program';
import { accountClients } from './aws/account-clients';
import { awsCloud } from './aws/aws-cloud';

const host = {
  projectFolder: process.cwd(),
  print: (line: string) => { process.stdout.write(`${line}\n`); },
  complain: (line: string) => { process.stderr.write(`${line}\n`); },
  ask: process.stdin.isTTY ? async (question: string) => input({ message: question }) : undefined,
  openCloud: (region: string | undefined) => {
    const clients = accountClients(region);
    return { cloud: awsCloud(clients), close: clients.close };
  },
};

runAdopt(process.argv.slice(2), host).then(
  (code) => { process.exitCode = code; },
  (error: unknown) => {
    process.stderr.write(`The command stopped on a fault of its own: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
