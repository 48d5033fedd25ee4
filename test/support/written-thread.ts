import type { Channel } from '../../src/core/channel';
import type { Conversation } from '../../src/core/lifecycle/conversation';
import { threadIdOf } from '../../src/core/lifecycle/thread';
import { takeIn } from '../../src/core/lifecycle/thread-transitions';
import { timestamp } from '../../src/core/ports/clock';
import { MemoryRequestLimits } from './memory-request-limits';
import { ProcessorWorld } from './processor-world';

/** A conversation whose message went and whose recipient has written, with what is needed to answer it. */
export async function writtenThread(channel: Channel = 'sms', changes: Partial<Conversation> = {}) {
  const world = new ProcessorWorld(channel);
  const sentAt = timestamp(world.clock.now());
  const conversation = await world.accept({
    conversation_status: 'initial_message_sent', vendor_message_id: 'SM-sent', sent_at: sentAt, ...changes,
  });
  const threadId = threadIdOf(conversation);
  const hear = async (id: string) => {
    const message = {
      message_id: id, timestamp: timestamp(world.clock.now()), role: 'user' as const, content: 'Is Friday fine?',
      prompt_tokens: 0, completion_tokens: 0, total_tokens: 0,
    };
    const { sequence } = await world.threads.keep({ conversation, message, vendorMessageId: id });
    const seen = await thread();
    const change = takeIn({ seen, position: sequence, now: world.clock.now(), threadId });
    if (change) await world.threads.change(threadId, change);
  };
  const thread = async () => {
    const found = await world.threads.find(threadId);
    if (!found) throw new Error('The thread is gone.');
    return found;
  };
  await hear('SM-inbound-1');
  const { clock, conversations, directory, queue, threads } = world;
  const ports = {
    clock, conversations, directory, queue, threads,
    limits: new MemoryRequestLimits(),
    newIdentifier: world.ports.newIdentifier,
  };
  return { world, conversation, threadId, thread, hear, ports };
}
