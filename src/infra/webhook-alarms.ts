import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { sendGridInboundWebhook } from '../providers/sendgrid-inbound-webhook';
import type { AlarmRule } from './alarm-rule';
import type { Watched } from './watched';

const FIVE_MINUTES = Duration.minutes(5);
const QUARTER_HOUR = Duration.minutes(15);

/** Strangers call any public address now and then; receipts that are turned away come in numbers. */
const MANY_REFUSALS = 20;

const once = { threshold: 1, periods: 1 };

/** What vendors' calls may need an operator for. */
export const WEBHOOK_ALARMS: readonly AlarmRule[] = [
  {
    anchor: 'webhook-refused',
    severity: 'warning',
    says: `${MANY_REFUSALS} or more calls to the vendors' webhooks were not believed in a quarter of an hour`,
    watches: ({ metrics }) => [{ metric: metrics.count('WebhookRefused').with({ period: QUARTER_HOUR }) }],
    threshold: MANY_REFUSALS,
    periods: 1,
  },
  {
    anchor: 'webhook-unreadable',
    severity: 'critical',
    says: "A vendor's genuine call could not be read, so what it reports is not known",
    watches: ({ metrics }) => [{ metric: metrics.count('WebhookUnreadable') }],
    ...once,
  },
  {
    anchor: 'mail-turned-away',
    severity: 'critical',
    says: "A recipient's mail was not taken: it is too large, the key does not fit, or the stage failed",
    watches: ({ apiStage }) => [{ metric: turnedAway(apiStage) }],
    ...once,
  },
  {
    anchor: 'stop-unmatched',
    severity: 'warning',
    says: 'A person asked for no more messages and is not known by the address that they wrote from',
    watches: ({ metrics }) => [{ metric: metrics.count('StopUnmatched') }],
    ...once,
  },
];

/**
 * Calls of the webhook for mails that were answered with an error, also by the gateway, which no function sees: a body
 * that is larger than it takes, or than it can hand to a function.
 */
function turnedAway({ restApi, stageName }: Watched['apiStage']): IMetric {
  const errors = (metricName: string) => new Metric({
    namespace: 'AWS/ApiGateway',
    metricName,
    dimensionsMap: {
      ApiName: restApi.restApiName, Stage: stageName, Method: 'POST', Resource: sendGridInboundWebhook.path,
    },
    statistic: Stats.SUM,
    period: FIVE_MINUTES,
  });
  return new MathExpression({
    expression: 'FILL(refused, 0) + FILL(failed, 0)',
    usingMetrics: { refused: errors('4XXError'), failed: errors('5XXError') },
    label: 'mails turned away',
    period: FIVE_MINUTES,
  });
}
