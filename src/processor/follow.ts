import type { Conversation } from '../core/lifecycle/conversation';
import { expireSendWindow } from '../core/lifecycle/message-transitions';
import { nextAction } from '../core/lifecycle/next-action';
import { comeBack, DONE, identify } from './processing';
import type { ProcessingOutcome, Work } from './processing';

/** Milliseconds: another worker is at it, or was; long enough for its next step. */
const MOMENT = 1000;

/**
 * Another worker, a receipt or a person moved the record: this worker stops and does only what the record asks of anyone who finds it. The queue
 * message is deleted only where the record is at rest, for it may be the only one that is left.
 */
export async function follow(work: Work, conversation: Conversation | undefined): Promise<ProcessingOutcome> {
  if (!conversation) return DONE;
  const now = work.ports.clock.now();
  const found = nextAction(conversation, now);
  switch (found.next) {
    case 'none':
    // What became of a send whose answer was lost is for receipts and the reconciler to find out.
    case 'resolve_unknown_send':
      return DONE;
    case 'take_up':
      return comeBack(now + MOMENT, now);
    case 'wait_until':
      return comeBack(Math.max(found.at, now + MOMENT), now);
    case 'send':
      return comeBack(now, now);
    case 'hand_off':
      return handOff(work, conversation);
    case 'expire_send_window':
      return markUnknown(work, now);
  }
}

/** Puts the message before a person. Repeatable: a crash between the record's step and this call would otherwise leave nobody told. */
export async function handOff(work: Work, conversation: Conversation): Promise<ProcessingOutcome> {
  await work.ports.handoff.handOff({
    conversationId: conversation.conversation_id,
    company: conversation.company_id,
    reason: conversation.hand_off_to_human_reason ?? 'review_requested',
  });
  return DONE;
}

async function markUnknown(work: Work, now: number): Promise<ProcessingOutcome> {
  const { conversations, observer } = work.ports;
  const result = await conversations.change(work.key, expireSendWindow({ now }));
  if (result.applied) {
    observer.count('SendUnknown', { channel: work.settings.channel });
    observer.warn('a send was claimed and never answered', identify(work));
  }
  // Where it did not apply, another worker has just recorded the answer.
  return result.applied ? DONE : comeBack(now, now);
}
