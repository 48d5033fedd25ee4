import { Command, Option } from 'commander';
import { timestamp } from '../../core/ports/clock';
import { channelQueue } from '../channel-queues';
import { awsFailure } from '../command-error';
import type { CommandHost } from '../command-host';
import { withStage } from '../command-host';
import { confirmed, decisionMaker } from '../operator';
import { SHELL_CLOCK, stageRecords } from '../stage-records';
import { wholeNumberTo } from '../whole-number';
import { requireConversation } from './find-conversation';
import { listedLines, shownLines } from './lines';
import { LISTED_STATES, readPage } from './page';
import type { Selection } from './page';
import { RESOLUTIONS, resolveConversation } from './resolve';
import type { Resolution } from './resolve';
import { viewOf } from './view';
import { WATCH_ENDS, watchConversation } from './watch';

const MOST_LISTED = 100;
const IDENTIFIER = 'what the API answered as conversation_id, or <company>#<project>#<request_id>; in quotes';

/** `conversation`: what became of a message, and what to do about it. */
export function conversationCommands(host: CommandHost): Command {
  return new Command('conversation')
    .description('see what became of messages, and settle what no vendor confirmed')
    .addCommand(listCommand(host))
    .addCommand(showCommand(host))
    .addCommand(watchCommand(host))
    .addCommand(resolveCommand(host));
}

interface ListOptions {
  readonly recipient?: string;
  readonly company?: string;
  readonly project?: string;
  readonly state?: (typeof LISTED_STATES)[number];
  readonly limit: number;
  readonly after?: string;
  readonly reveal?: true;
}

function listCommand(host: CommandHost): Command {
  return new Command('list')
    .description('conversations of a recipient, of a company\'s project, or in a state, newest first; addresses are masked')
    .option('--recipient <address>', 'a phone number (E.164) or an e-mail address')
    .option('--company <company_id>', 'with --project')
    .option('--project <project_id>', 'with --company')
    .addOption(new Option('--state <state>', 'stuck: not at rest and due for a look; waiting: for a person\'s decision; replied: for a person\'s answer').choices(LISTED_STATES))
    .option('--limit <count>', 'conversations a page', wholeNumberTo(MOST_LISTED), 20)
    .option('--after <page>', 'go on where a page before ended')
    .option('--reveal', 'show addresses and names')
    .addHelpText('after', '\nExamples:\n  engine conversation list --company acme --project hiring\n  engine conversation list --state stuck --stage prod\n  engine conversation list --recipient +447700900210 --json')
    .action(async (options: ListOptions, command: Command) => withStage(host, command, async (clients, output) => {
      const selection = selectionOf(options) ?? command.error('error: say whose: give one of --recipient, --company with --project, --state');
      const { index, conversations } = stageRecords(clients);
      const now = Date.now();
      const page = { limit: options.limit, now: timestamp(now), ...(options.after === undefined ? {} : { after: options.after }) };
      const { found, next } = await readPage(index, selection, page).catch((error: unknown) => { throw awsFailure('Listing conversations', error); });
      const records = await Promise.all(found.map(async ({ key }) => conversations.find(key))).catch((error: unknown) => { throw awsFailure('Reading conversations', error); });
      const disclosure = { reveal: options.reveal ?? false, text: false };
      const views = records.flatMap((record) => (record ? [viewOf(record, disclosure, now)] : []));
      output.result({ conversations: views, ...(next === undefined ? {} : { next }) }, [
        ...(views.length === 0 ? ['no conversations'] : views.flatMap(listedLines)),
        ...(next === undefined ? [] : [`more: --after ${next}`]),
      ]);
    }));
}

/** Undefined unless exactly one way to select was taken. */
function selectionOf({ recipient, company, project, state }: ListOptions): Selection | undefined {
  const ways: readonly Selection[] = [
    ...(recipient === undefined ? [] : [{ by: 'recipient', recipient } as const]),
    ...(company === undefined || project === undefined ? [] : [{ by: 'project', company, project } as const]),
    ...(state === undefined ? [] : [{ by: 'state', state } as const]),
  ];
  const isHalf = (company === undefined) !== (project === undefined);
  return ways.length === 1 && !isHalf ? ways[0] : undefined;
}

function showCommand(host: CommandHost): Command {
  return new Command('show')
    .description('the way of a message through its states, why it stands where it does, and what to do next')
    .argument('<conversation>', IDENTIFIER)
    .option('--reveal', 'show the recipient\'s name and address and the request\'s facts')
    .option('--text', 'show what was written to and by the recipient')
    .addHelpText('after', '\nExamples:\n  engine conversation show \'acme#hiring#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01\'\n  engine conversation show \'acme#hiring#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01\' --text --reveal --stage prod')
    .action(async (id: string, options: { readonly reveal?: true; readonly text?: true }, command: Command) =>
      withStage(host, command, async (clients, output) => {
        const conversation = await requireConversation(clients, id, 'Showing the conversation');
        const view = viewOf(conversation, { reveal: options.reveal ?? false, text: options.text ?? false }, Date.now());
        output.result(view, shownLines(view));
      }));
}

function watchCommand(host: CommandHost): Command {
  return new Command('watch')
    .description('follows a message until it rests: it has ended, or waits for a person')
    .argument('<conversation>', IDENTIFIER)
    .addOption(new Option('--until <end>', 'delivered: what was sent has also arrived, or will not').choices(WATCH_ENDS).default('rest'))
    .option('--timeout <seconds>', 'stop watching after so long, with exit code 1', wholeNumberTo(86_400), 300)
    .addHelpText('after', '\nExamples:\n  engine conversation watch \'acme#hiring#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01\' --until delivered')
    .action(async (id: string, options: { readonly until: (typeof WATCH_ENDS)[number]; readonly timeout: number }, command: Command) =>
      withStage(host, command, async (clients, output) => {
        const attempted = 'Watching the conversation';
        const first = await requireConversation(clients, id, attempted);
        const { conversations } = stageRecords(clients);
        const told: string[] = [];
        const rested = await watchConversation(async () => conversations.find(first), {
          conversationId: first.conversation_id,
          until: options.until,
          timeoutMilliseconds: options.timeout * 1000,
          clock: SHELL_CLOCK,
          tell: (line) => { output.progress(line); told.push(line); },
        }).catch((error: unknown) => { throw awsFailure(attempted, error); });
        const view = viewOf(rested, { reveal: false, text: false }, Date.now());
        output.result(view, [[view.status, view.delivery].filter(Boolean).join(', '), `Next: ${view.next}`]);
      }));
}

interface ResolveOptions {
  readonly as: Resolution['as'];
  readonly vendorId?: string;
  readonly by?: string;
  readonly yes?: true;
}

function resolveCommand(host: CommandHost): Command {
  return new Command('resolve')
    .description('settles a message that is send_unconfirmed by what you found in the vendor\'s console; recorded with your name')
    .argument('<conversation>', IDENTIFIER)
    .addOption(new Option('--as <what>', 'sent: the vendor has it; resend: the vendor never had it, send it now').choices(RESOLUTIONS).makeOptionMandatory())
    .option('--vendor-id <id>', 'with --as sent: the vendor\'s identifier of the message')
    .option('--by <name>', 'whose decision it is, if not the shell\'s user\'s')
    .option('--yes', 'do not ask')
    .addHelpText('after', '\nExamples:\n  engine conversation resolve \'acme#hiring#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01\' --as sent --vendor-id SM0123\n  engine conversation resolve \'acme#hiring#5b0e8d5c-6f0a-4f6e-9a55-0c3f6b7c1a01\' --as resend --by \'Sam Reyes\' --yes')
    .action(async (id: string, { as, vendorId, by: named, yes }: ResolveOptions, command: Command) =>
      withStage(host, command, async (clients, output) => {
        if (vendorId !== undefined && as !== 'sent') command.error('error: --vendor-id goes with --as sent');
        const by = decisionMaker(host, named);
        const conversation = await requireConversation(clients, id, 'Resolving the conversation');
        if (as === 'resend') await confirmed(host, 'Send it again? If the vendor has the first one after all, the recipient gets it twice.', yes);
        const told = vendorId === undefined ? {} : { vendorMessageId: vendorId };
        const ports = { conversations: stageRecords(clients).conversations, queue: channelQueue(clients) };
        const resolved = await resolveConversation(ports, conversation, { as, by, now: Date.now(), ...told });
        const view = viewOf(resolved, { reveal: false, text: false }, Date.now());
        output.result(view, [`${view.conversationId}: ${view.status}, resolved by ${by}`, `Next: ${view.next}`]);
      }));
}
