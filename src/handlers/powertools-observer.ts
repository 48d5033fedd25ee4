import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Observer } from '../core/ports/observer';

type Unit = (typeof MetricUnit)[keyof typeof MetricUnit];

/** An observer whose measurements are written at an invocation's end. */
export interface InvocationObserver extends Observer {
  /**
   * Writes what was measured since the last time: one line for each set of dimensions, however many messages it is
   * about.
   */
  flush(): void;
}

/**
 * Observer over Powertools: JSON lines and embedded metrics. The environment, set by the infrastructure, names service,
 * level and namespace.
 */
export function powertoolsObserver(): InvocationObserver {
  const logger = new Logger();
  const measured = new Map<string, Metrics>();
  const measure = (name: string, unit: Unit, amount: number, dimensions: Readonly<Record<string, string>> = {}) => {
    const key = JSON.stringify(dimensions);
    const metrics = measured.get(key) ?? new Metrics();
    measured.set(key, metrics);
    // Publishing forgets them.
    if (!metrics.hasStoredMetrics()) metrics.addDimensions({ ...dimensions });
    metrics.addMetric(name, unit, amount);
  };
  return {
    info: (message, fields = {}) => logger.info(message, { ...fields }),
    warn: (message, fields = {}) => logger.warn(message, { ...fields }),
    error: (message, error, fields = {}) => logger.error(message, { ...fields, fault: describeFault(error) }),
    count: (metric, dimensions, amount = 1) => measure(metric, MetricUnit.Count, amount, dimensions),
    duration: (metric, milliseconds, dimensions) => measure(metric, MetricUnit.Milliseconds, milliseconds, dimensions),
    flush: () => {
      for (const metrics of measured.values()) if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}

/** A handler that writes its measurements before it answers, whatever comes of it. */
export function flushing<Given extends readonly unknown[], Result>(
  observer: Pick<InvocationObserver, 'flush'>, handler: (...given: Given) => Promise<Result>,
): (...given: Given) => Promise<Result> {
  return async (...given) => {
    try {
      return await handler(...given);
    } finally {
      observer.flush();
    }
  };
}

/** Type, message and place; other properties of an error may hold the request that failed, so they stay out. */
function describeFault(error: unknown): { readonly type: string; readonly message: string; readonly stack: string } {
  if (!(error instanceof Error)) {
    return { type: typeof error, message: 'something that is not an error was thrown', stack: '' };
  }
  return { type: error.name, message: error.message, stack: error.stack?.split('\n').slice(1, 6).join('\n') ?? '' };
}
