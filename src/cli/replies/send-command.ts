import { Command, Option } from 'commander';
import type { SendReplyResult } from '../../operations/replies/send-reply';
import { sendReply } from '../../operations/replies/send-reply';
import { audited } from '../audited';
import { CommandError } from '../command-error';
import { readText } from '../companies/document';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import { referenceTo } from '../conversations/next-words';
import { CONVERSATION_ARGUMENT, requireConversation } from '../conversations/require-conversation';
import { actorOf } from '../decisions';
import { instant } from '../moments';

interface SendOptions {
  readonly text?: string;
  readonly file?: string;
  readonly by?: string;
}

const EXAMPLES = `
The words go as they are. The same words of the same person are one reply: a
command that is given again finishes what was begun and sends nothing twice.

Examples:
  engine reply send 5b0e8d5c --text 'Friday at ten is fine.'
  engine reply send 5b0e8d5c --file answer.txt --by 'Sam Reyes'`;

export function sendReplyCommand(host: CommandHost): Command {
  const attempted = 'Sending the reply';
  return new Command('send')
    .description('answers a recipient in your own words, in a thread that you have taken over')
    .argument('<conversation>', CONVERSATION_ARGUMENT)
    .addOption(new Option('--text <words>', 'what to send').conflicts('file'))
    .option('--file <file>', 'a file with what to send')
    .option('--by <name>', "who writes it, if not the shell's user")
    .addHelpText('after', EXAMPLES)
    .action(async (id: string, { text, file, by }: SendOptions, command: Command) => {
      const actor = actorOf(host, by);
      const words = file === undefined ? text : readText(file);
      if (words === undefined) throw new CommandError(`${attempted} failed: it has no words; give --text or --file.`);
      await withStage(host, command, attempted, async (stage, output) => {
        const conversation = await requireConversation(stage, id, { attempted }, output);
        const reference = referenceTo(conversation.conversation_id);
        const result = await sendReply(stage, { conversation, text: words, actor });
        const reply = requireQueued(attempted, reference, result, output);
        await audited(stage, host, { action: 'send_reply', conversation, fields: ['text'] });
        const own = referenceTo(reply.conversation_id);
        output.result({ outcome: result.outcome, replyId: own, conversationId: reply.conversation_id }, [
          result.outcome === 'queued'
            ? `queued: ${own}`
            : `these words were sent before: ${own}, ${reply.conversation_status}; nothing was sent again`,
          `  ${output.command('conversation', 'watch', own)}`,
        ]);
      });
    });
}

const FAULTS = {
  empty: 'it has no words',
  too_long: 'it is too long',
  not_printable: 'it holds signs that cannot be seen or that turn the direction of text',
} as const;

function requireQueued(attempted: string, reference: string, result: SendReplyResult, { command }: CommandOutput) {
  const refused = (why: string) => new CommandError(`${attempted} failed: ${why}`);
  switch (result.outcome) {
    case 'queued':
    case 'queued_before':
      return result.reply;
    case 'not_taken': {
      const { taken_by: holder } = result.thread;
      const whose = holder === undefined ? 'you have not taken the thread over' : `${holder} has the thread`;
      throw refused(`${whose}; take it over first: ${command('reply', 'take', reference)}`);
    }
    case 'opted_out':
      throw refused('the recipient has opted out, so nothing may be sent to them.');
    case 'window_closed': {
      const last = result.lastInboundAt === undefined ? 'never' : `last at ${instant(result.lastInboundAt)}`;
      throw refused(
        `WhatsApp takes free words for 24 hours after the recipient has written, and they wrote ${last}; ask with an `
          + 'approved template in a new request.',
      );
    }
    case 'bad_text':
      throw refused(`${FAULTS[result.fault]}; write between 1 and ${result.most} readable characters.`);
    case 'limited':
      throw refused(
        `the project's limit (${result.limit}) is used up; try again in ${result.retryAfterSeconds} seconds, or raise it.`,
      );
    case 'company_not_ready':
      throw refused(
        "the company's record does not allow a send on this channel; see what it lacks: "
          + command('company', 'verify', '--help'),
      );
    case 'no_thread':
      throw refused(
        `nothing was written in it yet; see what became of the message: ${command('conversation', 'show', reference)}`,
      );
  }
}
