import { parseConversationId } from '../../core/lifecycle/conversation-id';
import type { NextStep } from '../../core/lifecycle/next-step';
import { PRODUCT } from '../../core/names';
import type { ConversationView } from '../../operations/conversations/conversation-view';
import type { CommandOutput } from '../command-host';
import { moment } from '../moments';

/** What an operator does now, in words, and the commands that do it. */
export interface NextWords {
  readonly words: string;
  readonly commands: readonly string[];
}

type Seen = Pick<ConversationView, 'channel' | 'conversationId' | 'detail' | 'replies' | 'repliesWaitSince' | 'step'>;

export function nextWords(view: Seen, { command }: Pick<CommandOutput, 'command'>, now: number): NextWords {
  const message = messageWords(view, command, now);
  if (view.repliesWaitSince === undefined) return message;
  const reference = referenceTo(view.conversationId);
  const reply = {
    words: 'Read what the recipient wrote and answer; then mark it as done.',
    commands: [
      command('conversation', 'show', reference, '--text'),
      command('reply', 'done', reference, '--seen', String(view.replies)),
    ],
  };
  if (message.words.startsWith('None')) return reply;
  return { words: `${message.words} ${reply.words}`, commands: [...message.commands, ...reply.commands] };
}

/** The part of an identifier that is enough for a command: what the client sent as `request_id`. */
export function referenceTo(conversationId: string): string {
  return parseConversationId(conversationId)?.requestId ?? conversationId;
}

type MakeCommand = CommandOutput['command'];

function messageWords(view: Seen, command: MakeCommand, now: number): NextWords {
  const { step, conversationId } = view;
  const reference = referenceTo(conversationId);
  switch (step.position) {
    case 'held':
      return { words: step.words, commands: [command('handoff', 'show', reference, '--text')] };
    case 'unconfirmed':
      return {
        words: step.words,
        commands: [
          command('conversation', 'resolve', reference, '--as', 'sent'),
          command('conversation', 'resolve', reference, '--as', 'resend'),
        ],
      };
    case 'delayed':
      return {
        words: `${step.words} It is tried again by itself: ${moment(step.retryAt ?? '', now)}.`,
        commands: remedies(view, step, command),
      };
    case 'scheduled':
      return { words: step.words, commands: [command('conversation', 'cancel', reference)] };
    case 'queued':
    case 'worked':
    case 'unknown':
    case 'sent':
    case 'ended': {
      const again = step.needsNewRequest
        ? ' This message has ended: send the request again under a new request_id.'
        : '';
      return { words: `${step.words}${again}`, commands: remedies(view, step, command) };
    }
  }
}

/** The commands that show or mend what stands in the message's way. */
function remedies(
  { channel, conversationId, detail = '' }: Seen,
  { remedy }: NextStep,
  command: MakeCommand,
): readonly string[] {
  const { companyId = '', projectId = '' } = parseConversationId(conversationId) ?? {};
  switch (remedy) {
    case 'store_secret': {
      const isModel = detail.startsWith(`${PRODUCT}/openai-api-key/`);
      return [
        command(
          'secret',
          'set',
          ...(isModel ? ['model'] : ['credentials', companyId, projectId]),
          '--channel',
          channel,
        ),
      ];
    }
    case 'verify':
      return [command('company', 'verify', companyId, projectId)];
    case 'correct_settings':
      return [command('company', 'show', companyId, projectId)];
    case undefined:
      return [];
  }
}
