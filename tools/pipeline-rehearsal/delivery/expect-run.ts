import { UnexpectedRun } from '../scenarios';
import type { DeliveryRun } from './delivery-rehearsal';

/** Every job that the run has must have ended so. */
export function expectAll(run: DeliveryRun, result: 'success'): void {
  const other = run.jobs.find((job) => job.result !== result);
  if (other) {
    throw new UnexpectedRun(
      `the job ${other.job} of ${run.workflow} ended as `
        + `${other.result}${other.failed === undefined ? '' : ` at "${other.failed}"`}: ${lastLine(run)} `
        + `(${run.logFile})`,
      [run],
    );
  }
}

export function expectJob(run: DeliveryRun, name: string, result: 'success', runs: readonly DeliveryRun[]): void {
  const found = run.jobs.find(({ job }) => job === name)?.result ?? 'missing';
  if (found !== result) {
    throw new UnexpectedRun(`the job ${name} of ${run.workflow} ended as ${found} (${run.logFile})`, runs);
  }
}

/** Exactly this job must have failed, for this reason, and all that waits for it must not have run. */
export function expectFailure(
  run: DeliveryRun,
  job: string,
  reason: string,
  runs: readonly DeliveryRun[] = [run],
): void {
  const failed = run.jobs.filter(({ result }) => result === 'failure').map((row) => row.job);
  if (failed.join() !== job) {
    throw new UnexpectedRun(
      `${failed.length === 0 ? 'no job' : failed.join(' and ')} failed instead of ${job} (${run.logFile})`,
      runs,
    );
  }
  if (!run.log.includes(reason)) {
    throw new UnexpectedRun(`${job} failed, but for another reason than "${reason}" (${run.logFile})`, runs);
  }
}

function lastLine(run: DeliveryRun): string {
  return run.log.split('\n').filter((line) => / \| /.test(line)).at(-2) ?? '';
}
