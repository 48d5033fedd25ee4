import type { Conversation, ConversationStatus } from '../../src/core/lifecycle/conversation';
import { TERMINAL_STATUSES } from '../../src/core/lifecycle/conversation';
import type { ProcessorPorts } from '../../src/processor/processing';
import { watchRecords } from './watched-record';
import type { ProcessorWorld } from './processor-world';

const RESTING: readonly ConversationStatus[] = [...TERMINAL_STATUSES, 'send_unknown', 'awaiting_review'];

/** The world's ports, watched: the record's ways, and that nobody pays a model for words that are frozen. */
export function watchedPorts(world: ProcessorWorld, conversation: Conversation, violations: string[]): ProcessorPorts {
  const violation = (words: string) => violations.push(words);
  return {
    ...world.ports,
    conversations: watchRecords(world.conversations, violation),
    model: {
      fill: async (request) => {
        if ((await world.record(conversation)).composition) violation('the model was paid for words that are frozen');
        return world.model.fill(request);
      },
    },
  };
}

/** What must be true of every run, whatever happened in it. */
export async function judge(world: ProcessorWorld, record: Conversation): Promise<readonly string[]> {
  const { conversation_status: status } = record;
  const accepted = world.provider.accepted.length;
  const optedOutOf = await world.directory.optedOutOf({ recipient: record.primary_channel, company: 'brightpath' });
  return [
    accepted > 1 && `the vendor accepted ${accepted} messages`,
    !RESTING.includes(status) && `the message was left ${status}`,
    status === 'initial_message_sent' && accepted !== 1 && 'the record says sent, the vendor does not',
    accepted === 1 &&
      !['initial_message_sent', 'send_unknown'].includes(status) &&
      `the vendor accepted it, the record says ${status}`,
    TERMINAL_STATUSES.some((terminal) => terminal === status) &&
      record.attention !== undefined &&
      'a message at rest still draws attention',
    status !== 'initial_message_sent' && !record.failure_reason && 'no reason tells why it was not sent',
    status === 'awaiting_review' && world.handoff.items.length === 0 && 'no person was told',
    status === 'suppressed' && optedOutOf.length === 0 && "the recipient's opt-out was lost",
    world.queue.deadLetters.length > 0 && 'one fault brought a message to the dead letters',
  ].filter((words) => words !== false);
}
