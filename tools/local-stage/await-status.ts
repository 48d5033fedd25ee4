import { setTimeout } from 'node:timers/promises';
import type { ConversationStatus, DeliveryStatus } from '../../src/core/lifecycle/conversation';
import { TERMINAL_STATUSES } from '../../src/core/lifecycle/conversation';
import type { LocalStage } from './local-stage';

const POLL_MILLISECONDS = 25;

/** States in which a message waits for nobody but a person. */
const CLEARED_WHEN_TERMINAL: readonly ConversationStatus[] = [...TERMINAL_STATUSES, 'awaiting_review', 'send_unknown'];

/** The record once its message has come to rest. Rejects with a sentence if that takes longer than `withinMilliseconds`. */
export async function awaitRest(stage: LocalStage, requestId: string, withinMilliseconds = 20_000): Promise<Readonly<Record<string, unknown>>> {
  const end = Date.now() + withinMilliseconds;
  for (;;) {
    const record = await stage.conversation(requestId);
    if (record && CLEARED_WHEN_TERMINAL.some((status) => status === record.conversation_status)) return record;
    if (Date.now() > end) {
      const state = record ? `is still ${String(record.conversation_status)}` : 'has no record';
      throw new Error(`The message of request ${requestId} did not come to rest within ${withinMilliseconds} ms: it ${state}. Look into .local for the functions' logs.`);
    }
    await setTimeout(POLL_MILLISECONDS);
  }
}

/** What the record says of the delivery once the vendor has told of this status; what it says by then if that takes longer. */
export async function awaitDelivery(stage: LocalStage, requestId: string, status: DeliveryStatus, withinMilliseconds = 5_000): Promise<string> {
  const end = Date.now() + withinMilliseconds;
  for (;;) {
    const told = String((await stage.conversation(requestId))?.delivery_status ?? 'nothing');
    if (told === status || Date.now() > end) return told;
    await setTimeout(POLL_MILLISECONDS);
  }
}
