import { Command, Option } from 'commander';
import type { Channel } from '../../core/channel';
import { CHANNELS } from '../../core/channel';
import { findWaiting, retryWaiting } from '../../operations/conversations/retry-waiting';
import { audited } from '../audited';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { actorOf, confirmed } from '../decisions';
import { plural } from '../findings';

interface RetryOptions {
  readonly reason: string;
  readonly company: string;
  readonly project?: string;
  readonly channel?: Channel;
  readonly by?: string;
  readonly yes?: true;
}

const EXAMPLES = `
Examples:
  engine retry --reason secret_missing --company acme --stage prod
  engine retry --reason vendor_busy --company acme --project hiring --yes`;

/** `retry`: after a repair, what waits for it is tried at once instead of at its next time. */
export function retryCommand(host: CommandHost): Command {
  return new Command('retry')
    .description('after a repair: tries at once what waits for this reason, instead of at its next time; see status')
    .requiredOption('--reason <reason>', 'why they wait, as status and conversation list show it')
    .requiredOption('--company <company_id>', 'whose messages')
    .option('--project <project_id>', 'only this project')
    .addOption(new Option('--channel <channel>', 'only this channel').choices(CHANNELS))
    .option('--by <name>', 'whose decision it is, if not the shell\'s user\'s')
    .option('--yes', 'do not ask')
    .addHelpText('after', EXAMPLES)
    .action(async ({ by, yes, ...repair }: RetryOptions, command: Command) => {
      const actor = actorOf(host, by);
      await withStage(host, command, 'Retrying', async (stage, output) => {
        const { found, more } = await findWaiting(stage, repair);
        const whose = [repair.company, repair.project].filter(Boolean).join(' ');
        if (found.length === 0) {
          output.result({ hurried: 0, overtaken: 0, more }, [
            `no message of ${whose} waits for ${repair.reason}; what has ended the client sends again: ${
              output.command('conversation', 'list', '--company', repair.company, '--reason', repair.reason)}`,
          ]);
          return;
        }
        await confirmed(host, `Try ${plural(found.length, 'message')} of ${whose} now?`, yes);
        const result = await retryWaiting(stage, found, actor);
        const fields = [repair.reason, ...(repair.project === undefined ? [] : [repair.project])];
        await audited(stage, host, { action: 'retry', company: repair.company, fields });
        output.result({ ...result, more }, [
          `${plural(result.hurried, 'message')} tried now, by ${actor.id}`,
          ...(result.overtaken === 0 ? [] : [`${plural(result.overtaken, 'message')} moved on meanwhile`]),
          ...(more ? ['more wait: give the command again'] : []),
        ]);
      });
    });
}
