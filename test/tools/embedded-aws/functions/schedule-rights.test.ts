import type { ScheduleDefinition } from '../../../../tools/embedded-aws/functions/schedule-definition';
import { scheduleRefusal } from '../../../../tools/embedded-aws/functions/schedule-rights';

const RULE: ScheduleDefinition = {
  logicalId: 'Tick',
  name: 'tick',
  arn: 'arn:tick',
  origin: 'rule',
  expression: { kind: 'rate', milliseconds: 60_000 },
  isEnabled: true,
  functionArn: 'arn:function',
};
const SCHEDULE: ScheduleDefinition = { ...RULE, origin: 'schedule', roleArn: 'arn:role' };

describe('whether EventBridge may invoke a function', () => {
  test('a rule may where the function permits it', () => {
    const mayInvoke = (...asked: readonly string[]) => asked.join(' ') === 'events.amazonaws.com arn:function arn:tick';
    expect(
      scheduleRefusal(RULE, mayInvoke, { authorize: () => ({ allowed: false, message: 'unused' }) }),
    ).toBeUndefined();
  });

  test('a rule may not without the permission', () => {
    expect(scheduleRefusal(RULE, () => false, { authorize: () => ({ allowed: true }) })).toContain(
      'no AWS::Lambda::Permission lets arn:tick invoke arn:function',
    );
  });

  test('a schedule may where its role does', () => {
    const authorize = (...asked: readonly string[]) => asked.join(' ') === 'arn:role lambda:InvokeFunction arn:function'
      ? { allowed: true } as const : { allowed: false, message: 'User is not authorized' } as const;
    expect(scheduleRefusal(SCHEDULE, () => false, { authorize })).toBeUndefined();
  });

  test('a schedule may not without the right of its role', () => {
    expect(
      scheduleRefusal(SCHEDULE, () => true, {
        authorize: () => ({ allowed: false, message: 'User is not authorized' }),
      }),
    ).toMatch(/^User is not authorized/);
  });
});
