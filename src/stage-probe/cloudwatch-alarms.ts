import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { PRODUCT } from '../core/names';
import type { Alarms, RaisedAlarm } from '../core/ports/alarms';

/** The stage's alarms, as CloudWatch has them. Stages of one account are told apart by the end of the name. */
export class CloudWatchAlarms implements Alarms {
  constructor(
    private readonly client: CloudWatchClient,
    private readonly stage: string,
  ) {}

  async raised(): Promise<readonly RaisedAlarm[]> {
    const found: RaisedAlarm[] = [];
    const query = { AlarmNamePrefix: `${PRODUCT}-`, StateValue: 'ALARM' } as const;
    for await (const { MetricAlarms: alarms = [] } of paginateDescribeAlarms({ client: this.client }, query)) {
      for (const { AlarmName: name = '', AlarmDescription: description = '', StateUpdatedTimestamp: at } of alarms) {
        if (name.endsWith(`-${this.stage}`)) found.push({ name, description, since: at?.toISOString() ?? '' });
      }
    }
    return found.sort((one, other) => (one.since < other.since ? -1 : 1));
  }
}
