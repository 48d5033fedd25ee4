import { Command } from 'commander';
import { timestamp } from '../../core/ports/clock';
import type { KeptGrant } from '../../records/dynamodb-key-grants';
import { DynamoDbKeyGrants } from '../../records/dynamodb-key-grants';
import { awsFailure, CommandError } from '../command-error';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import { companyStores } from '../companies/company-stores';
import { confirmed, decisionMaker } from '../operator';
import type { StageClients } from '../stage-clients';
import { duration } from './duration';
import { GatewayKeys } from './gateway-keys';
import type { CreatedKey, KeyPorts } from './key-work';
import { adoptKey, clearAbandoned, createKey, endAfter, keyState, pickGrant, revokeKey, shortHash } from './key-work';

/** `key`: the API keys of companies. A key is told once; afterwards only its hash names it. */
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

function createCommand(host: CommandHost): Command {
  return withProjects(new Command('create').description('makes a key and prints it, once, on standard output; it is stored nowhere'))
    .option('--expires-in <time>', 'such as 90d; never without it', duration)
    .addHelpText('after', '\nExamples:\n  engine key create harbour-and-pine --project nurses --stage prod\n  engine key create harbour-and-pine --all-projects --label backend --expires-in 90d --json')
    .action(async (company: string, options: ProjectOptions & { readonly expiresIn?: number }, command: Command) =>
      withStage(host, command, async (clients, output) => {
        const projectIds = await projectsOf(clients, company, options, command);
        const ports = keyPorts(clients);
        const maker = decisionMaker(host, options.by);
        const { expiresIn, label } = options;
        const created = await attempting('Creating the key', async () => {
          const cleared = await clearAbandoned(ports, await ports.grants.list(company));
          if (cleared > 0) output.progress(`unfinished keys of an earlier run that nobody has seen, cleared away: ${cleared}`);
          return createKey(ports, {
            companyId: company, projectIds, by: maker, ...(label === undefined ? {} : { label }),
            ...(expiresIn === undefined ? {} : { expiresAt: timestamp(Date.now() + expiresIn) }),
          });
        });
        tellKey(output, created, {});
      }));
}

function adoptCommand(host: CommandHost): Command {
  return withProjects(new Command('adopt').description('binds a key that API Gateway has already (of the old engine, or the stack\'s first) to a company; its value is not shown'))
    .requiredOption('--api-key-id <id>', 'of the key at API Gateway')
    .addHelpText('after', '\nExamples:\n  engine key adopt harbour-and-pine --project nurses --api-key-id k3j2h1g0f9 --stage prod')
    .action(async (company: string, options: ProjectOptions & { readonly apiKeyId: string }, command: Command) =>
      withStage(host, command, async (clients, output) => {
        const projectIds = await projectsOf(clients, company, options, command);
        const { apiKeyId, label } = options;
        const owner = { companyId: company, projectIds, by: decisionMaker(host, options.by), ...(label === undefined ? {} : { label }) };
        const grant = await attempting('Adopting the key', async () => adoptKey(keyPorts(clients), apiKeyId, owner));
        output.result(told(grant), [`${shortHash(grant)} is a key of ${company} for ${projectWords(grant)}`]);
      }));
}

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description('a company\'s keys by their hash, with projects and state')
    .argument('<company>')
    .addHelpText('after', '\nExamples:\n  engine key list harbour-and-pine --stage prod\n  engine key list harbour-and-pine --json')
    .action(async (company: string, _options: object, command: Command) => withStage(host, command, async (clients, output) => {
      const grants = await listGrants(clients, company);
      output.result(grants.map(told), grants.length === 0 ? [`${company} has no keys; make one with: engine key create ${company}`] : grants.map(grantLine));
    }));
}

function rotateCommand(host: CommandHost): Command {
  return new Command('rotate')
    .description('makes a key like the given one and prints it; the old one works on for the overlap')
    .argument('<company>')
    .argument('<hash>', 'beginning of the old key\'s hash (from key list)')
    .option('--overlap <time>', 'how long the old key still works, such as 30m or 24h; 0 revokes it', duration, 24 * 3_600_000)
    .option('--by <name>', 'who makes it; otherwise the user of the shell')
    .addHelpText('after', '\nExamples:\n  engine key rotate harbour-and-pine 3f9a1c --stage prod\n  engine key rotate harbour-and-pine 3f9a1c --overlap 7d --json')
    .action(async (company: string, hash: string, { overlap, by }: { readonly overlap: number; readonly by?: string }, command: Command) =>
      withStage(host, command, async (clients, output) => {
        const ports = keyPorts(clients);
        const grants = await listGrants(clients, company);
        const old = pickGrant(grants, hash, company);
        if (keyState(old, Date.now()) !== 'working') throw new CommandError(`Rotating the key ${shortHash(old)} failed: it is ${keyState(old, Date.now())}; create a new one with key create.`);
        const earlier = grants.find(({ replaces, revoked_at: revoked, unfinished }) => replaces === old.hash && revoked === undefined && !unfinished);
        if (earlier && old.expires_at === undefined) {
          const oldEnds = await endOld(ports, old, overlap);
          throw new CommandError(`The key ${shortHash(earlier)} follows ${shortHash(old)} already, which now ends ${oldEnds}; if nobody kept the new key, revoke it and rotate again.`);
        }
        if (earlier) throw new CommandError(`Rotating the key ${shortHash(old)} failed: ${shortHash(earlier)} follows it already; if nobody kept that one, revoke it first.`);
        const maker = decisionMaker(host, by);
        const label = old.label === undefined ? {} : { label: old.label };
        const created = await attempting('Creating the new key', async () => {
          await clearAbandoned(ports, grants);
          return createKey(ports, { companyId: company, projectIds: old.project_ids, by: maker, replaces: old.hash, ...label });
        });
        // The old key ends only once the new one can have been read; if it cannot be ended, the new one has been told all the same.
        const oldEnds = await endOld(ports, old, overlap).catch((error: unknown) => {
          tellKey(output, created, { replaces: shortHash(old) });
          throw error;
        });
        tellKey(output, created, { replaces: shortHash(old), oldEnds });
      }));
}

async function endOld(ports: KeyPorts, old: KeptGrant, overlap: number): Promise<string> {
  return attempting(`Ending the old key ${shortHash(old)}`, async () => {
    if (overlap > 0) return endAfter(ports, old, overlap);
    await revokeKey(ports, old);
    return 'at once';
  });
}

function revokeCommand(host: CommandHost): Command {
  return new Command('revoke')
    .description('ends a key at once and removes it from API Gateway; repeat it if it was interrupted')
    .argument('<company>')
    .argument('<hash>', 'beginning of the key\'s hash (from key list)')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExamples:\n  engine key revoke harbour-and-pine 3f9a1c --stage prod\n  engine key revoke harbour-and-pine 3f9a1c --yes --json')
    .action(async (company: string, hash: string, { yes }: { readonly yes?: true }, command: Command) =>
      withStage(host, command, async (clients, output) => {
        const grant = pickGrant(await listGrants(clients, company), hash, company);
        await confirmed(host, `Revoke the key ${grantLine(grant)}? Requests with it are refused from then on.`, yes);
        await attempting('Revoking the key', async () => revokeKey(keyPorts(clients), grant));
        output.result({ key: shortHash(grant), outcome: 'revoked' }, [`${shortHash(grant)}: revoked`]);
      }));
}

export async function listGrants(clients: StageClients, company: string): Promise<readonly KeptGrant[]> {
  return attempting('Listing the keys', async () => keyPorts(clients).grants.list(company));
}

function keyPorts(clients: StageClients): KeyPorts {
  const { tables, names } = clients;
  const grants = new DynamoDbKeyGrants(tables, names.companyTable);
  return { grants, gateway: new GatewayKeys(clients), namePrefix: names.apiKey, now: () => Date.now() };
}

/** A key for a project that does not exist would be refused as if it were another company's. */
async function projectsOf(
  clients: StageClients, company: string, { project, allProjects }: ProjectOptions, command: Command,
): Promise<readonly string[]> {
  if ((project === undefined) === (allProjects === undefined)) command.error('error: say which projects: --project <id> or --all-projects');
  const listed = await attempting('Reading the company', async () => companyStores(clients).companies.list());
  const known = listed.filter(({ company_id: id }) => id === company).map(({ project_id: id }) => id);
  if (known.length === 0) throw new CommandError(`Making a key failed: the stage has no company ${company}; see company list, or create it with company apply.`);
  const missing = project?.find((id) => !known.includes(id));
  if (missing !== undefined) throw new CommandError(`Making a key failed: ${company} has no project ${missing}; it has ${known.join(', ')}.`);
  return project ?? ['*'];
}

function tellKey(output: CommandOutput, { value, grant }: CreatedKey, more: { readonly replaces?: string; readonly oldEnds?: string }): void {
  output.progress(`${shortHash(grant)} is a key of ${grant.company_id} for ${projectWords(grant)}. It is told this once:`);
  output.result({ key: value, ...told(grant), ...more }, [value]);
  if (more.oldEnds !== undefined) output.progress(`The old key ${more.replaces ?? ''} ends ${more.oldEnds}.`);
}

function told(grant: KeptGrant) {
  const { company_id: company, project_ids: projects, label, created_at: created, created_by: by, expires_at: expires, revoked_at: revoked } = grant;
  return { hash: shortHash(grant), company, projects, label, state: keyState(grant, Date.now()), created, by, expires, revoked };
}

export function grantLine(grant: KeptGrant): string {
  const { label, expires_at: expires, revoked_at: revoked, api_key_id: id } = grant;
  const state = keyState(grant, Date.now());
  const rest = id === undefined ? '' : ', but still at API Gateway: revoke it again';
  const when = revoked !== undefined ? ` ${revoked}${rest}` : expires !== undefined ? `, until ${expires}` : '';
  return `${shortHash(grant)}  ${state}${when}  ${projectWords(grant)}  created ${grant.created_at}${label === undefined ? '' : `  ${label}`}`;
}

function projectWords({ project_ids: projects }: KeptGrant): string {
  return projects.includes('*') ? 'all projects' : projects.join(', ');
}

async function attempting<Value>(attempted: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw awsFailure(attempted, error);
  }
}
