import type { Conversation } from '../../core/lifecycle/conversation';
import { findConversationById } from '../../core/lifecycle/find-conversation';
import { replyThatLeaves } from '../../core/lifecycle/takeover-transitions';
import { threadIdOf } from '../../core/lifecycle/thread';
import type { Thread, ThreadHistoryEntry } from '../../core/lifecycle/thread-record';
import type { ThreadLine } from '../../core/ports/threads';
import { HIDDEN } from '../masking';
import type { OperationPorts } from '../ports';

/** A line of a thread as a person reads it. */
export interface ShownLine {
  readonly sequence: number;
  readonly at: string;
  readonly from: 'recipient' | 'company';
  readonly conversationId: string;
  readonly text: string;
  /** Of a message of the company: the person who wrote it. */
  readonly by?: string;
  /** Of an answer of the engine: its card. */
  readonly card?: string;
  /** Of the recipient's: why no model has read it. */
  readonly unread?: string;
}

export interface ThreadView {
  readonly threadId: string;
  readonly owner: Thread['owner'];
  readonly takenBy?: string;
  readonly epoch: number;
  /** The one reply that may be leaving right now, by its message's `request_id`. */
  readonly leaving?: string;
  readonly lastInboundAt?: string;
  readonly answerDueAt?: string;
  readonly history: readonly ThreadHistoryEntry[];
  /** The newest burst to which the engine said nothing, by its last line, and why. */
  readonly silence?: Thread['last_silence'];
  readonly lines: readonly ShownLine[];
}

type Ports = Pick<OperationPorts, 'clock' | 'conversations' | 'directory' | 'threads'>;

/** The newest lines of a conversation's thread, oldest first; undefined if nothing was written in it yet. */
export async function viewThread(
  ports: Ports,
  conversation: Conversation,
  { limit, text }: { readonly limit: number; readonly text: boolean },
): Promise<ThreadView | undefined> {
  const threadId = threadIdOf(conversation);
  const thread = await ports.threads.find(threadId);
  if (!thread) return undefined;
  const lines = await ports.threads.newest(threadId, limit);
  const ours = await messagesOfOurs(ports, lines, text ? [conversation] : []);
  const leaving = replyThatLeaves(thread, ports.clock.now());
  return {
    threadId,
    owner: thread.owner,
    epoch: thread.epoch,
    ...(thread.taken_by === undefined ? {} : { takenBy: thread.taken_by }),
    ...(leaving === undefined ? {} : { leaving }),
    ...(thread.last_inbound_at === undefined ? {} : { lastInboundAt: thread.last_inbound_at }),
    ...(thread.answer_due_at === undefined ? {} : { answerDueAt: thread.answer_due_at }),
    history: thread.history ?? [],
    ...(thread.last_silence === undefined ? {} : { silence: thread.last_silence }),
    lines: lines.map((line) => shownLine(line, ours.get(line.conversation), text)),
  };
}

/** The record of an answer in a conversation's thread, by its line; undefined where that is none of ours. */
export async function findAnswer(
  ports: Ports, conversation: Conversation, sequence: number,
): Promise<Awaited<ReturnType<typeof findConversationById>>> {
  const lines = await ports.threads.newest(threadIdOf(conversation), ANSWERS_LOOKED_AT);
  const line = lines.find((one) => one.sequence === sequence && one.role === 'assistant');
  return line && findConversationById(line.conversation, ports);
}

/** Lines among which an answer is looked for: as many as are shown at most. */
const ANSWERS_LOOKED_AT = 200;

/** The records behind the lines of the company: their words stand there alone. */
async function messagesOfOurs(
  ports: Ports,
  lines: readonly ThreadLine[],
  known: readonly Conversation[],
): Promise<ReadonlyMap<string, Conversation>> {
  const ids = new Set(lines.filter(({ role }) => role === 'assistant').map(({ conversation: id }) => id));
  const unknown = [...ids].filter((id) => known.every(({ conversation_id: other }) => other !== id));
  const found = await Promise.all(unknown.map(async (id) => findConversationById(id, ports)));
  const all = [...known, ...found.flatMap((one) => one?.conversation ?? [])];
  return new Map(all.map((one) => [one.conversation_id, one]));
}

function shownLine(line: ThreadLine, record: Conversation | undefined, text: boolean): ShownLine {
  const { sequence, timestamp: at, conversation: conversationId } = line;
  if (line.role === 'user') {
    return {
      sequence, at, conversationId, from: 'recipient', text: text ? line.content : HIDDEN,
      ...(line.unread === undefined ? {} : { unread: line.unread }),
    };
  }
  const words = record?.messages.find(({ role }) => role === 'assistant')?.content ?? '';
  const by = record?.reply?.by;
  return {
    sequence, at, conversationId, from: 'company', text: text ? words : HIDDEN, ...(by === undefined ? {} : { by }),
    ...(line.card === undefined ? {} : { card: line.card }),
  };
}
