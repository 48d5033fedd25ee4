import type { ScheduleDefinition } from '../../../../tools/embedded-aws/functions/schedule-definition';
import { scheduleEvent } from '../../../../tools/embedded-aws/functions/schedule-event';

const SCHEDULE: ScheduleDefinition = {
  logicalId: 'Tick',
  name: 'tick',
  arn: 'arn:tick',
  origin: 'rule',
  expression: { kind: 'rate', milliseconds: 60_000 },
  isEnabled: true,
  functionArn: 'arn:function',
};
const eventOf = (schedule: ScheduleDefinition) =>
  JSON.parse(
    scheduleEvent(schedule, new Date('2026-01-02T03:04:05.678Z'), { account: '111122223333', region: 'eu-west-1' }),
  );

describe('the event of a scheduled invocation', () => {
  test('of a rule is EventBridge\'s', () => {
    expect(eventOf(SCHEDULE)).toEqual({
      'version': '0',
      'id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Scheduled Event',
      'source': 'aws.events',
      'account': '111122223333',
      'time': '2026-01-02T03:04:05Z',
      'region': 'eu-west-1',
      'resources': ['arn:tick'],
      'detail': {},
    });
  });

  test('of a schedule is EventBridge Scheduler\'s', () => {
    expect(eventOf({ ...SCHEDULE, origin: 'schedule' })).toMatchObject({ source: 'aws.scheduler', detail: '{}' });
  });

  test('is the target\'s own input where it has one', () => {
    expect(eventOf({ ...SCHEDULE, input: '{"mode":"all"}' })).toEqual({ mode: 'all' });
  });
});
