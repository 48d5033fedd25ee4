import { awsFailure, CommandError } from '../../../src/cli/command-error';
import type { Journal, Step, StepRecord } from './step';

export interface TakeoverRun {
  readonly stage: string;
  readonly journal: Journal;
  /** Who holds the lock: the caller's identity and process. */
  readonly owner: string;
  readonly log: (line: string) => void;
}

/** Where a takeover stands. */
export interface Progress {
  readonly steps: ReadonlyArray<{ readonly step: Step; readonly record: StepRecord | undefined }>;
  /** The first step that is not done; undefined once all are. */
  readonly next: Step | undefined;
}

export async function progressOf(steps: readonly Step[], journal: Journal): Promise<Progress> {
  const records = await journal.records();
  const rows = steps.map((step) => ({ step, record: records.get(step.id) }));
  return { steps: rows, next: rows.find(({ record }) => record?.state !== 'done')?.step };
}

/** Runs each step that is not done, until one is blocked. Returns why it stopped; undefined once all are done. */
export async function runSteps(steps: readonly Step[], run: TakeoverRun): Promise<string | undefined> {
  return locked(run, async () => {
    for (;;) {
      const { steps: rows, next } = await progressOf(steps, run.journal);
      if (!next) return undefined;
      await renew(run);
      const blocker = await attempt(`Checking "${next.title}"`, async () => next.blocker?.());
      if (blocker !== undefined) return `${next.title}: ${blocker}`;
      await runStep(next, rows.find(({ step }) => step === next)?.record, run);
    }
  });
}

async function runStep(step: Step, record: StepRecord | undefined, { journal, log }: TakeoverRun): Promise<void> {
  await attempt(step.title, async () => {
    const notes = record?.notes ?? await step.prepare?.() ?? {};
    if (!record) await journal.write(step.id, { state: 'started', notes, result: '' });
    const result = await step.run(notes);
    await journal.write(step.id, { state: 'done', notes, result });
    log(`done: ${step.title}${result === '' ? '' : ` (${result})`}`);
  });
}

/** Undoes the last step that was started or done. */
export async function undoLastStep(steps: readonly Step[], run: TakeoverRun): Promise<void> {
  await locked(run, async () => {
    const { steps: rows } = await progressOf(steps, run.journal);
    const last = rows.filter(({ record }) => record !== undefined).at(-1);
    if (!last?.record) throw new CommandError(`Undoing failed: no step of the takeover of ${run.stage} was started.`);
    const { step, record } = last;
    if (step.noUndo !== undefined) throw new CommandError(`Undoing "${step.title}" failed: ${step.noUndo}.`);
    const result = await attempt(`Undoing "${step.title}"`, async () => await step.undo?.(record.notes) ?? '');
    await run.journal.erase(step.id);
    run.log(`undone: ${step.title}${result === '' ? '' : ` (${result})`}`);
  });
}

/** Renews the lock; stops if someone else holds it now. */
export async function renew({ journal, owner, stage }: TakeoverRun): Promise<void> {
  const holder = await journal.lock(owner);
  if (!holder) return;
  throw new CommandError(`Taking over ${stage} failed: ${holder.owner} is taking it over now; `
    + `wait until that has ended, or until ${holder.until} if it was stopped, then run the command again.`);
}

async function locked<Result>(run: TakeoverRun, work: () => Promise<Result>): Promise<Result> {
  await renew(run);
  try {
    return await work();
  } finally {
    // A lock that cannot be released expires.
    await run.journal.unlock(run.owner).catch(() => undefined);
  }
}

async function attempt<Result>(what: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { message } = awsFailure(what, error);
    throw new CommandError(`${message.replace(/\.$/, '')}. Done steps stay done: run the command again to go on, `
      + 'or with --undo to go back.', { cause: error });
  }
}
