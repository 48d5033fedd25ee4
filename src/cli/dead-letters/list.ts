import type { Message } from '@aws-sdk/client-sqs';
import type { Channel } from '../../core/channel';
import { parseConversationId } from '../../core/lifecycle/conversation-id';
import { explain } from '../../core/lifecycle/failure';
import { deadLetterStep } from '../../core/lifecycle/next-step';
import { awsFailure } from '../command-error';
import { findConversation } from '../conversations/find-conversation';
import type { StageClients } from '../stage-clients';
import { findDeadLetters, lookAtLetters } from './dead-letter-queue';

export interface ListedLetter {
  readonly messageId: string;
  /** Since the message was first queued. */
  readonly ageSeconds: number;
  readonly conversationId: string;
  readonly status?: string;
  readonly reason?: string;
  readonly words?: string;
  readonly action: string;
}

export interface ListedChannel {
  readonly channel: Channel;
  readonly count: number;
  readonly letters: readonly ListedLetter[];
}

/** The dead letters of a channel, up to a number, each with what became of its message. Nothing is moved or deleted. */
export async function listDeadLetters(clients: StageClients, channel: Channel, limit: number, now: number): Promise<ListedChannel> {
  const queue = await findDeadLetters(clients, channel);
  const found: Message[] = [];
  if (queue.count > 0) {
    await lookAtLetters(clients.queues, queue, limit, async (letter) => {
      if (found.length < limit) found.push(letter);
      return Promise.resolve('put_back');
    }).catch((error: unknown) => { throw awsFailure(`Reading the dead letters of ${channel}`, error); });
  }
  const letters = await Promise.all(found.map(async (letter) => describe(clients, letter, now)))
    .catch((error: unknown) => { throw awsFailure('Reading the records of dead letters', error); });
  return { channel, count: Math.max(queue.count, letters.length), letters };
}

async function describe(clients: StageClients, letter: Message, now: number): Promise<ListedLetter> {
  const conversationId = letter.Body ?? '';
  const record = parseConversationId(conversationId) ? await findConversation(clients, conversationId) : undefined;
  const reason = record?.failure_reason;
  return {
    messageId: letter.MessageId ?? '',
    ageSeconds: Math.max(0, Math.round((now - Number(letter.Attributes?.SentTimestamp ?? now)) / 1000)),
    // Whatever else a body holds may be personal.
    conversationId: parseConversationId(conversationId) ? conversationId : '(no conversation identifier)',
    ...(record ? { status: record.conversation_status } : {}),
    ...(reason ? { reason, words: explain(reason).cause } : {}),
    action: deadLetterStep(record, now),
  };
}

/** For people: one channel's letters as lines. */
export function listedLines({ channel, count, letters }: ListedChannel): readonly string[] {
  if (count === 0) return [`${channel}: no dead letters`];
  return [
    `${channel}: ${count} dead letter${count === 1 ? '' : 's'}${letters.length < count ? `, ${letters.length} shown` : ''}`,
    ...letters.flatMap((letter) => [
      `  ${letter.messageId}  ${age(letter.ageSeconds)} old  ${letter.conversationId}`,
      `    ${letter.status ?? 'no record'}${letter.reason ? ` (${letter.reason}): ${letter.words ?? ''}` : ''}`,
      `    Next: ${letter.action}`,
    ]),
  ];
}

function age(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}
