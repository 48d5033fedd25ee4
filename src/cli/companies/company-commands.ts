import { Command, Option } from 'commander';
import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import type { PlanResult, PlannedChange } from '../../operations/companies/change-record';
import { planRecord, writePlan } from '../../operations/companies/change-record';
import { isIdentifier } from '../../operations/companies/check-record';
import { audited, AUDITED_FIELDS } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost, GlobalOptions } from '../command-host';
import { outputOf, withStage } from '../command-host';
import { actorOf, confirmed } from '../decisions';
import { plural } from '../findings';
import { table } from '../layout';
import { findingLine } from './document';
import { migrateCommand } from './migrate-command';
import {
  checkFile,
  differenceLines,
  namesOf,
  refuseExisting,
  requireSound,
  requireWritten,
  writeNewFile,
} from './record-file';
import { showCommand } from './show-command';
import { skeleton } from './skeleton';
import { verifyCommand } from './verify-command';

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

const INIT_EXAMPLES = `
Examples:
  engine company init acme nurses --channel sms email --out nurses.yaml`;

function initCommand(host: CommandHost): Command {
  return new Command('init')
    .description('writes a commented file to start from; it validates as it is')
    .argument('<company>', 'identifier, as requests will name it')
    .argument('<project>', 'identifier')
    .addOption(
      new Option('--channel <channels...>', 'the channels to prepare').choices(CHANNELS).default([...CHANNELS]),
    )
    .option('--out <file>', 'where to write; standard output without it. A file that exists is never overwritten')
    .addHelpText('after', INIT_EXAMPLES)
    .action((company: string, project: string, { channel, out }: InitOptions, command: Command) => {
      const wrong = [company, project].find((identifier) => !isIdentifier(identifier));
      const form = 'use at most 64 letters, digits, dots, hyphens and underscores';
      if (wrong !== undefined) command.error(`error: ${wrong} is not a valid identifier: ${form}`);
      const text = skeleton(
        company,
        project,
        CHANNELS.filter((known) => channel.includes(known)),
      );
      if (out === undefined) return host.print(text.trimEnd());
      refuseExisting(out);
      writeNewFile(out, text);
      outputOf(host, command).progress(
        `${out} is written; edit it, then: ${outputOf(host, command).command('company', 'validate', out)}`,
      );
    });
}

const VALIDATE_EXAMPLES = `
Examples:
  engine company validate harbour-and-pine.yaml --stage prod
  engine company validate harbour-and-pine.yaml --json --strict`;

function validateCommand(host: CommandHost): Command {
  return new Command('validate')
    .description('names every fault of a file with its line, and warns of what may be a slip; needs no stage to run')
    .argument('<file>', 'YAML or JSON')
    .option('--strict', 'warnings fail too')
    .addHelpText('after', VALIDATE_EXAMPLES)
    .action((file: string, { strict }: { readonly strict?: true }, command: Command) => {
      const { findings } = checkFile(file, namesOf(command.optsWithGlobals<GlobalOptions>().stage));
      const failing = findings.filter(({ severity }) => strict || severity === 'fault');
      const isValid = failing.length === 0;
      const warned = findings.length > 0 ? `, with ${plural(findings.length, 'warning')}` : '';
      outputOf(host, command).result({ file, valid: isValid, findings }, [
        ...findings.map((finding) => findingLine(file, finding)), ...(isValid ? [`${file} is valid${warned}`] : []),
      ]);
      if (!isValid) {
        throw new CommandError(
          `${file} has ${plural(failing.length, 'fault')}: mend the file, then validate it again.`,
        );
      }
    });
}

interface ApplyOptions {
  readonly yes?: true;
  readonly dryRun?: true;
  readonly by?: string;
}

const APPLY_EXAMPLES = `
Examples:
  engine company apply harbour-and-pine.yaml --stage dev
  engine company apply harbour-and-pine.yaml --stage prod --yes --json`;

function applyCommand(host: CommandHost): Command {
  return new Command('apply')
    .description(
      "writes a file's record after showing the difference; fields of other tools stay, and no change of another is "
        + 'overwritten',
    )
    .argument('<file>', 'YAML or JSON')
    .option('--yes', 'do not ask')
    .option('--dry-run', 'only show the difference')
    .option('--by <name>', 'who changes templates, for their history; otherwise the user of the shell')
    .addHelpText('after', APPLY_EXAMPLES)
    .action(async (file: string, { yes, dryRun, by }: ApplyOptions, command: Command) =>
      withStage(host, command, `Applying ${file}`, async (stage, output) => {
        const document = requireSound(file, checkFile(file, stage.names), output.progress);
        const plan = requirePlan(file, await planRecord(stage, document.value));
        const [company, project] = [String(plan.after.company_id), String(plan.after.project_id)];
        const about = { company, project, changes: plan.changes };
        if (plan.changes.length === 0) {
          return output.result({ ...about, outcome: 'unchanged' }, [`${company} ${project}: nothing differs`]);
        }
        const lines = differenceLines(plan.changes);
        if (dryRun) return output.result({ ...about, outcome: 'not written' }, [...lines, 'Nothing was written.']);
        for (const line of lines) output.progress(line);
        const actor = actorOf(host, by);
        const change = `${plan.before ? 'Change' : 'Create'} ${project} of ${company} on ${stage.name}`;
        await confirmed(host, `${change} (${plural(plan.changes.length, 'field')})?`, yes);
        requireWritten(`Applying ${file}`, await writePlan(stage, plan, actor));
        const fields = [project, ...plan.changes.map(({ path }) => path)].slice(0, AUDITED_FIELDS);
        await audited(stage, host, { action: 'apply_company', company, fields });
        const outcome = plan.before ? 'changed' : 'created';
        output.result({ ...about, outcome }, [`${company} ${project}: ${outcome}; it counts from the next request on`]);
      }),
    );
}

function requirePlan(file: string, result: PlanResult): PlannedChange {
  if (result.outcome === 'planned') return result.plan;
  const found = result.found.map(
    ({ channel, secret, company }) =>
      `channel_config.${channel}.${channel}_credentials_id names ${secret}, a secret of ${company}`,
  );
  throw new CommandError(
    `Applying ${file} failed, and nothing was written: ${found.join('; ')}. Leave it out to have the project's own `
      + 'filled in.',
  );
}

const EMPTY = 'no companies yet; begin with';

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description('every project of every company, active ones first')
    .addHelpText('after', '\nExamples:\n  engine company list --stage prod\n  engine company list --json')
    .action(async (_options: object, command: Command) =>
      withStage(host, command, 'Listing the companies', async (stage, output) => {
        const listed = await stage.companies.list();
        const rows = listed.map(({ company_id: company, project_id: project, project_status: status, ...one }) => [
          company,
          project,
          status,
          one.allowed_channels.join(', '),
          `${one.company_name}: ${one.project_name}`,
        ]);
        output.result(
          listed,
          listed.length === 0
            ? [`${EMPTY}: ${output.command('company', 'init', '--help')}`]
            : table(rows, host.columns),
        );
      }),
    );
}
