import { Command } from 'commander';
import type { DeliveryNote } from '../../core/ports/events';
import { testEndpoint } from '../../operations/endpoints/manage-endpoints';
import { audited } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import type { Stage } from '../stage';
import { requireEndpoint } from './require-endpoint';

/** Milliseconds that the command waits: an endpoint's whole patience, and the way there. */
const PATIENCE = 25_000;
const LOOK_EVERY = 500;

export function testCommand(host: CommandHost): Command {
  return new Command('test')
    .description('has the engine deliver a test event now, and shows what the endpoint answered')
    .argument('<company>')
    .argument('<id>', 'of the endpoint, or its beginning')
    .addHelpText('after', '\nExamples:\n  engine endpoint test harbour-and-pine ep_3f9a --stage prod')
    .action(async (company: string, id: string, _options: object, command: Command) =>
      withStage(host, command, 'Testing the endpoint', async (stage, output) => {
        const endpoint = await requireEndpoint(stage, company, id, output);
        const test = await testEndpoint(stage, endpoint);
        await audited(stage, host, { action: 'test_endpoint', company, fields: [endpoint.id] });
        const note = await noteOf(stage, endpoint, test);
        if (!note) {
          throw new CommandError(
            'Testing the endpoint failed: the engine has not delivered the event yet; see '
              + `${output.command('endpoint', 'deliveries', company, endpoint.id)}.`,
          );
        }
        if (note.outcome === 'failed') {
          throw new CommandError(
            `Testing the endpoint failed: it answered ${note.answer}; it must answer with 2xx within 10 s.`,
          );
        }
        output.result({ id: endpoint.id, ...note }, [`${endpoint.id}: took the test event (${note.answer})`]);
      }));
}

async function noteOf(
  stage: Pick<Stage, 'clock' | 'endpoints'>,
  endpoint: Parameters<Stage['endpoints']['notes']>[0],
  test: string,
): Promise<DeliveryNote | undefined> {
  const until = stage.clock.now() + PATIENCE;
  while (stage.clock.now() < until) {
    const found = (await stage.endpoints.notes(endpoint, 20)).find(({ event_id: id }) => id === test);
    if (found) return found;
    await stage.clock.sleep(LOOK_EVERY);
  }
  return undefined;
}
