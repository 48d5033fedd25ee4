import type { DeliveryRun } from './delivery/delivery-rehearsal';

/** One thing that is rehearsed. */
export interface Act {
  readonly title: string;
  /** Without it nothing that comes later means anything. */
  readonly vital: boolean;
  /** Does it, and answers in a few words what was seen. Throws a sentence where something differs from what must be. */
  run(): Promise<ActOutcome>;
}

export interface ActOutcome {
  readonly seen: string;
  /** The workflow runs that it consisted of. */
  readonly runs?: readonly DeliveryRun[];
}

export interface ActRow {
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

export interface ActsOptions {
  /** No act begins after it, and an act that it interrupts is over. */
  readonly signal: AbortSignal;
  /** Milliseconds of a clock that only goes on. */
  now(): number;
  print(line: string): void;
}

/** Does one act after the other. After a vital one that went wrong none is begun. */
export async function performActs(acts: readonly Act[], { signal, now, print }: ActsOptions): Promise<readonly ActRow[]> {
  const rows: ActRow[] = [];
  let over = false;
  for (const [index, act] of acts.entries()) {
    if (over) {
      rows.push({ title: act.title, result: 'not reached', seconds: 0, seen: '', runs: [] });
      continue;
    }
    print(`${index + 1}/${acts.length} ${act.title} …`);
    const begun = now();
    const row = await perform(act);
    const seconds = (now() - begun) / 1000;
    rows.push({ title: act.title, seconds, ...row });
    print(`  ${row.result}, ${seconds.toFixed(1)} s: ${row.seen}`);
    over = signal.aborted || (act.vital && row.result === 'UNEXPECTED');
  }
  return rows;
}

async function perform(act: Act): Promise<Pick<ActRow, 'result' | 'seen' | 'runs'>> {
  try {
    const { seen, runs = [] } = await act.run();
    return { result: 'as expected', seen, runs };
  } catch (fault) {
    const seen = fault instanceof Error ? fault.message : String(fault);
    return { result: 'UNEXPECTED', seen, runs: fault instanceof UnexpectedRun ? fault.runs : [] };
  }
}
