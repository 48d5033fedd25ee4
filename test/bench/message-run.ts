import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Channel } from '../../src/core/channel';
import type { InvocationReport } from '../../tools/embedded-aws/functions/invocation-report';
import { postRequest } from '../../tools/local-stage/api-client';
import { sampleRequest } from '../../tools/local-stage/sample/requests';
import type { CallCount } from '../../tools/embedded-aws/services/call-counts';
import type { BenchStage } from './bench-stage';
import { names } from './bench-stage';
import { sum } from './figures';
import type { LogVolume } from './log-meter';

/** What happened between a beginning and an end. */
export interface Observed {
  readonly elapsed: number;
  readonly reports: readonly InvocationReport[];
  readonly calls: readonly CallCount[];
  readonly logs: LogVolume;
}

const SHORTEST_POLL = 20;
const LONGEST_POLL = 500;
const LONGEST_MILLISECONDS = 10 * 60_000;
const VENDOR_OF = { whatsapp: 'twilio', sms: 'twilio', email: 'sendgrid' } as const;
/** Receipts of a message that goes well, until it is delivered; WhatsApp's recipient reads it, too. */
export const RECEIPTS: Readonly<Record<Channel, number>> = { whatsapp: 3, sms: 2, email: 2 };

export async function observe(stage: BenchStage, work: () => Promise<void>): Promise<Observed> {
  const reportsBefore = stage.cloud.reports().length;
  const { bytes, lines } = stage.meter.volume();
  stage.cloud.services.calls.clear();
  const begun = performance.now();
  await work();
  const elapsed = performance.now() - begun;
  const after = stage.meter.volume();
  return {
    elapsed,
    reports: stage.cloud.reports().slice(reportsBefore),
    calls: stage.cloud.services.calls.all(),
    logs: { bytes: after.bytes - bytes, lines: after.lines - lines },
  };
}

export interface Posted {
  /** Milliseconds of each request as its client saw it. */
  readonly latencies: readonly number[];
  readonly conversationIds: readonly string[];
}

export interface Posting {
  readonly messages: number;
  readonly channel: Channel;
  /** Requests on their way at once. */
  readonly clients: number;
  readonly apiKey?: string;
  readonly companyId?: string;
}

export async function postMessages(
  stage: BenchStage,
  { messages, channel, clients, apiKey = stage.apiKey, companyId }: Posting,
): Promise<Posted> {
  const latencies: number[] = [];
  const conversationIds: string[] = [];
  let next = 0;
  const client = async () => {
    while (next < messages) {
      const body = variedBody(channel, next++, companyId);
      const begun = performance.now();
      const answer = await postRequest(stage.url, apiKey, body);
      latencies.push(performance.now() - begun);
      if (answer.status !== 200) {
        throw new Error(
          `A request of the benchmark was answered ${answer.status}: ${JSON.stringify(answer.body)}. Look into `
            + '.local/bench/logs.',
        );
      }
      conversationIds.push(String(answer.body.conversation_id));
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { latencies, conversationIds };
}

const NAMES = ['Amara', 'Jonas', 'Priya', 'Mateusz', 'Chloe', 'Tunde', 'Ingrid', 'Rafael', 'Yuki', 'Niamh'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October'];

/** No two messages say the same, so that nothing which remembers texts looks better than it is. */
function variedBody(channel: Channel, index: number, companyId: string | undefined) {
  const sample = sampleRequest(channel, randomUUID(), new Date().toISOString());
  const name = NAMES[index % NAMES.length] ?? '';
  const month = MONTHS[Math.floor(index / 10) % MONTHS.length] ?? '';
  const salt = randomUUID().replace(/[^a-f]/g, '').slice(0, 8);
  return {
    ...sample,
    company_data: { ...sample.company_data, ...(companyId === undefined ? {} : { company_id: companyId }) },
    // Ofcom's numbers for fiction, without those that the simulator answers otherwise.
    recipient_data: {
      ...sample.recipient_data,
      recipient_first_name: name,
      recipient_tel: `+4477009002${String((index % 90) + 10).padStart(2, '0')}`,
    },
    project_data: {
      ...sample.project_data,
      unclear_point: `${name}'s CV, section ${salt}, shows no work between ${month} and November `
        + `${2000 + (index % 20)}.`,
    },
  };
}

/** Until the vendor holds so many messages more than it does now. */
export function deliveries(stage: BenchStage, channel: Channel, messages: number): () => Promise<void> {
  const vendor = stage.vendors[VENDOR_OF[channel]];
  const before = vendor.deliveries().length;
  return async () => {
    await until(() => vendor.deliveries().length - before >= messages, `${messages} messages at the vendor`, messages);
    await until(() => stage.meter.invocationsOf(names.processor(channel)) === 0, 'the processor to end');
  };
}

/** Posts messages and waits until the vendor has them, and until its receipts are recorded where there are any. */
export async function sendMessages(stage: BenchStage, posting: Posting, receipts: number): Promise<Observed> {
  const { channel, messages } = posting;
  const hooksBefore = stage.cloud.reports(names.vendorWebhooks).length;
  const delivered = deliveries(stage, channel, messages);
  return observe(stage, async () => {
    await postMessages(stage, posting);
    await delivered();
    await until(
      () => stage.cloud.reports(names.vendorWebhooks).length - hooksBefore >= messages * receipts,
      'the receipts',
      messages,
    );
  });
}

/** Works messages by the processor's function in batches of one size, as an event source would hand them over. */
export async function workBatches(
  stage: BenchStage,
  channel: Channel,
  conversationIds: readonly string[],
  { batchSize, atOnce }: { readonly batchSize: number; readonly atOnce: number },
): Promise<void> {
  const batches = Array.from({ length: Math.ceil(conversationIds.length / batchSize) }, (_none, index) =>
    conversationIds.slice(index * batchSize, (index + 1) * batchSize),
  );
  const waiting = batches.values();
  const worker = async () => {
    for (const batch of waiting) {
      const result = await stage.cloud.invoke(names.processor(channel), { Records: batch.map(queueRecord) });
      if (result.kind !== 'answered' || result.payload !== '{"batchItemFailures":[]}') {
        throw new Error(`A batch of the benchmark was not worked: ${result.kind}. Look into .local/bench/logs.`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

function queueRecord(body: string) {
  const now = String(Date.now());
  return {
    messageId: randomUUID(),
    receiptHandle: randomUUID(),
    body,
    attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: now,
      SenderId: 'benchmark',
      ApproximateFirstReceiveTimestamp: now,
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:queue',
    awsRegion: 'us-east-1',
  };
}

export function reportsOf({ reports }: Pick<Observed, 'reports'>, functionName: string): readonly InvocationReport[] {
  return reports.filter((report) => report.functionName === functionName);
}

export function cpuOf(reports: readonly InvocationReport[]): readonly number[] {
  return reports.flatMap(({ cpuMilliseconds }) => (cpuMilliseconds === undefined ? [] : [cpuMilliseconds]));
}

export function gigabyteSeconds(reports: readonly InvocationReport[]): number {
  return sum(reports.map((report) => report.gigabyteSeconds));
}

/** Calls that the functions' own code made. */
export function ownCalls({ calls }: Pick<Observed, 'calls'>): readonly CallCount[] {
  return calls.filter(({ kind }) => kind === 'function');
}

/**
 * To look goes through all that there is, so that for many messages it is done more seldom: it shall not grow with
 * them.
 */
export async function until(holds: () => boolean, what: string, messages = 1): Promise<void> {
  const poll = Math.min(Math.max(messages / 10, SHORTEST_POLL), LONGEST_POLL);
  const end = performance.now() + LONGEST_MILLISECONDS;
  while (!holds()) {
    if (performance.now() > end) {
      throw new Error(`Waiting for ${what} took over ten minutes: look into .local/bench/logs.`);
    }
    await setTimeout(poll);
  }
}
