import { randomUUID } from 'node:crypto';
import type { ScheduleDefinition } from './schedule-definition';

/** The JSON text that a target receives: its own input, or the event that EventBridge makes. */
export function scheduleEvent(
  schedule: ScheduleDefinition,
  time: Date,
  place: { readonly account: string; readonly region: string },
): string {
  if (schedule.input !== undefined) return schedule.input;
  return JSON.stringify({
    'version': '0',
    'id': randomUUID(),
    'detail-type': 'Scheduled Event',
    'source': schedule.origin === 'rule' ? 'aws.events' : 'aws.scheduler',
    'account': place.account,
    // EventBridge gives whole seconds.
    'time': `${time.toISOString().slice(0, 19)}Z`,
    'region': place.region,
    'resources': [schedule.arn],
    // EventBridge Scheduler writes the empty detail as text.
    'detail': schedule.origin === 'rule' ? {} : '{}',
  });
}
