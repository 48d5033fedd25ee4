import { Command, Option } from 'commander';
import { viewOf } from '../../operations/conversations/conversation-view';
import type { Resolution, ResolveResult } from '../../operations/conversations/resolve-unconfirmed';
import { RESOLUTIONS, resolveUnconfirmed } from '../../operations/conversations/resolve-unconfirmed';
import { audited } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { actorOf, confirmed } from '../decisions';
import { nextLines } from './conversation-page';
import { nextWords } from './next-words';
import { CONVERSATION_ARGUMENT, requireConversation } from './require-conversation';

interface ResolveOptions {
  readonly as: Resolution['as'];
  readonly vendorId?: string;
  readonly by?: string;
  readonly yes?: true;
}

const EXAMPLES = `
Examples:
  engine conversation resolve 5b0e8d5c --as sent --vendor-id SM0123
  engine conversation resolve 5b0e8d5c --as resend --by 'Sam Reyes'`;

export function resolveCommand(host: CommandHost): Command {
  const attempted = 'Resolving the conversation';
  return new Command('resolve')
    .description('resolves a message that is send_unconfirmed by what you found at the vendor; recorded with your name')
    .argument('<conversation>', CONVERSATION_ARGUMENT)
    .addOption(new Option('--as <what>', 'sent: the vendor has it; resend: the vendor never had it, send it now')
      .choices(RESOLUTIONS).makeOptionMandatory())
    .option('--vendor-id <id>', 'with --as sent: the vendor\'s identifier of the message')
    .option('--by <name>', 'whose decision it is, if not the shell\'s user\'s')
    .option('--yes', 'do not ask')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string, { as, vendorId, by, yes }: ResolveOptions, command: Command) =>
      withStage(host, command, attempted, async (stage, output) => {
        if (vendorId !== undefined && as !== 'sent') command.error('error: --vendor-id goes with --as sent');
        const actor = actorOf(host, by);
        const conversation = await requireConversation(stage, id, { attempted }, output);
        const question = 'Send it again? If the vendor has the first one after all, the recipient gets it twice.';
        if (as === 'resend') await confirmed(host, question, yes);
        const result = await resolveUnconfirmed(stage, conversation, { as, actor, vendorMessageId: vendorId });
        const resolved = resolvedOrRefused(conversation.conversation_id, result);
        await audited(stage, host, { action: 'resolve', conversation, fields: ['conversation_status', `as ${as}`] });
        const now = stage.clock.now();
        const { step, ...view } = viewOf(resolved, { reveal: false, text: false }, now);
        const { words, commands } = nextWords({ step, ...view }, output, now);
        output.result({ ...view, next: words, nextCommands: commands }, [
          `${view.conversationId}: ${view.status}, resolved by ${actor.id}`,
          ...nextLines({ step, ...view }, { command: output.command, now, columns: host.columns }),
        ]);
      }));
}

function resolvedOrRefused(id: string, result: ResolveResult) {
  const refused = (why: string) => new CommandError(`Resolving ${id} failed: ${why}`);
  switch (result.outcome) {
    case 'resolved':
      return result.conversation;
    case 'attempts_used':
      throw refused(`all ${result.allowed} attempts are used; send the request again under a new request_id.`);
    case 'gone':
      throw refused('its record is gone; it was erased, or its retention time is over.');
    case 'not_unconfirmed':
      throw refused(result.status === 'send_unknown'
        ? 'it is send_unknown; its vendor may still report it, so wait until it is send_unconfirmed.'
        : `it is ${result.status}; only a message that is send_unconfirmed can be resolved.`);
  }
}
