import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Channel } from '../core/channel';
import { PRODUCT, resourceNames } from '../core/names';
import type { DurationMetric, Metric as CountedMetric } from '../core/ports/observer';

const PERIOD = Duration.minutes(5);

/**
 * What the functions of one stage tell about themselves: each figure carries the service's name, and the channel
 * where there is one.
 */
export class EngineMetrics {
  private readonly namespace: string;

  constructor(stage: string) {
    this.namespace = resourceNames(stage).metricsNamespace;
  }

  count(name: CountedMetric, channel?: Channel): Metric {
    return this.metric(name, Stats.SUM, channel);
  }

  duration(name: DurationMetric, percentile: number, channel?: Channel): Metric {
    return this.metric(name, Stats.percentile(percentile), channel);
  }

  /** One line for each value of the dimension that occurred. */
  byDimension(name: CountedMetric, dimension: 'code' | 'action' | 'reason' | 'currency'): MathExpression {
    const search = `{"${this.namespace}",service,${dimension}} MetricName="${name}"`;
    return new MathExpression({
      expression: `SEARCH('${search}', '${Stats.SUM}', ${PERIOD.toSeconds()})`,
      usingMetrics: {},
      label: '',
      period: PERIOD,
    });
  }

  private metric(metricName: string, statistic: string, channel: Channel | undefined): Metric {
    return new Metric({
      namespace: this.namespace,
      metricName,
      statistic,
      period: PERIOD,
      dimensionsMap: { service: PRODUCT, ...(channel && { channel }) },
    });
  }
}
