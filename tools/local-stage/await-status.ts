import { setTimeout } from 'node:timers/promises';
import type { ConversationStatus, DeliveryStatus } from '../../src/core/lifecycle/conversation';
import { TERMINAL_STATUSES } from '../../src/core/lifecycle/conversation';
import type { LocalStage } from './local-stage';

const POLL_MILLISECONDS = 25;

/** Milliseconds after which a wait is given up: for a message that is lost, and never for a machine that is busy. */
const GIVE_UP_MILLISECONDS = 80_000;

/** States that only a person or the vendor can end. */
const SETTLED_STATUSES: readonly ConversationStatus[] = [...TERMINAL_STATUSES, 'awaiting_review', 'send_unknown'];

/** The record once nothing more happens to its message by itself. Rejects with a sentence if that never comes. */
export async function awaitOutcome(
  stage: LocalStage, requestId: string, projectId?: string,
): Promise<Readonly<Record<string, unknown>>> {
  const end = performance.now() + GIVE_UP_MILLISECONDS;
  for (;;) {
    const record = await stage.conversation(requestId, projectId);
    if (record && SETTLED_STATUSES.some((status) => status === record.conversation_status)) return record;
    if (performance.now() > end) {
      const state = record ? `is still ${String(record.conversation_status)}` : 'has no record';
      throw new Error(
        `Waiting for the message of request ${requestId} was given up after ${GIVE_UP_MILLISECONDS / 1000} s: ` +
          `it ${state}. Read the functions' logs below .local.`,
      );
    }
    await setTimeout(POLL_MILLISECONDS);
  }
}

/** The delivery status in the record once it is the expected one, or what it is when the wait is given up. */
export async function awaitDelivery(stage: LocalStage, requestId: string, expected: DeliveryStatus): Promise<string> {
  const end = performance.now() + GIVE_UP_MILLISECONDS;
  for (;;) {
    const found = String((await stage.conversation(requestId))?.delivery_status ?? 'nothing');
    if (found === expected || performance.now() > end) return found;
    await setTimeout(POLL_MILLISECONDS);
  }
}
