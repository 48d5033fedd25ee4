/** Decides when a simulator's later events (receipts) happen, so that tests can hold, reorder and repeat them. */
export interface Scheduler {
  /** Runs the task after about this many milliseconds, or when the test says so. */
  schedule(delayMilliseconds: number, task: () => Promise<void>): void;
  /** Forgets what has not run yet. */
  stop(): void;
}

/** Real time. Its timers keep no process alive. */
export function timerScheduler(): Scheduler {
  const timers = new Set<NodeJS.Timeout>();
  return {
    schedule: (delayMilliseconds, task) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        void task();
      }, delayMilliseconds);
      timer.unref();
      timers.add(timer);
    },
    stop: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

/** Runs nothing by itself: the test runs what is pending, in the order that it likes. */
export interface HeldScheduler extends Scheduler {
  pending(): number;
  /** Runs the pending task of this position (0: the one that would be next) and waits for it. */
  run(position?: number): Promise<void>;
  /** Runs everything in order of time, what the tasks schedule themselves included. */
  runAll(): Promise<void>;
}

export function heldScheduler(): HeldScheduler {
  let time = 0;
  let tasks: ReadonlyArray<{ readonly at: number; readonly task: () => Promise<void> }> = [];
  const run = async (position = 0): Promise<void> => {
    const chosen = tasks[position];
    if (!chosen) {
      throw new Error(
        `Running the pending task ${position} failed: ${tasks.length} are pending. Check pending() first.`,
      );
    }
    tasks = tasks.filter((other) => other !== chosen);
    time = Math.max(time, chosen.at);
    await chosen.task();
  };
  return {
    schedule: (delayMilliseconds, task) => {
      tasks = [...tasks, { at: time + delayMilliseconds, task }].sort((left, right) => left.at - right.at);
    },
    stop: () => { tasks = []; },
    pending: () => tasks.length,
    run,
    runAll: async () => {
      while (tasks.length > 0) await run();
    },
  };
}
