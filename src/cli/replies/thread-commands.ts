import { Command } from 'commander';
import { findConversationById } from '../../core/lifecycle/find-conversation';
import type { ExplainedAnswer } from '../../operations/replies/explain-answer';
import { explainAnswer } from '../../operations/replies/explain-answer';
import type { ThreadView } from '../../operations/replies/thread-view';
import { viewThread } from '../../operations/replies/thread-view';
import type { Conversation } from '../../core/lifecycle/conversation';
import { audited } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import { referenceTo } from '../conversations/next-words';
import { CONVERSATION_ARGUMENT, requireConversation } from '../conversations/require-conversation';
import { wholeNumberTo } from '../whole-number';
import type { Stage } from '../stage';
import { ownerWords, shownLine, threadLines } from './thread-page';

interface ShowOptions {
  readonly limit: number;
  readonly text?: boolean;
  readonly explain?: boolean;
}

/** `thread`: all that was written between a company's sender and one recipient. */
export function threadCommands(host: CommandHost): Command {
  return new Command('thread')
    .description('see all that was written between a sender and a recipient, and who has it')
    .addCommand(threadShowCommand(host, 'show'))
    .addCommand(watchCommand(host));
}

/** `thread show`, and `reply show`: the same page by both names, since people look for it at both. */
export function threadShowCommand(host: CommandHost, name: 'show'): Command {
  const attempted = 'Showing the thread';
  return new Command(name)
    .description('what was written, who has the thread, and why; words are hidden unless --text asks for them')
    .argument('<conversation>', CONVERSATION_ARGUMENT)
    .option('--limit <count>', 'lines shown, the newest', wholeNumberTo(200), 20)
    .option('--text', 'show what was written')
    .option('--explain', 'show what was written and, of each answer of the engine, its card and what proves its values')
    .addHelpText('after', '\nExamples:\n  engine thread show 5b0e8d5c --text\n  engine thread show 5b0e8d5c --explain')
    .action(async (id: string, { limit, explain = false, text = explain }: ShowOptions, command: Command) =>
      withStage(host, command, attempted, async (stage, output) => {
        const { conversation, reference, view } = await requireThread(stage, id, { attempted, limit, text }, output);
        const fields = explain ? ['text', 'facts'] : ['text'];
        if (text) await audited(stage, host, { action: 'read_text', conversation, fields });
        const next = nextCommand(view, reference, output);
        const answers = explain ? await explainedAnswers(stage, view) : new Map<number, ExplainedAnswer>();
        const shown = explain ? { answers: [...answers.values()] } : {};
        const more = { ...(next === undefined ? {} : { next }), ...shown };
        output.result({ ...view, ...more }, [
          ...threadLines(view, stage.clock.now(), host.columns, answers),
          ...(next === undefined ? [] : ['', `  ${next}`]),
        ]);
      }));
}

/** By its line, what each answer of the engine was made of. */
async function explainedAnswers(stage: Stage, { lines }: ThreadView): Promise<ReadonlyMap<number, ExplainedAnswer>> {
  const found = await Promise.all(lines.filter(({ card }) => card !== undefined).map(async (line) => {
    const answer = await findConversationById(line.conversationId, stage);
    const explained = answer && (await explainAnswer(stage, answer));
    return explained ? [[line.sequence, explained] as const] : [];
  }));
  return new Map(found.flat());
}

/** What a person does next; nothing while the engine has it or nobody may write. */
function nextCommand(
  { owner, takenBy }: ThreadView, reference: string, { command }: CommandOutput,
): string | undefined {
  if (owner !== 'person') return undefined;
  return takenBy === undefined
    ? command('reply', 'take', reference)
    : command('reply', 'send', reference, '--text', '…');
}

const POLL_MILLISECONDS = 1_000;

function watchCommand(host: CommandHost): Command {
  const attempted = 'Watching the thread';
  return new Command('watch')
    .description('prints each new line of a thread as it is written')
    .argument('<conversation>', CONVERSATION_ARGUMENT)
    .option('--text', 'show what is written')
    .option('--timeout <seconds>', 'give up after this long', wholeNumberTo(86_400), 600)
    .addHelpText('after', '\nExamples:\n  engine thread watch 5b0e8d5c --text --timeout 60')
    .action(async (id: string, options: { readonly text?: boolean; readonly timeout: number }, command: Command) =>
      withStage(host, command, attempted, async (stage, output) => {
        const { text = false, timeout } = options;
        const end = stage.clock.now() + timeout * 1000;
        const order = { attempted, limit: 20, text };
        const { conversation, ...found } = await requireThread(stage, id, order, output);
        if (text) await audited(stage, host, { action: 'read_text', conversation, fields: ['text'] });
        let { view } = found;
        for (const line of threadLines(view, stage.clock.now(), host.columns)) output.progress(line);
        const seen = new Set(view.lines.map(({ sequence }) => sequence));
        let owner = ownerWords(view);
        while (stage.clock.now() < end) {
          await stage.clock.sleep(POLL_MILLISECONDS);
          ({ view } = await requireThread(stage, id, order, output));
          for (const line of view.lines.filter(({ sequence }) => !seen.has(sequence))) {
            seen.add(line.sequence);
            shownLine(line).forEach((words) => { output.progress(words); });
          }
          if (ownerWords(view) !== owner) output.progress(`Owner: ${ownerWords(view)}`);
          owner = ownerWords(view);
        }
        output.result({ outcome: 'timed_out', lines: seen.size }, [`watched for ${timeout} seconds`]);
      }));
}

async function requireThread(
  stage: Stage,
  id: string,
  { attempted, ...shown }: { readonly attempted: string; readonly limit: number; readonly text: boolean },
  output: CommandOutput,
): Promise<{ readonly conversation: Conversation; readonly reference: string; readonly view: ThreadView }> {
  const conversation = await requireConversation(stage, id, { attempted }, output);
  const view = await viewThread(stage, conversation, shown);
  const reference = referenceTo(conversation.conversation_id);
  if (view) return { conversation, reference, view };
  throw new CommandError(
    `${attempted} failed: nothing was written in it yet; see what became of the message: `
      + output.command('conversation', 'show', reference),
  );
}
