import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Watched } from './watched';

/** `critical`: messages are lost, doubled or refused now. `warning`: it will come to that, or a person waits. */
export type Severity = 'critical' | 'warning';

export interface AlarmRule {
  /** Heading in docs/runbook.md, and part of the alarms' names. */
  readonly anchor: string;
  readonly severity: Severity;
  /** What is the matter when it rings. */
  readonly says: string;
  readonly watches: (engine: Watched) => readonly WatchedMetric[];
  /** It rings when the metric is this high or higher … */
  readonly threshold: number;
  /** … in so many periods in a row. */
  readonly periods: number;
}

/** Whose metric it is, as the alarm's name begins; absent where there is only one. */
export interface WatchedMetric {
  readonly subject?: string;
  readonly metric: IMetric;
}
