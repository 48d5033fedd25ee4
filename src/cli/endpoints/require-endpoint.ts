import type { Endpoint } from '../../core/events/endpoint';
import { CommandError } from '../command-error';
import type { CommandOutput } from '../command-host';
import type { Stage } from '../stage';

/** The endpoint that an identifier, or its beginning, means. */
export async function requireEndpoint(
  { endpoints }: Pick<Stage, 'endpoints'>,
  company: string,
  id: string,
  { command }: CommandOutput,
): Promise<Endpoint> {
  const [found, ...others] = (await endpoints.list(company)).filter((one) => one.id.startsWith(id));
  if (found && others.length === 0) return found;
  const what = found ? `more than one endpoint of ${company} begins` : `${company} has no endpoint that begins`;
  throw new CommandError(
    `Finding the endpoint failed: ${what} with ${id}; see ${command('endpoint', 'list', company)}.`,
  );
}
