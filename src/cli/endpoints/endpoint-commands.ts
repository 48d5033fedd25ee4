import { Command } from 'commander';
import type { Endpoint } from '../../core/events/endpoint';
import { MOST_ENDPOINTS, ROTATION_DAYS } from '../../core/events/endpoint';
import type { AuditedAction } from '../../core/ports/audit';
import { addEndpoint, replayEvent, replaySince, rotateSecret } from '../../operations/endpoints/manage-endpoints';
import { audited } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import { actorOf, confirmed } from '../decisions';
import { duration } from '../keys/duration';
import type { Stage } from '../stage';
import { wholeNumberTo } from '../whole-number';
import { endpointLines, noteLine, shownEndpoint } from './endpoint-lines';
import { requireEndpoint } from './require-endpoint';
import { testCommand } from './test-command';

/** `endpoint`: where companies' systems take events. A signing secret is shown once. */
export function endpointCommands(host: CommandHost): Command {
  return new Command('endpoint')
    .description('where companies\' systems take events: add, test, rotate the secret, see deliveries, replay')
    .addCommand(addCommand(host))
    .addCommand(listCommand(host))
    .addCommand(testCommand(host))
    .addCommand(rotateCommand(host))
    .addCommand(removeCommand(host))
    .addCommand(deliveriesCommand(host))
    .addCommand(replayCommand(host));
}

interface AddOptions {
  readonly url: string;
  readonly project?: readonly string[];
  readonly allProjects?: true;
  readonly text?: true;
  readonly by?: string;
}

const ADD_EXAMPLES = `
Examples:
  engine endpoint add acme --url https://example.com/events --project hiring
  engine endpoint add acme --url https://example.com/in --all-projects --text`;

function addCommand(host: CommandHost): Command {
  return new Command('add')
    .description('adds an endpoint, which gets the events from now on, and prints its signing secret, once')
    .argument('<company>')
    .requiredOption('--url <url>', 'https, on the public internet')
    .option('--project <projects...>', 'the projects whose events it gets')
    .option('--all-projects', 'every project of the company, also later ones')
    .option('--text', 'deliver what recipients write, too')
    .option('--by <name>', 'who adds it; otherwise the user of the shell')
    .addHelpText('after', ADD_EXAMPLES)
    .action(async (company: string, { project, allProjects, text, url, by }: AddOptions, command: Command) => {
      const isEither = (project === undefined) !== (allProjects === undefined);
      if (!isEither) command.error('error: it is not said which projects; give --project <id> or --all-projects');
      await withStage(host, command, 'Adding the endpoint', async (stage, output) => {
        const projects = project ?? ['*'];
        await requireProjects(stage, company, projects, output);
        const include = text ? (['text'] as const) : [];
        const result = await addEndpoint(stage, { company, projects, url, include, by: actorOf(host, by).id });
        switch (result.outcome) {
          case 'url_refused':
            throw new CommandError(`Adding the endpoint failed: --url ${result.fault}.`);
          case 'too_many':
            throw new CommandError(
              `Adding the endpoint failed: ${company} has ${MOST_ENDPOINTS} already; remove one with `
                + `${output.command('endpoint', 'remove', company, '<id>')}.`,
            );
          case 'added':
            output.progress(`${result.endpoint.id}: added. Its signing secret, shown only once. Store it now:`);
            output.result({ ...shownEndpoint(result.endpoint), secret: result.secret }, [result.secret]);
            await changed(stage, host, 'add_endpoint', result.endpoint);
        }
      });
    });
}

/** Called once a secret was shown: what is shown once must not be lost by a failure behind it. */
async function changed(
  stage: Stage, host: CommandHost, action: AuditedAction, { company_id: company, id }: Pick<Endpoint, 'company_id' | 'id'>,
): Promise<void> {
  await audited(stage, host, { action, company, fields: [id] });
}

async function requireProjects(
  { companies }: Pick<Stage, 'companies'>,
  company: string,
  projects: readonly string[],
  { command }: CommandOutput,
): Promise<void> {
  const known = (await companies.list()).filter(({ company_id: id }) => id === company);
  const missing = projects.find((id) => id !== '*' && !known.some(({ project_id: project }) => project === id));
  if (known.length > 0 && missing === undefined) return;
  const what = known.length === 0 ? `no company ${company}` : `no project ${missing ?? ''} of ${company}`;
  throw new CommandError(`Adding the endpoint failed: the stage has ${what}; see ${command('company', 'list')}.`);
}

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description('a company\'s endpoints and how they stand; no secret is shown')
    .argument('<company>')
    .addHelpText('after', '\nExamples:\n  engine endpoint list harbour-and-pine --stage prod')
    .action(async (company: string, _options: object, command: Command) =>
      withStage(host, command, 'Listing the endpoints', async (stage, output) => {
        const found = await stage.endpoints.list(company);
        const add = output.command('endpoint', 'add', company, '--url', '<url>', '--all-projects');
        output.result(
          found.map(shownEndpoint),
          found.length === 0
            ? [`${company} has no endpoints; add one: ${add}`]
            : found.flatMap((endpoint) => endpointLines(endpoint, stage.clock.now())),
        );
      }));
}

function rotateCommand(host: CommandHost): Command {
  return new Command('rotate')
    .description(`prints a new signing secret, once; the one before signs beside it for ${ROTATION_DAYS} days`)
    .argument('<company>')
    .argument('<id>', 'of the endpoint, or its beginning')
    .addHelpText('after', '\nExamples:\n  engine endpoint rotate harbour-and-pine ep_3f9a --stage prod')
    .action(async (company: string, id: string, _options: object, command: Command) =>
      withStage(host, command, 'Rotating the secret', async (stage, output) => {
        const endpoint = await requireEndpoint(stage, company, id, output);
        const result = await rotateSecret(stage, endpoint);
        if (result.outcome === 'changed') {
          throw new CommandError('Rotating the secret failed: it was rotated just now by another call; look before you repeat it.');
        }
        output.progress(
          `${endpoint.id}: the secret before signs until ${result.oldUntil}. The new one, shown only once. Store it now:`,
        );
        output.result({ id: endpoint.id, secret: result.secret, old_until: result.oldUntil }, [result.secret]);
        await changed(stage, host, 'rotate_secret', endpoint);
      }));
}

function removeCommand(host: CommandHost): Command {
  return new Command('remove')
    .description('removes an endpoint; it gets no more events')
    .argument('<company>')
    .argument('<id>', 'of the endpoint, or its beginning')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExamples:\n  engine endpoint remove harbour-and-pine ep_3f9a --yes')
    .action(async (company: string, id: string, { yes }: { readonly yes?: true }, command: Command) =>
      withStage(host, command, 'Removing the endpoint', async (stage, output) => {
        const endpoint = await requireEndpoint(stage, company, id, output);
        await confirmed(host, `Remove ${endpoint.id}, ${endpoint.url}? It gets no more events.`, yes);
        await stage.endpoints.remove(company, endpoint.id);
        await changed(stage, host, 'remove_endpoint', endpoint);
        output.result({ id: endpoint.id, outcome: 'removed' }, [`${endpoint.id}: removed`]);
      }));
}

function deliveriesCommand(host: CommandHost): Command {
  return new Command('deliveries')
    .description('deliveries that failed, tests and replays of an endpoint, newest first')
    .argument('<company>')
    .argument('<id>', 'of the endpoint, or its beginning')
    .option('--limit <count>', 'deliveries shown', wholeNumberTo(100), 20)
    .addHelpText('after', '\nExamples:\n  engine endpoint deliveries harbour-and-pine ep_3f9a --limit 50')
    .action(async (company: string, id: string, { limit }: { readonly limit: number }, command: Command) =>
      withStage(host, command, 'Reading the deliveries', async (stage, output) => {
        const endpoint = await requireEndpoint(stage, company, id, output);
        const notes = await stage.endpoints.notes(endpoint, limit);
        const now = stage.clock.now();
        output.result({ endpoint: shownEndpoint(endpoint), deliveries: notes }, [
          ...endpointLines(endpoint, now),
          ...(notes.length === 0 ? ['nothing failed, and nothing was tested'] : notes.map((note) => noteLine(note, now))),
        ]);
      }));
}

interface ReplayOptions {
  readonly event?: string;
  readonly since?: number;
}

const REPLAY_EXAMPLES = `
Examples:
  engine endpoint replay acme ep_3f --event 0b0f5f0e-6d5c-5a7e-9d0a-0c6f6d7b1a11
  engine endpoint replay acme ep_3f --since 24h --stage prod`;

function replayCommand(host: CommandHost): Command {
  return new Command('replay')
    .description('delivers one event once more, or everything of the last time, in order')
    .argument('<company>')
    .argument('<id>', 'of the endpoint, or its beginning')
    .option('--event <id>', 'the event')
    .option('--since <time>', 'everything of the last 30m, 24h or 7d; at most 30d', duration)
    .addHelpText('after', REPLAY_EXAMPLES)
    .action(async (company: string, id: string, { event, since }: ReplayOptions, command: Command) => {
      if ((event === undefined) === (since === undefined)) {
        command.error('error: it is not said what to replay; give --event <id> or --since <time>');
      }
      await withStage(host, command, 'Replaying events', async (stage, output) => {
        const endpoint = await requireEndpoint(stage, company, id, output);
        if (since !== undefined) {
          if (!(await replaySince(stage, endpoint, stage.clock.now() - since))) {
            throw new CommandError(
              `Replaying failed: the endpoint ${endpoint.id} of ${company} was removed meanwhile; nothing is replayed.`,
            );
          }
        } else if (event !== undefined && !(await replayEvent(stage, [endpoint], company, event))) {
          throw new CommandError(`Replaying failed: ${company} has no event ${event}; events are kept for 30 days.`);
        }
        await changed(stage, host, 'replay_events', endpoint);
        output.result({ id: endpoint.id, outcome: 'called' }, [`${endpoint.id}: the events are being delivered again`]);
      });
    });
}
