import { open, unlink } from 'node:fs/promises';
import { Command } from 'commander';
import type { Conversation } from '../../core/lifecycle/conversation';
import { LARGEST_MEDIUM, listReplyMedia, openReplyMedium } from '../../operations/replies/reply-media';
import type { ReplyMedium } from '../../operations/replies/reply-media';
import { audited } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import { referenceTo } from '../conversations/next-words';
import { CONVERSATION_ARGUMENT, requireConversation } from '../conversations/require-conversation';
import { instant } from '../moments';
import type { Stage } from '../stage';
import { wholeNumberTo } from '../whole-number';

interface MediaOptions {
  readonly number?: number;
  readonly to?: string;
}

const ATTEMPTED = 'Reading the media';
const MOST = 1_000;

/** `reply media`: what a recipient sent beside words. It stays with the vendor: nothing of it is kept by the stage. */
export function mediaCommand(host: CommandHost): Command {
  return new Command('media')
    .description('lists pictures, recordings and files that a recipient sent, or saves one from the vendor for you')
    .argument('<conversation>', CONVERSATION_ARGUMENT)
    .option('--number <number>', 'the one to be saved, as the list counts them', wholeNumberTo(MOST))
    .option('--to <file>', 'a new file of yours, which nobody else may read')
    .addHelpText('after', '\nExamples:\n  engine reply media 5b0e8d5c\n  engine reply media 5b0e8d5c --number 1 --to photo.jpg')
    .action(async (id: string, { number, to }: MediaOptions, command: Command) =>
      withStage(host, command, ATTEMPTED, async (stage, output) => {
        if ((number === undefined) !== (to === undefined)) {
          throw new CommandError(`${ATTEMPTED} failed: give --number and --to together, or neither for a list.`);
        }
        const conversation = await requireConversation(stage, id, { attempted: ATTEMPTED }, output);
        if (number === undefined || to === undefined) return list(stage, conversation, output);
        // Before it is seen: a look that left no trace would be worse than a trace without a look.
        await audited(stage, host, { action: 'view_media', conversation, fields: [`media ${number}`] });
        const { type, bytes } = await save(stage, conversation, number, to);
        output.result({ number, type, bytes, file: to }, [
          `saved ${type}, ${bytes} bytes, to ${to}; nobody has checked what is in it; delete it when you are done`,
        ]);
      }));
}

async function list(stage: Stage, conversation: Conversation, output: CommandOutput): Promise<void> {
  const found = await listReplyMedia(stage, conversation);
  if (found.outcome !== 'listed') throw failed(found);
  const reference = referenceTo(conversation.conversation_id);
  output.result({ media: found.media }, found.media.length === 0
    ? ['the recipient has sent no media, or the vendor has them no more; those of a mail are not kept']
    : found.media.flatMap((medium) => linesOf(medium, reference, output)));
}

function linesOf({ number, at, type, isShown }: ReplyMedium, reference: string, { command }: CommandOutput) {
  const words = `${number}  ${instant(at)}  ${type}`;
  return isShown
    ? [words, `  ${command('reply', 'media', reference, '--number', String(number), '--to', `medium-${number}`)}`]
    : [`${words}  not handed out: ask the recipient for another form`];
}

async function save(
  stage: Stage, conversation: Conversation, number: number, to: string,
): Promise<{ readonly type: string; readonly bytes: number }> {
  const opened = await openReplyMedium(stage, conversation, number);
  if (opened.outcome !== 'open') throw failed(opened);
  const file = await open(to, 'wx', 0o600).catch((error: unknown) => {
    throw new CommandError(`${ATTEMPTED} failed: ${to} could not be made (${codeOf(error)}); name a new file.`);
  });
  let bytes = 0;
  try {
    for await (const part of opened.content) {
      await file.write(part);
      bytes += part.byteLength;
    }
    if (opened.bytes !== undefined && opened.bytes !== bytes) throw new Error('it broke off');
  } catch (error) {
    await file.close();
    await unlink(to);
    const why = error instanceof Error ? error.message : 'it broke off';
    throw new CommandError(`${ATTEMPTED} failed: the medium did not come whole (${why}), and ${to} was removed; try again.`);
  }
  await file.close();
  return { type: opened.type, bytes };
}

type Failed = Exclude<
  Awaited<ReturnType<typeof openReplyMedium>> | Awaited<ReturnType<typeof listReplyMedia>>,
  { readonly outcome: 'open' | 'listed' }
>;

function failed(failure: Failed): CommandError {
  return new CommandError(`${ATTEMPTED} failed: ${whyOf(failure)}.`);
}

function whyOf(failure: Failed): string {
  switch (failure.outcome) {
    case 'no_such_medium': return `the conversation has ${failure.count} media; give one of their numbers`;
    case 'not_shown': return `${failure.type} is not handed out, as it may do harm; ask the recipient for another form`;
    case 'too_large': return `it is larger than ${LARGEST_MEDIUM / 1024 / 1024} MB; look at it in the vendor's console`;
    case 'gone': return 'the vendor has it no more; ask the recipient for it';
    case 'unavailable': return `the vendor did not hand it out (${failure.detail}); try again, then verify the company`;
    case 'no_access': return `${failure.detail}; verify the company`;
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
}
