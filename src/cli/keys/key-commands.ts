import { Command } from 'commander';
import type { KeptGrant } from '../../core/ports/key-grants';
import type { CreateResult, KeyRefusal, NewKey } from '../../operations/keys/create-key';
import { adoptKey, createKey } from '../../operations/keys/create-key';
import { revokeKey } from '../../operations/keys/end-key';
import { keyState, pickGrant, shortHash } from '../../operations/keys/key-state';
import { CommandError } from '../command-error';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import { actorOf, confirmed } from '../decisions';
import { duration } from './duration';
import { grantLine, projectWords } from './grant-line';
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
function orderOf(host: CommandHost, company: string, { project, allProjects, label, by }: ProjectOptions, command: Command): NewKey {
  const isEither = (project === undefined) !== (allProjects === undefined);
  if (!isEither) command.error('error: it is not said which projects; give --project <id> or --all-projects');
  return { company, projects: project ?? ['*'], label, actor: actorOf(host, by) };
}

const CREATE_EXAMPLES = `
Examples:
  engine key create harbour-and-pine --project nurses --stage prod
  engine key create harbour-and-pine --all-projects --label backend --expires-in 90d`;

function createCommand(host: CommandHost): Command {
  return withProjects(new Command('create').description('makes a key and prints it, once, on standard output; it is stored nowhere'))
    .option('--expires-in <time>', 'such as 90d; never without it', duration)
    .addHelpText('after', CREATE_EXAMPLES)
    .action(async (company: string, options: ProjectOptions & { readonly expiresIn?: number }, command: Command) =>
      withStage(host, command, 'Creating the key', async (stage, output) => {
        const order = { ...orderOf(host, company, options, command), expiresIn: options.expiresIn };
        showKey(output, createdOrRefused('Making a key', company, await createKey(stage, order), output), stage.clock.now());
      }));
}

const ADOPT_EXAMPLES = `
Examples:
  engine key adopt harbour-and-pine --project nurses --api-key-id k3j2h1g0f9`;

function adoptCommand(host: CommandHost): Command {
  return withProjects(new Command('adopt').description('binds a key that API Gateway has already to a company; its value is not shown'))
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
            return output.result(shownGrant(grant, stage.clock.now()), [`${shortHash(grant)} is a key of ${company} for ${projectWords(grant)}`]);
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
      }));
}

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description('a company\'s keys by their hash, with projects and state')
    .argument('<company>')
    .addHelpText('after', '\nExamples:\n  engine key list harbour-and-pine --stage prod\n  engine key list harbour-and-pine --json')
    .action(async (company: string, _options: object, command: Command) => withStage(host, command, 'Listing the keys', async (stage, output) => {
      const grants = await stage.grants.list(company);
      const now = stage.clock.now();
      const none = `${company} has no keys; make one: ${output.command('key', 'create', company, '--all-projects')}`;
      output.result(grants.map((grant) => shownGrant(grant, now)), grants.length === 0 ? [none] : grants.map((grant) => grantLine(grant, now)));
    }));
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
        await confirmed(host, `Revoke the key ${grantLine(grant, stage.clock.now())}? Requests with it are refused from then on.`, yes);
        await revokeKey(stage, grant);
        output.result({ key: shortHash(grant), outcome: 'revoked' }, [`${shortHash(grant)}: revoked`]);
      }));
}

/** The one grant that a beginning of its hash means; a sentence where it means none or several. */
export function requireGrant(grants: readonly KeptGrant[], beginning: string, company: string, { command }: CommandOutput): KeptGrant {
  const picked = pickGrant(grants, beginning);
  if (picked.outcome === 'found') return picked.grant;
  const why = picked.outcome === 'not_found'
    ? `${company} has no such key`
    : `${picked.count} keys of ${company} begin so; give more of the hash`;
  throw new CommandError(`Looking for the key ${beginning} failed: ${why}; see ${command('key', 'list', company)}`);
}

type CreatedKey = Extract<CreateResult, { readonly outcome: 'created' }>;

export function createdOrRefused<Created extends CreatedKey>(
  attempted: string, company: string, result: Created | KeyRefusal, output: CommandOutput,
): Created {
  switch (result.outcome) {
    case 'created':
      return result;
    case 'company_not_found':
    case 'project_not_found':
    case 'no_usage_plan':
      throw keyRefused(attempted, company, result, output);
  }
}

function keyRefused(attempted: string, company: string, refusal: KeyRefusal, { command }: CommandOutput): CommandError {
  switch (refusal.outcome) {
    case 'company_not_found':
      return new CommandError(`${attempted} failed: the stage has no company ${company}; see ${command('company', 'list')}`);
    case 'project_not_found':
      return new CommandError(`${attempted} failed: ${company} has no project ${refusal.project}; it has ${refusal.known.join(', ')}.`);
    case 'no_usage_plan':
      return new CommandError(`${attempted} failed: this account and region have no usage plan of the stage; check --stage and AWS_REGION, and that the stack is deployed.`);
  }
}

interface Succession {
  /** Hash of the key that this one follows. */
  readonly replaces?: string;
  readonly oldEnds?: string;
}

export function showKey(output: CommandOutput, { value, grant, cleared }: CreatedKey, now: number, more: Succession = {}): void {
  if (cleared > 0) output.progress(`unfinished keys of an earlier run that were never shown, cleared away: ${cleared}`);
  output.progress(`${shortHash(grant)} is a key of ${grant.company_id} for ${projectWords(grant)}. Shown only once. Store it now:`);
  output.result({ key: value, ...shownGrant(grant, now), ...more }, [value]);
  if (more.oldEnds !== undefined) output.progress(`The old key ${more.replaces ?? ''} ends ${more.oldEnds}.`);
}

function shownGrant(grant: KeptGrant, now: number) {
  const { company_id: company, project_ids: projects, label, created_at: created, created_by: by, expires_at: expires, revoked_at: revoked } = grant;
  return { hash: shortHash(grant), company, projects, label, state: keyState(grant, now), created, by, expires, revoked };
}
