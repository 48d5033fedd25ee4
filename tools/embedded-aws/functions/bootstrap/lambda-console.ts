import { format } from 'node:util';

const LEVELS = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
type Level = (typeof LEVELS)[number];

const CONSOLE_METHODS = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
} as const;

export interface LogSettings {
  /** `JSON` or `Text`, as the function's logging configuration says. */
  readonly format: string | undefined;
  /** Lines below this level are dropped; undefined drops none. */
  readonly level: string | undefined;
}

/**
 * Makes `console` write as Lambda's Node.js runtime does: tab-separated or JSON lines on standard output that name the
 * current request. `write` and `requestId` are asked anew at each line.
 */
export function patchConsole(
  target: Console,
  settings: LogSettings,
  requestId: () => string | undefined,
  write: (line: string) => void,
  now: () => number = Date.now,
): void {
  const lineOf = isJson(settings) ? jsonLine : textLine;
  const lowest = LEVELS.findIndex((level) => level === settings.level?.toUpperCase());
  for (const [method, level] of Object.entries(CONSOLE_METHODS)) {
    const isWritten = LEVELS.indexOf(level) >= lowest;
    Reflect.set(target, method, (...values: unknown[]) => {
      if (isWritten) write(lineOf({ time: new Date(now()).toISOString(), requestId: requestId(), level }, values));
    });
  }
}

/**
 * Writes an error as the runtime itself reports it: its fields as JSON behind a title, or with the JSON format the
 * error alone.
 */
export function errorLogger(target: Console, settings: LogSettings): (title: string, thrown: unknown) => void {
  return (title, thrown) => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    if (isJson(settings)) {target.error(error);} else {
      target.error(
        title,
        `\t${JSON.stringify({ errorType: error.name, errorMessage: error.message, ...error, stack: error.stack?.split('\n') })}`,
      );
    }
  };
}

function isJson({ format: wanted }: LogSettings): boolean {
  return wanted?.toUpperCase() === 'JSON';
}

interface LineHead {
  readonly time: string;
  readonly requestId: string | undefined;
  readonly level: Level;
}

function textLine({ time, requestId, level }: LineHead, values: readonly unknown[]): string {
  // A line break would start another log event, so the runtime writes a carriage return instead.
  return `${time}\t${requestId}\t${level}\t${format(...values)}`.replaceAll('\n', '\r') + '\n';
}

function jsonLine({ time, requestId, level }: LineHead, values: readonly unknown[]): string {
  const head = { timestamp: time, level, requestId };
  const [only] = values;
  if (values.length === 1) {
    try {
      return JSON.stringify({ ...head, message: only }, plainError) + '\n';
    } catch {
      return JSON.stringify({ ...head, message: format(only) }) + '\n';
    }
  }
  const error = values.find((value) => value instanceof Error);
  return JSON.stringify({ ...head, message: format(...values), ...(error && describeError(error)) }) + '\n';
}

function plainError(_name: string, value: unknown): unknown {
  return value instanceof Error ? { ...describeError(value), ...value } : value;
}

function describeError(error: Error) {
  return { errorType: error.constructor.name, errorMessage: error.message, stackTrace: error.stack?.split('\n') ?? [] };
}
