import { hostname, userInfo } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { input } from '@inquirer/prompts';
import { shellOutput } from '../../src/cli/shell-output';
import { synthesise } from '../deployment/cdk-command';
import { runAdopt } from './adopt-program';
import { accountClients } from './aws/account-clients';
import { awsCloud } from './aws/aws-cloud';
import { takeoverJournal } from './aws/takeover-journal';
import { takeoverOperations } from './aws/takeover-operations';
import type { Account } from './cloud';

const host = {
  projectFolder: process.cwd(),
  ...shellOutput(process.env),
  ask: process.stdin.isTTY ? async (question: string) => input({ message: question }) : undefined,
  synthesise,
  openCloud: (region: string) => {
    const clients = accountClients(region);
    const pause = async (milliseconds: number) => setTimeout(milliseconds);
    return {
      cloud: awsCloud(clients),
      takeover: (stage: string, where: Account) => ({
        operations: takeoverOperations(clients, where, stage, { now: Date.now, pause }),
        journal: takeoverJournal(clients.tables, stage, Date.now),
        owner: `${userInfo().username}@${hostname()}, process ${process.pid}`,
      }),
      close: clients.close,
    };
  },
};

void runAdopt(process.argv.slice(2), host).then((code) => { process.exitCode = code; });
