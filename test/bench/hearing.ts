import { momentOf } from '../../src/events/positions';
import { loggedItems } from '../load/replies/settle-replies';
import type { BenchStage } from './bench-stage';
import { names } from './bench-stage';
import { quantile, readable, readableSpread, spread, sum } from './figures';
import { countsAReply, openHearingStage } from './hear';
import type { Observed } from './message-run';
import { cpuOf, reportsOf } from './message-run';
import type { BenchContext, Section } from './section';

/** Lines of two threads whose turns are compared: one turn reads the newest 41 at most. */
const LONG = 10_000;
const SHORT = 50;

/** One reply: its acceptance, the turn that reads it, and the event that tells of it, on the embedded cloud, warm. */
export async function benchHearing({ assemblyFolder, isQuick, onProgress }: BenchContext): Promise<Section> {
  const [warmUp, rounds, replies] = isQuick ? [40, 1, 40] : [400, 5, 100];
  const { stage, hearing, arrivals, stop } = await openHearingStage(assemblyFolder);
  try {
    onProgress('Hearing: warming up …');
    await hearing.reply(await hearing.ask(warmUp), 4);
    arrivals.clear();
    const acceptance: number[] = [];
    const turn: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      onProgress(`Hearing: round ${round + 1} of ${rounds}`);
      const seen = await hearing.reply(await hearing.ask(replies), 4);
      acceptance.push(...cpuOf(reportsOf(seen, names.vendorWebhooks)));
      turn.push(...cpuOf(reportsOf(seen, names.conversationTurns)));
    }
    const waits = [...arrivals.values()];
    const published = await publicationWaits(stage, new Set(arrivals.keys()));
    onProgress('Hearing: one reply at a time, then in a thread of 10,000 messages');
    const alone = await hearing.reply(await hearing.ask(10), 1);
    const inThreadOf = async (lines: number) => {
      const [question = ''] = await hearing.ask(1);
      await hearing.lengthen(question, lines);
      return hearing.reply([question], 1);
    };
    const [inShort, inLong] = [await inThreadOf(SHORT), await inThreadOf(LONG)];
    return sectionOf({ stage, acceptance, turn, published, waits, alone, inShort, inLong, rounds, replies });
  } finally {
    await stop();
  }
}

/** Milliseconds from each change to the moment at which its event was written, which its position holds. */
async function publicationWaits(stage: BenchStage, ids: ReadonlySet<string>): Promise<readonly number[]> {
  const items = await loggedItems(stage);
  return items.filter(({ event_id: id }) => ids.has(String(id))).map(({ item_key: position, at }) => (
    momentOf(String(position)) - Date.parse(String(at))
  ));
}

interface Measured {
  readonly stage: BenchStage;
  readonly acceptance: readonly number[];
  readonly turn: readonly number[];
  readonly published: readonly number[];
  readonly waits: readonly number[];
  readonly alone: Observed;
  readonly inShort: Observed;
  readonly inLong: Observed;
  readonly rounds: number;
  readonly replies: number;
}

function sectionOf(measured: Measured): Section {
  const { stage, acceptance, turn, published, waits, alone, inShort, inLong, rounds, replies } = measured;
  const row = (title: string, values: readonly number[]) => (
    [title, readableSpread(spread(values)), readable(quantile(values, 0.95))]
  );
  const one = countsAReply(stage, alone, 10);
  const [ofShort, ofLong] = [inShort, inLong].map((seen) => countsAReply(stage, seen, 1).find(({ title }) => title === 'turns'));
  return {
    name: 'hearing',
    title: 'Hearing a reply',
    notes: [
      `One reply by SMS that gives both answers: ${rounds} rounds of ${replies} people, four at once. CPU is of the `
      + "function's own process. An event is told from the moment of its change until the client's endpoint has it.",
      `In a thread of ${LONG.toLocaleString('en-GB')} messages the turn makes ${readable(ofLong?.calls ?? 0)} calls, `
      + `${readable(ofLong?.reads ?? 0)} read and ${readable(ofLong?.writes ?? 0)} write units; in one of ${SHORT} `
      + `${readable(ofShort?.calls ?? 0)}, ${readable(ofShort?.reads ?? 0)} and ${readable(ofShort?.writes ?? 0)}.`,
    ],
    tables: [
      {
        title: 'Time and CPU of a reply',
        columns: ['', 'median (quartiles)', 'p95'],
        rows: [
          row('acceptance of an inbound message, CPU ms', acceptance),
          row('turn, CPU ms', turn),
          row('from the change to its event, ms', published),
          row('from the change to the endpoint, ms', waits),
        ],
      },
      {
        title: 'Calls and units of a reply, one at a time',
        columns: ['function', 'calls', 'read units', 'write units'],
        rows: one.map(({ title, calls, reads, writes }) => [title, readable(calls), readable(reads), readable(writes)]),
      },
    ],
    figures: {
      inboundCpuMilliseconds: spread(acceptance).median,
      turnCpuMilliseconds: spread(turn).median,
      eventMilliseconds: quantile(published, 0.95),
      endpointMilliseconds: quantile(waits, 0.95),
      longThreadCalls: (ofLong?.calls ?? 0) / (ofShort?.calls ?? 1),
      longThreadReadUnits: (ofLong?.reads ?? 0) / (ofShort?.reads ?? 1),
      writeUnitsAReply: sum(one.map(({ writes }) => writes)),
    },
  };
}
