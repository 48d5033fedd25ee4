import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { BenchStage } from './bench-stage';
import { names, openBenchStage } from './bench-stage';
import type { Bill, MessageUse } from './cost-model';
import { idleBill, messageBill, total } from './cost-model';
import { readable, sum } from './figures';
import { countMessages } from './message-counts';
import {
  cpuOf,
  gigabyteSeconds,
  observe,
  postMessages,
  RECEIPTS,
  reportsOf,
  sendMessages,
  workBatches,
} from './message-run';
import { PRICES } from './prices';
import type { BenchContext, Section } from './section';

const CHANNEL = 'sms';
const MODEL_SECONDS = 2;
/** Lambda gives a whole processor at this memory, and a share of it below. */
const WHOLE_PROCESSOR_MEGABYTES = 1769;
const VOLUMES = [10_000, 1_000_000, 100_000_000] as const;
/** Messages of a batch that a busy queue hands over; below some million messages a month they mostly come alone. */
const FULL_BATCH = 10;
const BUSY_VOLUME = 10_000_000;

/** Dollars by service, from counts of one message at a time and a table of prices. */
export async function benchCost({ assemblyFolder, isQuick, onProgress }: BenchContext): Promise<Section> {
  const messages = isQuick ? 10 : 40;
  const worked = await openBenchStage({ assemblyFolder });
  let counted: Awaited<ReturnType<typeof countMessages>>;
  let use: MessageUse;
  try {
    onProgress('Cost: counting what a message asks for');
    await sendMessages(worked, { messages: 60, channel: CHANNEL, clients: 4 }, RECEIPTS[CHANNEL]);
    counted = await countMessages(worked, messages);
    use = await useOf(
      worked,
      messages,
      sum(counted.filter(({ channel }) => channel === CHANNEL).map(({ writeUnits }) => writeUnits)),
    );
  } finally {
    await worked.stop();
  }
  onProgress('Cost: what the wait for the model holds');
  const waiting = await waitOfModel(assemblyFolder, isQuick);
  const typical = counted.find(({ channel }) => channel === CHANNEL);
  const bills = new Map(VOLUMES.map((volume) => {
    const full = volume >= BUSY_VOLUME;
    const held = full ? waiting.full : waiting.single;
    return [
      volume,
      messageBill({
        ...use,
        gigabyteSeconds: use.gigabyteSeconds + held,
        invocations: 1 + RECEIPTS[CHANNEL] + (full ? 1 / FULL_BATCH : 1),
        sqsRequests: 1 + (full ? 0.2 : 2),
      }),
    ];
  }));
  const idle = idleBill(standingOf(worked));
  const perMillion = total(bills.get(1_000_000) ?? {}) * 1e6;
  return {
    name: 'cost',
    title: 'Cost',
    notes: [
      `List prices as known on ${PRICES.date}, ${PRICES.region}, to be compared with AWS's pages before a decision `
      + `(${PRICES.source}), without free tier and tax; vendor's and model's fees apart. Counts are of a message on `
      + `its own, ${CHANNEL}, delivered, with a model that takes ${MODEL_SECONDS} s. ` +
        'At 10 thousand and 1 million messages a month they come one by one, so that each waits in an invocation of '
        + "its own; from some ten million on batches fill. Lambda's share of a processor at 256 MB is reckoned with: " +
        'what is CPU here takes seven times as long there.',
      ...nextStep(bills),
    ],
    tables: [
      {
        title: 'What a message asks for',
        columns: [
          'channel',
          'calls of router and processor',
          'calls of its receipts',
          'read units',
          'write units: router, processor, receipts, events',
          'write units in all',
          'logs of router and processor, bytes',
          'logs of receipts and API, bytes',
        ],
        rows: counted.map((count) => [
          `${count.channel} (${Object.entries(count.callsByService)
            .map(([service, calls]) => `${service} ${readable(calls)}`)
            .join(', ')})`,
          readable(count.calls),
          readable(count.receiptCalls),
          readable(count.readUnits),
          Object.values(count.writeUnitsBy).map(readable).join(', '),
          readable(count.writeUnits),
          readable(count.logBytes.path),
          readable(count.logBytes.receipts + count.logBytes.access),
        ]),
      },
      {
        title: 'Dollars per 1,000 messages',
        columns: ['service', ...VOLUMES.map((volume) => `${volume.toLocaleString('en-GB')} a month`)],
        rows: [
          ...Object.keys(bills.get(VOLUMES[0]) ?? {}).map((service) => [
            service,
            ...VOLUMES.map((volume) => dollars((bills.get(volume)?.[service] ?? 0) * 1000)),
          ]),
          ['sum', ...VOLUMES.map((volume) => dollars(total(bills.get(volume) ?? {}) * 1000))],
        ],
      },
      {
        title: 'Dollars a month, all in',
        columns: ['', ...VOLUMES.map((volume) => volume.toLocaleString('en-GB'))],
        rows: [
          ['messages', ...VOLUMES.map((volume) => dollars(total(bills.get(volume) ?? {}) * volume))],
          ['what stands there anyway', ...VOLUMES.map(() => dollars(total(idle)))],
        ],
      },
      {
        title: 'A stack in which nothing happens, dollars a month',
        columns: ['what', 'dollars'],
        rows: [...Object.entries(idle).map(([what, part]) => [what, dollars(part)]), ['sum', dollars(total(idle))]],
      },
    ],
    bars: {
      title: 'AWS, dollars per million messages, by messages a month',
      unit: '$',
      bars: [...bills].map(([volume, bill]) => ({
        label: volume.toLocaleString('en-GB'),
        parts: Object.entries(bill).map(([name, part]) => ({ name, value: part * 1e6 })),
      })),
    },
    figures: {
      dollarsPerMillion: perMillion,
      idleDollarsAMonth: total(idle),
      callsAMessage: typical?.calls ?? 0,
      callsAMessageWithVendors: (typical?.calls ?? 0) + 2,
      writeUnitsAMessage: typical?.writeUnits ?? 0,
      readUnitsAMessage: typical?.readUnits ?? 0,
      logBytesAMessage: typical?.logBytes.path ?? 0,
      logBytesWithReceipts: sum(Object.values(typical?.logBytes ?? {})),
      ...Object.fromEntries(
        Object.entries(bills.get(1_000_000) ?? {}).map(([service, part]) => [
          `dollarsPerMillion: ${service}`,
          part * 1e6,
        ]),
      ),
    },
  };
}

/** The design's next step and the volume at which it pays. */
function nextStep(bills: ReadonlyMap<number, Bill>): readonly string[] {
  const bill = bills.get(100_000_000) ?? {};
  const [dominant = ['', 0]] = Object.entries(bill).sort(([, one], [, other]) => other - one);
  const saved = RECEIPTS[CHANNEL] * (PRICES.restApiCall - PRICES.httpApiCall);
  return [
    `${dominant[0]} dominates: ${Math.round((Number(dominant[1]) / total(bill)) * 100)} % at 100 million a month. `
    + 'The next step is to take receipts through an HTTP API in front of the same function: it saves '
    + `$${readable(saved * 1e6)} a million messages and ` +
      `pays a day of an engineer ($800) within a year from some ${readable(800 / 12 / saved / 1000)} thousand `
      + 'messages a month. After it: receipts that come within a second of each other in one write, some three '
      + 'units less for most messages.',
  ];
}

async function useOf(stage: BenchStage, messages: number, writeUnits: number): Promise<MessageUse> {
  const seen = await sendMessages(stage, { messages, channel: CHANNEL, clients: 1 }, RECEIPTS[CHANNEL]);
  const others = [...reportsOf(seen, names.router), ...reportsOf(seen, names.vendorWebhooks)];
  const { Items: items = [] } = await stage.tables.send(new ScanCommand({ TableName: names.conversationTable }));
  const requests = items.filter((item) => item.conversation_status !== undefined).length;
  const own = seen.calls.filter(({ kind }) => kind === 'function');
  return {
    apiCalls: 1 + RECEIPTS[CHANNEL],
    invocations: 1,
    gigabyteSeconds: (gigabyteSeconds(others) + shareOfProcessor(sum(cpuOf(others)), 512)) / messages,
    sqsRequests: 1,
    readUnits: sum(own.map(({ readUnits }) => readUnits)) / messages,
    writeUnits,
    logBytes: seen.logs.bytes / messages,
    logLines: seen.logs.lines / messages,
    // The record and its guard.
    recordBytes: Buffer.byteLength(JSON.stringify(items)) / requests,
  };
}

/** GB-seconds that Lambda's share of a processor adds to what this machine took. */
function shareOfProcessor(cpuMilliseconds: number, megabytes: number): number {
  return cpuMilliseconds / 1000 * (WHOLE_PROCESSOR_MEGABYTES / megabytes - 1) * megabytes / 1024;
}

/** GB-seconds of the processor a message: on its own, and in a full batch. */
async function waitOfModel(
  assemblyFolder: string,
  isQuick: boolean,
): Promise<{ readonly single: number; readonly full: number }> {
  const stage = await openBenchStage({ assemblyFolder, worksQueues: false, receipts: false });
  try {
    const held = async (batchSize: number, messages: number, delay: number) => {
      stage.vendors.openai.setDelay(0);
      const { conversationIds } = await postMessages(stage, { messages, channel: CHANNEL, clients: 4 });
      stage.vendors.openai.setDelay(delay);
      const seen = await observe(stage, async () =>
        workBatches(stage, CHANNEL, conversationIds, { batchSize, atOnce: 4 }),
      );
      const reports = reportsOf(seen, names.processor(CHANNEL));
      return (
        (gigabyteSeconds(reports) + shareOfProcessor(sum(cpuOf(reports)), reports[0]?.memorySizeMegabytes ?? 256)) /
        messages
      );
    };
    await held(FULL_BATCH, 120, 0);
    return {
      single: await held(1, isQuick ? 8 : 24, MODEL_SECONDS * 1000),
      full: await held(FULL_BATCH, isQuick ? 80 : 200, MODEL_SECONDS * 1000),
    };
  } finally {
    await stage.stop();
  }
}

function standingOf({ cloud: { template } }: BenchStage) {
  return {
    alarms: template.ofType('AWS::CloudWatch::Alarm').length,
    // Names of the engine's own, by channel where there is one; only what occurred in a month is paid.
    customMetrics: 12,
    // A model's key a channel, and the credentials of one company's three channels.
    secrets: 6,
    keys: template.ofType('AWS::KMS::Key').length,
    queuesPolled: template.ofType('AWS::Lambda::EventSourceMapping').length,
  };
}

function dollars(amount: number): string {
  return amount < 0.01 ? amount.toFixed(4) : amount.toFixed(amount < 10 ? 3 : 0);
}
