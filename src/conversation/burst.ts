import type { ExpectedAnswer } from '../core/company/expected-answer';
import type { Conversation } from '../core/lifecycle/conversation';
import type { Thread } from '../core/lifecycle/thread-record';
import type { ThreadLine } from '../core/ports/threads';

/** One expected answer of the thread, under the key by which the model is asked for it. */
export interface Expected {
  /** `<number of the conversation>.<name>`: no identifier is told to the model. */
  readonly key: string;
  readonly conversation: Conversation;
  readonly answer: ExpectedAnswer;
}

/** What one turn reads. */
export interface Burst {
  readonly thread: Thread;
  /** What the recipient wrote and no turn has read, oldest first. */
  readonly messages: readonly ThreadLine[];
  /** Of what is new and has no words for a model, what a card answers; oldest first. */
  readonly wordless: readonly ThreadLine[];
  /** What was said before, oldest first. */
  readonly earlier: readonly ThreadLine[];
  /** Conversations that expect answers, oldest first. */
  readonly conversations: readonly Conversation[];
  readonly expected: readonly Expected[];
}

/** Separates the lines of a thread into what is to be read and what was said before. */
export function gatherBurst(
  thread: Thread,
  lines: readonly ThreadLine[],
  conversations: readonly Conversation[],
): Burst {
  const { handled_until: handled, late = [], read = [], context_from: from = '' } = thread;
  const isUnhandled = ({ role, sequence }: ThreadLine) =>
    role === 'user' && (late.includes(sequence) || (sequence > handled && !read.includes(sequence)));
  const isNew = (line: ThreadLine) => line.unread === undefined && isUnhandled(line);
  const messages = lines.filter(isNew);
  const narrowed = narrow(conversations, messages, lines);
  return {
    thread,
    messages,
    wordless: lines.filter((line) => line.unread !== undefined && line.card !== undefined && isUnhandled(line)),
    earlier: lines.filter((line) => !isNew(line) && line.timestamp >= from && line.unread !== 'instructions'),
    conversations,
    expected: narrowed.flatMap(({ conversation, index }) => (
      (conversation.expected_answers ?? []).map((answer) => (
        { key: `${index + 1}.${answer.name}`, conversation, answer }
      ))
    )),
  };
}

/** A message of ours that the recipient quoted says which conversation is answered. */
function narrow(
  conversations: readonly Conversation[],
  messages: readonly ThreadLine[],
  lines: readonly ThreadLine[],
): ReadonlyArray<{ readonly conversation: Conversation; readonly index: number }> {
  const numbered = conversations.map((conversation, index) => ({ conversation, index }));
  const quoted = new Set(messages.flatMap(({ quotes }) => (quotes === undefined ? [] : [quotes])));
  const named = lines.filter(({ vendorMessageId: id }) => id !== undefined && quoted.has(id));
  const meant = numbered.filter(({ conversation }) => (
    named.some(({ conversation: id }) => id === conversation.conversation_id) ||
    quoted.has(conversation.vendor_message_id ?? '')
  ));
  return meant.length > 0 ? meant : numbered;
}

/** Characters of what is to be read. */
export function lengthOf({ messages }: Pick<Burst, 'messages'>): number {
  return messages.reduce((sum, { content }) => sum + content.length, 0);
}
