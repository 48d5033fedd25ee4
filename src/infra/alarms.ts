import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { PRODUCT } from '../core/names';
import { ALARMS } from './alarm-rules';
import { DELIVERY_CONTEXT, runbookAddress } from './bootstrap/delivery-context';
import type { Watched } from './watched';

/** One alarm a rule and subject; each names the runbook's section. */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];
  private readonly byName = new Map<string, Alarm>();

  constructor(scope: Construct, id: string, stage: string, engine: Watched, topic: ITopic) {
    const runbook = runbookAddress(scope.node.tryGetContext(DELIVERY_CONTEXT));
    super(scope, id);
    const action = new SnsAction(topic);
    this.all = ALARMS.flatMap(({ anchor, severity, says, watches, threshold, periods }) =>
      watches(engine).map(({ subject, metric }) => {
        const name = subject ? `${subject}-${anchor}` : anchor;
        const alarm = new Alarm(this, name, {
          alarmName: `${PRODUCT}-${name}-${stage}`,
          alarmDescription:
            `${severity}: ${subject ? `${subject}: ` : ''}${says}. What to do: ` +
            `${runbook}#${anchor}`,
          metric,
          threshold,
          evaluationPeriods: periods,
          comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
          // Most figures are reported only when there is something to report.
          treatMissingData: TreatMissingData.NOT_BREACHING,
        });
        alarm.addAlarmAction(action);
        alarm.addOkAction(action);
        this.byName.set(name, alarm);
        return alarm;
      }));
  }

  of(subject: string, anchor: string): Alarm {
    const found = this.byName.get(`${subject}-${anchor}`);
    if (!found) {
      throw new Error(
        `Finding the alarm ${anchor} of ${subject} failed: src/infra/alarm-rules.ts has none. Add it there.`,
      );
    }
    return found;
  }
}
