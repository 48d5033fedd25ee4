import { Command } from 'commander';
import type { NewKey } from '../../operations/keys/create-key';
import { adoptKey, createKey } from '../../operations/keys/create-key';
import { revokeKey } from '../../operations/keys/end-key';
import { shortHash } from '../../operations/keys/key-state';
import { audited } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { actorOf, confirmed } from '../decisions';
import { duration } from './duration';
import { grantLine, projectWords } from './grant-line';
import { createdOrRefused, keyRefused, requireGrant, showKey, shownGrant } from './key-words';
import { rotateCommand } from './rotate-command';

/** `key`: the API keys of companies. A key is shown once; afterwards only its hash names it. */
export function keyCommands(host: CommandHost): Command {
  return new Command('key')
    .description('make, list, rotate and revoke companies\' API keys')
    .addCommand(createCommand(host))
    .addCommand(adoptCommand(host))
    .addCommand(listCommand(host))
    .addCommand(rotateCommand(host))
    .addCommand(revokeCommand(host));
}

interface ProjectOptions {
  readonly project?: readonly string[];
  readonly allProjects?: true;
  readonly label?: string;
  readonly by?: string;
}

function withProjects(command: Command): Command {
  return command
    .argument('<company>')
    .option('--project <projects...>', 'the projects that the key may use')
    .option('--all-projects', 'every project of the company, also later ones')
    .option('--label <text>', 'what the key is for')
    .option('--by <name>', 'who makes it; otherwise the user of the shell');
}

/** What the flags say of a new key. */
function orderOf(
  host: CommandHost,
  company: string,
  { project, allProjects, label, by }: ProjectOptions,
  command: Command,
): NewKey {
  const isEither = (project === undefined) !== (allProjects === undefined);
  if (!isEither) command.error('error: it is not said which projects; give --project <id> or --all-projects');
  return { company, projects: project ?? ['*'], label, actor: actorOf(host, by) };
}

const CREATE_EXAMPLES = `
Examples:
  engine key create harbour-and-pine --project nurses --stage prod
  engine key create acme --all-projects --label backend --expires-in 90d
  engine key create acme --all-projects --label 'tests of the backend' --test`;

interface CreateOptions extends ProjectOptions {
  readonly expiresIn?: number;
  readonly test?: true;
}

function createCommand(host: CommandHost): Command {
  return withProjects(
    new Command('create').description('makes a key and prints it, once, on standard output; it is stored nowhere'),
  )
    .option('--expires-in <time>', 'such as 90d; never without it', duration)
    .option('--test', 'its requests run everything and send nothing')
    .addHelpText('after', CREATE_EXAMPLES)
    .action(async (company: string, options: CreateOptions, command: Command) =>
      withStage(host, command, 'Creating the key', async (stage, output) => {
        const { expiresIn, test } = options;
        const order = { ...orderOf(host, company, options, command), expiresIn, test };
        const created = createdOrRefused('Making a key', company, await createKey(stage, order), output);
        showKey(output, created, stage.clock.now());
        await audited(stage, host, { action: 'create_key', company, fields: [shortHash(created.grant)] });
      }),
    );
}

const ADOPT_EXAMPLES = `
Examples:
  engine key adopt harbour-and-pine --project nurses --api-key-id k3j2h1g0f9`;

function adoptCommand(host: CommandHost): Command {
  return withProjects(
    new Command('adopt').description('binds a key that API Gateway has already to a company; its value is not shown'),
  )
    .requiredOption('--api-key-id <id>', 'of the key at API Gateway')
    .addHelpText('after', ADOPT_EXAMPLES)
    .action(async (company: string, options: ProjectOptions & { readonly apiKeyId: string }, command: Command) =>
      withStage(host, command, 'Adopting the key', async (stage, output) => {
        const { apiKeyId } = options;
        const result = await adoptKey(stage, apiKeyId, orderOf(host, company, options, command));
        const refused = (why: string) => new CommandError(`Adopting the key ${apiKeyId} failed: ${why}.`);
        switch (result.outcome) {
          case 'adopted': {
            const { grant } = result;
            await audited(stage, host, { action: 'adopt_key', company, fields: [shortHash(grant)] });
            return output.result(shownGrant(grant, stage.clock.now()), [
              `${shortHash(grant)} is a key of ${company} for ${projectWords(grant)}`,
            ]);
          }
          case 'key_not_found':
            throw refused('API Gateway has no key of this id; look it up with `aws apigateway get-api-keys`');
          case 'bound_to_another_company':
            throw refused('it is bound to another company; revoke it there, or create a new key');
          case 'company_not_found':
          case 'project_not_found':
          case 'no_usage_plan':
            throw keyRefused('Adopting a key', company, result, output);
        }
      }),
    );
}

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description("a company's keys by their hash, with projects and state")
    .argument('<company>')
    .addHelpText(
      'after',
      '\nExamples:\n  engine key list harbour-and-pine --stage prod\n  engine key list harbour-and-pine --json',
    )
    .action(async (company: string, _options: object, command: Command) =>
      withStage(host, command, 'Listing the keys', async (stage, output) => {
        const grants = await stage.grants.list(company);
        const now = stage.clock.now();
        const none = `${company} has no keys; make one: ${output.command('key', 'create', company, '--all-projects')}`;
        output.result(
          grants.map((grant) => shownGrant(grant, now)),
          grants.length === 0 ? [none] : grants.map((grant) => grantLine(grant, now)),
        );
      }),
    );
}

const REVOKE_EXAMPLES = `
Examples:
  engine key revoke harbour-and-pine 3f9a1c --stage prod
  engine key revoke harbour-and-pine 3f9a1c --yes --json`;

function revokeCommand(host: CommandHost): Command {
  return new Command('revoke')
    .description('ends a key at once and removes it from API Gateway; repeat it if it was interrupted')
    .argument('<company>')
    .argument('<hash>', 'beginning of the key\'s hash (from key list)')
    .option('--yes', 'do not ask')
    .addHelpText('after', REVOKE_EXAMPLES)
    .action(async (company: string, hash: string, { yes }: { readonly yes?: true }, command: Command) =>
      withStage(host, command, 'Revoking the key', async (stage, output) => {
        const grant = requireGrant(await stage.grants.list(company), hash, company, output);
        await confirmed(
          host,
          `Revoke the key ${grantLine(grant, stage.clock.now())}? Requests with it are refused from then on.`,
          yes,
        );
        await revokeKey(stage, grant);
        await audited(stage, host, { action: 'revoke_key', company, fields: [shortHash(grant)] });
        output.result({ key: shortHash(grant), outcome: 'revoked' }, [`${shortHash(grant)}: revoked`]);
      }));
}
