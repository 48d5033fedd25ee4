import type { LocalStage } from '../../tools/local-stage/local-stage';
import type { LoadRequest } from './load-client';
import type { FaultCounts } from './load-faults';
import type { LoadRecord } from './load-records';
import { allRecords } from './load-records';
import type { RepliesReport } from './replies/judge-replies';
import { repliesRows } from './replies/judge-replies';
import { kindOf, markIn } from './replies/sent-words';

interface Run {
  readonly requests: number;
  readonly seed: number;
  readonly accepted: readonly LoadRequest[];
  readonly faults: FaultCounts;
  readonly postedTwice: number;
  /** Milliseconds until the last request was accepted. */
  readonly acceptedAfter: number;
  /** Until all was at rest. */
  readonly seconds: number;
  /** Milliseconds. */
  readonly clockMoved: number;
  /** Of a run in which recipients answer. */
  readonly replies?: RepliesReport;
}

export interface LoadReport extends Run {
  readonly sent: number;
  /** Requests that ended unconfirmed although a vendor had taken them. */
  readonly unconfirmedTaken: readonly string[];
  readonly unconfirmedNotTaken: number;
  /** By state and reason. */
  readonly failed: ReadonlyMap<string, number>;
  /** Requests of which a vendor took more than one message. */
  readonly doubled: readonly string[];
  /** Requests without a record at rest, and those that are said to be sent although no vendor has them. */
  readonly lost: readonly string[];
  /** Invocations that ended by SIGKILL in the middle of their work. */
  readonly crashes: number;
  /** Milliseconds from acceptance to the vendor's, by the functions' clock. */
  readonly latency: { readonly median: number; readonly p95: number };
  /** Sentences of the embedded cloud about what it could not do. */
  readonly platformFaults: number;
}

export async function judgeLoad(stage: LocalStage, run: Run): Promise<LoadReport> {
  const records = new Map((await allRecords(stage)).map((record) => [record.request_id, record]));
  const taken = takenByMark(stage);
  const failed = new Map<string, number>();
  const lost: string[] = [];
  const waits: number[] = [];
  const unconfirmedTaken: string[] = [];
  let unconfirmedNotTaken = 0;
  for (const { requestId, mark } of run.accepted) {
    const record = records.get(requestId);
    const count = taken.get(mark) ?? 0;
    if (!record || record.attention !== undefined) {
      lost.push(`${requestId} ${record?.conversation_status ?? 'has no record'}`);
    } else if (record.conversation_status === 'initial_message_sent') {
      waits.push(waitOf(record));
      if (count === 0) lost.push(`${requestId} is said to be sent`);
    } else if (record.conversation_status === 'send_unconfirmed') {
      if (count > 0) unconfirmedTaken.push(`${record.channel_method} ${requestId} ${mark}`);
      else unconfirmedNotTaken += 1;
    } else {
      const why = `${record.conversation_status}: ${record.failure_reason ?? ''}`;
      failed.set(why, (failed.get(why) ?? 0) + 1);
      if (count > 0) lost.push(`${requestId} is said to have failed`);
    }
  }
  waits.sort((one, other) => one - other);
  return {
    ...run,
    sent: waits.length,
    unconfirmedTaken,
    unconfirmedNotTaken,
    failed,
    doubled: [...taken].filter(([, count]) => count > 1).map(([mark]) => mark),
    lost,
    crashes: stage.cloud.reports().filter(({ status }) => status === 'crash').length,
    latency: { median: waits[Math.floor(waits.length / 2)] ?? 0, p95: waits[Math.floor(waits.length * 0.95)] ?? 0 },
    platformFaults: stage.cloud.faults().length,
  };
}

/** Questions that vendors hold, by the mark in their text. */
function takenByMark(stage: LocalStage): ReadonlyMap<string, number> {
  const taken = new Map<string, number>();
  for (const delivery of stage.vendors.deliveries()) {
    // What answers a recipient is judged for itself.
    if (kindOf(delivery) !== 'question') continue;
    const mark = markIn(delivery) ?? delivery.text;
    taken.set(mark, (taken.get(mark) ?? 0) + 1);
  }
  return taken;
}

function waitOf({ created_at: created, sent_at: sent }: LoadRecord): number {
  return sent === undefined ? 0 : Date.parse(sent) - Date.parse(created);
}

/** The report as a Markdown table. */
export function loadTable(report: LoadReport): readonly string[] {
  const { accepted, faults, latency } = report;
  const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  const rows: ReadonlyArray<readonly [string, string | number]> = [
    ['requests posted (distinct)', report.requests],
    ['accepted (HTTP 200)', accepted.length],
    ['sent: the record and the vendor agree', report.sent],
    ['unconfirmed, and the vendor had it (its receipts never came)', report.unconfirmedTaken.length],
    ['unconfirmed, and the vendor never had it (its error came in place of an answer)', report.unconfirmedNotTaken],
    ...[...report.failed].map(([why, count]) => [why, count] as const),
    ['**doubled**: a vendor took it more than once', `**${report.doubled.length}**`],
    ['**lost**: no record at rest, or record and vendor disagree', `**${report.lost.length}**`],
    ['vendor errors arranged', faults.vendorErrors],
    ['processes killed (SIGKILL), of these while at work', `${faults.kills}, ${report.crashes}`],
    ['requests posted twice at once', report.postedTwice],
    ['queue messages sent twice', faults.queueDuplicates],
    ...(report.replies ? repliesRows(report.replies) : []),
    ['accepted a second', (accepted.length / (report.acceptedAfter / 1000)).toFixed(1)],
    ['accepted to sent, median and 95th percentile', `${seconds(latency.median)}, ${seconds(latency.p95)}`],
    [
      'the run took, clock moved ahead by',
      `${Math.round(report.seconds)} s, ${Math.round(report.clockMoved / 60_000)} min`,
    ],
  ];
  return ['| | |', '| --- | ---: |', ...rows.map(([name, value]) => `| ${name} | ${value} |`)];
}
