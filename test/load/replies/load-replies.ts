import type { LocalStage } from '../../../tools/local-stage/local-stage';
import type { LoadFaults } from '../load-faults';
import type { AskedRecipient } from './hand-over';
import { atOnce, handOver, HEARING, ONE_IN } from './hand-over';

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
  stage: LocalStage,
  asked: readonly AskedRecipient[],
  { faults, clients, onProgress }: {
    readonly faults: LoadFaults;
    /** Recipients who write at once. */
    readonly clients: number;
    readonly onProgress: (line: string) => void;
  },
): Promise<Heard> {
  const written = new Map<string, WrittenAnswer>();
  const notTaken: string[] = [];
  let doubled = 0;
  await atOnce(clients, asked, async ({ mark, delivery }, index) => {
    if (index % ONE_IN.kill === 17) faults.kill(HEARING);
    const isDoubled = index % ONE_IN.doubled === 11;
    if (isDoubled) doubled += 1;
    const { answer, texts } = answerOf(mark);
    const plan = { texts, isDoubled, isReversed: index % ONE_IN.reversed === 5 };
    if (await handOver(stage, delivery, plan)) written.set(mark, answer);
    else notTaken.push(mark);
    if ((index + 1) % 250 === 0) onProgress(`  ${index + 1} recipients have answered`);
  });
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
