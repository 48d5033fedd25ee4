import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Observer } from '../core/observer';

type Unit = (typeof MetricUnit)[keyof typeof MetricUnit];

/** Observer over Powertools: JSON lines and embedded metrics. The environment, set by the infrastructure, names service, level and namespace. */
export function powertoolsObserver(): Observer {
  const logger = new Logger();
  const metrics = new Metrics();
  // Each measurement is a line of its own: dimensions differ from message to message within a batch.
  const measure = (name: string, unit: Unit, amount: number, dimensions: Readonly<Record<string, string>> = {}) => {
    const single = metrics.singleMetric();
    single.addDimensions({ ...dimensions });
    single.addMetric(name, unit, amount);
  };
  return {
    info: (message, fields = {}) => logger.info(message, { ...fields }),
    warn: (message, fields = {}) => logger.warn(message, { ...fields }),
    error: (message, error, fields = {}) => logger.error(message, { ...fields, fault: describeFault(error) }),
    count: (metric, dimensions, amount = 1) => measure(metric, MetricUnit.Count, amount, dimensions),
    duration: (metric, milliseconds, dimensions) => measure(metric, MetricUnit.Milliseconds, milliseconds, dimensions),
  };
}

/** Type, message and place; other properties of an error may hold the request that failed, so they stay out. */
function describeFault(error: unknown): { readonly type: string; readonly message: string; readonly stack: string } {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is no error was thrown', stack: '' };
  return { type: error.name, message: error.message, stack: error.stack?.split('\n').slice(1, 6).join('\n') ?? '' };
}
