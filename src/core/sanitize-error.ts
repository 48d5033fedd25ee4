/**
 * A fault of the engine itself, fit for the log: its type and its place in the code, without its message, which might
 * quote the request.
 */
export function sanitizeError(error: unknown): Error {
  const type = error instanceof Error ? error.name : typeof error;
  const fault = new Error(
    `Answering a request failed with an unexpected ${type}: its place is named below, please report it.`,
  );
  const places = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  fault.stack = [`${fault.name}: ${fault.message}`, ...places].join('\n');
  return fault;
}
