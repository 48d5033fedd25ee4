import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { MUTATIONS } from './mutations';
import { planRun } from './plan';
import { runPlan } from './run';
import { REPLY_MUTATIONS } from './replies/reply-mutations';
import { planReplies } from './replies/reply-plan';
import { runReplies } from './replies/reply-run';
import { tellReplies } from './replies/tell-replies';
import { tellFailure } from './tell-failure';

/** Seeds between two reports of a worker. */
const PORTION = 50;

interface Progress {
  readonly runs: number;
  readonly failing: ReadonlyArray<{ readonly seed: number; readonly violation: string }>;
  readonly endings: Readonly<Record<string, number>>;
}

const OPTIONS = {
  seeds: { type: 'string', default: '2000' },
  from: { type: 'string', default: '1' },
  seed: { type: 'string' },
  mutations: { type: 'boolean', default: false },
  workers: { type: 'string', default: String(availableParallelism()) },
  worker: { type: 'string' },
} as const;

function readFlags(words: readonly string[]) {
  try {
    // projen hands the dashes of `npx projen simulate -- --seeds 300` on.
    return parseArgs({ args: words.filter((word) => word !== '--'), options: OPTIONS }).values;
  } catch {
    process.stderr.write(`Simulating failed: ${words.join(' ')} is not understood; it takes --seeds N, --from N, `
      + '--seed N, --mutations and --workers N.\n');
    process.exit(2);
  }
}

const given = readFlags(process.argv.slice(2));

async function work(from: number, seeds: number, step: number, report: (progress: Progress) => void): Promise<void> {
  let progress = { runs: 0, failing: [] as Progress['failing'][number][], endings: {} as Record<string, number> };
  for (let seed = from; seed < from + seeds; seed += step) {
    const [message, replies] = [await runPlan(planRun(seed)), await runReplies(planReplies(seed))];
    progress.runs += 1;
    const [violation] = [...message.violations, ...replies.violations];
    if (violation !== undefined) progress.failing.push({ seed, violation });
    for (const ending of [...message.endings, ...replies.endings]) {
      progress.endings[ending] = (progress.endings[ending] ?? 0) + 1;
    }
    if (progress.runs === PORTION) {
      report(progress);
      progress = { runs: 0, failing: [], endings: {} };
    }
  }
  report(progress);
}

/** Spreads the seeds over processes; prints progress each ten seconds, a failing seed at once; answers those. */
async function simulate(from: number, seeds: number, workers: number): Promise<readonly number[]> {
  const started = performance.now();
  const failing: number[] = [];
  const endings = new Map<string, number>();
  let runs = 0;
  const take = (progress: Progress) => {
    runs += progress.runs;
    for (const { seed, violation } of progress.failing) {
      failing.push(seed);
      console.log(`seed ${seed} fails: ${violation}`);
    }
    for (const [ending, count] of Object.entries(progress.endings)) {
      endings.set(ending, (endings.get(ending) ?? 0) + count);
    }
  };
  const line = () => {
    const seconds = (performance.now() - started) / 1000;
    console.log(`${runs} of ${seeds} runs, ${failing.length} fail, ${Math.round(runs / seconds)} a second`);
  };
  const ticking = setInterval(line, 10_000);
  await Promise.all(Array.from({ length: workers }, async (_none, worker) => new Promise<void>((resolve, reject) => {
    const child = fork(__filename, [
      '--worker',
      String(worker),
      '--workers',
      String(workers),
      '--from',
      String(from),
      '--seeds',
      String(seeds),
    ]);
    child.on('message', (progress: Progress) => take(progress));
    child.on('exit', (code) =>
      code === 0
        ? resolve()
        : reject(
          new Error(`Simulating failed: worker ${worker} ended with ${String(code)}. Its own words stand above.`),
        ),
    );
  })));
  clearInterval(ticking);
  line();
  console.log([...endings].sort().map(([ending, count]) => `${count} ${ending}`).join(', '));
  return failing.sort((one, other) => one - other);
}

function tellMutation(
  { name, killedBy }: { readonly name: string; readonly killedBy: number },
  { violations }: { readonly violations: readonly string[] },
): void {
  const isKilled = violations.length > 0;
  const by = `by seed ${String(killedBy).padStart(5)}`;
  console.log(`${isKilled ? 'killed ' : 'SURVIVES'} ${by}  ${name}: ${violations[0] ?? '-'}`);
  if (!isKilled) process.exitCode = 1;
}

async function main(): Promise<void> {
  const [from, seeds, workers] = [Number(given.from), Number(given.seeds), Number(given.workers)];
  if (given.worker !== undefined) {
    const worker = Number(given.worker);
    return work(from + worker, seeds - worker, workers, (progress) => process.send?.(progress));
  }
  if (given.mutations) {
    for (const mutation of MUTATIONS) tellMutation(mutation, await runPlan(planRun(mutation.killedBy), { mutation }));
    for (const mutation of REPLY_MUTATIONS) {
      tellMutation(mutation, await runReplies(planReplies(mutation.killedBy), { mutation }));
    }
    return;
  }
  const failing = given.seed === undefined ? await simulate(from, seeds, workers) : [Number(given.seed)];
  const [first] = failing;
  const told = first === undefined ? undefined : ((await tellFailure(first)) ?? (await tellReplies(first)));
  console.log(told ?? (given.seed === undefined ? 'No violation.' : `Seed ${given.seed} holds.`));
  if (told !== undefined) process.exitCode = 1;
}

void main();
