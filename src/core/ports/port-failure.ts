import type { RefusalCode } from '../contract/refusal';

/** A value cannot be written at all, so nothing was. */
export class Unwritable extends Error {
  override readonly name = 'Unwritable';
}

/** A port did not do its work: the client learns the code alone, the operator the attempt and its cause. */
export class PortFailure extends Error {
  /** Nothing was written for certain. Otherwise a write may have been applied, and only its answer was lost. */
  readonly isDefinite: boolean;

  constructor(
    readonly code: Extract<RefusalCode, 'DATABASE_ERROR' | 'QUEUE_ERROR'>,
    attempted: string,
    cause: unknown,
  ) {
    // The cause's own message may quote what was sent, so only its type is reported.
    super(
      `${attempted} failed with ${cause instanceof Error ? cause.name : typeof cause}: the client was asked to ` +
      'repeat the request.',
      { cause },
    );
    this.name = 'PortFailure';
    this.isDefinite = cause instanceof Unwritable || isRefusedAtOnce(cause);
  }
}

/** A service refused the first and only try. After a repetition the refusal says nothing of the try before it. */
function isRefusedAtOnce(cause: unknown): boolean {
  const metadata: unknown = typeof cause === 'object' && cause !== null && '$metadata' in cause ? cause.$metadata : {};
  const { httpStatusCode: status, attempts }: { readonly httpStatusCode?: unknown; readonly attempts?: unknown } =
    typeof metadata === 'object' && metadata !== null ? metadata : {};
  return typeof status === 'number' && status >= 400 && status < 500 && attempts === 1;
}

/** Runs one call to the records, telling its failure apart from every other. */
export function database<Result>(attempted: string, call: () => Promise<Result>): Promise<Result> {
  return attempt('DATABASE_ERROR', attempted, call);
}

/** Runs one call to the queue, telling its failure apart from every other. */
export function queueing<Result>(attempted: string, call: () => Promise<Result>): Promise<Result> {
  return attempt('QUEUE_ERROR', attempted, call);
}

async function attempt<Result>(
  code: PortFailure['code'],
  attempted: string,
  call: () => Promise<Result>,
): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    // A call within this one has told what failed already.
    throw error instanceof PortFailure ? error : new PortFailure(code, attempted, error);
  }
}
