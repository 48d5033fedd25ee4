import { CHANNELS } from '../../../src/core/channel';
import { resourceNames } from '../../../src/core/names';
import type { LocalStage } from '../../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../../tools/local-stage/local-stage';
import type { Delivery } from '../../../tools/vendor-simulators/delivery';

const names = resourceNames(LOCAL_STAGE);
/** Functions that hear, read, answer, publish and deliver: one of them dies in one of so many conversations. */
export const HEARING = [
  names.vendorWebhooks, names.conversationTurns, names.eventPublisher, names.eventDeliveries,
  ...CHANNELS.map((channel) => names.processor(channel)),
];
export const ONE_IN = { kill: 100, doubled: 20, reversed: 20, vendorError: 40 };
/** Times that a vendor hands over what was not taken: by its own repeats, and by the second address that it calls. */
const HANDED_OVER = 5;

/** A question that came, by its mark. */
export interface AskedRecipient {
  readonly mark: string;
  readonly delivery: Delivery;
}

/** Works on all of them, so many at once, in their order. */
export async function atOnce<One>(
  limit: number, all: readonly One[], work: (one: One, index: number) => Promise<void>,
): Promise<void> {
  const rest = all.entries();
  await Promise.all(Array.from({ length: limit }, async () => {
    for (const [index, one] of rest) await work(one, index);
  }));
}

/** The recipient writes; true once the vendor was told that all of it is taken. */
export async function handOver(
  { vendors: { twilio, sendgrid } }: LocalStage,
  { channel, vendorMessageId }: Delivery,
  plan: Parameters<LocalStage['vendors']['twilio']['reply']>[1],
): Promise<boolean> {
  for (let tries = 0; tries < HANDED_OVER; tries += 1) {
    const posted = await (channel === 'email' ? sendgrid : twilio).reply(vendorMessageId, plan);
    const isTaken = posted.length > 0
      && posted.every(({ attempts }) => { const last = attempts.at(-1); return typeof last === 'number' && last < 300; });
    if (isTaken) return true;
  }
  return false;
}
