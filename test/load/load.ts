import { parseArgs } from 'node:util';
import { freshAssembly } from '../../tools/local-stage/fresh-assembly';
import { startLocalStage } from '../../tools/local-stage/local-stage';
import { movableClock } from '../support/movable-clock';
import { loadTable } from './load-report';
import { complaintsOf } from './replies/judge-replies';
import { pacedScheduler } from './paced-scheduler';
import { writeReliability } from './reliability-page';
import { runLoad } from './run-load';

const print = (line: string) => process.stdout.write(`${line}\n`);

/**
 * Milliseconds between receipts, and before a failed one is posted again: SendGrid repeats for a day, its simulator
 * five times.
 */
const RECEIPT_DELAY = 500;
/** Receipts that vendors post at once: as many as the embedded cloud runs processes of a function. */
const RECEIPTS_AT_ONCE = 4;

/** Share of its calls that the client's endpoint does not take, in a run with replies. */
const FAILING_ENDPOINT = 0.05;

async function main(): Promise<number> {
  const { values } = parseArgs({
    // projen hands the dashes of `npx projen load -- --requests 300` on.
    args: process.argv.slice(2).filter((word) => word !== '--'),
    options: {
      requests: { type: 'string', default: '5000' },
      minutes: { type: 'string', default: '30' },
      seed: { type: 'string', default: '1' },
      assembly: { type: 'string' },
      replies: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const projectFolder = process.cwd();
  const assemblyFolder = values.assembly ?? await freshAssembly(projectFolder, print);
  const clock = movableClock(`${projectFolder}/.local/load`);
  const scheduler = pacedScheduler(RECEIPTS_AT_ONCE);
  const vendors = { receiptDelayMilliseconds: RECEIPT_DELAY, scheduler };
  const stage = await startLocalStage({
    projectFolder,
    assemblyFolder,
    onProgress: print,
    name: 'load',
    functionEnvironment: clock.environment,
    vendors,
  });
  try {
    const numbers = { requests: Number(values.requests), minutes: Number(values.minutes), seed: Number(values.seed) };
    const report = await runLoad(stage, clock, {
      ...numbers,
      clients: 12,
      receiptsPending: scheduler.pending,
      ...(values.replies ? { failingEndpoint: FAILING_ENDPOINT } : {}),
      onProgress: print,
    });
    const table = loadTable(report);
    print(table.join('\n'));
    // A busy machine makes a run longer, and not this.
    print(`CPU of the process with tables, queues, vendors and judge: ${Math.round(process.cpuUsage().user / 1e6)} s`);
    for (const request of report.unconfirmedTaken) print(`unconfirmed, yet taken: ${request}`);
    for (const mark of report.doubled) print(`doubled: ${mark}`);
    for (const request of report.lost) print(`lost: ${request}`);
    for (const line of complaintsOf(report.replies)) print(line);
    if (values.write) writeReliability(`${projectFolder}/docs/reliability.md`, table);
    return report.doubled.length + report.lost.length + complaintsOf(report.replies).length === 0 ? 0 : 1;
  } finally {
    await stage.stop();
    clock.restore();
  }
}

main().then(
  (code) => { process.exitCode = code; },
  (error: unknown) => {
    process.stderr.write(`The load run stopped: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
