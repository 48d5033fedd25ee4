import type { BenchStage } from './bench-stage';
import { names, openBenchStage } from './bench-stage';
import { readable, readableSpread, spread, sum } from './figures';
import type { Observed } from './message-run';
import { cpuOf, gigabyteSeconds, observe, postMessages, reportsOf, workBatches } from './message-run';
import type { BenchContext, Section } from './section';

const CHANNEL = 'sms';
/**
 * In portions, since a project may have no more than a thousand conversations open: some three hundred messages for
 * each of the four processes.
 */
const WARM_UP = [300, 300, 300, 300];
const SECOND = 1000;

interface Shape {
  readonly delaySeconds: number;
  readonly batchSize: number;
  readonly atOnce: number;
  readonly messages: number;
}

interface Shaped extends Shape {
  readonly cpu: readonly number[];
  /** Milliseconds of each invocation beyond the model's delay. */
  readonly beyond: readonly number[];
  readonly elapsed: number;
  readonly gigabyteSeconds: number;
  readonly peakMegabytes: number;
}

/** One message at a time, then batches as a full queue hands them over; the model's delays in turns. */
function shapes(isQuick: boolean): { readonly single: readonly Shape[]; readonly batched: readonly Shape[] } {
  const single = (delaySeconds: number, messages: number) => ({ delaySeconds, batchSize: 1, atOnce: 1, messages });
  return isQuick
    ? {
      single: [single(0, 60), single(2, 4)],
      batched: [batch(0, 10, 1, 80), batch(2, 10, 1, 40), batch(2, 10, 4, 160)],
    }
    : {
      single: [single(0, 60), single(2, 10), single(30, 1)],
      batched: [
        batch(0, 1, 1, 60),
        batch(0, 10, 1, 120),
        batch(0, 10, 4, 240),
        batch(2, 1, 4, 40),
        batch(2, 5, 4, 120),
        batch(2, 10, 1, 60),
        batch(2, 10, 4, 240),
        batch(2, 20, 4, 320),
        batch(33, 10, 4, 40),
      ],
    };
}

function batch(delaySeconds: number, batchSize: number, atOnce: number, messages: number): Shape {
  return { delaySeconds, batchSize, atOnce, messages };
}

/** The processor's function, warm, handed its batches as an event source would. */
export async function benchProcessor({ assemblyFolder, isQuick, onProgress }: BenchContext): Promise<Section> {
  const rounds = isQuick ? 1 : 3;
  const { single, batched } = shapes(isQuick);
  const stage = await openBenchStage({ assemblyFolder, worksQueues: false, receipts: false });
  try {
    onProgress('Processor: warming up …');
    await work(stage, batch(0, 1, 1, 100));
    for (const messages of isQuick ? WARM_UP.slice(0, 1) : WARM_UP) await work(stage, batch(0, 10, 4, messages));
    const idleMegabytes = await residentAtOne(stage);
    const singles = new Map<number, Shaped[]>();
    for (let round = 0; round < rounds; round += 1) {
      for (const shape of single) {
        onProgress(`Processor: round ${round + 1} of ${rounds}, one message at a time, model ${shape.delaySeconds} s`);
        singles.set(shape.delaySeconds, [...singles.get(shape.delaySeconds) ?? [], await work(stage, shape)]);
      }
    }
    const shaped: Shaped[] = [];
    for (const shape of batched) {
      onProgress(`Processor: batches of ${shape.batchSize}, ${shape.atOnce} at once, model ${shape.delaySeconds} s`);
      shaped.push(await work(stage, shape));
    }
    return section(singles, shaped, idleMegabytes);
  } finally {
    await stage.stop();
  }
}

async function work(stage: BenchStage, shape: Shape): Promise<Shaped> {
  stage.vendors.openai.setDelay(0);
  const { conversationIds } = await postMessages(stage, { messages: shape.messages, channel: CHANNEL, clients: 6 });
  stage.vendors.openai.setDelay(shape.delaySeconds * SECOND);
  const seen: Observed = await observe(stage, async () => workBatches(stage, CHANNEL, conversationIds, shape));
  const reports = reportsOf(seen, names.processor(CHANNEL)).filter(
    ({ initMilliseconds }) => initMilliseconds === undefined,
  );
  const perMessage = seen.reports.length === 0 ? 1 : shape.messages / reportsOf(seen, names.processor(CHANNEL)).length;
  return {
    ...shape,
    cpu: cpuOf(reports).map((milliseconds) => milliseconds / perMessage),
    beyond: reports.map(({ durationMilliseconds }) => durationMilliseconds - shape.delaySeconds * SECOND),
    elapsed: seen.elapsed,
    gigabyteSeconds: gigabyteSeconds(reports) / (reports.length * perMessage),
    peakMegabytes: Math.max(...reports.map(({ maxMemoryUsedMegabytes }) => maxMemoryUsedMegabytes)),
  };
}

async function residentAtOne(stage: BenchStage): Promise<number> {
  return Math.min(
    ...stage.cloud.reports(names.processor(CHANNEL)).map(({ maxMemoryUsedMegabytes }) => maxMemoryUsedMegabytes),
  );
}

function section(
  singles: ReadonlyMap<number, readonly Shaped[]>,
  shaped: readonly Shaped[],
  idleMegabytes: number,
): Section {
  const cpuAt = (delay: number) => spread((singles.get(delay) ?? []).flatMap(({ cpu }) => cpu));
  const full = (delay: number, atOnce: number) =>
    shaped.find((run) => run.delaySeconds === delay && run.batchSize === 10 && run.atOnce === atOnce);
  const peak = Math.max(
    ...shaped.filter(({ batchSize }) => batchSize === 10).map(({ peakMegabytes }) => peakMegabytes),
  );
  const fullBatch = spread(full(0, 1)?.cpu ?? []);
  const slow = full(33, 4);
  return {
    name: 'processor',
    title: 'Processor',
    notes: [
      "The function of one channel (SMS), warm, with the vendors' own delay taken off. CPU is that of the "
      + "function's process. A batch's messages are worked at once, so that ten of them wait together; " +
        'GB-seconds are what Lambda would bill at the memory of the stack (256 MB), as this machine measures the '
        + "time: see the cost model for Lambda's smaller share of a processor. Four invocations at once share this "
        + "machine's two processors, which Lambda's do not.",
    ],
    tables: [
      {
        title: 'One message at a time',
        columns: ["model's delay", 'CPU a message, ms', 'time beyond the delay, ms', 'messages'],
        rows: [...singles].map(([delay, runs]) => [
          `${delay} s`,
          readableSpread(cpuAt(delay)),
          readableSpread(spread(runs.flatMap(({ beyond }) => beyond))),
          sum(runs.map(({ messages }) => messages)),
        ]),
      },
      {
        title: 'Batches',
        columns: [
          "model's delay, batch size, invocations at once",
          'messages a second',
          'CPU a message, ms',
          'GB-seconds per 1,000',
          'peak memory, MB',
        ],
        rows: shaped.map((run) => [
          `${run.delaySeconds} s, ${run.batchSize}, ${run.atOnce}`,
          readable((run.messages / run.elapsed) * SECOND),
          readableSpread(spread(run.cpu)),
          readable(run.gigabyteSeconds * 1000),
          run.peakMegabytes,
        ]),
      },
    ],
    figures: {
      processorCpuMilliseconds: fullBatch.median,
      processorCpuMillisecondsAlone: cpuAt(0).median,
      gigabyteSecondsAt2: (full(2, 1)?.gigabyteSeconds ?? 0) * 1000,
      ...(slow ? { gigabyteSecondsAt33: slow.gigabyteSeconds * 1000 } : {}),
      megabytesOfAConcurrentMessage: (peak - idleMegabytes) / 9,
      processorPeakMegabytes: peak,
    },
  };
}
