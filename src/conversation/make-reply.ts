import type { EngineReply } from './reply-records';
import { countedAs, engineReplyRecords } from './reply-records';
import type { TurnPorts } from './turn-ports';

export type MadeReply = { readonly outcome: 'queued' } | { readonly outcome: 'limited' };

/**
 * Makes an answer's records and queues it. Each step may be repeated: the identifier follows from the thread and the
 * burst, so that a crash between any two makes no second answer. It leaves by the thread's ticket alone.
 */
export async function makeReply(reply: EngineReply, ports: TurnPorts): Promise<MadeReply> {
  const { about } = reply;
  const records = engineReplyRecords(reply, ports);
  if (!records) throw new Error(`Answering ${about.conversation_id} is impossible: its identifier cannot be read.`);
  const { requestId } = records;
  const decision = await ports.limits.take(countedAs(reply, requestId));
  if (!decision.allowed) return { outcome: 'limited' };
  await ports.directory.putIdempotencyRecord(records.idempotency);
  const { conversation } = await ports.conversations.create(records.record(decision.entry));
  // A crash may have come before the queue; a message that has moved on is harmless there.
  if (conversation && ['initiated', 'composed'].includes(conversation.conversation_status)) {
    const { channel_method: channel, conversation_id: conversationId, company_id: company } = conversation;
    await ports.queue.enqueue({ channel, conversationId, company });
    ports.observer.count('ReplyMade', { channel });
    ports.observer.info('an answer was queued', {
      conversation_id: conversationId, channel, card: reply.origin.card?.card_id ?? 'none',
    });
  }
  return { outcome: 'queued' };
}
