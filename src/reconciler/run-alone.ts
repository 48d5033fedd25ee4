import type { Observer } from '../core/ports/observer';
import type { RunLease } from '../core/ports/run-lease';
import type { ReconcileResult } from './reconcile';

/** What keeps a run apart from others. */
export interface AloneOrder {
  /** Identifies this run. */
  readonly owner: string;
  readonly now: number;
  /** Moment (milliseconds since 1970) by which this run has ended, whatever happens. */
  readonly until: number;
}

/**
 * Runs unless another run is at work: two would do each record's work twice, which costs money and changes nothing. A
 * run that dies leaves the lease to run out.
 */
export async function runAlone(
  order: AloneOrder,
  { lease, observer }: { readonly lease: RunLease; readonly observer: Pick<Observer, 'info' | 'error'> },
  run: () => Promise<ReconcileResult>,
): Promise<ReconcileResult> {
  if (!(await lease.take(order))) {
    observer.info('another run of the reconciler is at work', {});
    return {};
  }
  try {
    return await run();
  } finally {
    await lease.release(order.owner).catch((error: unknown) => {
      observer.error("the reconciler's lease could not be released", error, {});
    });
  }
}
