import type { RefusalCode } from '../contract/refusal';

/** A port did not do its work: the client learns the code alone, the operator the attempt and its cause. */
export class PortFailure extends Error {
  constructor(
    readonly code: Extract<RefusalCode, 'DATABASE_ERROR' | 'QUEUE_ERROR'>,
    attempted: string,
    cause: unknown,
  ) {
    // The cause's own message may quote what was sent, so only its type is told.
    super(
      `${attempted} failed with ${cause instanceof Error ? cause.name : typeof cause}: the client was asked to ` +
      'repeat the request.',
      { cause },
    );
    this.name = 'PortFailure';
  }
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
    throw new PortFailure(code, attempted, error);
  }
}
