import { readable } from './figures';
import type { Table } from './section';

interface Target {
  readonly name: string;
  readonly figure: string;
  readonly unit: string;
  readonly atMost: number;
  /** Of the engine that this one replaces, measured on a machine of this kind; absent where it has no such figure. */
  readonly before?: number;
}

/** What is to be reached, beside what the engine that this one replaces took. */
const TARGETS: readonly Target[] = [
  { name: "import of the router's bundle", figure: 'routerImportMilliseconds', unit: 'ms', atMost: 80, before: 143 },
  {
    name: "import of the processor's bundle",
    figure: 'processorImportMilliseconds',
    unit: 'ms',
    atMost: 120,
    before: 787,
  },
  { name: 'router, CPU a request', figure: 'routerCpuMilliseconds', unit: 'ms', atMost: 2, before: 9.5 },
  {
    name: 'processor, CPU a message (batches of ten)',
    figure: 'processorCpuMilliseconds',
    unit: 'ms',
    atMost: 6,
    before: 44,
  },
  {
    name: 'remote calls a message of router and processor, to AWS',
    figure: 'callsAMessage',
    unit: '',
    atMost: 10,
    before: 10,
  },
  { name: 'write units a message, to the delivered receipt', figure: 'writeUnitsAMessage', unit: '', atMost: 16 },
  { name: 'GB-seconds per 1,000, model of 2 s', figure: 'gigabyteSecondsAt2', unit: '', atMost: 60, before: 2264 },
  { name: 'GB-seconds per 1,000, model of 33 s', figure: 'gigabyteSecondsAt33', unit: '', atMost: 900, before: 32_941 },
  {
    name: 'logs a message at INFO, router and processor',
    figure: 'logBytesAMessage',
    unit: 'bytes',
    atMost: 2000,
    before: 10_000,
  },
  { name: 'AWS per million messages', figure: 'dollarsPerMillion', unit: '$', atMost: 25 },
  { name: 'acceptance of an inbound message, CPU', figure: 'inboundCpuMilliseconds', unit: 'ms', atMost: 10 },
  { name: 'event published after its change, p95', figure: 'eventMilliseconds', unit: 'ms', atMost: 2000 },
  { name: "a turn's read units, thread of 10,000 against 50", figure: 'longThreadReadUnits', unit: 'times', atMost: 1.1 },
  {
    name: "the console's first screen, its function cold", figure: 'consoleFirstScreenMilliseconds', unit: 'ms', atMost: 1500,
  },
  {
    name: 'from one review to the next, 95 of 100',
    figure: 'consoleBetweenReviewsMilliseconds',
    unit: 'ms',
    atMost: 150,
  },
  { name: 'read units of a page of 50 conversations', figure: 'consoleReadUnitsAPage', unit: '', atMost: 30 },
  { name: "the console's JavaScript by brotli", figure: 'consoleScriptKilobytes', unit: 'KB', atMost: 450 },
  { name: 'proof of a typical value, its facts being read, ms', figure: 'truthJudgeMilliseconds', unit: '', atMost: 1 },
  { name: 'reading facts of 100 KB, CPU, ms', figure: 'truthLargeMilliseconds', unit: '', atMost: 200 },
  { name: 'longest hold by such facts, ms', figure: 'truthLongestHoldMilliseconds', unit: '', atMost: 50 },
  { name: 'time a message, 10,000 against 1,000', figure: 'timeOfMostAgainstFewer', unit: 'times', atMost: 1.1 },
];

/** Reached or not, of what this run measured. */
export function targetTable(figures: Readonly<Record<string, number>>): Table {
  return {
    title: 'Against what is to be reached',
    columns: ['figure', 'measured', 'at most', 'reached', 'the engine before'],
    rows: TARGETS.flatMap(({ name, figure, unit, atMost, before }) => {
      const measured = figures[figure];
      if (measured === undefined) return [];
      return [
        [
          `${name}${unit ? `, ${unit}` : ''}`,
          readable(measured),
          atMost.toLocaleString('en-GB'),
          measured <= atMost ? 'yes' : 'no',
          before === undefined ? '–' : readable(before),
        ],
      ];
    }),
  };
}
