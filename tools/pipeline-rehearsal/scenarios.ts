import type { DeliveryRun } from './delivery/delivery-rehearsal';

/** One thing that is rehearsed. */
export interface Scenario {
  readonly title: string;
  /** Without it nothing that comes later means anything. */
  readonly vital: boolean;
  /** Does it, and answers in a few words what was seen. Throws a sentence where something differs from what must be. */
  run(): Promise<ScenarioOutcome>;
}

export interface ScenarioOutcome {
  readonly seen: string;
  /** The workflow runs that it consisted of. */
  readonly runs?: readonly DeliveryRun[];
}

export interface ScenarioResult {
  readonly title: string;
  readonly result: 'as expected' | 'UNEXPECTED' | 'not reached';
  readonly seconds: number;
  readonly seen: string;
  readonly runs: readonly DeliveryRun[];
}

/** What a run did otherwise than it must. Carries the run, so that its jobs stand in the table all the same. */
export class UnexpectedRun extends Error {
  constructor(message: string, readonly runs: readonly DeliveryRun[]) {
    super(message);
  }
}

export interface ScenarioOptions {
  /** No scenario begins after it, and an scenario that it interrupts is over. */
  readonly signal: AbortSignal;
  /** Milliseconds of a clock that only goes on. */
  now(): number;
  print(line: string): void;
}

/** Does one scenario after the other. After a vital one that went wrong none is begun. */
export async function runScenarios(
  scenarios: readonly Scenario[],
  { signal, now, print }: ScenarioOptions,
): Promise<readonly ScenarioResult[]> {
  const rows: ScenarioResult[] = [];
  let over = false;
  for (const [index, scenario] of scenarios.entries()) {
    if (over) {
      rows.push({ title: scenario.title, result: 'not reached', seconds: 0, seen: '', runs: [] });
      continue;
    }
    print(`${index + 1}/${scenarios.length} ${scenario.title} …`);
    const begun = now();
    const row = await perform(scenario);
    const seconds = (now() - begun) / 1000;
    rows.push({ title: scenario.title, seconds, ...row });
    print(`  ${row.result}, ${seconds.toFixed(1)} s: ${row.seen}`);
    over = signal.aborted || (scenario.vital && row.result === 'UNEXPECTED');
  }
  return rows;
}

async function perform(scenario: Scenario): Promise<Pick<ScenarioResult, 'result' | 'seen' | 'runs'>> {
  try {
    const { seen, runs = [] } = await scenario.run();
    return { result: 'as expected', seen, runs };
  } catch (fault) {
    const seen = fault instanceof Error ? fault.message : String(fault);
    return { result: 'UNEXPECTED', seen, runs: fault instanceof UnexpectedRun ? fault.runs : [] };
  }
}
