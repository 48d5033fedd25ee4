import { Command } from 'commander';
import type { OldKeyEnd } from '../../operations/keys/end-key';
import { rotateKey } from '../../operations/keys/end-key';
import { shortHash } from '../../operations/keys/key-state';
import { audited } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { actorOf } from '../decisions';
import { duration } from './duration';
import { createdOrRefused, requireGrant, showKey } from './key-words';

interface RotateOptions {
  readonly overlap: number;
  readonly by?: string;
}

const EXAMPLES = `
Examples:
  engine key rotate harbour-and-pine 3f9a1c --stage prod
  engine key rotate harbour-and-pine 3f9a1c --overlap 7d --json`;

export function rotateCommand(host: CommandHost): Command {
  return new Command('rotate')
    .description('makes a key like the given one and prints it; the old one works on for the overlap')
    .argument('<company>')
    .argument('<hash>', "beginning of the old key's hash (from key list)")
    .option(
      '--overlap <time>',
      'how long the old key still works, such as 30m or 24h; 0 revokes it',
      duration,
      24 * 3_600_000,
    )
    .option('--by <name>', 'who makes it; otherwise the user of the shell')
    .addHelpText('after', EXAMPLES)
    .action(async (company: string, hash: string, { overlap, by }: RotateOptions, command: Command) =>
      withStage(host, command, 'Rotating the key', async (stage, output) => {
        const actor = actorOf(host, by);
        const grants = await stage.grants.list(company);
        const old = requireGrant(grants, hash, company, output);
        const result = await rotateKey(stage, { old, grants, overlap, actor });
        const replaces = shortHash(old);
        switch (result.outcome) {
          case 'not_working':
            throw new CommandError(
              `Rotating the key ${replaces} failed: it is ${result.state}; create a new one with key create.`,
            );
          case 'rotated_before':
            throw new CommandError(
              `Rotating the key ${replaces} failed: ${shortHash(result.successor)} follows it already; if that one `
                + 'was not kept, revoke it first.',
            );
          case 'ended_old': {
            const follows = `${shortHash(result.successor)} follows ${replaces} already, which now ends `
              + `${endWords(result.end)}`;
            throw new CommandError(
              `Rotating the key failed: ${follows}; if the new key was not kept, revoke it and rotate again.`,
            );
          }
          case 'created':
          case 'company_not_found':
          case 'project_not_found':
          case 'no_usage_plan': {
            const created = createdOrRefused('Rotating the key', company, result, output);
            const now = stage.clock.now();
            // The old key ends only once the new one can have been read; if it cannot be ended, the new one was shown
            // all the same.
            const oldEnds = await created
              .endOld()
              .then(endWords)
              .catch((error: unknown) => {
                showKey(output, created, now, { replaces });
                throw error;
              });
            showKey(output, created, now, { replaces, oldEnds });
            const fields = [replaces, shortHash(created.grant)];
            await audited(stage, host, { action: 'rotate_key', company, fields });
          }
        }
      }),
    );
}

function endWords(end: OldKeyEnd): string {
  return end.outcome === 'at' ? end.at : 'at once';
}
