import { existsSync, writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import { awsFailure, CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { migrateCommand } from '../migration/migrate-command';
import { confirmed, decisionMaker } from '../operator';
import type { CliStage } from '../stage-clients';
import { verifyCommand } from '../verification/verify-command';
import { carryOut, checkFile, namesOf, planApply, requireSound } from './apply';
import { companyStores } from './company-stores';
import { differenceLines } from './difference';
import { findingLine } from './document';
import { showCommand } from './show';
import { skeleton } from './skeleton';

/** `company`: the records by which companies are served. */
export function companyCommands(host: CommandHost): Command {
  return new Command('company')
    .description('onboard companies: a YAML or JSON file is checked, compared with what is stored, and applied')
    .addCommand(initCommand(host))
    .addCommand(validateCommand(host))
    .addCommand(applyCommand(host))
    .addCommand(verifyCommand(host))
    .addCommand(migrateCommand(host))
    .addCommand(showCommand(host))
    .addCommand(listCommand(host));
}

interface InitOptions {
  readonly channel: readonly Channel[];
  readonly out?: string;
}

function initCommand(host: CommandHost): Command {
  return new Command('init')
    .description('writes a commented file to start from; it validates as it stands')
    .argument('<company>', 'identifier, as requests will name it')
    .argument('<project>', 'identifier')
    .addOption(new Option('--channel <channels...>', 'the channels to prepare').choices(CHANNELS).default([...CHANNELS]))
    .option('--out <file>', 'where to write; standard output without it. A file that exists is never overwritten')
    .addHelpText('after', '\nExamples:\n  engine company init harbour-and-pine nurses --channel sms email --out harbour-and-pine.yaml')
    .action((company: string, project: string, { channel, out }: InitOptions, command: Command) => {
      const wrong = [company, project].find((identifier) => !/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(identifier));
      if (wrong !== undefined) command.error(`error: ${wrong} is no identifier: use at most 64 letters, digits, dots, hyphens and underscores`);
      const text = skeleton(company, project, CHANNELS.filter((known) => channel.includes(known)));
      if (out === undefined) return host.print(text.trimEnd());
      if (existsSync(out)) throw new CommandError(`Writing ${out} failed: there is such a file already; give another name.`);
      try {
        writeFileSync(out, text, { flag: 'wx' });
      } catch (error) {
        throw new CommandError(`Writing ${out} failed: check that its folder exists and may be written to.`, { cause: error });
      }
      host.complain(`${out} is written; edit it, then: engine company validate ${out}`);
    });
}

interface Globals {
  readonly stage: CliStage;
  readonly json?: true;
}

function validateCommand(host: CommandHost): Command {
  return new Command('validate')
    .description('names every fault of a file with its line, and warns of what may be a slip; needs no stage to run')
    .argument('<file>', 'YAML or JSON')
    .option('--strict', 'warnings fail too')
    .addHelpText('after', '\nExamples:\n  engine company validate harbour-and-pine.yaml --stage prod\n  engine company validate harbour-and-pine.yaml --json --strict')
    .action((file: string, { strict }: { readonly strict?: true }, command: Command) => {
      const { stage, json } = command.optsWithGlobals<Globals>();
      const { findings } = checkFile(file, namesOf(stage));
      const failing = findings.filter(({ severity }) => strict || severity === 'fault');
      const result = { file, valid: failing.length === 0, findings };
      for (const line of json ? [JSON.stringify(result, undefined, 2)] : findings.map((finding) => findingLine(file, finding))) host.print(line);
      if (failing.length > 0) throw new CommandError(`${file} has ${failing.length} fault${failing.length === 1 ? '' : 's'}: mend ${failing.length === 1 ? 'it' : 'them'}, then validate again.`);
      if (!json) host.print(`${file} is valid${findings.length > 0 ? `, with ${findings.length} warning${findings.length === 1 ? '' : 's'}` : ''}`);
    });
}

interface ApplyOptions {
  readonly yes?: true;
  readonly dryRun?: true;
  readonly by?: string;
}

function applyCommand(host: CommandHost): Command {
  return new Command('apply')
    .description('writes a file\'s record after showing the difference; fields that other tools wrote stay, and a record that changes in between is not overwritten')
    .argument('<file>', 'YAML or JSON')
    .option('--yes', 'do not ask')
    .option('--dry-run', 'only show the difference')
    .option('--by <name>', 'who changes templates, for their history; otherwise the user of the shell')
    .addHelpText('after', '\nExamples:\n  engine company apply harbour-and-pine.yaml --stage dev\n  engine company apply harbour-and-pine.yaml --stage prod --yes --json')
    .action(async (file: string, { yes, dryRun, by }: ApplyOptions, command: Command) => withStage(host, command, async (clients, output) => {
      const document = requireSound(file, checkFile(file, clients.names), host.complain);
      const plan = await planApply(clients, document);
      const { company_id: company, project_id: project } = plan.after;
      const told = { company, project, changes: plan.changes };
      if (plan.changes.length === 0) return output.result({ ...told, outcome: 'unchanged' }, [`${String(company)} ${String(project)}: nothing differs`]);
      const lines = differenceLines(plan.changes);
      if (dryRun) return output.result({ ...told, outcome: 'not written' }, [...lines, 'Nothing was written.']);
      for (const line of lines) output.progress(line);
      const maker = decisionMaker(host, by);
      await confirmed(host, `${plan.before ? 'Change' : 'Create'} ${String(project)} of ${String(company)} on ${clients.stage} (${plan.changes.length} fields)?`, yes);
      await carryOut(clients, `Applying ${file}`, plan, maker);
      const outcome = plan.before ? 'changed' : 'created';
      output.result({ ...told, outcome }, [`${String(company)} ${String(project)}: ${outcome}; it counts from the next request on`]);
    }));
}

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description('every project of every company, active ones first')
    .addHelpText('after', '\nExamples:\n  engine company list --stage prod\n  engine company list --json')
    .action(async (_options: object, command: Command) => withStage(host, command, async (clients, output) => {
      const listed = await companyStores(clients).companies.list().catch((error: unknown) => { throw awsFailure('Listing the companies', error); });
      output.result(listed, listed.length === 0 ? ['no companies yet; begin with: engine company init'] : listed.map((one) =>
        `${one.company_id}  ${one.project_id}  ${one.project_status}  ${one.allowed_channels.join(', ')}  ${one.company_name}: ${one.project_name}`));
    }));
}
