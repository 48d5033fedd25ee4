import type { Channel } from '../../core/channel';
import { parseConversationId } from '../../core/lifecycle/conversation-id';
import { explain } from '../../core/lifecycle/failure';
import { deadLetterStep } from '../../core/lifecycle/next-step';
import type { DeadLetter } from '../../core/ports/dead-letters';
import type { FindPorts } from '../conversations/find-conversation';
import { findConversation } from '../conversations/find-conversation';
import type { OperationPorts } from '../ports';

/** A dead letter with what became of its message. */
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

type Ports = FindPorts & Pick<OperationPorts, 'clock' | 'deadLetters'>;

/** The dead letters of a channel, up to a number. Nothing is moved or deleted. */
export async function listDeadLetters(ports: Ports, channel: Channel, limit: number): Promise<ListedChannel> {
  const { count, letters } = await ports.deadLetters.look(channel, limit);
  return { channel, count, letters: await Promise.all(letters.map(async (letter) => describe(ports, letter))) };
}

async function describe(ports: Ports, { messageId, body, sentAt }: DeadLetter): Promise<ListedLetter> {
  const now = ports.clock.now();
  const conversationId = parseConversationId(body) ? body : undefined;
  const found = conversationId === undefined ? undefined : await findConversation(ports, conversationId);
  const record = found?.outcome === 'found' ? found.conversation : undefined;
  const reason = record?.failure_reason;
  return {
    messageId,
    ageSeconds: Number.isNaN(sentAt) ? 0 : Math.max(0, Math.round((now - sentAt) / 1000)),
    // Whatever else a body holds may be personal.
    conversationId: conversationId ?? '(no conversation identifier)',
    status: record?.conversation_status,
    reason,
    words: reason && explain(reason).cause,
    action: deadLetterStep(record, now),
  };
}
