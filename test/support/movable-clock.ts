import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { runInThisContext } from 'node:vm';

/**
 * The clock of a whole embedded cloud: of the tables, queues and vendors in this process and of every function's
 * process.
 */
export interface MovableClock {
  /** Makes the processes of functions follow it. */
  readonly environment: Readonly<Record<string, string>>;
  /** Milliseconds by which it has been moved. */
  ahead(): number;
  /** Resolves when every process has noticed. */
  move(milliseconds: number): Promise<void>;
  /** Gives this process its own time back. */
  restore(): void;
}

const NOTICED_MILLISECONDS = 60;

interface Realm {
  readonly Date: { now(): number };
}

/**
 * Leases, deadlines and the queues' invisibility take minutes, settling a day: tests move the clock instead of waiting.
 */
export function movableClock(folder: string): MovableClock {
  mkdirSync(folder, { recursive: true });
  const file = resolve(join(folder, 'clock-ahead'));
  let ahead = 0;
  const write = () => { writeFileSync(file, String(ahead)); };
  write();
  // Under jest the queues are loaded outside the test's own realm.
  const outer: Realm = runInThisContext('globalThis');
  const realms: readonly Realm[] = outer.Date === Date ? [outer] : [outer, globalThis];
  const restores = realms.map((realm) => {
    const realNow = realm.Date.now;
    realm.Date.now = () => realNow() + ahead;
    return () => { realm.Date.now = realNow; };
  });
  return {
    environment: { NODE_OPTIONS: `--require=${resolve(__dirname, 'moved-clock.cjs')}`, MOVED_CLOCK_FILE: file },
    ahead: () => ahead,
    move: async (milliseconds) => {
      ahead += milliseconds;
      write();
      await setTimeout(NOTICED_MILLISECONDS);
    },
    restore: () => { for (const restore of restores) restore(); },
  };
}
