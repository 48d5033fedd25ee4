import { Command } from 'commander';
import type { ReturnResult, TakeOverResult } from '../../operations/replies/take-over';
import { returnThread, takeThread } from '../../operations/replies/take-over';
import { audited } from '../audited';
import { CommandError } from '../command-error';
import type { CommandHost, CommandOutput } from '../command-host';
import { withStage } from '../command-host';
import { referenceTo } from '../conversations/next-words';
import { CONVERSATION_ARGUMENT, requireConversation } from '../conversations/require-conversation';
import { actorOf } from '../decisions';

interface TakeOptions {
  readonly by?: string;
  readonly from?: string;
}

const TAKE_EXAMPLES = `
Examples:
  engine reply take 5b0e8d5c
  engine reply take 5b0e8d5c --by 'Sam Reyes' --from 'Noor Haddad'`;

export function takeCommand(host: CommandHost): Command {
  const attempted = 'Taking over the thread';
  return new Command('take')
    .description("gives a recipient's thread to you: the engine sends nothing more in it until you return it")
    .argument('<conversation>', CONVERSATION_ARGUMENT)
    .option('--by <name>', "who takes it, if not the shell's user")
    .option('--from <name>', 'take it from this person, who has it now')
    .addHelpText('after', TAKE_EXAMPLES)
    .action(async (id: string, { by, from }: TakeOptions, command: Command) => {
      const actor = actorOf(host, by);
      await withStage(host, command, attempted, async (stage, output) => {
        const conversation = await requireConversation(stage, id, { attempted }, output);
        const result = await takeThread(stage, { conversation, actor, from });
        const reference = referenceTo(conversation.conversation_id);
        const taken = requireDone(attempted, reference, result, output);
        await audited(stage, host, { action: 'take_over', conversation, fields: ['thread.owner'] });
        const leaving = 'leaving' in taken ? taken.leaving : undefined;
        output.result({ outcome: taken.outcome, leaving, epoch: taken.thread.epoch, takenBy: actor.id }, [
          leaving === undefined
            ? `${taken.outcome === 'taken' ? 'taken over' : 'taken over before'} by ${actor.id}: the engine is silent`
            : `taken over by ${actor.id}: one reply is already leaving (${leaving}); nothing of the engine follows it`,
          `  ${output.command('reply', 'show', reference, '--text')}`,
          `  ${output.command('reply', 'send', reference, '--text', '…')}`,
        ]);
      });
    });
}

const RETURN_EXAMPLES = `
Examples:
  engine reply return 5b0e8d5c`;

export function returnCommand(host: CommandHost): Command {
  const attempted = 'Returning the thread';
  return new Command('return')
    .description('gives a thread back to the engine; what was written until now is no context of what it reads')
    .argument('<conversation>', CONVERSATION_ARGUMENT)
    .option('--by <name>', "who returns it, if not the shell's user")
    .option('--from <name>', 'return it for this person, who has it now')
    .addHelpText('after', RETURN_EXAMPLES)
    .action(async (id: string, { by, from }: TakeOptions, command: Command) => {
      const actor = actorOf(host, by);
      await withStage(host, command, attempted, async (stage, output) => {
        const conversation = await requireConversation(stage, id, { attempted }, output);
        const result = await returnThread(stage, { conversation, actor, from });
        const done = requireDone(attempted, referenceTo(conversation.conversation_id), result, output);
        await audited(stage, host, { action: 'return_thread', conversation, fields: ['thread.owner'] });
        output.result({ outcome: done.outcome, epoch: done.thread.epoch }, [
          done.outcome === 'returned' ? `returned by ${actor.id}: the engine reads it again` : 'the engine has it already',
        ]);
      });
    });
}

type Refused = Extract<TakeOverResult | ReturnResult, {
  outcome: 'taken_by_other' | 'opted_out' | 'no_thread' | 'contended';
}>;

function requireDone<Result extends TakeOverResult | ReturnResult>(
  attempted: string,
  reference: string,
  result: Result,
  { command }: CommandOutput,
): Exclude<Result, Refused> {
  const refused = (why: string) => new CommandError(`${attempted} failed: ${why}`);
  switch (result.outcome) {
    case 'taken_by_other': {
      const holder = 'thread' in result ? (result.thread.taken_by ?? '') : '';
      throw refused(`${holder} has it; ask them to return it, or take it from them with --from '${holder}'.`);
    }
    case 'opted_out':
      throw refused('the recipient has opted out, so nothing may be sent to them.');
    case 'no_thread':
      throw refused(
        `nothing was written in it yet; see what became of the message: ${command('conversation', 'show', reference)}`,
      );
    case 'contended':
      throw refused('it changes at this very moment; give the command again.');
    default:
      return result as Exclude<Result, Refused>;
  }
}
