import { resolve } from 'node:path';
import type { Command } from 'commander';
import { preflight } from '../../deployment/preflight';
import { checkSettings } from '../settings';
import type { StepHost } from '../step-host';
import { refuseChangedFiles } from '../working-tree';
import { listed } from './flags';

interface SettingsOptions {
  readonly stage: string;
  readonly accountVariable: string;
  readonly repository: string;
  readonly trusts: readonly string[];
  readonly account?: string;
}

interface PreflightOptions {
  readonly stage: string;
  readonly region: string;
  readonly assembly: string;
}

/** Steps that look before anything is done. */
export function addCheckSteps(program: Command, host: StepHost): void {
  program.command('generated-files')
    .description('refuses a checkout in which the build changed a file')
    .action(async () => {
      await refuseChangedFiles(host.folder);
      host.say('The build changed no file of the commit.');
    });
  program.command('settings')
    .description('checks the account and the repository before AWS is called')
    .requiredOption('--stage <name>', 'of .projenrc.ts')
    .requiredOption('--account-variable <name>', 'repository variable that holds the account')
    .requiredOption('--repository <name>', 'owner/name that the stage trusts')
    .option('--trusts <subject>', 'of an identity token, that the job\'s role trusts; repeatable', listed, [])
    .option('--account <number>', 'the value of the variable')
    .action(async (settings: SettingsOptions) => {
      const { account, ...known } = settings;
      const subject = checkSettings({
        ...known, account, runsIn: host.repository, subject: await host.identitySubject(),
      });
      host.say(`GitHub sends AWS the subject ${subject}.`);
    });
  program.command('preflight')
    .description('refuses a deployment that the account would not bear to its end')
    .requiredOption('--stage <name>', 'of .projenrc.ts')
    .requiredOption('--region <name>', 'of the stage')
    .requiredOption('--assembly <folder>', 'that is about to be deployed')
    .action(async ({ stage: name, region, assembly }: PreflightOptions) => {
      const account = host.openAccount(region);
      try {
        const number = await preflight({ account, stage: { name, region }, assembly: resolve(host.folder, assembly) });
        host.say(`The account ${number} can take the stage ${name}.`);
      } finally {
        account.close();
      }
    });
}
