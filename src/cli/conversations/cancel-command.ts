import { Command } from 'commander';
import { cancelMessage, whyTooLate } from '../../core/lifecycle/cancel-message';
import { viewOf } from '../../operations/conversations/conversation-view';
import { audited } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { actorOf, confirmed } from '../decisions';
import { withNextStep } from './list-command';
import { CONVERSATION_ARGUMENT, requireConversation } from './require-conversation';

interface CancelOptions {
  readonly by?: string;
  readonly yes?: true;
}

const EXAMPLES = `
Examples:
  engine conversation cancel 5b0e8d5c
  engine conversation cancel 5b0e8d5c --by 'Sam Reyes' --yes`;

/** `conversation cancel`: what a client does by `POST /conversations/{conversation_id}/cancel`. */
export function cancelCommand(host: CommandHost): Command {
  const attempted = 'Cancelling the conversation';
  return new Command('cancel')
    .description('ends a message that is not sent yet; recorded with your name')
    .argument('<conversation>', CONVERSATION_ARGUMENT)
    .option('--by <name>', 'whose decision it is, if not the shell\'s user\'s')
    .option('--yes', 'do not ask')
    .addHelpText('after', EXAMPLES)
    .action(async (id: string, { by, yes }: CancelOptions, command: Command) =>
      withStage(host, command, attempted, async (stage, output) => {
        const actor = actorOf(host, by);
        const seen = await requireConversation(stage, id, { attempted }, output);
        const { conversation_id: name } = seen;
        await confirmed(host, 'Cancel the message? It cannot be sent again under its request_id.', yes);
        const result = await cancelMessage(stage, seen, actor.id);
        const refused = (why: string) => new CommandError(`Cancelling ${name} failed: ${why}.`);
        if (result.outcome === 'gone') {
          throw refused('its record is gone; it was erased, or its retention time is over');
        }
        const { conversation } = result;
        if (result.outcome === 'too_late') throw refused(lowerFirst(whyTooLate(conversation)));
        if (result.outcome === 'cancelled') {
          await audited(stage, host, { action: 'cancel', conversation, fields: ['conversation_status'] });
        }
        const now = stage.clock.now();
        const view = viewOf(conversation, { reveal: false, text: false }, now);
        const said = result.outcome === 'cancelled' ? `cancelled by ${actor.id}` : 'was cancelled before';
        output.result(withNextStep(view, output, now), [`${view.conversationId}: ${said}`]);
      }));
}

function lowerFirst(sentence: string): string {
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}
