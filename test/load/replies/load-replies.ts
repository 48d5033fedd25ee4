import { resourceNames } from '../../../src/core/names';
import type { LocalStage } from '../../../tools/local-stage/local-stage';
import { LOCAL_STAGE } from '../../../tools/local-stage/local-stage';
import type { Delivery } from '../../../tools/vendor-simulators/delivery';
import type { LoadFaults } from '../load-faults';

const names = resourceNames(LOCAL_STAGE);
/** Functions that hear, read, publish and deliver: one of them dies in one of so many conversations. */
export const HEARING = [names.vendorWebhooks, names.conversationTurns, names.eventPublisher, names.eventDeliveries];
const ONE_IN = { kill: 100, doubled: 20, reversed: 20 };
/** Recipients who write at once. */
const AT_ONCE = 12;
/** Times that a vendor hands over what was not taken: by its own repeats, and by the second address that it calls. */
const HANDED_OVER = 5;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** What a recipient wrote that the vendor was told to be taken, and what it answers. */
export interface WrittenAnswer {
  readonly explanation: string;
  readonly start_date: string;
}

/** By the mark of the request. */
export interface Heard {
  readonly written: ReadonlyMap<string, WrittenAnswer>;
  /** Replies that were never taken, however often the vendor handed them over: the vendor knows, and says so. */
  readonly notTaken: readonly string[];
  readonly doubled: number;
}

/** Each recipient answers the message that came, in a burst of three, while processes die. */
export async function writeReplies(
  stage: LocalStage, faults: LoadFaults, onProgress: (line: string) => void,
): Promise<Heard> {
  const asked = stage.vendors.deliveries().flatMap((delivery) => {
    const mark = /post \d{6}/.exec(delivery.text)?.[0];
    return mark === undefined ? [] : [{ mark, delivery }];
  });
  const written = new Map<string, WrittenAnswer>();
  const notTaken: string[] = [];
  let doubled = 0;
  let next = 0;
  const writer = async () => {
    while (next < asked.length) {
      const index = next++;
      const one = asked[index];
      if (!one) return;
      if (index % ONE_IN.kill === 37) faults.kill(HEARING);
      const isDoubled = index % ONE_IN.doubled === 11;
      if (isDoubled) doubled += 1;
      const { answer, texts } = answerOf(one.mark);
      const plan = { texts, isDoubled, isReversed: index % ONE_IN.reversed === 5 };
      if (await handOver(stage, one.delivery, plan)) written.set(one.mark, answer);
      else notTaken.push(one.mark);
      if (next % 250 === 0) onProgress(`  ${next} recipients have answered`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, writer));
  return { written, notTaken, doubled };
}

function answerOf(mark: string): { readonly answer: WrittenAnswer; readonly texts: readonly string[] } {
  const number = Number(mark.slice('post '.length)) - 100_000;
  const [day, month, year] = [1 + (number % 28), number % 12, 2027 + (Math.floor(number / 336) % 20)];
  const explanation = `I was on leave then and it is case ${100_000 + number}`;
  return {
    answer: { explanation, start_date: new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10) },
    texts: ['Hello!', `${explanation}.`, `I could start on ${day} ${MONTHS[month] ?? ''} ${year}.`],
  };
}

async function handOver(
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
