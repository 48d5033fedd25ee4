import { types } from 'node:util';
import type { RuntimeFailure } from '../runtime-protocol';

/** A fault of loading or running a handler that Lambda's runtime names itself. */
export class RuntimeError extends Error {
  constructor(name: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = `Runtime.${name}`;
  }
}

/** Anything thrown, in the fields that Lambda answers. */
export function failureOf(thrown: unknown): RuntimeFailure {
  if (types.isNativeError(thrown)) {
    return { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}
