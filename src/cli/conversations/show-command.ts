import { Command } from 'commander';
import { withReplies } from '../../core/lifecycle/thread';
import { viewOf } from '../../operations/conversations/conversation-view';
import { audited, shownFields } from '../audited';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { shownLines } from './conversation-page';
import { withNextStep } from './list-command';
import { CONVERSATION_ARGUMENT, requireConversation } from './require-conversation';

const HELP = `
A record of an earlier engine is found by its recipient, or by reading the whole
table's keys, which costs a read unit for each four kilobytes of it.

Examples:
  engine conversation show 5b0e8d5c
  engine conversation show 5b0e8d5c --text --reveal
  engine conversation show 'acme#hiring#42#4477' --recipient +447700900123`;

interface ShowOptions {
  readonly reveal?: boolean;
  readonly text?: boolean;
  readonly recipient?: string;
  readonly throughTable?: boolean;
}

export function showCommand(host: CommandHost): Command {
  const attempted = 'Showing the conversation';
  return new Command('show')
    .description('the way of a message through its states, why it is where it is, and what to do next')
    .argument('<conversation>', CONVERSATION_ARGUMENT)
    .option('--reveal', 'show the recipient\'s name and address and the request\'s facts')
    .option('--text', 'show what was written to and by the recipient')
    .option('--recipient <address>', 'look under this address too, for a record of an earlier engine')
    .option('--through-table', 'look through the whole table too, if it is not found otherwise')
    .addHelpText('after', HELP)
    .action(async (id: string, options: ShowOptions, command: Command) =>
      withStage(host, command, attempted, async (stage, output) => {
        const { recipient, reveal = false, text = false, throughTable = false } = options;
        const report = (read: number) => { output.progress(`${read} keys read …`); };
        const elsewhere = { recipient, throughTable: throughTable ? { index: stage.index, report } : undefined };
        const found = await requireConversation(stage, id, { attempted, elsewhere }, output);
        if (text || reveal) {
          const fields = shownFields({ text, reveal });
          await audited(stage, host, { action: 'read_text', conversation: found, fields });
        }
        const conversation = text ? await withReplies(found, stage.threads) : found;
        const now = stage.clock.now();
        const { channel_method: channel, failure_detail: code = '' } = conversation;
        const vendor = stage.vendors.codeMeaning(channel, code);
        const view = { ...viewOf(conversation, { reveal, text }, now), vendor };
        const lines = shownLines(view, { command: output.command, now, columns: host.columns });
        output.result(withNextStep(view, output, now), lines);
      }));
}
