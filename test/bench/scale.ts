import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { SAMPLE } from '../../tools/local-stage/sample/company';
import type { BenchStage } from './bench-stage';
import { addCompany, names, openBenchStage } from './bench-stage';
import { quantile, readable, sum } from './figures';
import { cpuOf, deliveries, gigabyteSeconds, ownCalls, postMessages, reportsOf, sendMessages } from './message-run';
import type { BenchContext, Section } from './section';

const CHANNEL = 'sms';
const CLIENTS = 8;
const QUIET_COMPANY = 'quiet-and-small';
/** Messages of the busy company for each of the quiet one's. */
const BUSY_TIMES = 50;
/** Each message's model takes so long, so that a queue builds up. */
const MODEL_SECONDS = 0.5;

interface Size {
  readonly messages: number;
  readonly millisecondsAMessage: number;
  readonly cpuAMessage: number;
  readonly callsAMessage: number;
  readonly writeUnitsAMessage: number;
  readonly gigabyteSecondsA1000: number;
  readonly peakMegabytes: number;
}

/** Ever more messages, and a busy company beside a quiet one. */
export async function benchScale(context: BenchContext): Promise<Section> {
  const { assemblyFolder, isQuick, onProgress } = context;
  const stage = await openBenchStage({ assemblyFolder, receipts: false });
  try {
    // Until the code is compiled: the first messages of a process take twice the CPU of the five hundredth.
    await sendMessages(stage, { messages: isQuick ? 400 : 1600, channel: CHANNEL, clients: CLIENTS }, 0);
    const sizes: Size[] = [];
    for (const messages of isQuick ? [50, 200] : [100, 1000, 10_000]) {
      onProgress(`Scale: ${messages} messages`);
      sizes.push(await measureSize(stage, messages));
    }
    const fairness = await measureFairness(stage, context);
    const [before, last] = sizes.slice(-2);
    return {
      name: 'scale',
      title: 'Scale',
      notes: [
        `Messages through router, queue and processor with ${CLIENTS} clients posting at once; receipts are left `
          + 'out. Time is that of this machine, which does the work of API, queues and tables too.',
        `Then a company that sends ${BUSY_TIMES} times as much as another, both at once, into one queue with the `
        + `model at ${MODEL_SECONDS} s; the quiet one's time from acceptance to the vendor, ` +
          'beside its time with the queue to itself. The queue is fair by message group (the company), which the '
          + 'embedded cloud imitates from 30 messages in flight, as SQS does.',
      ],
      tables: [
        {
          title: 'The same at every size',
          columns: [
            'messages',
            'time a message, ms',
            'CPU a message, ms',
            'remote calls a message',
            'write units a message',
            'GB-seconds per 1,000',
            'peak memory of a process, MB',
          ],
          rows: sizes.map((size) => [
            size.messages.toLocaleString('en-GB'),
            readable(size.millisecondsAMessage),
            readable(size.cpuAMessage),
            readable(size.callsAMessage),
            readable(size.writeUnitsAMessage),
            readable(size.gigabyteSecondsA1000),
            size.peakMegabytes,
          ]),
        },
        {
          title: 'A quiet company beside a busy one',
          columns: ["the quiet company's messages", 'accepted to sent, median, s', 'longest, s'],
          rows: [
            ['alone', readable(quantile(fairness.alone, 0.5)), readable(Math.max(...fairness.alone))],
            [
              `while the other sends ${BUSY_TIMES} times as many`,
              readable(quantile(fairness.beside, 0.5)),
              readable(Math.max(...fairness.beside)),
            ],
            ["the busy company's own", readable(quantile(fairness.busy, 0.5)), readable(Math.max(...fairness.busy))],
          ],
        },
      ],
      figures: {
        timeOfMostAgainstFewer: (last?.millisecondsAMessage ?? 0) / (before?.millisecondsAMessage ?? 1),
        cpuOfMostAgainstFewer: (last?.cpuAMessage ?? 0) / (before?.cpuAMessage ?? 1),
        quietCompanyMedianSeconds: quantile(fairness.beside, 0.5),
        quietCompanyLongestSeconds: Math.max(...fairness.beside),
        quietCompanyDelaySeconds: quantile(fairness.beside, 0.5) - quantile(fairness.alone, 0.5),
      },
    };
  } finally {
    await stage.stop();
  }
}

async function measureSize(stage: BenchStage, messages: number): Promise<Size> {
  const seen = await sendMessages(stage, { messages, channel: CHANNEL, clients: CLIENTS }, 0);
  const processor = reportsOf(seen, names.processor(CHANNEL));
  const cpu = [...cpuOf(reportsOf(seen, names.router)), ...cpuOf(processor)];
  const calls = ownCalls(seen);
  return {
    messages,
    millisecondsAMessage: seen.elapsed / messages,
    cpuAMessage: sum(cpu) / messages,
    callsAMessage: sum(calls.map((count) => count.calls)) / messages,
    writeUnitsAMessage: sum(calls.map(({ writeUnits }) => writeUnits)) / messages,
    gigabyteSecondsA1000: gigabyteSeconds(processor) / messages * 1000,
    peakMegabytes: Math.max(...seen.reports.map(({ maxMemoryUsedMegabytes }) => maxMemoryUsedMegabytes)),
  };
}

/** Seconds from acceptance to the vendor: of the quiet company alone and beside the busy one, and of the busy one. */
async function measureFairness(stage: BenchStage, { isQuick, onProgress }: BenchContext) {
  const messages = isQuick ? 6 : 20;
  const apiKey = await addCompany(stage, QUIET_COMPANY);
  stage.vendors.openai.setDelay(MODEL_SECONDS * 1000);
  const quiet = { messages, channel: CHANNEL, apiKey, companyId: QUIET_COMPANY, clients: 1 } as const;
  onProgress('Scale: the quiet company alone');
  const aloneBegan = new Date().toISOString();
  const aloneDone = deliveries(stage, CHANNEL, messages);
  await postMessages(stage, quiet);
  await aloneDone();
  onProgress('Scale: the quiet company beside a busy one');
  const besideBegan = new Date().toISOString();
  const done = deliveries(stage, CHANNEL, messages * (BUSY_TIMES + 1));
  await Promise.all([
    postMessages(stage, { messages: messages * BUSY_TIMES, channel: CHANNEL, clients: CLIENTS }),
    postMessages(stage, quiet),
  ]);
  await done();
  const besideOf = async (companyId: string) => waitsOf(stage, companyId, besideBegan);
  return {
    alone: (await waitsOf(stage, QUIET_COMPANY, aloneBegan)).slice(0, messages),
    beside: await besideOf(QUIET_COMPANY),
    busy: await besideOf(SAMPLE.companyId),
  };
}

async function waitsOf(stage: BenchStage, companyId: string, since: string): Promise<readonly number[]> {
  const waits: number[] = [];
  let from: Record<string, unknown> | undefined;
  do {
    const keys = await stage.tables.send(new QueryCommand({
      TableName: names.conversationTable,
      IndexName: 'project-index',
      KeyConditionExpression: 'company_project = :project AND created_at >= :since',
      ExpressionAttributeValues: { ':project': `${companyId}#${SAMPLE.projectId}`, ':since': since },
      ...(from ? { ExclusiveStartKey: from } : {}),
    }));
    for (const { primary_channel, conversation_id } of keys.Items ?? []) {
      const { Items: [record] = [] } = await stage.tables.send(new QueryCommand({
        TableName: names.conversationTable,
        KeyConditionExpression: 'primary_channel = :channel AND conversation_id = :id',
        ExpressionAttributeValues: { ':channel': primary_channel, ':id': conversation_id },
        ProjectionExpression: 'created_at, sent_at',
      }));
      if (typeof record?.sent_at === 'string') {
        waits.push((Date.parse(record.sent_at) - Date.parse(String(record.created_at))) / 1000);
      }
    }
    from = keys.LastEvaluatedKey;
  } while (from);
  return waits;
}
