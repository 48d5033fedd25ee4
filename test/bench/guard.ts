import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openBenchStage } from './bench-stage';
import { importCosts } from './import-cost';
import type { ReplyCounts } from './hear';
import { countsAReply, openHearingStage } from './hear';
import type { MessageCounts } from './message-counts';
import { countMessages } from './message-counts';
import { readable } from './figures';
import type { BenchContext } from './section';
import { HANDLERS } from './start';

/** What a change may not exceed unless it changes this file as well. */
export interface Budget {
  readonly bundleKilobytes: Readonly<Record<string, number>>;
  /** Processor time of a process that imports the bundle, against that of one that imports nothing. */
  readonly importRatio: Readonly<Record<string, number>>;
  readonly callsAMessage: Readonly<Record<string, number>>;
  readonly writeUnitsAMessage: Readonly<Record<string, number>>;
  /** Of one reply by SMS: where it is taken in, and the turn that reads it. */
  readonly callsAReply: Readonly<Record<string, number>>;
  readonly writeUnitsAReply: Readonly<Record<string, number>>;
}

type Kind = keyof Budget;

export const BUDGET_FILE = 'test/bench/budget.json';

/**
 * How far above its budget a figure may lie before it counts. Sizes and counts repeat to the digit, but for the call
 * that begins a minute of a
 * project's limit; processor times of two processes taken in turns swing by a third on a busy machine.
 */
const SLACK: Readonly<Record<Kind, (budget: number) => number>> = {
  bundleKilobytes: (budget) => budget * 1.01,
  importRatio: (budget) => budget * 1.5,
  callsAMessage: (budget) => budget + 0.5,
  writeUnitsAMessage: (budget) => budget + 0.9,
  // A turn that comes a moment before its burst is due reads its thread once more.
  callsAReply: (budget) => budget + 1.5,
  writeUnitsAReply: (budget) => budget + 0.9,
};

const WORDS: Readonly<Record<Kind, string>> = {
  bundleKilobytes: 'KB in the bundle of the',
  importRatio: 'times the processor time of a bare process to import the',
  callsAMessage: 'calls of AWS a message of',
  writeUnitsAMessage: 'write units a message of',
  callsAReply: 'calls of AWS a reply in the',
  writeUnitsAReply: 'write units a reply in the',
};

/** Sizes and import times of the bundles that were built for the assembly. */
export function measureBundles(
  assemblyFolder: string,
  rounds: number,
): Pick<Budget, 'bundleKilobytes' | 'importRatio'> {
  const bundles = Object.entries(HANDLERS).map(([name, handler]) => ({
    name,
    file: join(assemblyFolder, '..', 'assets', 'handlers', `${handler}.lambda`, 'index.js'),
  }));
  const costs = importCosts(bundles, rounds);
  return {
    bundleKilobytes: Object.fromEntries(
      bundles.map(({ name, file }) => [name, Math.round(statSync(file).size / 1024)]),
    ),
    importRatio: Object.fromEntries(costs.map(({ name, ratio }) => [name, Number(ratio.median.toFixed(2))])),
  };
}

/** Calls and write units of one message a channel on the embedded cloud. */
export async function measureCounts(
  assemblyFolder: string,
  messages: number,
): Promise<Pick<Budget, 'callsAMessage' | 'writeUnitsAMessage'>> {
  const stage = await openBenchStage({ assemblyFolder });
  try {
    const counted = await countMessages(stage, messages);
    const rounded = (figure: (counts: MessageCounts) => number) => roundedBy(counted, ({ channel }) => channel, figure);
    return {
      callsAMessage: rounded(({ calls }) => calls),
      // Events are published behind the message, some of them together: their number differs from run to run.
      writeUnitsAMessage: rounded(({ writeUnits, writeUnitsBy: { events } }) => writeUnits - events),
    };
  } finally {
    await stage.stop();
  }
}

/** Calls and write units of one reply on the embedded cloud; events are published behind it, as of a message. */
export async function measureReplies(
  assemblyFolder: string,
  people: number,
): Promise<Pick<Budget, 'callsAReply' | 'writeUnitsAReply'>> {
  const { stage, hearing, stop } = await openHearingStage(assemblyFolder);
  try {
    await hearing.reply(await hearing.ask(3), 1);
    const seen = await hearing.reply(await hearing.ask(people), 1);
    const counted = countsAReply(stage, seen, people).filter(({ title }) => title === 'webhooks' || title === 'turns');
    const rounded = (figure: (counts: ReplyCounts) => number) => roundedBy(counted, ({ title }) => title, figure);
    return { callsAReply: rounded(({ calls }) => calls), writeUnitsAReply: rounded(({ writes }) => writes) };
  } finally {
    await stop();
  }
}

/** One figure by what it was counted of, to a tenth. */
function roundedBy<Counts>(
  counted: readonly Counts[], nameOf: (counts: Counts) => string, figure: (counts: Counts) => number,
): Readonly<Record<string, number>> {
  return Object.fromEntries(counted.map((counts) => [nameOf(counts), Number(figure(counts).toFixed(1))]));
}

/** A sentence for each figure that has outgrown its budget. */
export function overBudget(budget: Partial<Budget>, measured: Partial<Budget>): readonly string[] {
  return KINDS.flatMap((kind) => Object.entries(measured[kind] ?? {}).flatMap(([name, figure]) => {
    const allowed = budget[kind]?.[name];
    if (allowed !== undefined && figure <= SLACK[kind](allowed)) return [];
    const recorded = allowed === undefined ? 'none is recorded' : `${readable(allowed)} are recorded`;
    return [
      `${readable(figure)} ${WORDS[kind]} ${name}, and ${recorded}: make it smaller, or change ${BUDGET_FILE} in `
        + 'the same commit (npx projen bench -- guard --record) and say why.',
    ];
  }));
}

const KINDS = [
  'bundleKilobytes',
  'importRatio',
  'callsAMessage',
  'writeUnitsAMessage',
  'callsAReply',
  'writeUnitsAReply',
] as const satisfies readonly Kind[];

export function recordedBudget(projectFolder: string): Partial<Budget> {
  const file = join(projectFolder, BUDGET_FILE);
  const recorded: Partial<Budget> = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  return recorded;
}

/** The command: measures, compares, records where asked to. */
export async function runGuard(
  { assemblyFolder, onProgress }: BenchContext,
  options: { readonly record: boolean; readonly print: (line: string) => void },
): Promise<number> {
  onProgress('Guard: importing bundles and counting calls …');
  const measured: Budget = {
    ...measureBundles(assemblyFolder, 7),
    ...(await measureCounts(assemblyFolder, 5)),
    ...(await measureReplies(assemblyFolder, 5)),
  };
  if (options.record) {
    writeFileSync(join(process.cwd(), BUDGET_FILE), `${JSON.stringify(measured, undefined, 2)}\n`);
    options.print(`Recorded in ${BUDGET_FILE}.`);
    return 0;
  }
  const faults = overBudget(recordedBudget(process.cwd()), measured);
  for (const fault of faults) options.print(fault);
  if (faults.length === 0) options.print('Within the recorded budget.');
  return faults.length === 0 ? 0 : 1;
}
